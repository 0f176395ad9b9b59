#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use passerelle_wire::{Act, OperationLine, OrderFacts};

use super::*;
use crate::logic::operation::tests::line;

/// Seconds of a minute of the evening, in milliseconds: `19:31:02`.
fn instant(time: &str) -> f64 {
    time.split(':').map(|part| part.parse::<f64>().unwrap()).fold(0.0, |sum, part| sum * 60.0 + part) * 1_000.0
}

fn exchange(id: &str, way: Way, at: &str, status: Option<u16>) -> ExchangeLine {
    ExchangeLine {
        id: id.into(),
        way,
        method: "POST".into(),
        url: String::new(),
        status,
        started_at: at.into(),
        duration_us: 400_000,
        error: None,
    }
}

fn operation(state: OperationState, exchanges: Vec<ExchangeLine>) -> Operation {
    let line = line("a", state);
    let order = line.order.map(|order| OrderFacts {
        ordered_at: Some("19:30:41".into()),
        expected_at: Some("20:05:00".into()),
        ..order
    });
    Operation {
        line: OperationLine { order, received_at: "19:30:47".into(), ..line },
        notes: Vec::new(),
        acts: Vec::new(),
        names_hidden: false,
        exchanges,
        timezone: None,
    }
}

fn told(operation: &Operation, now: &str) -> Vec<(Option<String>, What)> {
    steps(operation, instant(now), instant).into_iter().map(|step| (step.at, step.what)).collect()
}

fn at(time: &str) -> Option<String> {
    Some(time.to_owned())
}

#[test]
fn an_order_that_was_printed_is_told_from_the_channel_to_hubrise_and_to_when_it_is_wanted() {
    let delivered = operation(
        OperationState::Delivered,
        vec![
            exchange("x1", Way::HubriseToBridge, "19:30:47", Some(200)),
            exchange("x2", Way::BridgeToTill, "19:30:47.1", Some(200)),
            exchange("x3", Way::BridgeToHubrise, "19:30:48", Some(200)),
        ],
    );
    assert_eq!(
        told(&delivered, "19:31:00"),
        [
            (at("19:30:41"), What::Ordered(Some("Uber Eats".into()))),
            (at("19:30:47"), What::Told),
            (at("19:30:47.1"), What::Called { time: 1, end: End::Taken }),
            (at("19:30:48"), What::Hubrise { told: true, well: true }),
            (at("20:05:00"), What::Wanted),
        ]
    );
    let steps = steps(&delivered, instant("19:31:00"), instant);
    assert_eq!(steps[1].exchange.as_deref(), Some("x1"));
    assert_eq!(steps[1].wait, Some(6_000.0));
    assert_eq!(steps[2].wait, None);
    assert!(steps[4].ahead && steps[..4].iter().all(|step| !step.ahead));
}

#[test]
fn tries_are_counted_with_the_waits_between_and_the_next_is_ahead() {
    let retrying = Operation {
        line: OperationLine { next_try_at: at("19:33:00"), ..operation(OperationState::Retrying, Vec::new()).line },
        ..operation(
            OperationState::Retrying,
            vec![
                exchange("x2", Way::BridgeToTill, "19:30:48", Some(200)),
                exchange("x3", Way::BridgeToTill, "19:31:18.4", None),
            ],
        )
    };
    let steps = steps(&retrying, instant("19:32:00"), instant);
    let kinds: Vec<&What> = steps.iter().map(|step| &step.what).collect();
    assert_eq!(
        kinds,
        [
            &What::Ordered(Some("Uber Eats".into())),
            &What::Told,
            &What::Called { time: 1, end: End::Answered },
            &What::Called { time: 2, end: End::Silent },
            &What::NextTry,
            &What::Wanted,
        ]
    );
    assert_eq!(steps[3].wait.map(f64::round), Some(30_000.0));
    assert!(steps[4].ahead);
}

#[test]
fn what_people_did_stands_among_the_rest_at_its_time() {
    let act = Act { kind: ActKind::Resent, by: Some("Kate".into()), note: None, at: "19:40:00".into() };
    let sent = vec![
        exchange("x2", Way::BridgeToTill, "19:30:48", Some(200)),
        exchange("x3", Way::BridgeToTill, "19:40:01", Some(200)),
    ];
    let again = Operation { acts: vec![act], ..operation(OperationState::Refused, sent) };
    let kinds: Vec<What> = told(&again, "19:45:00").into_iter().map(|(_, what)| what).collect();
    assert_eq!(kinds[3], What::Act(ActKind::Resent, Some("Kate".into())));
    assert_eq!(kinds[4], What::Called { time: 2, end: End::Refused });
    // Nothing came of the first, whatever it was: only the last one's outcome is known.
    assert_eq!(kinds[2], What::Called { time: 1, end: End::Answered });
}

#[test]
fn an_unknown_outcome_is_told_as_such_and_a_due_telling_is_ahead() {
    let sent = vec![exchange("x2", Way::BridgeToTill, "19:30:48", None)];
    let kinds = told(&operation(OperationState::Unknown, sent.clone()), "19:45:00");
    assert!(kinds.contains(&(at("19:30:48"), What::Called { time: 1, end: End::Unknown })));
    let mut due = operation(OperationState::Delivered, sent);
    due.line.telling = Telling::Due;
    assert!(told(&due, "19:45:00").contains(&(None, What::ToTell)));
    // An order that was wanted before now is not ahead, and what goes on comes after it.
    let late = told(&due, "21:00:00");
    assert_eq!(late.last(), Some(&(None, What::ToTell)));
}

#[test]
fn a_time_that_is_none_ends_no_story() {
    let mut odd = operation(OperationState::Noted, Vec::new());
    odd.line.kind = OperationKind::System;
    assert_eq!(told(&odd, "19:31:00"), [(at("19:30:47"), What::Began)]);
    let order = operation(OperationState::Delivered, vec![exchange("x", Way::BridgeToHubrise, "NaN", None)]);
    assert_eq!(told(&order, "19:31:00").len(), 4);
}
