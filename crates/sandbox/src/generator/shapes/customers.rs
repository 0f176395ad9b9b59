//! Whom an order is for, how it is served, and when it is wanted.

use serde_json::{Value, json};

use crate::seeds::harbor;

use super::{Frame, Made, Shape, delivery, guest, item, with};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "collection", what: "to be fetched, with a code", make: collection },
    Shape { name: "eat_in", what: "at a table", make: eat_in },
    Shape { name: "no_service_ref", what: "a service without ref", make: no_service_ref },
    Shape { name: "scheduled", what: "wanted in two hours", make: scheduled },
    Shape { name: "soon", what: "wanted in twenty minutes", make: soon },
    Shape { name: "tomorrow", what: "wanted in a day, across midnight", make: tomorrow },
    Shape { name: "late", what: "wanted an hour ago", make: late },
    Shape { name: "no_customer", what: "no customer", make: no_customer },
    Shape { name: "anonymised", what: "a customer whose data were erased", make: anonymised },
    Shape { name: "known_customer", what: "a customer of a list, not a guest", make: known_customer },
    Shape { name: "first_name_only", what: "a customer with a first name and nothing else", make: first_name_only },
    Shape { name: "null_fields", what: "a customer without a single field filled", make: null_fields },
    Shape { name: "company", what: "a company, with access code and delivery notes", make: company },
];

/// The lemonade bears the order's number: where no customer does, what a kitchen printed can be counted all the same.
fn order(frame: &Frame<'_>, fields: Value) -> Made {
    let lemonade = with(item("Lemonade", "2031", "4.00", "1"), json!({ "sku_name": format!("No. {}", frame.number) }));
    let items = json!([item("Clam chowder", "2001", "8.50", "1"), lemonade]);
    with(delivery(frame, items, "12.50"), fields).into()
}

fn collection(frame: &Frame<'_>) -> Made {
    let code = format!("{:03}", frame.number % 1_000);
    order(frame, json!({ "service_type": "collection", "service_type_ref": "1002", "collection_code": code }))
}

fn eat_in(frame: &Frame<'_>) -> Made {
    order(frame, json!({ "service_type": "eat_in", "service_type_ref": "1001", "collection_code": "Table 12" }))
}

fn no_service_ref(frame: &Frame<'_>) -> Made {
    order(frame, json!({ "service_type_ref": null }))
}

fn wanted(frame: &Frame<'_>, minutes: i64) -> Made {
    order(frame, json!({ "expected_time": (frame.in_minutes)(minutes) }))
}

fn scheduled(frame: &Frame<'_>) -> Made {
    wanted(frame, 120)
}

fn soon(frame: &Frame<'_>) -> Made {
    wanted(frame, 20)
}

fn tomorrow(frame: &Frame<'_>) -> Made {
    wanted(frame, 24 * 60)
}

fn late(frame: &Frame<'_>) -> Made {
    wanted(frame, -60)
}

fn no_customer(frame: &Frame<'_>) -> Made {
    order(frame, json!({ "customer": null }))
}

/// A guest's customer object with every field null, but for those given.
fn nothing_but(frame: &Frame<'_>, fields: Value) -> Made {
    let mut customer = guest(frame.number);
    let kept = ["anonymised", "sms_marketing", "email_marketing", "loyalty_cards", "custom_fields"];
    for (name, field) in customer.as_object_mut().into_iter().flatten() {
        if !kept.contains(&name.as_str()) {
            *field = Value::Null;
        }
    }
    order(frame, json!({ "customer": with(customer, fields) }))
}

fn anonymised(frame: &Frame<'_>) -> Made {
    nothing_but(frame, json!({ "id": "zq4k2", "customer_list_id": harbor::CUSTOMER_LIST, "anonymised": true }))
}

fn known_customer(frame: &Frame<'_>) -> Made {
    let known = json!({ "id": harbor::CUSTOMER, "customer_list_id": harbor::CUSTOMER_LIST });
    order(frame, json!({ "customer": with(guest(frame.number), known) }))
}

fn first_name_only(frame: &Frame<'_>) -> Made {
    nothing_but(frame, json!({ "first_name": "Sofia" }))
}

fn null_fields(frame: &Frame<'_>) -> Made {
    nothing_but(frame, json!({}))
}

fn company(frame: &Frame<'_>) -> Made {
    let fields = json!({
        "company_name": "Wharf & Sons, Inc.",
        "phone_access_code": "1234#",
        "address_2": "Floor 7, suite \"B\"",
        "delivery_notes": "Ask for Mr <Smith> at the desk",
    });
    order(frame, json!({ "customer": with(guest(frame.number), fields) }))
}
