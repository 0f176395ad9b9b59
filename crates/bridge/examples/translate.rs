//! How long a translation takes: `cargo run --release -p passerelle-bridge --example translate`.
//!
//! An order of ten items with options, a deal, a discount, a charge, a tip, a payment and a customer, read beforehand as the
//! server has it. Prints the microseconds of one, as the best of several rounds (what the machine can do) and the median.

#![expect(clippy::print_stdout, reason = "it prints a figure")]

use std::hint::black_box;
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use passerelle_bridge::{Configuration, translate};
use passerelle_hubrise::order::Order;
use serde_json::{Value, json};

const ROUNDS: usize = 200;
const A_ROUND: u32 = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let order = Order::read(&ten_items())?;
    let configuration = Configuration { zone: Some(TimeZone::get("Europe/Paris")?), ..Configuration::default() };
    let now: Timestamp = "2026-11-22T18:00:00Z".parse()?;
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        for _ in 0..A_ROUND {
            black_box(translate(black_box(&order), &configuration, now).is_ok());
        }
        rounds.push(began.elapsed() / A_ROUND);
    }
    rounds.sort_unstable();
    let translated = translate(&order, &configuration, now)?;
    println!(
        "translation of {} items into {}: {:.1} µs (median), {:.1} µs (best)",
        order.items.len(),
        translated.order.items.len(),
        rounds[ROUNDS / 2].as_secs_f64() * 1e6,
        rounds[0].as_secs_f64() * 1e6
    );
    Ok(())
}

fn ten_items() -> Value {
    let items: Vec<Value> = (0..10)
        .map(|place| {
            json!({
                "id": format!("i{place}"), "product_name": "Margherita", "sku_name": "Large", "sku_ref": format!("{}", 100 + place),
                "price": "9.00 EUR", "quantity": "1.0", "deleted": false, "customer_notes": null,
                "options": [
                    { "option_list_name": "Sauce", "name": "BBQ", "ref": "31", "price": "0.50 EUR", "quantity": 1 },
                    { "option_list_name": "Toppings", "name": "Olives", "ref": "62", "price": "1.00 EUR", "quantity": 1 }
                ],
                "deal_line": (place < 2).then(|| json!({ "deal_key": "0", "label": "Pizza" }))
            })
        })
        .collect();
    json!({
        "id": "5dpm9", "location_id": "3r4s3-1", "status": "new", "service_type": "delivery", "service_type_ref": "1002",
        "expected_time": "2026-11-22T21:15:00+01:00", "total": "105.00 EUR", "items": items,
        "deals": { "0": { "name": "2 for 1", "ref": "500" } },
        "discounts": [{ "name": "Welcome", "ref": "45", "price_off": "2.00 EUR" }],
        "charges": [{ "name": "Delivery", "ref": "46", "price": "2.00 EUR" }, { "name": "Tip", "price": "1.00 EUR" }],
        "payments": [{ "type": "online", "name": "Uber Eats", "ref": "20", "amount": "106.00 EUR" }],
        "customer": { "id": "c1", "first_name": "Charles", "last_name": "Moore", "phone": "+33123456789",
            "address_1": "1 avenue des Champs Elysées", "postal_code": "75001", "city": "Paris", "country": "FR" }
    })
}
