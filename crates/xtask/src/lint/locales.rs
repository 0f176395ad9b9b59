//! Both languages say the same things: same keys in `locales/en.json` and `locales/fr.json`, none of them empty.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context;
use serde_json::Value;

use crate::project;

/// Keys that are missing or empty in one of the languages.
pub(crate) fn check() -> anyhow::Result<Vec<String>> {
    let read = |name: &str| -> anyhow::Result<BTreeMap<String, String>> {
        let path = project::root().join("locales").join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read locales/{name}"))?;
        let mut words = BTreeMap::new();
        flatten("", &serde_json::from_str(&text).with_context(|| format!("locales/{name} is no JSON"))?, &mut words);
        Ok(words)
    };
    Ok(faults(&read("en.json")?, &read("fr.json")?))
}

fn faults(english: &BTreeMap<String, String>, french: &BTreeMap<String, String>) -> Vec<String> {
    let missing = |from: &BTreeMap<String, String>, of: &BTreeMap<String, String>, name: &str| -> Vec<String> {
        of.keys().filter(|key| !from.contains_key(*key)).map(|key| format!("locales/{name} lacks `{key}`")).collect()
    };
    let empty = |of: &BTreeMap<String, String>, name: &str| -> Vec<String> {
        of.iter()
            .filter(|(_, words)| words.trim().is_empty())
            .map(|(key, _)| format!("locales/{name}: `{key}` is empty"))
            .collect()
    };
    [
        missing(english, french, "en.json"),
        missing(french, english, "fr.json"),
        empty(english, "en.json"),
        empty(french, "fr.json"),
    ]
    .concat()
}

/// `{"a": {"b": "words"}}` as `a.b` → `words`.
fn flatten(key: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                flatten(&key, value, into);
            }
        }
        Value::String(words) => {
            into.insert(key.to_owned(), words.clone());
        }
        other => {
            into.insert(key.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_what_one_language_lacks_or_leaves_empty() {
        let words = |value: Value| {
            let mut words = BTreeMap::new();
            flatten("", &value, &mut words);
            words
        };
        let english = words(json!({ "connect": { "title": "Connect", "hint": "Two minutes" } }));
        let french = words(json!({ "connect": { "title": " " }, "extra": "Oui" }));
        assert_eq!(
            faults(&english, &french),
            [
                "locales/en.json lacks `extra`",
                "locales/fr.json lacks `connect.hint`",
                "locales/fr.json: `connect.title` is empty"
            ]
        );
        assert_eq!(faults(&english, &english), [""; 0]);
    }
}
