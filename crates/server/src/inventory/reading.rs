//! What a till sends, read entry by entry, so that every wrong one is named. Numbers are read as they are written: never as
//! floating point.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use jiff::Timestamp;
use passerelle_store::{StockEntry, StockKind, StockRef};
use passerelle_wire::{StockEntryFault, StockFaultCode};
use serde::Deserializer as _;
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::quantity::canonical;
use super::wanted::wanted;

/// Entries in one call, at most, and of one till.
pub(crate) const MOST: usize = 20_000;
/// Bytes of one call, at most.
pub(crate) const LARGEST: usize = 8 * 1024 * 1024;
/// Characters of a ref or a name, at most.
const LONGEST: usize = 200;
/// Wrong entries that are named.
const NAMED: usize = 100;
/// The largest sequence number: what every reader of JSON keeps exactly.
const LAST: i64 = 9_007_199_254_740_991;

/// What a till says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its number.
    pub(crate) sequence: i64,
    /// Its entries, each ref once.
    pub(crate) entries: Vec<StockEntry>,
}

/// Why a body is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is not JSON, or not of this shape.
    Malformed(String),
    /// It has more entries than allowed.
    TooMany,
    /// Entries are wrong: the first hundred of so many.
    Wrong(Vec<StockEntryFault>, u32),
}

/// Reads a body.
pub(crate) fn read(body: &[u8], now: Timestamp) -> Result<Said, Refused> {
    let mut reading =
        Reading { now, sequence: None, entries: None, seen: HashSet::new(), faults: Vec::new(), wrong: 0, full: false };
    let mut source = serde_json::Deserializer::from_slice(body);
    let read = source.deserialize_map(&mut reading).and_then(|()| source.end());
    if reading.full {
        return Err(Refused::TooMany);
    }
    if let Err(error) = read {
        let place = format!("line {}, column {}", error.line(), error.column());
        let what =
            if error.is_data() { shortened(&error.to_string()) } else { format!("the body is not JSON: {place}") };
        return Err(Refused::Malformed(what));
    }
    if reading.wrong > 0 {
        return Err(Refused::Wrong(reading.faults, reading.wrong));
    }
    match (reading.sequence, reading.entries) {
        (Some(sequence), Some(entries)) => Ok(Said { sequence, entries }),
        (None, _) => Err(Refused::Malformed("`sequence` is missing".to_owned())),
        (_, None) => Err(Refused::Malformed("`entries` is missing".to_owned())),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

struct Reading {
    now: Timestamp,
    sequence: Option<i64>,
    entries: Option<Vec<StockEntry>>,
    seen: HashSet<StockRef>,
    faults: Vec<StockEntryFault>,
    wrong: u32,
    full: bool,
}

impl Reading {
    fn fault(&mut self, index: usize, field: &str, code: StockFaultCode) {
        self.wrong = self.wrong.saturating_add(1);
        if self.faults.len() < NAMED {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            self.faults.push(StockEntryFault { index, field: field.chars().take(40).collect(), code });
        }
    }

    /// Takes the entry at `index`, or notes what is wrong with it.
    fn take(&mut self, index: usize, raw: &RawValue) -> Option<StockEntry> {
        let Ok(fields) = serde_json::from_str::<BTreeMap<String, &RawValue>>(raw.get()) else {
            self.fault(index, "", StockFaultCode::WrongType);
            return None;
        };
        let mut draft = Draft::default();
        let before = self.wrong;
        for (name, raw) in &fields {
            if let Err(code) = draft.set(name, raw.get()) {
                self.fault(index, name, code);
            }
        }
        let kind = match (draft.sku.take(), draft.option.take()) {
            (Some(_), Some(_)) => {
                self.fault(index, "option_ref", StockFaultCode::BothRefs);
                None
            }
            (Some(reference), None) => Some((StockKind::Sku, reference)),
            (None, Some(reference)) => Some((StockKind::Option, reference)),
            (None, None) => {
                if !fields.contains_key("sku_ref") && !fields.contains_key("option_ref") {
                    self.fault(index, "sku_ref", StockFaultCode::Missing);
                }
                None
            }
        };
        for (name, given) in [("stock_managed", draft.managed.is_some()), ("available", draft.available.is_some())] {
            if !given && !fields.contains_key(name) {
                self.fault(index, name, StockFaultCode::Missing);
            }
        }
        if draft.managed == Some(true) && draft.quantity.is_none() && draft.without_quantity {
            self.fault(index, "quantity", StockFaultCode::Missing);
        }
        let (kind, reference) = kind?;
        let of = StockRef { kind, reference };
        if !self.seen.insert(of.clone()) {
            let field = if kind == StockKind::Sku { "sku_ref" } else { "option_ref" };
            self.fault(index, field, StockFaultCode::Duplicate);
        }
        if self.wrong > before {
            return None;
        }
        let entry = StockEntry {
            of,
            name: draft.name,
            managed: draft.managed?,
            quantity: draft.quantity,
            available: draft.available?,
            expires_at: draft.expires_at,
            wanted: None,
        };
        Some(StockEntry { wanted: wanted(&entry, self.now).stock, ..entry })
    }
}

#[derive(Debug)]
struct Draft {
    sku: Option<String>,
    option: Option<String>,
    name: Option<String>,
    managed: Option<bool>,
    quantity: Option<String>,
    /// It says nothing of a quantity, rather than something wrong.
    without_quantity: bool,
    available: Option<bool>,
    expires_at: Option<Timestamp>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            sku: None,
            option: None,
            name: None,
            managed: None,
            quantity: None,
            without_quantity: true,
            available: None,
            expires_at: None,
        }
    }
}

impl Draft {
    fn set(&mut self, name: &str, raw: &str) -> Result<(), StockFaultCode> {
        match name {
            "sku_ref" => self.sku = optional(raw, reference)?,
            "option_ref" => self.option = optional(raw, reference)?,
            "name" => self.name = optional(raw, label)?,
            "stock_managed" => self.managed = Some(flag(raw)?),
            "available" => self.available = Some(flag(raw)?),
            "quantity" => {
                self.without_quantity = raw == "null";
                self.quantity = optional(raw, quantity)?;
            }
            "expires_at" => self.expires_at = optional(raw, moment)?,
            _ => return Err(StockFaultCode::UnknownField),
        }
        Ok(())
    }
}

/// `null` is as good as left out.
fn optional<T>(raw: &str, read: fn(&str) -> Result<T, StockFaultCode>) -> Result<Option<T>, StockFaultCode> {
    if raw == "null" { Ok(None) } else { read(raw).map(Some) }
}

fn text(raw: &str) -> Result<String, StockFaultCode> {
    serde_json::from_str(raw).map_err(|_no_text| StockFaultCode::WrongType)
}

fn flag(raw: &str) -> Result<bool, StockFaultCode> {
    serde_json::from_str(raw).map_err(|_no_flag| StockFaultCode::WrongType)
}

fn reference(raw: &str) -> Result<String, StockFaultCode> {
    let reference = text(raw)?;
    if reference.chars().count() > LONGEST {
        return Err(StockFaultCode::TooLong);
    }
    if reference.trim().is_empty() || reference.chars().any(char::is_control) {
        return Err(StockFaultCode::Invalid);
    }
    Ok(reference)
}

fn label(raw: &str) -> Result<String, StockFaultCode> {
    let name = text(raw)?;
    if name.chars().count() > LONGEST { Err(StockFaultCode::TooLong) } else { Ok(name) }
}

/// A decimal in a text, or a number as it is written: never read as a float on the way.
fn quantity(raw: &str) -> Result<String, StockFaultCode> {
    let written = match raw.as_bytes().first() {
        Some(b'"') => text(raw)?,
        Some(b'-' | b'0'..=b'9') => raw.to_owned(),
        _ => return Err(StockFaultCode::WrongType),
    };
    canonical(&written).ok_or(StockFaultCode::Invalid)
}

fn moment(raw: &str) -> Result<Timestamp, StockFaultCode> {
    text(raw)?.parse().map_err(|_no_time| StockFaultCode::Invalid)
}

impl<'de> Visitor<'de> for &mut Reading {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `sequence` and `entries`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "sequence" => {
                    let raw: &RawValue = map.next_value()?;
                    let number = raw.get().parse::<i64>().ok().filter(|number| (0..=LAST).contains(number));
                    let wrong = || de::Error::custom("`sequence` must be a whole number from 0 to 9007199254740991");
                    self.sequence = Some(number.ok_or_else(wrong)?);
                }
                "entries" if self.entries.is_none() => map.next_value_seed(Entries(self))?,
                "entries" => return Err(de::Error::custom("`entries` is given twice")),
                other => {
                    let other: String = other.chars().take(40).collect();
                    return Err(de::Error::custom(format!("there is no field `{other}`")));
                }
            }
        }
        Ok(())
    }
}

struct Entries<'a>(&'a mut Reading);

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut entries = Vec::new();
        let mut index = 0;
        while let Some(raw) = list.next_element::<&RawValue>()? {
            if index == MOST {
                // Counted no further: the rest may be as long as it likes.
                self.0.full = true;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(());
            }
            entries.extend(self.0.take(index, raw));
            index += 1;
        }
        self.0.entries = Some(entries);
        Ok(())
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
