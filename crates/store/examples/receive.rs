//! Measures how many events a second a database keeps, each with its call, durably: `receive URL [EVENTS [BATCH [TASKS]]]`.
//!
//! `sqlite:PATH`, or `postgres://…` of an empty database. Without more: 20,000 events over 200 connections, in batches of
//! 100, one batch at a time (two of PostgreSQL's). A line a kind of work goes to standard output.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use passerelle_store::{
    ConnectionId, Ended, ExchangeId, NewExchange, NewOperation, OpenOptions, OperationId, OperationKind,
    OperationState, OrderFacts, Receipt, Result, Store, Telling, TryEnded, Way, open, testing,
};

const CONNECTIONS: usize = 200;
/// Turns leased and ended at a time.
const LANES: u32 = 64;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(url) = arguments.next() else {
        eprintln!("receive URL [EVENTS [BATCH [TASKS]]]");
        return ExitCode::from(2);
    };
    let mut number = |otherwise| arguments.next().map_or(Ok(otherwise), |text| text.parse::<usize>());
    let tasks = if url.starts_with("sqlite:") { 1 } else { 2 };
    let (Ok(events), Ok(batch), Ok(tasks)) = (number(20_000), number(100), number(tasks)) else {
        eprintln!("events, batch and tasks are numbers");
        return ExitCode::from(2);
    };
    match measure(&url, events, batch.max(1), tasks.max(1)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(url: &str, events: usize, batch: usize, tasks: usize) -> Result<()> {
    let store = open(url, OpenOptions::default()).await?;
    let connections = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    testing::fill(url, "pixelpoint", connections).await?;

    let began = Instant::now();
    let mut running = Vec::new();
    for task in 0..tasks {
        running.push(tokio::spawn(receive(Arc::clone(&store), task, events / tasks, batch)));
    }
    let mut waits = Vec::new();
    for task in running {
        match task.await {
            Ok(took) => waits.extend(took?),
            Err(error) => eprintln!("a task ended early: {error}"),
        }
    }
    let took = began.elapsed();
    waits.sort_unstable();
    let at = |share: usize| waits.get((waits.len() * share / 100).min(waits.len().saturating_sub(1)));
    println!(
        "received {events} events in batches of {batch}, {tasks} at a time: {:.0} a second; a batch takes {:?} (median), \
         {:?} (99 of 100)",
        rate(events, took),
        at(50).copied().unwrap_or_default(),
        at(99).copied().unwrap_or_default(),
    );

    let began = Instant::now();
    let mut delivered = 0;
    while delivered < events {
        let now = Timestamp::now();
        let turns = store.claim_turns(now, now + SignedDuration::from_secs(60), LANES).await?;
        if turns.is_empty() {
            break;
        }
        for turn in turns {
            let id = &turn.operation.id;
            if store.begin_try(id, &turn.lease, now, now + SignedDuration::from_secs(60)).await? {
                let ended = TryEnded {
                    sent_with: None,
                    may_be_printed: false,
                    state: OperationState::Delivered,
                    cause: None,
                    detail: None,
                    due_at: None,
                    telling: Telling::None,
                    notes: None,
                    exchanges: vec![call(&format!("till {id}"), Way::BridgeToTill, turn.event)],
                };
                store.end_try(id, &turn.lease, ended, Timestamp::now()).await?;
                delivered += 1;
            }
            if delivered >= events.min(2_000) {
                break;
            }
        }
        if delivered >= events.min(2_000) {
            break;
        }
    }
    println!("delivered {delivered}, one after another: {:.0} a second", rate(delivered, began.elapsed()));
    store.close().await;
    Ok(())
}

/// How long each batch took.
async fn receive(store: Arc<dyn Store>, task: usize, events: usize, batch: usize) -> Result<Vec<Duration>> {
    let mut waits = Vec::new();
    let mut from = 0;
    while from < events {
        let until = events.min(from + batch);
        let operations = (from..until).map(|n| operation(task, n)).collect();
        let began = Instant::now();
        let receipts = store.receive(operations).await?;
        waits.push(began.elapsed());
        let kept = receipts.iter().filter(|receipt| matches!(receipt, Receipt::Kept(_))).count();
        if kept != until - from {
            eprintln!("{} of {} were not kept", until - from - kept, until - from);
        }
        from = until;
    }
    Ok(waits)
}

fn operation(task: usize, n: usize) -> NewOperation {
    let id = format!("{task}-{n:08}-{:016x}", spread(task, n));
    let order = OrderFacts {
        order_id: id.clone(),
        reference: Some(format!("#{n}")),
        channel: Some("Uber Eats".to_owned()),
        total: Some("42.50 EUR".to_owned()),
        status: Some("new".to_owned()),
        ordered_at: Some(Timestamp::now()),
        expected_at: None,
    };
    NewOperation {
        terms: Vec::new(),
        erases: None,
        id: OperationId::new(format!("o{id}")),
        connection: ConnectionId::new(format!("pixelpoint-filled-{:06}", (n * 7 + task) % CONNECTIONS)),
        kind: OperationKind::OrderCreated,
        event_id: Some(id.clone()),
        order: Some(order),
        state: OperationState::Queued,
        cause: None,
        detail: None,
        received_at: Timestamp::now(),
        exchange: Some(call(&id, Way::HubriseToBridge, event(&id, n))),
    }
}

/// Ids as spread as random ones are.
fn spread(task: usize, n: usize) -> u64 {
    let mixed = u64::try_from(n * 2 + task).unwrap_or_default().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// An event of some 4 kB: an order of ten items.
fn event(id: &str, n: usize) -> Vec<u8> {
    let items: Vec<String> = (0..10)
        .map(|item| {
            let price = 5 + (n + item) % 20;
            format!(
                r#"{{"id":"{id}-{item}","product_name":"Pizza Margherita {item}","sku_name":"Large","sku_ref":"{}","price":"{price}.90 EUR","quantity":"1.0","subtotal":"{price}.90 EUR","tax_rate":"10.0","customer_notes":null,"options":[{{"option_list_name":"Base","name":"Tomato","ref":"{}","price":"0.00 EUR","quantity":1,"removed":false}},{{"option_list_name":"Extra","name":"Olives","ref":"{}","price":"1.00 EUR","quantity":1,"removed":false}}],"deleted":false}}"#,
                1000 + item,
                2000 + n % 100,
                3000 + item,
            )
        })
        .collect();
    format!(
        r#"{{"id":"{id}","resource_type":"order","event_type":"create","created_at":"2026-11-22T12:00:00+01:00","order_id":"{id}","location_id":"3r4s3-1","new_state":{{"status":"new","service_type":"delivery","items":[{}],"customer":{{"first_name":"Nina","last_name":"Durand {n}","phone":"+3361234{:04}","address_1":"{n} rue de la Paix"}}}}}}"#,
        items.join(","),
        n % 10_000,
    )
    .into_bytes()
}

fn call(id: &str, way: Way, body: Vec<u8>) -> NewExchange {
    NewExchange {
        id: ExchangeId::new(id),
        way,
        method: "POST".to_owned(),
        url: "https://bridge.example/callbacks/hubrise/pixelpoint".to_owned(),
        status: Some(200),
        ended: Ended::Answered,
        started_at: Timestamp::now(),
        duration_us: 1_500,
        error: None,
        request_headers: format!("content-type: application/json\nx-hubrise-hmac-sha256: {id}\n"),
        request_body: body,
        response_headers: "content-length: 0\n".to_owned(),
        response_body: Vec::new(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate for a person to read")]
fn rate(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64().max(f64::EPSILON)
}
