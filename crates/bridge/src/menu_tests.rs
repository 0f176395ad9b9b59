//! Proofs of what the check of a menu finds.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use serde_json::{Value, json};

use super::*;

fn check_data(data: Value, expect: &[(Part, &str, Option<&str>, Fault)]) -> MenuReport {
    let report = check(&Catalog::read(&json!({ "id": "c", "name": "Web", "data": data })).unwrap());
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|finding| (finding.part, finding.name.as_str(), finding.reference.as_deref(), finding.fault))
        .collect();
    assert_eq!(found, expect);
    report
}

#[test]
fn a_menu_of_numbers_is_clean() {
    let report = check_data(
        json!({
            "products": [{ "name": "Margherita", "skus": [{ "name": "Small", "ref": "101" }, { "name": "Large", "ref": "102" }] }],
            "option_lists": [{ "name": "Sauce", "options": [{ "name": "BBQ", "ref": "31" }] }],
            "deals": [{ "name": "2 for 1", "ref": "COUPON-7" }, { "name": "Lunch", "ref": "8" }],
            "discounts": [{ "name": "Welcome", "ref": "45" }], "charges": [{ "name": "Delivery", "ref": "46" }]
        }),
        &[],
    );
    assert_eq!(report.looked_at, 7);
}

#[test]
fn what_has_no_ref_is_found_with_the_name_it_is_looked_for_by() {
    check_data(
        json!({
            "products": [{ "name": "Calzone", "skus": [{ "name": null, "ref": "" }, { "name": "Large" }] }],
            "option_lists": [{ "name": "Sauce", "options": [{ "name": "BBQ" }] }],
            "deals": [{ "name": "Lunch", "ref": "COUPON-" }], "charges": [{ "name": "Bag" }]
        }),
        &[
            (Part::Sku, "Calzone", None, Fault::NoRef),
            (Part::Sku, "Calzone / Large", None, Fault::NoRef),
            (Part::Option, "Sauce / BBQ", None, Fault::NoRef),
            (Part::Deal, "Lunch", Some("COUPON-"), Fault::NoRef),
            (Part::Charge, "Bag", None, Fault::NoRef),
        ],
    );
}

#[test]
fn refs_that_are_no_numbers_are_found() {
    check_data(
        json!({
            "products": [{ "name": "Calzone", "skus": [{ "ref": "CAL-1" }] }],
            "deals": [{ "name": "Lunch", "ref": "COUPON-X" }], "discounts": [{ "name": "5 off", "ref": "5 OFF" }]
        }),
        &[
            (Part::Sku, "Calzone", Some("CAL-1"), Fault::NotANumber),
            (Part::Deal, "Lunch", Some("COUPON-X"), Fault::NotANumber),
            (Part::Discount, "5 off", Some("5 OFF"), Fault::NotANumber),
        ],
    );
}

#[test]
fn the_same_ref_twice_is_found_at_each_of_both() {
    check_data(
        json!({
            "products": [
                { "name": "Cola", "skus": [{ "ref": "301" }] },
                { "name": "Fanta", "skus": [{ "name": "33 cl", "ref": "301" }] }
            ],
            "charges": [{ "name": "Delivery", "ref": "301" }]
        }),
        &[
            (Part::Sku, "Cola", Some("301"), Fault::Duplicate),
            (Part::Sku, "Fanta / 33 cl", Some("301"), Fault::Duplicate),
        ],
    );
}

#[test]
fn an_option_may_be_in_several_lists() {
    check_data(
        json!({ "option_lists": [
            { "name": "Sauce", "options": [{ "name": "BBQ", "ref": "31" }, { "name": "Mayo", "ref": "32" }] },
            { "name": "Dip", "options": [{ "name": "BBQ", "ref": "31" }, { "name": "Aioli", "ref": "32" }] }
        ] }),
        &[
            (Part::Option, "Sauce / Mayo", Some("32"), Fault::Duplicate),
            (Part::Option, "Dip / Aioli", Some("32"), Fault::Duplicate),
        ],
    );
}
