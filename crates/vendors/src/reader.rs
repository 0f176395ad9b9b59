//! Reading a TOML table key by key, collecting every fault instead of stopping at the first.
//!
//! Owns what is missing, unknown or of the wrong type. Does not own which keys there are, nor what their values must
//! satisfy; where a fault lies is `source`'s to tell.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::Source;

/// One table being read.
pub(crate) struct Reader<'t, 'a> {
    table: &'t DeTable<'a>,
    at: Range<usize>,
    path: String,
    read: BTreeSet<&'static str>,
}

/// A value found, with its place.
#[derive(Clone, Debug)]
pub(crate) struct Found<T> {
    pub(crate) value: T,
    pub(crate) at: Range<usize>,
    pub(crate) key: String,
}

impl<'t, 'a> Reader<'t, 'a> {
    /// A reader of the whole file.
    pub(crate) fn root(table: &'t Spanned<DeTable<'a>>) -> Self {
        // A key that is missing from the file as a whole is told at its first line.
        Self { table: table.get_ref(), at: 0..0, path: String::new(), read: BTreeSet::new() }
    }

    fn below(found: &Found<&'t DeTable<'a>>) -> Self {
        Self { table: found.value, at: found.at.clone(), path: found.key.clone(), read: BTreeSet::new() }
    }

    fn key(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn optional(&mut self, name: &'static str) -> Option<Found<&'t DeValue<'a>>> {
        self.read.insert(name);
        let value = self.table.get(name)?;
        Some(Found { value: value.get_ref(), at: value.span(), key: self.key(name) })
    }

    fn required(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<Found<&'t DeValue<'a>>> {
        let found = self.optional(name);
        if found.is_none() {
            source.fault(self.at.clone(), &self.key(name), "is missing");
        }
        found
    }

    /// A text that must be there.
    pub(crate) fn text(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<Found<String>> {
        let found = self.required(source, name)?;
        text(source, found)
    }

    /// A text that may be left out.
    pub(crate) fn optional_text(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<Found<String>> {
        let found = self.optional(name)?;
        text(source, found)
    }

    /// Yes or no; no when left out.
    pub(crate) fn flag(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<bool> {
        let Some(found) = self.optional(name) else { return Some(false) };
        match found.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => wrong(source, &found, "true or false"),
        }
    }

    /// A whole number from nought up that may be left out; the outer nothing stands for a fault.
    pub(crate) fn optional_number(
        &mut self,
        source: &mut Source<'_>,
        name: &'static str,
    ) -> Option<Option<Found<u64>>> {
        let Some(found) = self.optional(name) else { return Some(None) };
        let number = match found.value {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match number {
            Some(value) => Some(Some(Found { value, at: found.at, key: found.key })),
            None => wrong(source, &found, "a whole number from 0 up"),
        }
    }

    /// A list of texts that must be there, empty or not. What is no text is a fault and left out.
    pub(crate) fn texts(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<Found<Vec<Found<String>>>> {
        let found = self.required(source, name)?;
        array(source, found, text)
    }

    /// A list of texts that may be left out.
    pub(crate) fn optional_texts(
        &mut self,
        source: &mut Source<'_>,
        name: &'static str,
    ) -> Option<Option<Found<Vec<Found<String>>>>> {
        let Some(found) = self.optional(name) else { return Some(None) };
        array(source, found, text).map(Some)
    }

    /// A table that must be there.
    pub(crate) fn table(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<Self> {
        let found = self.required(source, name)?;
        table(source, found)
    }

    /// A list of tables that must be there. What is no table is a fault and left out.
    pub(crate) fn tables(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<Found<Vec<Self>>> {
        let found = self.required(source, name)?;
        array(source, found, table)
    }

    /// A table that may be left out; the outer nothing stands for a fault.
    pub(crate) fn optional_table(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<Option<Self>> {
        let Some(found) = self.optional(name) else { return Some(None) };
        table(source, found).map(Some)
    }

    /// A list of tables that may be left out.
    pub(crate) fn optional_tables(
        &mut self,
        source: &mut Source<'_>,
        name: &'static str,
    ) -> Option<Option<Found<Vec<Self>>>> {
        let Some(found) = self.optional(name) else { return Some(None) };
        array(source, found, table).map(Some)
    }

    /// Ends the reading: every key not asked for is a fault.
    pub(crate) fn end(self, source: &mut Source<'_>) {
        for key in self.table.keys().filter(|key| !self.read.contains(key.get_ref().as_ref())) {
            let known = self.read.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            source.fault(key.span(), &self.key(key.get_ref()), format!("unknown key; known here: {known}"));
        }
    }
}

fn wrong<T>(source: &mut Source<'_>, found: &Found<&DeValue<'_>>, expected: &str) -> Option<T> {
    source.fault(found.at.clone(), &found.key, format!("expected {expected}, found {}", found.value.type_str()));
    None
}

fn text(source: &mut Source<'_>, found: Found<&DeValue<'_>>) -> Option<Found<String>> {
    match found.value {
        DeValue::String(text) => Some(Found { value: text.to_string(), at: found.at, key: found.key }),
        _ => wrong(source, &found, "a text"),
    }
}

fn table<'t, 'a>(source: &mut Source<'_>, found: Found<&'t DeValue<'a>>) -> Option<Reader<'t, 'a>> {
    match found.value {
        DeValue::Table(table) => Some(Reader::below(&Found { value: table, at: found.at, key: found.key })),
        _ => wrong(source, &found, "a table"),
    }
}

/// The items of a list that can be read; nothing when there are items and none can be.
fn array<'t, 'a, T>(
    source: &mut Source<'_>,
    found: Found<&'t DeValue<'a>>,
    read: fn(&mut Source<'_>, Found<&'t DeValue<'a>>) -> Option<T>,
) -> Option<Found<Vec<T>>> {
    let DeValue::Array(array) = found.value else { return wrong(source, &found, "a list") };
    let mut items = Vec::new();
    for (index, item) in array.iter().enumerate() {
        let key = format!("{}[{index}]", found.key);
        items.extend(read(source, Found { value: item.get_ref(), at: item.span(), key }));
    }
    (array.is_empty() || !items.is_empty()).then_some(Found { value: items, at: found.at, key: found.key })
}
