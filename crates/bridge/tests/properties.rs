//! Orders nobody would write: whatever they hold, the translation ends, and what it brings can be sent.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod odd;
mod proof;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use passerelle_bridge::{Configuration, Deals, Discounts, NAME_LENGTH, Note, Translation, Untranslatable, translate};
use passerelle_hubrise::order::Order;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-22T18:00:00Z".parse().unwrap()
}

fn configuration() -> impl Strategy<Value = Configuration> {
    let by_name = proptest::collection::btree_map("[a-c]{0,2}", "[0-9\u{0}]{0,2}", 0..3);
    let zone = prop_oneof![Just(None), Just(Some(TimeZone::get("Europe/Paris").unwrap()))];
    (any::<bool>(), any::<bool>(), proptest::option::of("[0-9\u{1}]{0,2}"), by_name, zone).prop_map(
        |(aggregate_prices, refs_as_combo_ids, default_ref, by_name, zone)| Configuration {
            deals: Deals { aggregate_prices, refs_as_combo_ids },
            discounts: Discounts { default_ref, by_name },
            zone,
        },
    )
}

fn translated(order: &Value, configuration: &Configuration) -> Result<Translation, Untranslatable> {
    translate(&Order::read(order).unwrap(), configuration, now())
}

fn notes_are_short(notes: &[Note]) {
    for note in notes {
        let texts = std::iter::once(&note.name).chain(&note.other);
        texts.for_each(|text| assert!(text.chars().count() <= NAME_LENGTH, "{note:?}"));
    }
}

proptest! {
    #[test]
    fn any_order_becomes_a_sound_request_or_says_why_not(order in odd::order(), configuration in configuration()) {
        match translated(&order, &configuration) {
            Ok(translation) => {
                proof::holds(&order, &translation);
                notes_are_short(&translation.notes);
            }
            Err(untranslatable) => notes_are_short(&untranslatable.notes),
        }
    }

    #[test]
    fn the_same_order_makes_the_same_bytes(order in odd::order(), configuration in configuration()) {
        let bytes = |order: &Value| translated(order, &configuration).map(|translation| proof::request(&translation));
        let again: Value = serde_json::from_str(&order.to_string()).unwrap();
        prop_assert_eq!(bytes(&order), bytes(&again));
        prop_assert_eq!(translated(&order, &configuration), translated(&again, &configuration));
    }

    #[test]
    fn amounts_are_preserved(order in odd::complete_order(), configuration in configuration()) {
        let translation = translated(&order, &configuration).unwrap();
        proof::holds(&order, &translation);
        let items: Decimal = translation.order.items.iter().map(|item| item.cost_each * item.quantity).sum();
        prop_assert_eq!(items, odd::worth(&order));
        let paid: Decimal =
            translation.order.payments.iter().map(|payment| payment.tender + payment.tip.unwrap_or_default()).sum();
        prop_assert_eq!(paid, odd::paid(&order));
    }
}

#[test]
fn the_largest_amounts_do_not_overflow() {
    let money = "999999999.9999 EUR";
    let options = vec![json!({ "ref": "1", "price": money, "quantity": "999999.9999" }); 50];
    let halves = json!([{ "option_list_name": "Side 1", "ref": "1", "price": money, "quantity": 999_999 }]);
    let item = json!({ "sku_ref": "1", "price": money, "quantity": "999999.9999", "options": options,
        "deal_line": { "deal_key": "0" } });
    let half = json!({ "sku_ref": "1", "price": money, "quantity": "999999", "options": halves });
    let order = json!({
        "id": "a", "items": [item, half, item, half], "deals": { "0": { "ref": "7" } },
        "charges": [{ "name": "tip", "price": money }, { "ref": "2", "price": money }],
        "discounts": [{ "ref": "3", "price_off": money }], "payments": [{ "ref": "4", "amount": money }]
    });
    let deals = Deals { aggregate_prices: true, refs_as_combo_ids: false };
    let translation = translated(&order, &Configuration { deals, ..Configuration::default() }).unwrap();
    proof::holds(&order, &translation);
}
