//! Proofs that an order is read as documented, and that nothing odd in it stops the reading.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use serde_json::json;

use super::*;

#[test]
fn reads_the_documented_order() {
    let order = Order::read(&json!({
        "id": "5dpm9", "location_id": "3r4s3-1", "ref": "17654321", "private_ref": null, "status": "new",
        "service_type": "delivery", "service_type_ref": null, "created_at": "2021-06-24T17:07:53+02:00",
        "expected_time": "2021-06-24T19:07:52+02:00", "confirmed_time": null, "coupon_codes": [], "total": "18.90 EUR",
        "items": [{
            "id": "zvme8", "product_name": "Basil and Pesto", "sku_name": null, "sku_ref": "17", "price": "3.00 EUR",
            "quantity": "2.0", "options": [{
                "option_list_name": "Sauce", "name": "BBQ", "ref": "31", "price": "0.50 EUR", "quantity": 1
            }], "deleted": false, "deal_line": { "deal_key": "0", "label": null, "pricing_effect": null }
        }],
        "deals": { "0": { "name": "30% off on pasta", "ref": "10" } },
        "discounts": [{ "id": "wv281", "name": "2€ off", "ref": "45", "price_off": "2.00 EUR", "deleted": true }],
        "charges": [{ "type": "other", "name": "Courier", "ref": "DEL", "price": "2.00 EUR" }],
        "payments": [{ "type": "online", "name": "Cash", "ref": "CSH", "amount": "18.90 EUR", "info": null }],
        "customer": { "id": "wbq93", "anonymised": false, "first_name": "Charles", "address_2": null },
        "custom_fields": {}, "delivery": { "carrier": "Uber Direct" }
    }))
    .unwrap();
    assert_eq!((order.id.as_str(), order.reference.as_deref()), ("5dpm9", Some("17654321")));
    assert_eq!(order.total.read().unwrap().to_string(), "18.90 EUR");
    assert_eq!(order.expected_time.read().unwrap().at.to_string(), "2021-06-24T17:07:52Z");
    let item = &order.items[0];
    assert_eq!((item.sku_ref.as_deref(), item.quantity.read().unwrap().0.to_string()), (Some("17"), "2.0".to_owned()));
    assert_eq!(item.deal_line.as_ref().unwrap().deal_key, "0");
    assert_eq!(item.options[0].reference.as_deref(), Some("31"));
    assert_eq!(order.deals["0"].reference.as_deref(), Some("10"));
    assert!(order.discounts[0].deleted);
    assert_eq!(order.charges[0].kind.as_deref(), Some("other"));
    assert_eq!(order.payments[0].amount.read().unwrap().amount.to_string(), "18.90");
    assert_eq!(order.customer.as_ref().unwrap().first_name.as_deref(), Some("Charles"));
    assert_eq!(order.others, ["delivery"]);
    assert_eq!(order.odd, [""; 0]);
}

#[test]
fn an_id_alone_is_an_order() {
    let order = Order::read(&json!({ "id": "a" })).unwrap();
    assert_eq!(order, Order { id: "a".to_owned(), ..Order::default() });
}

#[test]
fn without_an_id_there_is_no_order() {
    assert_eq!(Order::read(&json!(null)), Err(OrderError::NotAnObject));
    assert_eq!(Order::read(&json!(["a"])), Err(OrderError::NotAnObject));
    for id in [json!(null), json!(""), json!(7), json!({})] {
        assert_eq!(Order::read(&json!({ "id": id })), Err(OrderError::NoId));
    }
}

#[test]
fn what_has_another_shape_is_named_and_left_out() {
    let order = Order::read(&json!({
        "id": "a", "status": 3, "ref": 42, "items": [null, { "product_name": ["x"], "options": "none" }, 7],
        "deals": { "0": null, "1": { "name": "Two for one" } }, "discounts": "none", "charges": {}, "payments": [[]],
        "customer": "Nina", "service_type_ref": " 1002 "
    }))
    .unwrap();
    assert_eq!((order.status, order.reference.as_deref()), (None, Some("42")));
    assert_eq!(order.service_type_ref.as_deref(), Some("1002"));
    assert_eq!(order.items.len(), 1);
    assert_eq!((order.items[0].index, order.items[0].product_name.as_deref()), (1, None));
    assert_eq!(order.deals.keys().collect::<Vec<_>>(), ["1"]);
    assert_eq!(
        order.odd,
        [
            "items[0]",
            "items[1].options",
            "items[2]",
            "deals.0",
            "discounts",
            "charges",
            "payments[0]",
            "customer",
            "status"
        ]
    );
}

#[test]
fn an_amount_that_cannot_be_read_is_kept_as_such() {
    let order = Order::read(&json!({
        "id": "a", "total": 9.8, "expected_time": "soon",
        "items": [{ "price": "9,80 EUR", "quantity": "many" }, { "price": null }]
    }))
    .unwrap();
    assert_eq!(order.total, Reading::Unreadable("9.8".to_owned()));
    assert_eq!(order.expected_time, Reading::Unreadable("soon".to_owned()));
    assert_eq!(order.items[0].price, Reading::Unreadable("9,80 EUR".to_owned()));
    assert_eq!(order.items[0].quantity.or(Quantity::ONE), Err("many"));
    assert_eq!(order.items[1].quantity.or(Quantity::ONE), Ok(Quantity::ONE));
}

#[test]
fn a_customer_is_never_shown_in_a_log() {
    let order = Order::read(&json!({ "id": "a", "customer": { "id": null, "email": "nina@bella.example" } })).unwrap();
    assert!(!format!("{order:?}").contains("nina"));
}
