//! The effective configuration for people: TOML, each value with where it came from, secrets masked.

use std::fmt::Write as _;

use super::{
    Loaded, MASK,
    reader::InForce,
    schema::{KEYS, Shape},
};

impl Loaded {
    /// The effective configuration as TOML, each value followed by its origin as a comment.
    #[must_use]
    pub fn report(&self) -> String {
        let fixed = KEYS.iter().map(|key| key.name.to_owned());
        let vendors = self.in_force.keys().filter(|key| key.starts_with("vendors.")).cloned();
        let mut report = String::new();
        let mut open = String::new();
        for key in fixed.chain(vendors) {
            let (Some(value), Some((section, name))) = (self.in_force.get(&key), key.rsplit_once('.')) else {
                continue;
            };
            if section != open {
                let gap = if open.is_empty() { "" } else { "\n" };
                // Writing to a String cannot fail.
                let _written = writeln!(report, "{gap}[{section}]");
                section.clone_into(&mut open);
            }
            let _written = writeln!(report, "{name} = {}  # {}", shown(&key, value), value.origin);
        }
        report
    }
}

fn shown(key: &str, value: &InForce) -> String {
    match value.shape {
        Shape::Number => value.text.clone(),
        Shape::Secret => quoted(MASK),
        Shape::Text if key == "database.url" => quoted(&without_password(&value.text)),
        Shape::Text => quoted(&value.text),
    }
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A database URL as it may be shown: user, host and database; what could be a password is masked.
fn without_password(text: &str) -> String {
    let Ok(mut url) = url::Url::parse(text) else { return MASK.to_owned() };
    if url.scheme() == "sqlite" {
        return text.to_owned();
    }
    // An URL whose password cannot be replaced (it has no host) has its query masked all the same.
    if url.password().is_some() && url.set_password(Some(MASK)).is_err() {
        return MASK.to_owned();
    }
    // Drivers take options here, the password among them.
    if url.query().is_some() {
        url.set_query(Some(MASK));
    }
    url.to_string()
}
