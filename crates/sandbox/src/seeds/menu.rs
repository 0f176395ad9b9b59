//! Turns a menu as it is uploaded (refs only) into one as the API shows it: every element with its id, parents named
//! by id beside their ref, missing optional fields null or empty.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::state::ids::IdSource;

/// Reads an embedded menu and gives its elements ids.
pub(super) fn with_ids(menu: &str, ids: &mut IdSource) -> Value {
    // The menus are part of the program and every one is read by a test; an unreadable one would be empty.
    let mut menu: Value = serde_json::from_str(menu).unwrap_or_default();
    let categories = numbered(&mut menu["categories"], ids);
    let option_lists = numbered(&mut menu["option_lists"], ids);
    for category in elements(&mut menu["categories"]) {
        category["parent_id"] = by_ref(&categories, &category["parent_ref"]);
        filled(category, &["description"], &["tags"]);
    }
    for list in elements(&mut menu["option_lists"]) {
        let list_id = list["id"].clone();
        numbered(&mut list["options"], ids);
        for option in elements(&mut list["options"]) {
            option["option_list_id"] = list_id.clone();
            filled(option, &["ref"], &["tags", "price_overrides"]);
        }
        filled(list, &["max_selections"], &["tags"]);
    }
    let mut skus = HashMap::new();
    numbered(&mut menu["products"], ids);
    for product in elements(&mut menu["products"]) {
        product["category_id"] = by_ref(&categories, &product["category_ref"]);
        let product_id = product["id"].clone();
        skus.extend(numbered(&mut product["skus"], ids));
        for sku in elements(&mut product["skus"]) {
            let lists = sku["option_list_refs"].as_array().into_iter().flatten();
            sku["option_list_ids"] = lists.map(|list| by_ref(&option_lists, list)).collect();
            sku["product_id"] = product_id.clone();
            filled(sku, &["ref", "name"], &["tags", "price_overrides", "option_list_refs"]);
        }
        filled(product, &["ref", "description"], &["tags", "image_ids"]);
    }
    numbered(&mut menu["deals"], ids);
    for deal in elements(&mut menu["deals"]) {
        for line in elements(&mut deal["lines"]) {
            for sku in elements(&mut line["skus"]) {
                sku["id"] = by_ref(&skus, &sku["ref"]);
                filled(sku, &["extra_charge"], &[]);
            }
            filled(line, &["label", "pricing_value"], &[]);
        }
        filled(deal, &["ref", "description"], &["tags", "coupon_codes", "image_ids"]);
    }
    numbered(&mut menu["discounts"], ids);
    numbered(&mut menu["charges"], ids);
    for name in ["discounts", "charges"] {
        elements(&mut menu[name]).for_each(|element| filled(element, &["ref"], &[]));
    }
    menu
}

fn elements(list: &mut Value) -> impl Iterator<Item = &mut Value> {
    list.as_array_mut().into_iter().flatten()
}

/// Gives each element an id; answers the ids by ref.
fn numbered(list: &mut Value, ids: &mut IdSource) -> HashMap<String, String> {
    let mut by_ref = HashMap::new();
    for element in elements(list) {
        let id = ids.next();
        if let Some(name) = element["ref"].as_str() {
            by_ref.insert(name.to_owned(), id.clone());
        }
        element["id"] = json!(id);
    }
    by_ref
}

fn by_ref(ids: &HashMap<String, String>, name: &Value) -> Value {
    json!(name.as_str().and_then(|name| ids.get(name)))
}

fn filled(element: &mut Value, nulls: &[&str], lists: &[&str]) {
    let Some(fields) = element.as_object_mut() else { return };
    for name in nulls {
        fields.entry(*name).or_insert(Value::Null);
    }
    for name in lists {
        fields.entry(*name).or_insert_with(|| json!([]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    #[test]
    fn every_menu_hangs_together() {
        let menus = [
            include_str!("menus/pizzeria.json"),
            include_str!("menus/bistrot.json"),
            include_str!("menus/livraison.json"),
            include_str!("menus/bar.json"),
            include_str!("menus/burgers.json"),
            include_str!("menus/midi.json"),
            include_str!("menus/harbor.json"),
        ];
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        for text in menus {
            let menu = with_ids(text, &mut IdSource::default());
            assert!(!list(&menu["products"]).is_empty());
            for product in list(&menu["products"]) {
                assert!(product["category_id"].is_string(), "{product}");
                for sku in list(&product["skus"]) {
                    assert!(sku["price"].as_str().and_then(Money::parse).is_some(), "{sku}");
                    assert!(list(&sku["option_list_ids"]).iter().all(Value::is_string), "{sku}");
                }
            }
            for deal in list(&menu["deals"]) {
                let skus: Vec<_> = list(&deal["lines"]).iter().flat_map(|line| list(&line["skus"])).collect();
                assert!(!skus.is_empty() && skus.iter().all(|sku| sku["id"].is_string()), "{deal}");
            }
        }
    }
}
