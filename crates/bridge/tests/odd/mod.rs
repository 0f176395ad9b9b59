//! Orders made at random: some of any shape, some complete, whose amounts can be added up by hand.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// A JSON value where another is expected.
fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|quarters| Value::from(f64::from(quarters) / 4.0)),
        text().prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, 1, "x", {}])),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Zé ]{0,12}",
        2 => any::<String>(),
        1 => "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{fffe}\u{ffff} ]{0,6}",
        1 => Just("]]><!DOCTYPE x [<!ENTITY y 'z'>]>&y;&#0;".to_owned()),
        1 => Just("🍕👩‍🍳\r\n".repeat(40)),
    ]
}

/// A value of the right kind most of the time.
fn mostly(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    prop_oneof![12 => value, 1 => anything()].boxed()
}

fn words() -> BoxedStrategy<Value> {
    mostly(text().prop_map(Value::from))
}

fn reference() -> BoxedStrategy<Value> {
    mostly(prop_oneof![
        6 => "[0-9]{1,4}".prop_map(Value::from),
        1 => text().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => "COUPON-[0-9]{0,2}".prop_map(Value::from),
    ])
}

fn money() -> BoxedStrategy<Value> {
    mostly(prop_oneof![
        20 => (-99i64..9999).prop_map(|cents| Value::from(euros(cents))),
        1 => Just(Value::from("1.00 USD")),
        1 => "[-0-9.]{0,14} EUR".prop_map(Value::from),
    ])
}

fn euros(cents: i64) -> String {
    format!("{} EUR", Decimal::new(cents, 2))
}

fn quantity() -> BoxedStrategy<Value> {
    mostly(prop_oneof![
        5 => (0i64..30).prop_map(|count| Value::from(format!("{count}.0"))),
        2 => (0i64..30).prop_map(Value::from),
        1 => "[0-9]{0,8}[.][0-9]{0,5}".prop_map(Value::from),
    ])
}

fn flag() -> BoxedStrategy<Value> {
    mostly(prop_oneof![9 => Just(false), 1 => Just(true)].prop_map(Value::from))
}

fn list_name() -> BoxedStrategy<Value> {
    const NAMES: &[&str] =
        &["Sauce", "Side 1", "Side 2", "Toppings 1", "Toppings 2", "Topping", "Ingredients", "Ingredient removed"];
    mostly(proptest::sample::select(NAMES).prop_map(Value::from))
}

/// An object of which each field may be missing.
fn object(fields: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(name, value)| (any::<u8>(), value).prop_map(move |(dice, value)| (dice > 20).then_some((name, value))))
        .collect();
    fields
        .prop_map(|fields| {
            fields.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
        })
        .boxed()
}

fn list(entry: BoxedStrategy<Value>, most: usize) -> BoxedStrategy<Value> {
    mostly(vec(mostly(entry), 0..=most).prop_map(Value::from))
}

fn deal_key() -> BoxedStrategy<Value> {
    mostly(proptest::sample::select(&["0", "1", "2", "a.b[0]", ""][..]).prop_map(Value::from))
}

fn item() -> BoxedStrategy<Value> {
    let option = object(vec![
        ("option_list_name", list_name()),
        ("name", words()),
        ("ref", reference()),
        ("price", money()),
        ("quantity", quantity()),
        ("removed", flag()),
        ("deleted", flag()),
    ]);
    object(vec![
        ("product_name", words()),
        ("sku_name", words()),
        ("sku_ref", reference()),
        ("price", money()),
        ("quantity", quantity()),
        ("customer_notes", words()),
        ("options", list(option, 5)),
        ("deleted", flag()),
        (
            "deal_line",
            prop_oneof![Just(Value::Null), object(vec![("deal_key", deal_key()), ("label", words())])].boxed(),
        ),
    ])
}

fn charge() -> BoxedStrategy<Value> {
    let name = prop_oneof![words(), Just(Value::from("Tip"))].boxed();
    object(vec![("name", name), ("type", words()), ("ref", reference()), ("price", money()), ("deleted", flag())])
}

/// An order of any shape; it has an id.
pub(crate) fn order() -> impl Strategy<Value = Value> {
    let deal = object(vec![("name", words()), ("ref", reference())]);
    let deals = proptest::collection::btree_map("0|1|2|a\\.b\\[0\\]|", mostly(deal), 0..3)
        .prop_map(|deals| Value::Object(deals.into_iter().collect()));
    let discount = object(vec![("name", words()), ("ref", reference()), ("price_off", money()), ("deleted", flag())]);
    let kind = mostly(proptest::sample::select(&["online", "online", "online", "cash"][..]).prop_map(Value::from));
    let payment =
        object(vec![("name", words()), ("type", kind), ("ref", reference()), ("amount", money()), ("deleted", flag())]);
    let customer = object(
        ["id", "email", "first_name", "last_name", "phone", "phone_access_code", "city", "delivery_notes"]
            .map(|field| (field, words()))
            .into_iter()
            .chain([("anonymised", flag())])
            .collect(),
    );
    let time = mostly(
        proptest::sample::select(&["2026-11-22T21:15:00+01:00", "2026-11-22T19:10:00+01:00", "tonight"][..])
            .prop_map(Value::from),
    );
    let fields = vec![
        ("status", words()),
        ("ref", reference()),
        ("service_type", words()),
        ("service_type_ref", reference()),
        ("expected_time", time),
        ("asap", flag()),
        ("customer_notes", words()),
        ("seller_notes", words()),
        ("total", money()),
        ("items", list(item(), 6)),
        ("deals", mostly(deals)),
        ("discounts", list(discount, 3)),
        ("charges", list(charge(), 3)),
        ("payments", list(payment, 3)),
        ("customer", mostly(customer)),
        ("coupon_codes", anything().boxed()),
        ("custom_fields", anything().boxed()),
    ];
    object(fields).prop_map(|mut order| {
        order["id"] = Value::from("5dpm9");
        order
    })
}

/// An order in which everything has a ref, and every amount can be read.
pub(crate) fn complete_order() -> impl Strategy<Value = Value> {
    let cents = || (0i64..5000).prop_map(euros);
    const LISTS: &[&str] = &["Sauce", "Side 1", "Side 2", "Toppings 1", "Toppings 2", "Ingredients"];
    let option = (proptest::sample::select(LISTS), cents(), 1u32..4).prop_map(
        |(list, price, quantity)| json!({ "option_list_name": list, "name": "n", "ref": "31", "price": price, "quantity": quantity }),
    );
    let many = prop_oneof![(1u32..25).prop_map(|count| format!("{count}.0")), Just("0.25".to_owned())];
    let item = (cents(), many, vec(option, 0..5), 0u32..4).prop_map(|(price, quantity, options, deal)| {
        json!({ "product_name": "p", "sku_ref": "101", "price": price, "quantity": quantity, "options": options,
            "deal_line": (deal > 0).then(|| json!({ "deal_key": deal.to_string() })) })
    });
    let charge = cents().prop_map(|price| json!({ "name": "Delivery", "ref": "46", "price": price }));
    let tip = cents().prop_map(|price| json!({ "name": "Tip", "price": price }));
    let discount = cents().prop_map(|off| json!({ "name": "Welcome", "ref": "45", "price_off": off }));
    let payment = cents().prop_map(|amount| json!({ "name": "Card", "ref": "20", "amount": amount }));
    (vec(item, 1..8), vec(prop_oneof![charge, tip], 0..3), vec(discount, 0..3), vec(payment, 0..3)).prop_map(
        |(items, charges, discounts, payments)| {
            json!({ "id": "5dpm9", "service_type_ref": "1002", "items": items, "charges": charges, "discounts": discounts,
                "payments": payments,
                "deals": { "1": { "name": "Duo", "ref": "500" }, "2": { "name": "Trio", "ref": "COUPON-7" }, "3": { "name": "None" } } })
        },
    )
}

fn amount(value: &Value) -> Decimal {
    value.as_str().unwrap().trim_end_matches(" EUR").parse().unwrap()
}

/// What a complete order is worth: its items with their options, its charges without the tips, less its discounts.
pub(crate) fn worth(order: &Value) -> Decimal {
    let all = |list: &str| order[list].as_array().unwrap().clone();
    let items = all("items").into_iter().map(|item| {
        let options = item["options"].as_array().unwrap().iter();
        let options: Decimal =
            options.map(|option| amount(&option["price"]) * Decimal::from(option["quantity"].as_u64().unwrap())).sum();
        (amount(&item["price"]) + options) * item["quantity"].as_str().unwrap().parse::<Decimal>().unwrap()
    });
    let items: Decimal = items.sum();
    let charges: Decimal =
        all("charges").iter().filter(|charge| charge["name"] != "Tip").map(|charge| amount(&charge["price"])).sum();
    let discounts: Decimal = all("discounts").iter().map(|discount| amount(&discount["price_off"])).sum();
    items + charges - discounts
}

/// What was paid for it.
pub(crate) fn paid(order: &Value) -> Decimal {
    order["payments"].as_array().unwrap().iter().map(|payment| amount(&payment["amount"])).sum()
}
