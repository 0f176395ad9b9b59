//! Lays the sources of settings over each other, key by key, and keeps where each value came from.
//!
//! Ready-made layering (figment, config) stops at the first fault and knows no lines; this goes on to the end.
//! A wrong value is a fault even where a later source would hide it.

use std::{collections::BTreeMap, ops::Range};

use toml_edit::{Document, Item, TableLike, Value};

use super::{
    Settings,
    fault::{Fault, Faults, Origin},
    schema::{self, KEYS, Key, Shape, VENDOR_KEYS},
    values::{self, Checked},
};

/// Where every variable of ours begins.
const PREFIX: &str = "PASSERELLE_";

/// Variables that share the prefix and are not settings: the tests' and the task runner's own.
const FOREIGN: [&str; 3] = ["PASSERELLE_TEST_", "PASSERELLE_CACHE", "PASSERELLE_CHROMIUM"];

/// A value in force.
#[derive(Clone, Debug)]
pub(super) struct InForce {
    pub(super) text: String,
    pub(super) shape: Shape,
    pub(super) origin: Origin,
}

/// Settings while they are being read.
pub(super) struct Reader {
    pub(super) settings: Settings,
    /// By full key (`server.listen`, `vendors.pos-helper.client_id`).
    pub(super) in_force: BTreeMap<String, InForce>,
    pub(super) faults: Faults,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self { settings: schema::blank(), in_force: BTreeMap::new(), faults: Faults::default() }
    }

    pub(super) fn fault(&mut self, origin: Option<Origin>, key: Option<&str>, message: impl Into<String>) {
        self.faults.0.push(Fault { origin, key: key.map(str::to_owned), message: message.into() });
    }

    /// Reads one TOML source; `origin_at` tells the origin of a line.
    pub(super) fn toml(&mut self, source: &str, origin_at: &dyn Fn(usize) -> Origin) {
        let at = |span: Option<Range<usize>>| origin_at(line_of(source, span));
        let document = match Document::parse(source) {
            Ok(document) => document,
            Err(error) => {
                let message = format!("not valid TOML: {}", error.message().trim_end());
                return self.fault(Some(at(error.span())), None, message);
            }
        };
        self.table("", document.as_table(), &at);
    }

    /// Reads one table; `path` is empty for the root.
    fn table(&mut self, path: &str, table: &dyn TableLike, at: &dyn Fn(Option<Range<usize>>) -> Origin) {
        for (name, item) in table.iter() {
            let key_span = table.key(name).and_then(toml_edit::Key::span);
            let origin = at(key_span.or_else(|| item.span()));
            let full = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            match (item.as_table_like(), shape_of(&full)) {
                (Some(inner), None) if is_section(&full) => self.table(&full, inner, at),
                (None, None) if is_section(&full) => self.fault(Some(origin), Some(&full), "must be a table"),
                (_, None) => self.fault(Some(origin), Some(&full), unknown(&full)),
                (_, Some(Shape::Secret)) => {
                    let message = format!("secret: set it in the environment, as {}", variable(&full));
                    self.fault(Some(origin), Some(&full), message);
                }
                (_, Some(shape)) => match scalar(item, shape) {
                    Ok(text) => self.set(&full, text, origin),
                    Err(message) => self.fault(Some(origin), Some(&full), message),
                },
            }
        }
    }

    /// Reads the environment's variables that begin with our prefix.
    pub(super) fn environment(
        &mut self,
        variables: impl IntoIterator<Item = (std::ffi::OsString, std::ffi::OsString)>,
    ) {
        let mut ours: Vec<_> = variables
            .into_iter()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
            .filter(|(name, _)| name.starts_with(PREFIX) && !FOREIGN.iter().any(|foreign| name.starts_with(foreign)))
            .collect();
        ours.sort();
        for (name, value) in ours {
            let origin = Origin::Environment(name.clone());
            match (key_of(&name), value.into_string()) {
                (None, _) => self.fault(Some(origin), None, "there is no such setting"),
                (Some(key), Err(_raw)) => self.fault(Some(origin), Some(&key), "is not UTF-8"),
                (Some(key), Ok(text)) => self.set(&key, text, origin),
            }
        }
    }

    /// Checks a value and puts it in its place.
    fn set(&mut self, key: &str, text: String, origin: Origin) {
        let Some(shape) = shape_of(key) else { return };
        if text.is_empty() {
            return self.fault(Some(origin), Some(key), "is empty: give it a value, or leave it out");
        }
        let outcome: Checked<()> = if let Some((slug, key)) = vendor_key(key) {
            let vendor = self.settings.vendors.entry(slug.to_owned()).or_default();
            (key.set)(vendor, &text)
        } else if let Some(key) = KEYS.iter().find(|known| known.name == key) {
            (key.set)(&mut self.settings, &text)
        } else {
            Ok(())
        };
        match outcome {
            Ok(()) => drop(self.in_force.insert(key.to_owned(), InForce { text, shape, origin })),
            Err(message) => self.fault(Some(origin), Some(key), message),
        }
    }
}

/// A value's text, if it has the right shape.
fn scalar(item: &Item, shape: Shape) -> Checked<String> {
    match (item.as_value(), shape) {
        (Some(Value::String(text)), Shape::Text) => Ok(text.value().clone()),
        (Some(Value::Integer(number)), Shape::Number) => Ok(number.value().to_string()),
        (_, Shape::Number) => Err(format!("must be a whole number, not {}", article(item.type_name()))),
        (_, Shape::Text | Shape::Secret) => Err(format!("must be a string, not {}", article(item.type_name()))),
    }
}

fn article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if an { "an" } else { "a" })
}

/// The key's shape, if there is such a key.
fn shape_of(key: &str) -> Option<Shape> {
    let fixed = KEYS.iter().find(|known| known.name == key).map(|known| known.shape);
    fixed.or_else(|| vendor_key(key).map(|(_, known)| known.shape))
}

/// Splits `vendors.<slug>.<key>`.
fn vendor_key(key: &str) -> Option<(&str, &'static Key<super::VendorSettings>)> {
    let (slug, name) = key.strip_prefix("vendors.")?.split_once('.')?;
    let known = VENDOR_KEYS.iter().find(|known| known.name == name)?;
    values::is_slug(slug).then_some((slug, known))
}

fn is_section(path: &str) -> bool {
    match path.strip_prefix("vendors") {
        Some("") => true,
        Some(rest) => rest.strip_prefix('.').is_some_and(values::is_slug),
        None => KEYS.iter().any(|known| known.name.split_once('.').is_some_and(|(section, _)| section == path)),
    }
}

/// The sentence for a key that does not exist, with those that do.
fn unknown(key: &str) -> String {
    let (section, _) = key.rsplit_once('.').unwrap_or_default();
    let known: Vec<&str> = if section.starts_with("vendors.") {
        VENDOR_KEYS.iter().map(|known| known.name).collect()
    } else if section == "vendors" {
        return "not a vendor's slug: lower-case letters, digits and hyphens, a letter first".to_owned();
    } else if section.is_empty() {
        let mut sections: Vec<_> = KEYS.iter().filter_map(|known| Some(known.name.split_once('.')?.0)).collect();
        sections.dedup();
        sections.push("vendors");
        return format!("there is no such section; there are {}", sections.join(", "));
    } else {
        KEYS.iter().filter_map(|known| known.name.strip_prefix(section)?.strip_prefix('.')).collect()
    };
    format!("there is no such key; `{section}` has {}", known.join(", "))
}

/// The environment variable of a key such as `vendors.pos-helper.client_id`.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace(['.', '-'], "_").to_ascii_uppercase())
}

/// The key of an environment variable.
fn key_of(name: &str) -> Option<String> {
    if let Some(known) = KEYS.iter().find(|known| variable(known.name) == name) {
        return Some(known.name.to_owned());
    }
    let rest = name.strip_prefix(PREFIX)?.strip_prefix("VENDORS_")?;
    VENDOR_KEYS.iter().find_map(|known| {
        let slug = rest.strip_suffix(&known.name.to_ascii_uppercase())?.strip_suffix('_')?;
        let key = format!("vendors.{}.{}", slug.to_ascii_lowercase().replace('_', "-"), known.name);
        // Capitals only, so that one setting has one name.
        (vendor_key(&key).is_some() && variable(&key) == name).then_some(key)
    })
}

fn line_of(source: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start.min(source.len()));
    1 + source.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count()
}
