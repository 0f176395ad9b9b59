//! How an event is read: every kind known, and every way not to be understood.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::json;

use super::*;

fn read(event: &Value) -> Event {
    Event::read(event.to_string().as_bytes())
}

fn order(status: &str) -> Value {
    json!({
        "id": "5dpm9", "status": status, "ref": "R-17", "collection_code": "42", "connection_name": "Uber Eats",
        "total": "9.80 EUR", "created_at": "2026-11-22T12:00:00+01:00", "expected_time": "2026-11-22T12:30:00+01:00",
    })
}

fn event(kind: &str, new_state: &Value) -> Value {
    json!({
        "id": "e1", "resource_type": "order", "event_type": kind, "created_at": "2026-11-22T12:00:01+01:00",
        "order_id": "5dpm9", "location_id": "3r4s3-1", "account_id": "3r4s3", "app_instance_id": "q2",
        "new_state": new_state,
    })
}

#[test]
fn a_new_order_waits_for_its_till_with_what_a_list_shows_of_it() {
    let read = read(&event("create", &order("new")));
    assert_eq!(read.id, "e1");
    let names = |text: &str| Some(text.to_owned());
    assert_eq!(
        read.names,
        Names { app_instance_id: names("q2"), location_id: names("3r4s3-1"), account_id: names("3r4s3") }
    );
    let meaning = read.meaning;
    assert_eq!(
        (meaning.kind, meaning.state, meaning.cause),
        (OperationKind::OrderCreated, OperationState::Queued, None)
    );
    let facts = meaning.order.unwrap();
    assert_eq!((facts.order_id.as_str(), facts.reference.as_deref()), ("5dpm9", Some("42")));
    assert_eq!((facts.channel.as_deref(), facts.total.as_deref()), (Some("Uber Eats"), Some("9.80 EUR")));
    assert_eq!(facts.ordered_at.unwrap().to_string(), "2026-11-22T11:00:00Z");
    assert_eq!(facts.expected_at.unwrap().to_string(), "2026-11-22T11:30:00Z");
    let words: Vec<_> = meaning.terms.iter().map(|term| term.text.as_str()).collect();
    assert_eq!(words, ["5dpm9", "r-17", "42"]);
}

#[test]
fn only_what_hubrise_has_dealt_with_needs_no_till() {
    let needed =
        ["new", "received", "accepted", "in_preparation", "awaiting_shipment", "awaiting_collection", "unheard_of"];
    for status in needed {
        assert_eq!(read(&event("create", &order(status))).meaning.state, OperationState::Queued, "{status}");
    }
    assert_eq!(read(&event("create", &json!({"id": "5dpm9"}))).meaning.state, OperationState::Queued);
    for status in OVER {
        let meaning = read(&event("create", &order(status))).meaning;
        assert_eq!((meaning.state, meaning.cause), (OperationState::Noted, Some(Cause::AlreadyOver)), "{status}");
    }
}

#[test]
fn an_update_is_noted_with_the_status_it_brings() {
    let meaning = read(&event("update", &order("cancelled"))).meaning;
    assert_eq!(
        (meaning.kind, meaning.state, meaning.cause),
        (OperationKind::OrderUpdated, OperationState::Noted, None)
    );
    assert_eq!(meaning.order.unwrap().status.as_deref(), Some("cancelled"));
    // What it brings cannot be read: that the order changed can.
    let meaning = read(&event("update", &json!(null))).meaning;
    assert_eq!((meaning.kind, meaning.order.unwrap().order_id.as_str()), (OperationKind::OrderUpdated, "5dpm9"));
}

#[test]
fn an_order_that_cannot_be_read_has_failed_and_is_not_lost() {
    for odd in [json!(null), json!([]), json!("order"), json!({"id": 7}), json!({"status": "new"})] {
        let meaning = read(&event("create", &odd)).meaning;
        assert_eq!((meaning.kind, meaning.state), (OperationKind::OrderCreated, OperationState::Failed), "{odd}");
        assert_eq!((meaning.cause, meaning.order.unwrap().order_id.as_str()), (Some(Cause::OrderUnreadable), "5dpm9"));
        assert!(meaning.detail.unwrap().starts_with("`new_state`: the order "));
    }
}

#[test]
fn what_is_not_understood_is_kept_as_such_and_says_why() {
    let mut foreign = event("create", &order("new"));
    foreign["resource_type"] = "delivery".into();
    let mut unnamed = event("create", &json!({}));
    unnamed["order_id"] = json!(null);
    let mut typeless = event("create", &order("new"));
    typeless["event_type"] = json!(7);
    let mut odd_id = event("create", &order("new"));
    odd_id["id"] = "a\0b".into();
    for (value, why) in [
        (foreign, "events of type `delivery.create` are not known here"),
        (event("delete", &order("new")), "events of type `order.delete` are not known here"),
        (unnamed, "it has no `order_id`, and in `new_state` the order has no `id`"),
        (typeless, "it has no `resource_type` or no `event_type`"),
        (odd_id, "it has no `id`, or is no json object"),
        (json!([1]), "it has no `id`, or is no json object"),
    ] {
        let meaning = read(&value).meaning;
        assert_eq!((meaning.kind, meaning.state), (OperationKind::Unhandled, OperationState::NotHandled), "{value}");
        assert_eq!((meaning.cause, meaning.detail.as_deref()), (Some(Cause::EventUnknown), Some(why)));
    }
}

#[test]
fn a_body_without_an_id_is_known_by_its_bytes() {
    let (one, two) = (Event::read(b"\xff not json"), Event::read(b"not json either"));
    assert_eq!(one.names, Names::default());
    assert_eq!(one.id.len(), "sha256:".len() + 32);
    assert_eq!(one.id, Event::read(b"\xff not json").id);
    assert_ne!(one.id, two.id);
    let long = json!({"id": "x".repeat(65), "resource_type": "order", "event_type": "create"});
    assert!(read(&long).id.starts_with("sha256:"));
}

fn customer(kind: &str, anonymised: bool) -> Value {
    let mut event = event(kind, &json!({"id": "c7", "anonymised": anonymised, "first_name": null}));
    event["resource_type"] = "customer".into();
    event["order_id"] = Value::Null;
    event["customer_id"] = "c7".into();
    event["previous_state"] = json!({"id": "c7", "first_name": "Marie", "phone": "+33612345678"});
    event
}

fn exchange(event: &Value) -> NewExchange {
    crate::recorder::of_callback(crate::recorder::Heard {
        method: &http::Method::POST,
        url: String::new(),
        headers: &http::HeaderMap::new(),
        body: event.to_string().into_bytes(),
        status: 200,
        answer_headers: String::new(),
        answer: Vec::new(),
        started_at: Timestamp::UNIX_EPOCH,
        duration: std::time::Duration::ZERO,
    })
}

#[test]
fn an_anonymised_customer_is_to_be_forgotten_and_is_not_kept_by_that_very_event() {
    let told = customer("update", true);
    let read = read(&told);
    assert!(!read.is_idle());
    let kept = read.operation(ConnectionId::new("c"), Timestamp::UNIX_EPOCH, exchange(&told));
    assert_eq!(
        (kept.kind, kept.state, kept.erases.as_deref()),
        (OperationKind::System, OperationState::Noted, Some("c7"))
    );
    let body = String::from_utf8(kept.exchange.unwrap().request_body).unwrap();
    assert!(!body.contains("Marie") && !body.contains("612345678") && body.contains("c7"), "{body}");
    // The id may be in the state alone.
    let mut nameless = customer("update", true);
    nameless["customer_id"] = Value::Null;
    assert_eq!(super::Event::read(nameless.to_string().as_bytes()).meaning.erases.as_deref(), Some("c7"));
}

#[test]
fn of_other_changes_of_customers_nothing_is_kept() {
    assert!(read(&customer("update", false)).is_idle());
    assert!(read(&customer("create", false)).is_idle());
    assert!(!read(&event("create", &order("new"))).is_idle());
    // One of an unknown kind is kept, without what it says of anybody.
    let odd = customer("delete", false);
    let kept = read(&odd).operation(ConnectionId::new("c"), Timestamp::UNIX_EPOCH, exchange(&odd));
    assert_eq!((kept.kind, kept.erases), (OperationKind::Unhandled, None));
    assert!(!String::from_utf8(kept.exchange.unwrap().request_body).unwrap().contains("Marie"));
}
