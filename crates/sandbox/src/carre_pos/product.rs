//! What the till sells, and what it knows of the stock of each. Knows nothing of HubRise's rules for it: those are the
//! console's.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{money, state::inventory::Ref};

/// Products made up for a large menu at most.
pub(super) const MOST: usize = 25_000;

/// One product, or one option.
#[derive(Debug, Clone)]
pub(super) struct Product {
    pub(super) key: Ref,
    pub(super) name: String,
    pub(super) category: String,
    /// As the catalog writes it.
    pub(super) price: String,
    /// Whether its stock is counted.
    pub(super) managed: bool,
    /// Thousandths; below zero where more was sold than was counted.
    pub(super) quantity: i128,
    /// Whether it may be sold at all.
    pub(super) available: bool,
    /// Until when it is unavailable, where that is known (ISO 8601).
    pub(super) expires_at: Option<String>,
}

impl Product {
    /// What controls and forms call it: `sku:MAR-M`, `option:OEUF`.
    pub(super) fn id(&self) -> String {
        let kind = if matches!(self.key, Ref::Sku(_)) { "sku" } else { "option" };
        format!("{kind}:{}", self.key.value())
    }

    /// The entry of a call.
    pub(super) fn entry(&self) -> Value {
        let mut entry = json!({
            self.key.key(): self.key.value(),
            "name": self.name,
            "stock_managed": self.managed,
            "available": self.available,
        });
        if self.managed {
            entry["quantity"] = json!(money::format_thousandths(self.quantity));
        }
        if let Some(at) = self.expires_at.as_ref().filter(|_| !self.available) {
            entry["expires_at"] = json!(at);
        }
        entry
    }

    /// How the till's screen shows it.
    pub(super) fn shown(&self) -> Shown {
        match (self.available, self.managed) {
            (false, _) => Shown::Inactive,
            (true, false) => Shown::Unmanaged,
            (true, true) if self.quantity > 0 => Shown::InStock,
            (true, true) => Shown::Exhausted,
        }
    }
}

/// How the till's screen shows a product ("Stock et indisponibilité des produits").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shown {
    /// A number in green.
    InStock,
    /// A number in red.
    Exhausted,
    /// The word INACTIF.
    Inactive,
    /// No number.
    Unmanaged,
}

/// A stock of the first menu: kind and ref, thousandths or none, available.
const FIRST: &[(&str, Option<i128>, bool)] = &[
    ("MAR-M", Some(8_000), true),
    ("MAR-L", Some(-19_000), true),
    ("REG-M", Some(12_000), true),
    ("REG-L", Some(4_000), false),
    ("CAL-M", Some(0), true),
    ("QFR-M", Some(5_000), true),
    ("TIR-1", Some(10_000), true),
    ("PAN-1", None, false),
    ("COK-33", Some(48_000), true),
    ("COK-150", Some(6_000), true),
    ("CHI-75", Some(2_125), true),
    ("OEUF", Some(30_000), true),
    ("JCRU", Some(0), true),
    ("PATE-SG", Some(3_000), true),
];

/// The products of the menu the till comes with: each state there is, and one product HubRise's catalog does not know.
pub(super) fn of_first_menu(data: &Value) -> Vec<Product> {
    let mut products = of_catalog(data);
    for product in &mut products {
        let known = FIRST.iter().find(|(name, _, _)| *name == product.key.value());
        let (_, quantity, available) = known.copied().unwrap_or(("", None, true));
        product.managed = quantity.is_some();
        product.quantity = quantity.unwrap_or_default();
        product.available = available;
    }
    products.push(Product {
        key: Ref::Sku("TRUFFE".to_owned()),
        name: "Pizza à la truffe".to_owned(),
        category: "Suggestions".to_owned(),
        price: "19.50 EUR".to_owned(),
        managed: true,
        quantity: 3_000,
        available: true,
        expires_at: None,
    });
    products
}

/// Every sku and option of a catalog that has a ref, in its order; stocks of all kinds, by their place.
pub(super) fn of_catalog(data: &Value) -> Vec<Product> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let categories = list(&data["categories"]);
    let category = |id: &Value| categories.iter().find(|one| one["id"] == *id).map(|one| text(&one["name"]));
    let mut found = Vec::new();
    for product in list(&data["products"]) {
        let group = category(&product["category_id"]).unwrap_or_default();
        for sku in list(&product["skus"]) {
            let name = format!("{} {}", text(&product["name"]), text(&sku["name"])).trim().to_owned();
            found.extend(
                sku["ref"].as_str().map(|key| (Ref::Sku(key.to_owned()), name, group.clone(), text(&sku["price"]))),
            );
        }
    }
    for options in list(&data["option_lists"]) {
        for option in list(&options["options"]) {
            let key = option["ref"].as_str().map(|key| Ref::Option(key.to_owned()));
            found.extend(key.map(|key| (key, text(&option["name"]), text(&options["name"]), text(&option["price"]))));
        }
    }
    let made = |(at, (key, name, category, price)): (usize, (Ref, String, String, String))| Product {
        key,
        name,
        category,
        price,
        managed: at % 5 != 4,
        quantity: i128::try_from(at % 40).unwrap_or_default() * 1_000 - 2_000,
        available: at % 17 != 16,
        expires_at: None,
    };
    found.into_iter().take(MOST).enumerate().map(made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(managed: bool, quantity: i128, available: bool) -> Product {
        Product {
            key: Ref::Sku("A".to_owned()),
            name: "Tarte".to_owned(),
            category: String::new(),
            price: String::new(),
            managed,
            quantity,
            available,
            expires_at: Some("2030-01-01T10:00:00+01:00".to_owned()),
        }
    }

    #[test]
    fn the_screen_shows_green_red_or_a_word() {
        assert_eq!(product(true, 1, true).shown(), Shown::InStock);
        assert_eq!(product(true, 0, true).shown(), Shown::Exhausted);
        assert_eq!(product(true, -19_000, true).shown(), Shown::Exhausted);
        assert_eq!(product(true, 5_000, false).shown(), Shown::Inactive);
        assert_eq!(product(false, 0, true).shown(), Shown::Unmanaged);
    }

    #[test]
    fn an_entry_holds_what_applies_and_nothing_else() {
        let entry = product(true, -1_500, true).entry();
        let wanted = json!({
            "sku_ref": "A", "name": "Tarte", "stock_managed": true, "available": true, "quantity": "-1.5",
        });
        assert_eq!(entry, wanted);
        let entry = product(false, 7_000, false).entry();
        assert_eq!((entry.get("quantity"), &entry["expires_at"]), (None, &json!("2030-01-01T10:00:00+01:00")));
    }
}
