//! A HubRise catalog, as far as somebody checks its refs (`developers/api/catalogs`). Read leniently, and only read.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A catalog with its data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Opaque; case matters.
    pub id: String,
    /// Text from outside; empty when HubRise gives none.
    pub name: String,
    /// What products are sorted into, in their order.
    pub categories: Vec<String>,
    /// What is sold.
    pub products: Vec<Product>,
    /// What is chosen with it.
    pub option_lists: Vec<OptionList>,
    /// Deals.
    pub deals: Vec<Part>,
    /// Discounts.
    pub discounts: Vec<Part>,
    /// Charges.
    pub charges: Vec<Part>,
}

/// A product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// Its name; may be empty.
    pub name: String,
    /// Its category's place in [`Catalog::categories`].
    pub category: Option<usize>,
    /// Its sizes; their names are often empty where there is one.
    pub skus: Vec<Part>,
}

/// A list of options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionList {
    /// Its name; may be empty.
    pub name: String,
    /// What can be chosen.
    pub options: Vec<Part>,
}

/// Whatever bears a ref: a sku, an option, a deal, a discount, a charge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its name; may be empty.
    pub name: String,
    /// The till's code; none when it is missing or blank.
    pub reference: Option<String>,
}

impl Catalog {
    /// Reads the answer of `GET /catalogs/:id`; none when it has no `id`. Entries that are no objects are left out.
    pub fn read(value: &Value) -> Option<Catalog> {
        let data = value.get("data").unwrap_or(&Value::Null);
        let categories: Vec<&Value> = entries(data, "categories").collect();
        let category = |product: &Value| {
            // A catalog that is read names a category by its id, one as it was uploaded by its ref.
            let named = |own: &str, theirs: &str| {
                let wanted = product.get(theirs).filter(|wanted| !wanted.is_null())?;
                categories.iter().position(|category| category.get(own) == Some(wanted))
            };
            named("id", "category_id").or_else(|| named("ref", "category_ref"))
        };
        Some(Catalog {
            id: value.get("id")?.as_str()?.to_owned(),
            name: name(value),
            categories: categories.iter().map(|category| name(category)).collect(),
            products: entries(data, "products")
                .map(|product| Product {
                    name: name(product),
                    category: category(product),
                    skus: parts(product, "skus"),
                })
                .collect(),
            option_lists: entries(data, "option_lists")
                .map(|list| OptionList { name: name(list), options: parts(list, "options") })
                .collect(),
            deals: parts(data, "deals"),
            discounts: parts(data, "discounts"),
            charges: parts(data, "charges"),
        })
    }
}

impl<'de> Deserialize<'de> for Catalog {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Catalog, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Catalog::read(&value).ok_or_else(|| serde::de::Error::custom("the catalog has no `id`"))
    }
}

fn entries<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter(|entry| entry.is_object())
}

fn parts(value: &Value, key: &str) -> Vec<Part> {
    entries(value, key).map(|part| Part { name: name(part), reference: reference(part) }).collect()
}

fn name(value: &Value) -> String {
    value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn reference(value: &Value) -> Option<String> {
    match value.get("ref")? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn reads_the_documented_catalog() {
        let catalog: Catalog = serde_json::from_str(
            r#"{"id":"87yu4","name":"Web","location_id":"3r4s3-1","data":{"variants":[],"categories":[{"ref":"1"}],
                "products":[{"ref":"MAR","name":"Margarita","skus":[{"name":"Small","ref":"MAR-SM","price":"9.80 EUR"},
                {"name":null,"ref":" "}]}],"option_lists":[{"ref":"S","name":"Sauce","options":[{"name":"BBQ","ref":31}]}],
                "deals":[{"name":"2 for 1","ref":"COUPON-7","lines":[]}],"discounts":null,"charges":[{"name":"Delivery"}]}}"#,
        )
        .unwrap();
        let part = |name: &str, reference: Option<&str>| Part {
            name: name.to_owned(),
            reference: reference.map(str::to_owned),
        };
        assert_eq!(catalog.products[0].skus, [part("Small", Some("MAR-SM")), part("", None)]);
        assert_eq!(catalog.option_lists[0].options, [part("BBQ", Some("31"))]);
        assert_eq!(catalog.deals, [part("2 for 1", Some("COUPON-7"))]);
        assert_eq!((catalog.discounts.len(), &catalog.charges[..]), (0, &[part("Delivery", None)][..]));
    }

    #[test]
    fn a_category_is_found_by_its_id_or_its_ref() {
        let catalog = Catalog::read(&serde_json::json!({
            "id": "a", "data": {
                "categories": [{ "id": "x", "ref": "PIZ", "name": "Pizzas" }, { "id": "y", "ref": null, "name": "Drinks" }],
                "products": [{ "category_id": "y" }, { "category_ref": "PIZ" }, { "category_ref": null }, { "category_id": "z" }]
            }
        }))
        .unwrap();
        assert_eq!(catalog.categories, ["Pizzas", "Drinks"]);
        let of: Vec<_> = catalog.products.iter().map(|product| product.category).collect();
        assert_eq!(of, [Some(1), Some(0), None, None]);
    }

    #[test]
    fn odd_entries_are_left_out_and_an_id_is_never_guessed() {
        let catalog = Catalog::read(&serde_json::json!({
            "id": "a", "name": 3, "data": { "products": [null, { "skus": "none" }], "deals": {}, "option_lists": [[]] }
        }))
        .unwrap();
        assert_eq!((catalog.name.as_str(), catalog.products.len(), catalog.option_lists.len()), ("", 1, 0));
        assert_eq!(Catalog::read(&serde_json::json!({ "id": "a" })).unwrap().products.len(), 0);
        assert!(serde_json::from_str::<Catalog>(r#"{"name":"Web"}"#).is_err());
    }
}
