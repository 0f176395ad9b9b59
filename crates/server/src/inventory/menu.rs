//! A catalog as stock needs it: categories and names for the board, and which refs there are.
//!
//! Owns its packed form, which the store keeps as text, and what is remembered of it in this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use passerelle_hubrise::catalog::Catalog;
use passerelle_store::{ConnectionId, StockCatalog, StockKind, StockRef, Store};
use serde::{Deserialize, Serialize};

/// Catalogs remembered; then all are forgotten.
const MOST: usize = 256;

/// As it is kept. The words are short: a catalog has thousands of lines.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Packed {
    /// The catalog's name.
    n: String,
    /// Categories.
    c: Vec<String>,
    /// Skus and options: kind (`false` a sku), ref, name, category.
    l: Vec<(bool, String, String, Option<u32>)>,
}

/// A catalog.
#[derive(Debug, Default)]
pub(crate) struct Menu {
    /// Its name, as it was read.
    pub(crate) name: String,
    /// Its categories, in its order.
    pub(crate) categories: Vec<String>,
    lines: HashMap<StockRef, Line>,
}

/// A sku or an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// In the catalog's order.
    pub(crate) place: usize,
    /// Its product's name and its own.
    pub(crate) name: String,
    /// Its category.
    pub(crate) category: Option<u32>,
}

impl Menu {
    /// Whether a ref is in it.
    pub(crate) fn knows(&self, of: &StockRef) -> bool {
        self.lines.contains_key(of)
    }

    /// What a ref means in it.
    pub(crate) fn line(&self, of: &StockRef) -> Option<&Line> {
        self.lines.get(of)
    }

    /// The text the store keeps of a catalog. Options come after the products, under their lists' names.
    pub(crate) fn pack(catalog: &Catalog) -> String {
        let mut packed = Packed { n: catalog.name.clone(), c: catalog.categories.clone(), l: Vec::new() };
        for product in &catalog.products {
            let category = product.category.and_then(|category| u32::try_from(category).ok());
            let several = product.skus.len() > 1;
            for sku in &product.skus {
                let Some(reference) = sku.reference.clone() else { continue };
                let name = match (several && !sku.name.is_empty(), product.name.is_empty()) {
                    (true, _) => format!("{} {}", product.name, sku.name),
                    (false, true) => sku.name.clone(),
                    (false, false) => product.name.clone(),
                };
                packed.l.push((false, reference, name, category));
            }
        }
        for list in catalog.option_lists.iter().filter(|list| !list.options.is_empty()) {
            let category = u32::try_from(packed.c.len()).ok();
            packed.c.push(list.name.clone());
            for option in &list.options {
                if let Some(reference) = option.reference.clone() {
                    packed.l.push((true, reference, option.name.clone(), category));
                }
            }
        }
        serde_json::to_string(&packed).unwrap_or_default()
    }

    /// What the store kept; none of a text of another version, which is read again then.
    pub(crate) fn unpack(text: &str) -> Option<Self> {
        let packed: Packed = serde_json::from_str(text).ok()?;
        let mut lines = HashMap::with_capacity(packed.l.len());
        for (place, (option, reference, name, category)) in packed.l.into_iter().enumerate() {
            let kind = if option { StockKind::Option } else { StockKind::Sku };
            // The first of two with one ref counts.
            lines.entry(StockRef { kind, reference }).or_insert(Line { place, name, category });
        }
        Some(Self { name: packed.n, categories: packed.c, lines })
    }

    /// One with these refs alone.
    #[cfg(test)]
    pub(crate) fn of_refs(refs: impl IntoIterator<Item = StockRef>) -> Self {
        let line = |(place, of)| (of, Line { place, name: String::new(), category: None });
        Self { lines: refs.into_iter().enumerate().map(line).collect(), ..Self::default() }
    }
}

/// A catalog and when it was read.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// The catalog.
    pub(crate) menu: Arc<Menu>,
    /// When.
    pub(crate) at: Timestamp,
}

/// Connection and catalog.
type Key = (ConnectionId, String);

/// Catalogs that were unpacked lately; cloning shares them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Menus(Arc<Mutex<HashMap<Key, Read>>>);

impl Menus {
    /// A connection's catalog, as it was last read; none when it never was, or has changed since.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) async fn get(
        &self,
        store: &dyn Store,
        connection: &ConnectionId,
        catalog: &str,
    ) -> passerelle_store::Result<Option<Read>> {
        let key = (connection.clone(), catalog.to_owned());
        let Some(kept) = store.stock_catalog(connection, catalog).await? else { return Ok(None) };
        if let Some(known) = self.known(&key).filter(|known| known.at == kept.read_at) {
            return Ok(Some(known));
        }
        Ok(self.remember(key, kept))
    }

    /// Keeps a catalog that was just read.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) async fn keep(
        &self,
        store: &dyn Store,
        connection: &ConnectionId,
        id: &str,
        catalog: &Catalog,
        read_at: Timestamp,
    ) -> passerelle_store::Result<Option<Read>> {
        let kept = StockCatalog { read_at, text: Menu::pack(catalog) };
        store.keep_stock_catalog(connection, id, kept.clone()).await?;
        Ok(self.remember((connection.clone(), id.to_owned()), kept))
    }

    fn known(&self, key: &Key) -> Option<Read> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn remember(&self, key: Key, kept: StockCatalog) -> Option<Read> {
        let read = Read { menu: Arc::new(Menu::unpack(&kept.text)?), at: kept.read_at };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, read.clone());
        Some(read)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_catalog_is_packed_with_what_a_board_needs() {
        let catalog = Catalog::read(&serde_json::json!({
            "id": "c", "name": "Web", "data": {
                "categories": [{ "ref": "PIZ", "name": "Pizzas" }],
                "products": [
                    { "name": "Margherita", "category_ref": "PIZ", "skus": [{ "name": "Small", "ref": "MAR-S" }, { "name": "Large", "ref": "MAR-L" }] },
                    { "name": "Water", "skus": [{ "name": "50 cl", "ref": "WAT" }, { "name": "free" }] },
                    { "name": "Tea", "skus": [{ "name": null, "ref": "MAR-S" }] }
                ],
                "option_lists": [{ "name": "Sauces", "options": [{ "name": "BBQ", "ref": "MAR-S" }] }, { "name": "None", "options": [] }]
            }
        }))
        .unwrap();
        let menu = Menu::unpack(&Menu::pack(&catalog)).unwrap();
        assert_eq!(
            (menu.name.as_str(), &menu.categories[..]),
            ("Web", &["Pizzas".to_owned(), "Sauces".to_owned()][..])
        );
        let line = |kind, reference: &str| {
            let line = menu.line(&StockRef { kind, reference: reference.to_owned() });
            line.map(|line| (line.place, line.name.as_str(), line.category))
        };
        assert_eq!(line(StockKind::Sku, "MAR-S"), Some((0, "Margherita Small", Some(0))));
        assert_eq!(line(StockKind::Sku, "WAT"), Some((2, "Water 50 cl", None)));
        assert_eq!(line(StockKind::Option, "MAR-S"), Some((4, "BBQ", Some(1))));
        assert_eq!(line(StockKind::Option, "WAT"), None);
        assert!(Menu::unpack("{\"other\": 1}").is_none());
    }
}
