//! Payments and amounts: unpaid, split, too little, two currencies.

use serde_json::{Value, json};

use super::{Frame, Made, Shape, delivery, item, online, with};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "unpaid", what: "no payment at all", make: unpaid },
    Shape { name: "cash", what: "to be paid in cash at the door", make: cash },
    Shape {
        name: "cash_without_type",
        what: "a payment called cash, and nothing else said of it",
        make: cash_without_type,
    },
    Shape { name: "online_without_type", what: "a card payment of which no type is told", make: online_without_type },
    Shape { name: "split_payments", what: "half by card, half by voucher", make: split_payments },
    Shape { name: "payment_without_ref", what: "a payment without ref", make: payment_without_ref },
    Shape { name: "payment_without_name", what: "a payment with neither name nor ref", make: payment_without_name },
    Shape { name: "paid_too_little", what: "less paid than the total", make: paid_too_little },
    Shape { name: "paid_too_much", what: "more paid than the total", make: paid_too_much },
    Shape { name: "refund", what: "a payment and its refund", make: refund },
    Shape { name: "payment_info", what: "a payment with details in `info`", make: payment_info },
    Shape { name: "two_currencies", what: "a charge in another currency", make: two_currencies },
    Shape { name: "large_amount", what: "an amount of nine digits", make: large_amount },
    Shape {
        name: "unreadable_amounts",
        what: "a price without decimals, a quantity in words",
        make: unreadable_amounts,
    },
];

fn order(frame: &Frame<'_>, payments: Value) -> Made {
    let order = delivery(frame, json!([item("Lobster roll", "2002", "24.00", "1")]), "24.00");
    with(order, json!({ "payments": payments })).into()
}

fn unpaid(frame: &Frame<'_>) -> Made {
    order(frame, json!([]))
}

fn cash(frame: &Frame<'_>) -> Made {
    order(frame, json!([{ "type": "cash", "name": "Cash", "ref": "42", "amount": "24.00" }]))
}

fn cash_without_type(frame: &Frame<'_>) -> Made {
    order(frame, json!([{ "name": "Cash", "ref": null, "amount": "24.00" }]))
}

fn online_without_type(frame: &Frame<'_>) -> Made {
    order(frame, json!([{ "name": "Card online", "ref": "41", "amount": "24.00" }]))
}

fn split_payments(frame: &Frame<'_>) -> Made {
    order(frame, json!([online("14.00"), { "name": "Lunch voucher", "ref": "43", "amount": "10.00" }]))
}

fn payment_without_ref(frame: &Frame<'_>) -> Made {
    order(frame, json!([{ "name": "Card online", "ref": null, "amount": "24.00" }]))
}

fn payment_without_name(frame: &Frame<'_>) -> Made {
    order(frame, json!([{ "name": null, "ref": null, "amount": "24.00" }]))
}

fn paid_too_little(frame: &Frame<'_>) -> Made {
    order(frame, json!([online("20.00")]))
}

fn paid_too_much(frame: &Frame<'_>) -> Made {
    order(frame, json!([online("30.00")]))
}

fn refund(frame: &Frame<'_>) -> Made {
    order(frame, json!([online("24.00"), { "name": "Card online", "ref": "41", "amount": "-4.00" }]))
}

fn payment_info(frame: &Frame<'_>) -> Made {
    let info = json!({ "card_type": "visa", "last_four": "4242", "authorization": "A1B2C3" });
    order(frame, json!([with(online("24.00"), json!({ "info": info }))]))
}

fn two_currencies(frame: &Frame<'_>) -> Made {
    let order = delivery(frame, json!([item("Lobster roll", "2002", "24.00", "1")]), "24.00");
    with(order, json!({ "charges": [{ "name": "Service", "ref": "72", "price": "2.00 XTS" }] })).into()
}

fn large_amount(frame: &Frame<'_>) -> Made {
    delivery(frame, json!([item("The whole fleet", "2009", "123456789.00", "1")]), "123456789.00").into()
}

fn unreadable_amounts(frame: &Frame<'_>) -> Made {
    let chowder = item("Clam chowder", "2001", "8,5 dollars", "1");
    let roll = item("Lobster roll", "2002", "24.00", "two");
    with(delivery(frame, json!([chowder, roll]), "56.50"), json!({ "total": null })).into()
}
