//! Orders that are over already, and orders with more or fewer fields than one expects.

use serde_json::json;

use super::{Frame, Made, Shape, delivery, item, with};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "received", what: "taken by another till already", make: received },
    Shape { name: "completed", what: "over before anybody heard of it", make: completed },
    Shape { name: "cancelled", what: "cancelled before anybody heard of it", make: cancelled },
    Shape { name: "bare", what: "a status, and nothing else", make: bare },
    Shape {
        name: "missing_fields",
        what: "no customer, deals, discounts, charges or payments, not even null",
        make: missing,
    },
    Shape { name: "more_fields", what: "fields nobody has heard of, wherever there may be some", make: more_fields },
];

fn order(frame: &Frame<'_>) -> serde_json::Value {
    delivery(frame, json!([item("Clam chowder", "2001", "8.50", "1")]), "8.50")
}

fn received(frame: &Frame<'_>) -> Made {
    with(order(frame), json!({ "status": "received" })).into()
}

fn completed(frame: &Frame<'_>) -> Made {
    with(order(frame), json!({ "status": "completed" })).into()
}

fn cancelled(frame: &Frame<'_>) -> Made {
    with(order(frame), json!({ "status": "cancelled" })).into()
}

fn bare(_frame: &Frame<'_>) -> Made {
    json!({ "status": "new" }).into()
}

fn missing(frame: &Frame<'_>) -> Made {
    let made = Made::from(order(frame));
    Made {
        without: &["customer", "deals", "discounts", "charges", "payments", "custom_fields", "expected_time"],
        ..made
    }
}

fn more_fields(frame: &Frame<'_>) -> Made {
    let tale = || json!({ "a": [1, 2.5, null, { "b": true }], "c": "<d/>" });
    let chowder = with(item("Clam chowder", "2001", "8.50", "1"), json!({ "future": tale() }));
    let order = with(order(frame), json!({ "items": [chowder], "future": tale() }));
    with(order, json!({ "custom_fields": { "kiosk": tale() } })).into()
}
