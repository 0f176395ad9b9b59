//! Deals, discounts and charges.

use serde_json::{Value, json};

use super::{Frame, Made, Shape, delivery, item, option, with};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "deal", what: "a deal of three items, one of them with an option", make: deal },
    Shape { name: "deal_coupon", what: "a deal whose ref begins with COUPON-", make: deal_coupon },
    Shape { name: "deal_without_ref", what: "a deal without ref", make: deal_without_ref },
    Shape { name: "deal_spread", what: "a deal whose price was spread over its items", make: deal_spread },
    Shape { name: "two_deals", what: "two deals, and an item of neither", make: two_deals },
    Shape { name: "deal_line_astray", what: "an item whose deal is not there", make: deal_line_astray },
    Shape { name: "discount", what: "a discount with ref", make: discount },
    Shape { name: "discount_without_ref", what: "a discount without ref", make: discount_without_ref },
    Shape { name: "two_discounts", what: "two discounts, one without ref", make: two_discounts },
    Shape { name: "charge", what: "a delivery charge with ref", make: charge },
    Shape { name: "charge_without_ref", what: "a charge without ref", make: charge_without_ref },
    Shape { name: "charge_and_tip", what: "a delivery charge, and a tip, paid online", make: charge_and_tip },
];

fn line(item: Value, deal_key: &str, label: &str) -> Value {
    let line = json!({ "deal_key": deal_key, "label": label, "pricing_effect": "unchanged", "pricing_value": null });
    with(item, json!({ "deal_line": line }))
}

fn lunch(deal_key: &str) -> Vec<Value> {
    let burger = with(
        item("Harbor burger", "2003", "15.50", "1"),
        json!({ "options": [option("Side", "Sweet potato fries", "3012", "1.50")] }),
    );
    vec![
        line(burger, deal_key, "Main"),
        line(item("Key lime pie", "2021", "3.00", "1"), deal_key, "Dessert"),
        line(item("Lemonade", "2031", "1.00", "1"), deal_key, "Drink"),
    ]
}

fn with_deal(frame: &Frame<'_>, deal_ref: Value) -> Made {
    let order = delivery(frame, Value::Array(lunch("0")), "21.00");
    with(order, json!({ "deals": { "0": { "name": "Lunch deal", "ref": deal_ref } } })).into()
}

fn deal(frame: &Frame<'_>) -> Made {
    with_deal(frame, json!("61"))
}

fn deal_coupon(frame: &Frame<'_>) -> Made {
    with_deal(frame, json!("COUPON-61"))
}

fn deal_without_ref(frame: &Frame<'_>) -> Made {
    with_deal(frame, Value::Null)
}

fn deal_spread(frame: &Frame<'_>) -> Made {
    let line =
        json!({ "deal_key": "0", "label": "Two for 20", "pricing_effect": "fixed_price", "pricing_value": "20.00" });
    let fixed = json!({ "deal_line": line });
    let rolls = with(item("Lobster roll", "2002", "13.33", "1"), fixed.clone());
    let chowder = with(item("Clam chowder", "2001", "6.67", "1"), fixed);
    let deals = json!({ "0": { "name": "Two for 20", "ref": "62" } });
    with(delivery(frame, json!([rolls, chowder]), "20.00"), json!({ "deals": deals })).into()
}

fn two_deals(frame: &Frame<'_>) -> Made {
    let mut items = lunch("0");
    items.push(item("Clam chowder", "2001", "8.50", "1"));
    items.extend(lunch("1"));
    let deals = json!({ "0": { "name": "Lunch deal", "ref": "61" }, "1": { "name": "Lunch deal", "ref": "61" } });
    with(delivery(frame, Value::Array(items), "50.50"), json!({ "deals": deals })).into()
}

fn deal_line_astray(frame: &Frame<'_>) -> Made {
    delivery(frame, json!([line(item("Clam chowder", "2001", "8.50", "1"), "7", "Main")]), "8.50").into()
}

fn roll(frame: &Frame<'_>, amount: &str, more: Value) -> Made {
    with(delivery(frame, json!([item("Lobster roll", "2002", "24.00", "1")]), amount), more).into()
}

fn discount(frame: &Frame<'_>) -> Made {
    roll(frame, "21.60", json!({ "discounts": [{ "name": "Welcome: 10%", "ref": "51", "price_off": "2.40" }] }))
}

fn discount_without_ref(frame: &Frame<'_>) -> Made {
    roll(frame, "19.00", json!({ "discounts": [{ "name": "Happy hour", "ref": null, "price_off": "5.00" }] }))
}

fn two_discounts(frame: &Frame<'_>) -> Made {
    let discounts = json!([
        { "name": "Welcome: 10%", "ref": "51", "price_off": "2.40" },
        { "name": "Loyalty", "ref": null, "price_off": "5.00" },
    ]);
    roll(frame, "16.60", json!({ "discounts": discounts }))
}

fn charge(frame: &Frame<'_>) -> Made {
    let charges = json!([{ "name": "Delivery", "ref": "71", "type": "delivery", "price": "3.50" }]);
    roll(frame, "27.50", json!({ "charges": charges }))
}

fn charge_without_ref(frame: &Frame<'_>) -> Made {
    let charges = json!([{ "name": "Bag", "ref": null, "type": "other", "price": "0.25" }]);
    roll(frame, "24.25", json!({ "charges": charges }))
}

fn charge_and_tip(frame: &Frame<'_>) -> Made {
    let charges = json!([
        { "name": "Delivery", "ref": "71", "type": "delivery", "price": "3.50" },
        { "name": "Tip", "ref": null, "type": "tip", "price": "4.00" },
    ]);
    roll(frame, "31.50", json!({ "charges": charges }))
}
