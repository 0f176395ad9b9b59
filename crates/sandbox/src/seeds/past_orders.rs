//! A few orders that were there before: paid and unpaid, a known customer, a guest and nobody at all.

use serde_json::{Value, json};

use super::{bella, dubois};
use crate::state::{State, orders::Actor};

pub(super) fn sow(state: &mut State) {
    let of_list = |state: &State, list: &str| {
        state.directory.customers.iter().find(|customer| customer.list_id == list).map(|customer| customer.id.clone())
    };
    let (at_bella, at_dubois) = (of_list(state, bella::CUSTOMER_LIST), of_list(state, dubois::LIST_WEB));
    for (location, order) in [
        (bella::PARIS, delivery(at_bella)),
        (bella::PARIS, counter()),
        (bella::PARIS, json!({ "status": "new" })),
        (dubois::BASTILLE, lunch(at_dubois)),
    ] {
        let by = Actor { connection_id: "", client_id: "", client_name: "Site web" };
        let created = state.create_order(location, &order, by);
        debug_assert!(created.is_ok(), "{created:?}");
    }
}

fn delivery(customer_id: Option<String>) -> Value {
    json!({
        "ref": "W-1041",
        "status": "completed",
        "service_type": "delivery",
        "service_type_ref": "WEB-LIV",
        "customer_id": customer_id,
        "customer_notes": "Sans couverts, merci.",
        "items": [
            { "product_name": "Regina", "sku_name": "Grande", "sku_ref": "REG-L", "price": "15.90 EUR", "quantity": "1",
              "options": [
                { "option_list_name": "Pâte", "name": "Classique", "ref": "PATE-C", "price": "0.00 EUR" },
                { "option_list_name": "Suppléments", "name": "Œuf", "ref": "OEUF", "price": "1.00 EUR", "quantity": 2 } ] },
            { "product_name": "Coca-Cola", "sku_name": "33 cl", "sku_ref": "COK-33", "price": "3.00 EUR", "quantity": "2" } ],
        "charges": [{ "name": "Livraison", "ref": "LIV", "price": "2.50 EUR" }],
        "payments": [{ "name": "Carte bancaire", "ref": "CB", "amount": "26.40 EUR" }],
    })
}

fn counter() -> Value {
    json!({
        "status": "accepted",
        "service_type": "collection",
        "collection_code": "27",
        "customer": { "first_name": "Sofia" },
        "items": [
            { "product_name": "Margherita", "sku_name": "Moyenne", "sku_ref": "MAR-M", "price": "9.80 EUR", "quantity": "1",
              "deal_line": { "deal_key": "midi", "label": "Pizza" } },
            { "product_name": "San Pellegrino", "sku_ref": "SPL-50", "price": "1.00 EUR", "quantity": "1",
              "deal_line": { "deal_key": "midi", "label": "Boisson", "pricing_effect": "fixed_price", "pricing_value": "1.00 EUR" } } ],
        "deals": { "midi": { "name": "Formule midi", "ref": "MIDI" } },
    })
}

fn lunch(customer_id: Option<String>) -> Value {
    json!({
        "ref": "T-12",
        "status": "received",
        "service_type": "eat_in",
        "customer_id": customer_id,
        "items": [{ "product_name": "Bavette à l'échalote", "sku_ref": "BAV", "price": "19.50 EUR", "quantity": "1.5" }],
        "discounts": [{ "name": "Fidélité : 5 €", "ref": "FID5", "price_off": "5.00 EUR" }],
    })
}
