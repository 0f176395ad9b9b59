//! An order's JSON as a tree that keeps what a person would read: the order of its fields, and numbers as they are written.
//! Owns how large and how deep an order may be to be laid out.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// As deep as anything of ours goes, and far from what would exhaust the stack; what is deeper says nothing.
const DEEPEST: usize = 32;
/// Values an order may have: more than a mebibyte of a real one holds.
const MOST_VALUES: usize = 50_000;

/// A JSON value. Numbers and switches are kept as their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    /// `null`.
    Nothing,
    /// A text, a number, `true`, `false`.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in its order.
    Map(Vec<(String, Json)>),
}

impl Json {
    /// What an object holds under a name; nothing where that is `null`.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(fields) => {
                fields.iter().find(|(its, _)| its == name).map(|(_, value)| value).filter(|value| !value.is_nothing())
            }
            _ => None,
        }
    }

    /// A text.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text under a name.
    pub(super) fn text_at(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Self::text)
    }

    /// The array under a name; empty where there is none.
    pub(super) fn list_at(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }

    /// The object under a name; empty where there is none.
    pub(super) fn map_at(&self, name: &str) -> &[(String, Self)] {
        match self.get(name) {
            Some(Self::Map(fields)) => fields,
            _ => &[],
        }
    }

    /// Whether it says nothing: `null`, or empty.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(_) => false,
            Self::List(list) => list.is_empty(),
            Self::Map(fields) => fields.is_empty(),
        }
    }
}

/// An order. None of what is no JSON, or holds more than anybody reads.
pub(super) fn read(text: &str) -> Option<Json> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    let mut most = MOST_VALUES;
    value(raw, DEEPEST, &mut most)
}

fn value(raw: &RawValue, deeper: usize, most: &mut usize) -> Option<Json> {
    *most = most.checked_sub(1)?;
    let text = raw.get();
    Some(match text.as_bytes().first()? {
        b'n' => Json::Nothing,
        // Half of a pair of surrogates is no text; it is shown as it is written.
        b'"' => Json::Text(serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches('"').to_owned())),
        b'[' | b'{' if deeper == 0 => Json::Nothing,
        b'[' => {
            let list: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            Json::List(list.into_iter().map(|raw| value(raw, deeper - 1, most)).collect::<Option<_>>()?)
        }
        b'{' => {
            let Fields(fields) = serde_json::from_str(text).ok()?;
            let read = |(name, raw)| Some((name, value(raw, deeper - 1, most)?));
            Json::Map(fields.into_iter().map(read).collect::<Option<_>>()?)
        }
        _ => Json::Text(text.to_owned()),
    })
}

/// An object's fields in their order. Of two with one name the last is meant, in the place of the first, as browsers have it.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Gathering)
    }
}

struct Gathering;

impl<'de> Visitor<'de> for Gathering {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields: Vec<(String, &'de RawValue)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        while let Some((name, raw)) = map.next_entry::<String, &'de RawValue>()? {
            match places.get(&name) {
                Some(&place) => fields[place].1 = raw,
                None => {
                    places.insert(name.clone(), fields.len());
                    fields.push((name, raw));
                }
            }
        }
        Ok(Fields(fields))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_switches_stay_as_they_are_written_and_fields_in_their_order() {
        let read = read(r#" {"z": 1.50, "a": [1e2, true, null, "2"], "b": {}, "c": -0, "d": "\u00e9"} "#).unwrap();
        let Json::Map(fields) = &read else { panic!("{read:?}") };
        assert_eq!(fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["z", "a", "b", "c", "d"]);
        let texts: Vec<Option<&str>> = ["z", "c", "d"].map(|name| read.text_at(name)).to_vec();
        assert_eq!(texts, [Some("1.50"), Some("-0"), Some("é")]);
        let list: Vec<Option<&str>> = read.list_at("a").iter().map(Json::text).collect();
        assert_eq!(list, [Some("1e2"), Some("true"), None, Some("2")]);
        assert!(read.get("b").is_none() && read.map_at("b").is_empty(), "an empty object says nothing");
    }

    #[test]
    fn of_two_fields_with_one_name_the_last_counts_where_the_first_stands() {
        let twice = read(r#"{"a": 1, "b": 2, "a": 3}"#).unwrap();
        let one = |name: &str, text: &str| (name.to_owned(), Json::Text(text.to_owned()));
        assert_eq!(twice, Json::Map(vec![one("a", "3"), one("b", "2")]));
    }

    #[test]
    fn what_is_no_json_is_nothing_and_half_a_pair_is_shown_as_written() {
        for broken in ["", "{", "[1,]", "{} {}", "nul", "{\"a\": 01}", "\u{feff}{}"] {
            assert_eq!(read(broken), None, "{broken}");
        }
        assert_eq!(read(r#"{"a": "x\ud800"}"#).unwrap().text_at("a"), Some(r"x\ud800"));
    }

    #[test]
    fn what_is_deeper_than_anything_of_ours_says_nothing_and_what_is_larger_is_not_read() {
        let deep = [r#"{"a":"#.repeat(10_000), "1".to_owned(), "}".repeat(10_000)].concat();
        let (mut read_so_far, mut depth) = (read(&deep).unwrap(), 0);
        while let Json::Map(mut fields) = read_so_far {
            depth += 1;
            read_so_far = fields.pop().unwrap().1;
        }
        assert_eq!((depth, read_so_far), (DEEPEST, Json::Nothing));
        assert_eq!(read(&["[", &"0,".repeat(MOST_VALUES), "0]"].concat()), None);
    }
}
