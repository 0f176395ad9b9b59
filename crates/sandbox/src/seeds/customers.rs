//! Customers for the seeded lists: made up, repeatable, with the gaps real ones have (no e-mail, no phone, no name).

use serde_json::{Map, Value, json};

use super::{bella, chain, dubois};
use crate::{
    clock,
    state::{State, directory::Customer},
};

const FIRST: [&str; 16] = [
    "Camille", "Léo", "Chloé", "Hugo", "Manon", "Nathan", "Jade", "Lucas", "Emma", "Gabriel", "Louise", "Adam",
    "Alice", "Raphaël", "Zoé", "Jules",
];
const LAST: [&str; 12] = [
    "Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Moreau", "Simon", "Lefèvre", "Garcia",
    "O'Brien",
];
const STREETS: [&str; 6] = [
    "rue Victor-Hugo",
    "avenue Jean-Jaurès",
    "rue de la République",
    "boulevard Voltaire",
    "rue des Lilas",
    "place du Marché",
];

pub(super) fn sow(state: &mut State) {
    for (list, count, city, code) in [
        (bella::CUSTOMER_LIST, 14, "Paris", "75003"),
        (dubois::LIST_WEB, 130, "Lyon", "69004"),
        (dubois::LIST_LOYALTY, 9, "Marseille", "13002"),
        (chain::LIST_WEB, 25, "Rennes", "35000"),
    ] {
        for number in 0..count {
            let customer = customer(state, list, number, city, code);
            state.directory.customers.push(customer);
        }
    }
}

fn customer(state: &mut State, list: &str, number: usize, city: &str, code: &str) -> Customer {
    let (id, now) = (state.ids.next(), state.clock.now());
    let first = FIRST[number % FIRST.len()];
    let last = LAST[(number * 5 + number / FIRST.len()) % LAST.len()];
    let mailbox: String = format!("{first}.{last}{number}").to_lowercase().chars().filter_map(plain).collect();
    let created_at = now.checked_sub(jiff::SignedDuration::from_hours(24 * (number as i64 + 1))).unwrap_or(now);
    let text = |value: String, missing: bool| if missing { Value::Null } else { json!(value) };
    let body = json!({
        "id": id,
        "customer_list_id": list,
        "anonymised": false,
        "private_ref": null,
        "email": text(format!("{mailbox}@exemple.fr"), number % 7 == 6),
        "first_name": first,
        "last_name": text(last.to_owned(), number % 11 == 10),
        "gender": null,
        "birth_date": null,
        "created_at": clock::iso_in(created_at, "Europe/Paris"),
        "company_name": null,
        "phone": text(format!("+336{:08}", 12_000_000 + number * 13_577), number % 5 == 4),
        "phone_access_code": null,
        "address_1": format!("{} {}", number * 3 + 1, STREETS[number % STREETS.len()]),
        "address_2": text("Bâtiment B, code 12A4".to_owned(), !number.is_multiple_of(4)),
        "postal_code": code,
        "city": city,
        "state": null,
        "country": "FR",
        "latitude": null,
        "longitude": null,
        "delivery_notes": text("Sonner deux fois".to_owned(), !number.is_multiple_of(6)),
        "sms_marketing": false,
        "email_marketing": number.is_multiple_of(2),
        "nb_orders": number % 9,
        "order_total": format!("{}.50 EUR", number % 9 * 21),
        "first_order_date": null,
        "last_order_date": null,
        "loyalty_cards": [],
        "custom_fields": {},
    });
    let fields = body.as_object().cloned().unwrap_or_else(Map::new);
    Customer { id, list_id: list.to_owned(), fields }
}

/// A letter as it stands in an e-mail address.
fn plain(letter: char) -> Option<char> {
    match letter {
        'é' | 'è' | 'ë' => Some('e'),
        'ï' => Some('i'),
        letter if letter.is_ascii_alphanumeric() || letter == '.' => Some(letter),
        _ => None,
    }
}
