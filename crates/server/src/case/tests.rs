//! A case of odd operations: what it tells, what it leaves out, how large it grows.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use jiff::{SignedDuration, Timestamp};
use passerelle_store::{
    ActKind, ActRow, ConnectionId, Ended, ExchangeId, ExchangeRow, ExchangeWhole, NamedRef, OperationId, OperationKind,
    OperationRow, OperationState, OrderFacts, Telling, Way,
};
use passerelle_vendors::Localized;
use passerelle_wire::{Note, NoteCode};

use super::{Case, Language, gone};

fn at(seconds: i64) -> Timestamp {
    "2026-11-22T18:30:41Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

fn call(way: Way, ended: Ended, seconds: i64, body: &str) -> ExchangeWhole {
    let status = (ended == Ended::Answered).then_some(200);
    ExchangeWhole {
        row: ExchangeRow {
            seq: seconds,
            id: ExchangeId::new(format!("x{seconds}")),
            operation: None,
            connection: ConnectionId::new("c"),
            way,
            method: "POST".into(),
            url: "https://till.example/eoi".into(),
            status,
            ended,
            started_at: at(seconds),
            duration_us: 412_345,
            error: status.is_none().then(|| "connection refused".to_owned()),
            request_size: 0,
            response_size: 0,
        },
        request_headers: "content-type: application/json\n".into(),
        request_body: body.as_bytes().to_vec(),
        response_headers: String::new(),
        response_body: Vec::new(),
    }
}

fn case() -> Case {
    let event = r#"{"new_state":{"id":"kr48p3","customer":{"first_name":"Marie","phone":"+33612345678"},"note":"Marie waits"}}"#;
    let request = "<Request><EOITransfer><EOIAuthenticationToken>YT6eR2-•••23A5B</EOIAuthenticationToken></EOITransfer><Member><FirstName>Marie</FirstName></Member></Request>";
    Case {
        vendor: "PixelPoint Bridge".into(),
        till: Localized { en: "PAR PixelPoint".into(), fr: "PAR PixelPoint".into() },
        account: NamedRef { id: "3r4s3".into(), name: "Bella Pizza".into() },
        location: Some(NamedRef { id: "3r4s3-1".into(), name: "Paris".into() }),
        timezone: Some("Europe/Paris".into()),
        operation: OperationRow {
            seq: 1,
            id: OperationId::new("op"),
            connection: ConnectionId::new("c"),
            kind: OperationKind::OrderCreated,
            event_id: None,
            order: Some(OrderFacts {
                order_id: "kr48p3".into(),
                reference: Some("481".into()),
                channel: Some("Deliveroo".into()),
                total: Some("12.00 EUR".into()),
                ordered_at: Some(at(-6)),
                ..OrderFacts::default()
            }),
            state: OperationState::Refused,
            cause: Some("unknown_product".into()),
            detail: Some("Item 734 of Marie unknown".into()),
            flag: None,
            tries: 2,
            due_at: None,
            telling: Telling::None,
            told_tries: 0,
            notes: None,
            received_at: at(0),
            changed_at: at(9),
            sent_with: None,
            may_be_printed: false,
            manual: false,
            resends: 1,
            handled_at: None,
        },
        notes: vec![Note { code: NoteCode::NoteLost, path: "items[0]".into(), name: "for Marie".into(), other: None }],
        acts: vec![
            ActRow { kind: ActKind::Resent, by: Some("Nina Costa".into()), note: None, at: at(5) },
            ActRow { kind: ActKind::CaseTaken, by: Some("Nina Costa".into()), note: None, at: at(6) },
            ActRow { kind: ActKind::Handled, by: None, note: Some("called Marie".into()), at: at(8) },
        ],
        calls: vec![
            call(Way::HubriseToBridge, Ended::Answered, 0, event),
            call(Way::BridgeToTill, Ended::Unsent, 1, request),
            call(Way::BridgeToTill, Ended::Answered, 7, request),
        ],
        more: 0,
    }
}

/// What stands between the tags of a row that says so.
fn told<'a>(page: &'a str, what: &str) -> &'a str {
    let at = page.find(&format!(">{what}<")).unwrap_or_else(|| panic!("{what}: {page}"));
    let row = page[..at].rfind("<tr>").unwrap();
    &page[row..at]
}

#[test]
fn tells_the_story_in_the_stores_time_and_in_utc() {
    let page = case().page(Language::En);
    let row = told(&page, "HubRise told the bridge");
    assert!(row.contains("2026-11-22 19:30:41.000") && row.contains("2026-11-22 18:30:41.000"), "{row}");
    let order = [
        "Ordered at Deliveroo",
        "HubRise told the bridge",
        "The till could not be reached: nothing was sent",
        "Somebody had it sent again",
        "Sent to the till, try 2",
        "The till answered (200) after 412 ms",
        "Marked as handled: “called •••”",
    ];
    let places: Vec<_> =
        order.iter().map(|step| page.find(&format!(">{step}<")).unwrap_or_else(|| panic!("{step}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("Bella Pizza (3r4s3)") && page.contains("Europe/Paris"));
}

#[test]
fn holds_no_name_no_token_and_nobody_who_works_here() {
    for language in [Language::En, Language::Fr] {
        let page = case().page(language);
        for secret in ["Marie", "612345678", "23A5B", "Nina"] {
            assert!(!page.contains(secret), "{secret}: {page}");
        }
        assert!(page.contains("&lt;EOIAuthenticationToken&gt;•••&lt;/EOIAuthenticationToken&gt;"), "{page}");
        assert!(page.contains("Item 734 of ••• unknown"));
    }
}

#[test]
fn is_the_same_whenever_it_is_made() {
    assert_eq!(case().page(Language::Fr), case().page(Language::Fr));
}

#[test]
fn speaks_of_what_it_has_no_cause_for() {
    for (kind, state, title) in [
        (OperationKind::OrderCreated, OperationState::Delivered, "The till has this order"),
        (OperationKind::OrderUpdated, OperationState::Noted, "A change of the order, kept for the record"),
        (OperationKind::System, OperationState::Noted, "A request of the console’s own"),
        (OperationKind::OrderCreated, OperationState::Attention, "This is how it stands"),
    ] {
        let mut one = case();
        (one.operation.kind, one.operation.state, one.operation.cause) = (kind, state, None);
        assert!(one.page(Language::En).contains(title), "{title}");
    }
    let mut odd = case();
    odd.operation.cause = Some("bad_weather".into());
    odd.operation.flag = Some("cancelled_after_sending".into());
    let page = odd.page(Language::En);
    assert!(page.contains("This is how it stands") && page.contains("Cancelled at HubRise after it was sent"));
}

#[test]
fn stays_below_two_mebibytes_whatever_was_said() {
    let mut large = case();
    let body = format!("<A>{}</A>", "<B>é & &lt;</B>".repeat(6_000));
    large.calls = (0..40).map(|nth| call(Way::BridgeToTill, Ended::Answered, nth, &body)).collect();
    large.more = 960;
    let page = large.page(Language::En);
    assert!(page.len() < 2 * 1024 * 1024, "{} bytes", page.len());
    assert!(page.contains("Cut here: ") && page.contains("Left out, for the page would grow too long"));
    assert!(page.contains("960 more calls are not shown."));
    assert!(page.ends_with("</html>\n"));
}

#[test]
fn a_link_that_leads_nowhere_says_so_in_both_languages() {
    let page = gone(false);
    assert!(page.contains("<section lang=\"en\">") && page.contains("<section lang=\"fr\">"));
    assert!(gone(true).contains("Try again in a minute."));
}
