//! Reads the JSON of an order's parts as "Orders" defines them and writes it back as HubRise would: ids added, missing
//! fields null, amounts checked. Collects every complaint, so that one answer lists them all.

use serde_json::{Map, Value, json};

use super::ids::IdSource;
use crate::money::{self, Money};

/// The statuses of an order ("Order Status"): the usual ones, then the three anomalies.
pub(crate) const STATUSES: [&str; 11] = [
    "new",
    "received",
    "accepted",
    "in_preparation",
    "awaiting_shipment",
    "awaiting_collection",
    "in_delivery",
    "completed",
    "rejected",
    "cancelled",
    "delivery_failed",
];

/// The lists of an order whose elements can be added and deleted.
pub(crate) const COLLECTIONS: [&str; 4] = ["items", "discounts", "charges", "payments"];

/// One line of a 422 answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// Path of the field, `items[0].price`.
    pub(crate) field: String,
    pub(crate) message: String,
}

/// Reads parts of an order in one currency.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) currency: &'a str,
    pub(crate) ids: &'a mut IdSource,
    pub(crate) complaints: Vec<Complaint>,
}

impl Reader<'_> {
    fn complain(&mut self, field: String, message: String) {
        self.complaints.push(Complaint { field, message });
    }

    /// A string or null.
    pub(crate) fn text(&mut self, source: &Value, path: &str, key: &str) -> Value {
        match &source[key] {
            Value::Null => Value::Null,
            Value::String(text) => json!(text),
            other => {
                self.complain(format!("{path}{key}"), format!("{other} is not a string"));
                Value::Null
            }
        }
    }

    /// A string that must be there.
    pub(crate) fn required_text(&mut self, source: &Value, path: &str, key: &str) -> Value {
        if source[key].is_null() {
            self.complain(format!("{path}{key}"), "is missing".to_owned());
        }
        self.text(source, path, key)
    }

    /// One of a closed set of strings, or null.
    pub(crate) fn choice(&mut self, source: &Value, path: &str, key: &str, allowed: &[&str]) -> Value {
        let text = self.text(source, path, key);
        if let Some(given) = text.as_str().filter(|given| !allowed.contains(given)) {
            self.complain(format!("{path}{key}"), format!("'{given}' is not one of: {}", allowed.join(", ")));
        }
        text
    }

    /// A time, or null.
    pub(crate) fn time(&mut self, source: &Value, path: &str, key: &str) -> Value {
        let text = self.text(source, path, key);
        if let Some(given) = text.as_str().filter(|given| crate::clock::parse_iso(given).is_none()) {
            self.complain(format!("{path}{key}"), format!("'{given}' is not an ISO 8601 time"));
        }
        text
    }

    fn money(&mut self, source: &Value, path: &str, key: &str, required: bool) -> Option<i128> {
        let field = format!("{path}{key}");
        match &source[key] {
            Value::Null if required => self.complain(field, "is missing".to_owned()),
            Value::Null => {}
            Value::String(text) => match Money::parse(text) {
                Some(money) if money.currency == self.currency => return Some(money.cents),
                Some(money) => self.complain(field, format!("{} is not the account's currency", money.currency)),
                None => self.complain(field, format!("'{text}' is not a valid monetary amount")),
            },
            other => self.complain(field, format!("'{other}' is not a valid monetary amount")),
        }
        None
    }

    fn decimal(&mut self, source: &Value, path: &str, key: &str) -> Option<i128> {
        let field = format!("{path}{key}");
        match &source[key] {
            Value::Null => None,
            Value::String(text) => {
                let value = money::parse_thousandths(text);
                if value.is_none() {
                    self.complain(field, format!("'{text}' is not a valid decimal"));
                }
                value
            }
            other => {
                self.complain(field, format!("{other} is not a decimal in a string"));
                None
            }
        }
    }

    fn written_decimal(&mut self, source: &Value, path: &str, key: &str) -> Value {
        self.decimal(source, path, key).map_or(Value::Null, |value| json!(with_a_place(value)))
    }

    fn written_money(&self, cents: Option<i128>) -> Value {
        cents.map_or(Value::Null, |cents| json!(Money::format(cents, self.currency)))
    }

    /// One new element of a collection.
    pub(crate) fn element(&mut self, collection: &str, source: &Value, path: &str) -> Value {
        if !source.is_object() {
            self.complain(path.trim_end_matches('.').to_owned(), "is not an object".to_owned());
            return Value::Null;
        }
        match collection {
            "items" => self.item(source, path),
            "discounts" => self.discount(source, path),
            "charges" => self.charge(source, path),
            _ => self.payment(source, path),
        }
    }

    fn item(&mut self, source: &Value, path: &str) -> Value {
        let price = self.money(source, path, "price", true);
        let quantity = self.decimal(source, path, "quantity");
        if source["quantity"].is_null() {
            self.complain(format!("{path}quantity"), "is missing".to_owned());
        }
        let (options, extra) = self.options(source, path);
        let quantity = quantity.unwrap_or(0);
        let subtotal = money::times(price.unwrap_or(0) + extra, quantity);
        let mut item = json!({
            "id": self.ids.next(),
            "product_name": self.required_text(source, path, "product_name"),
            "sku_name": self.text(source, path, "sku_name"),
            "sku_ref": self.text(source, path, "sku_ref"),
            "price": self.written_money(price),
            "quantity": with_a_place(quantity),
            "subtotal": self.written_money(Some(subtotal)),
            "tax_rate": self.written_decimal(source, path, "tax_rate"),
            "customer_notes": self.text(source, path, "customer_notes"),
            "points_earned": self.written_decimal(source, path, "points_earned"),
            "points_used": self.written_decimal(source, path, "points_used"),
            "options": options,
            "deleted": false,
        });
        if source["deal_line"].is_object() {
            item["deal_line"] = self.deal_line(&source["deal_line"], &format!("{path}deal_line."));
        }
        item
    }

    fn deal_line(&mut self, source: &Value, path: &str) -> Value {
        let effects = ["unchanged", "fixed_price", "price_off", "percentage_off"];
        json!({
            "deal_key": self.required_text(source, path, "deal_key"),
            "label": self.text(source, path, "label"),
            "pricing_effect": self.choice(source, path, "pricing_effect", &effects),
            "pricing_value": self.text(source, path, "pricing_value"),
        })
    }

    fn options(&mut self, source: &Value, path: &str) -> (Vec<Value>, i128) {
        let (mut options, mut extra) = (Vec::new(), 0);
        for (at, option) in source["options"].as_array().into_iter().flatten().enumerate() {
            let path = format!("{path}options[{at}].");
            let quantity = match &option["quantity"] {
                Value::Null => 1,
                value => value.as_i64().filter(|count| (0..=1_000).contains(count)).unwrap_or_else(|| {
                    self.complain(format!("{path}quantity"), format!("{value} is not a whole number"));
                    0
                }),
            };
            let price = self.money(option, &path, "price", false).unwrap_or(0);
            extra += price * i128::from(quantity);
            options.push(json!({
                "option_list_name": self.required_text(option, &path, "option_list_name"),
                "name": self.required_text(option, &path, "name"),
                "ref": self.text(option, &path, "ref"),
                "price": self.written_money(Some(price)),
                "quantity": quantity,
                "removed": option["removed"].as_bool().unwrap_or(false),
            }));
        }
        (options, extra)
    }

    fn discount(&mut self, source: &Value, path: &str) -> Value {
        let price_off = self.money(source, path, "price_off", true);
        json!({
            "id": self.ids.next(),
            "name": self.required_text(source, path, "name"),
            "ref": self.text(source, path, "ref"),
            "price_off": self.written_money(price_off),
            "deleted": false,
        })
    }

    fn charge(&mut self, source: &Value, path: &str) -> Value {
        let price = self.money(source, path, "price", true);
        json!({
            "id": self.ids.next(),
            "name": self.required_text(source, path, "name"),
            "ref": self.text(source, path, "ref"),
            "price": self.written_money(price),
            "tax_rate": self.written_decimal(source, path, "tax_rate"),
            "deleted": false,
        })
    }

    fn payment(&mut self, source: &Value, path: &str) -> Value {
        let amount = self.money(source, path, "amount", true);
        let info = if source["info"].is_object() { source["info"].clone() } else { Value::Null };
        json!({
            "id": self.ids.next(),
            "name": self.text(source, path, "name"),
            "ref": self.text(source, path, "ref"),
            "amount": self.written_money(amount),
            "info": info,
            "deleted": false,
        })
    }
}

/// HubRise writes decimals with at least one place: `"2.0"`.
fn with_a_place(value: i128) -> String {
    let text = money::format_thousandths(value);
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// What an order costs: items and charges less discounts, leaving out what was deleted.
pub(crate) fn total(order: &Map<String, Value>, currency: &str) -> String {
    let sum = |list: &str, key: &str| -> i128 {
        let elements = order.get(list).and_then(Value::as_array).into_iter().flatten();
        elements
            .filter(|element| element["deleted"] != true)
            .filter_map(|element| element[key].as_str().and_then(Money::parse))
            .map(|money| money.cents)
            .sum()
    };
    Money::format(sum("items", "subtotal") + sum("charges", "price") - sum("discounts", "price_off"), currency)
}
