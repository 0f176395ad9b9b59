//! Stock, as "Inventories" describes it: an inventory belongs to a location, whatever catalog is shared; what has no
//! entry is unlimited; only refs of the catalog named can be seen or changed through it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::directory::Catalog;
use crate::{clock, money};

/// What a stock entry is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ref {
    Sku(String),
    Option(String),
}

impl Ref {
    /// The JSON key that names it.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Sku(_) => "sku_ref",
            Self::Option(_) => "option_ref",
        }
    }

    /// The ref itself.
    pub(crate) fn value(&self) -> &str {
        match self {
            Self::Sku(value) | Self::Option(value) => value,
        }
    }
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stock {
    /// Thousandths, never negative.
    pub(crate) quantity: i128,
    /// When an exhausted item comes back.
    pub(crate) expires_at: Option<Timestamp>,
}

/// The stock of every location.
#[derive(Debug, Default)]
pub(crate) struct Inventories(HashMap<String, BTreeMap<Ref, Stock>>);

impl Inventories {
    /// The entries of a location that the catalog knows.
    pub(crate) fn of(&self, location_id: &str, refs: &BTreeSet<Ref>) -> Vec<(Ref, Stock)> {
        let entries = self.0.get(location_id).into_iter().flatten();
        entries.filter(|(key, _)| refs.contains(key)).map(|(key, stock)| (key.clone(), *stock)).collect()
    }

    /// Takes away what expired; answers which, by location.
    pub(crate) fn expired(&mut self, now: Timestamp) -> Vec<(String, Vec<Ref>)> {
        let mut over = Vec::new();
        for (location_id, entries) in &mut self.0 {
            let is_over = |stock: &Stock| stock.expires_at.is_some_and(|at| at <= now);
            let keys: Vec<_> = entries.iter().filter(|(_, stock)| is_over(stock)).map(|(key, _)| key.clone()).collect();
            if !keys.is_empty() {
                entries.retain(|_, stock| !is_over(stock));
                over.push((location_id.clone(), keys));
            }
        }
        over
    }

    /// When the next shortage is over.
    pub(crate) fn next_expiry(&self) -> Option<Timestamp> {
        self.0.values().flat_map(BTreeMap::values).filter_map(|stock| stock.expires_at).min()
    }

    /// Replaces the entries of a location for this catalog's refs, leaving those of other catalogs alone.
    pub(crate) fn replace(&mut self, location_id: &str, refs: &BTreeSet<Ref>, fresh: Vec<(Ref, Stock)>) {
        let entries = self.0.entry(location_id.to_owned()).or_default();
        entries.retain(|key, _| !refs.contains(key));
        entries.extend(fresh);
    }

    /// Sets or removes single entries.
    pub(crate) fn patch(&mut self, location_id: &str, changes: &[(Ref, Option<Stock>)]) {
        let entries = self.0.entry(location_id.to_owned()).or_default();
        for (key, stock) in changes {
            match stock {
                Some(stock) => entries.insert(key.clone(), *stock),
                None => entries.remove(key),
            };
        }
    }
}

/// The refs of a catalog's skus and options.
pub(crate) fn refs_of(catalog: &Catalog) -> BTreeSet<Ref> {
    let mut refs = BTreeSet::new();
    let inner = |list: &str, children: &str, wrap: fn(String) -> Ref, refs: &mut BTreeSet<Ref>| {
        for parent in catalog.data[list].as_array().into_iter().flatten() {
            for child in parent[children].as_array().into_iter().flatten() {
                if let Some(value) = child["ref"].as_str() {
                    refs.insert(wrap(value.to_owned()));
                }
            }
        }
    };
    inner("products", "skus", Ref::Sku, &mut refs);
    inner("option_lists", "options", Ref::Option, &mut refs);
    refs
}

/// An entry as the API shows it; `null` stock for one that was removed.
pub(crate) fn entry_json(key: &Ref, stock: Option<Stock>, zone: &str) -> Value {
    let quantity = stock.map(|stock| money::format_thousandths(stock.quantity));
    let expires_at = stock.and_then(|stock| stock.expires_at).map(|at| clock::iso_in(at, zone));
    json!({ key.key(): key.value(), "stock": quantity, "expires_at": expires_at })
}
