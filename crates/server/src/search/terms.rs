//! The words an order is found by, gathered when its event comes. Few: each is a row in an index.

use passerelle_hubrise::order::{Customer, Order};
use passerelle_store::{Term, TermKind};

use super::{PHONE_DIGITS, digits_from_the_end, normal};

/// Words of one order: what the store takes.
const MOST: usize = 16;
/// Parts of a name that are words of their own; the longest names have more.
const NAME_PARTS: usize = 5;
/// Digits of the shortest phone number that is one.
const SHORTEST_PHONE: usize = 4;

/// Those of a new order.
pub(crate) fn of_order(order: &Order) -> Vec<Term> {
    let mut terms = of_update(order);
    if let Some(customer) = &order.customer {
        of_customer(customer, &mut terms);
    }
    terms.truncate(MOST);
    terms
}

/// Those of an order of which nothing but its id can be read.
pub(crate) fn of_id(order_id: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    push(&mut terms, TermKind::OrderId, normal(order_id));
    terms
}

/// Those of a change to an order: its names, and whose it is. People look for the order itself by everything else.
pub(crate) fn of_update(order: &Order) -> Vec<Term> {
    let mut terms = of_id(&order.id);
    push(&mut terms, TermKind::Reference, order.reference.as_deref().map(normal).unwrap_or_default());
    push(&mut terms, TermKind::CollectionCode, order.collection_code.as_deref().map(normal).unwrap_or_default());
    // As it is: nobody types it, and what must be forgotten is found by it.
    let customer = order.customer.as_ref().and_then(|customer| customer.id.clone());
    push(&mut terms, TermKind::CustomerId, customer.unwrap_or_default());
    terms
}

fn of_customer(customer: &Customer, terms: &mut Vec<Term>) {
    if let Some(phone) = &customer.phone {
        let digits = digits_from_the_end(phone, PHONE_DIGITS);
        if digits.len() >= SHORTEST_PHONE {
            push(terms, TermKind::Phone, digits);
        }
    }
    let names = [&customer.first_name, &customer.last_name].map(|name| name.as_deref().unwrap_or_default());
    for name in [names.join(" "), customer.company_name.clone().unwrap_or_default()] {
        let whole = normal(&name);
        let later = whole.match_indices(' ').map(|(blank, _)| blank + 1);
        for from in std::iter::once(0).chain(later).take(NAME_PARTS) {
            push(terms, TermKind::Customer, whole[from..].to_owned());
        }
    }
}

fn push(terms: &mut Vec<Term>, kind: TermKind, text: String) {
    let term = Term { kind, text };
    if !term.text.is_empty() && !terms.contains(&term) {
        terms.push(term);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn check(order: Value, update: bool, expect: &[(TermKind, &str)]) {
        let order = Order::read(&order).unwrap();
        let terms = if update { of_update(&order) } else { of_order(&order) };
        let found: Vec<_> = terms.iter().map(|term| (term.kind, term.text.as_str())).collect();
        assert_eq!(found, expect);
    }

    fn order() -> Value {
        json!({
            "id": "5dPM9", "ref": "R 17", "collection_code": 42,
            "customer": {"id": "cUs", "first_name": "Marie", "last_name": "de la Tour", "phone": "+33 6 12 34 56 78"},
        })
    }

    #[test]
    fn an_order_is_found_by_its_names_and_its_customers() {
        use TermKind as T;
        check(
            order(),
            false,
            &[
                (T::OrderId, "5dpm9"),
                (T::Reference, "r 17"),
                (T::CollectionCode, "42"),
                (T::CustomerId, "cUs"),
                (T::Phone, "87654321633"),
                (T::Customer, "marie de la tour"),
                (T::Customer, "de la tour"),
                (T::Customer, "la tour"),
                (T::Customer, "tour"),
            ],
        );
        let update = [(T::OrderId, "5dpm9"), (T::Reference, "r 17"), (T::CollectionCode, "42"), (T::CustomerId, "cUs")];
        check(order(), true, &update);
    }

    #[test]
    fn what_is_missing_or_unreadable_is_no_word() {
        check(
            json!({"id": "a", "customer": {"first_name": "\u{200b}", "phone": "n/a 1"}}),
            false,
            &[(TermKind::OrderId, "a")],
        );
    }

    #[test]
    fn no_order_has_more_words_than_are_taken() {
        let name = "a b c d e f g h i j k l m n";
        let customer = json!({"first_name": name, "last_name": name, "company_name": "x y z v w q", "phone": "12345"});
        let order = Order::read(&json!({"id": "a", "ref": "b", "customer": customer})).unwrap();
        let terms = of_order(&order);
        assert!(terms.len() <= MOST && terms.iter().any(|term| term.text == "x y z v w q"), "{terms:?}");
    }
}
