//! Measures the log of a year: `logs URL EXCHANGES [CONNECTIONS]`. The database at `url` (`sqlite:PATH`, or `postgres://…`) is
//! empty; it is filled with so many exchanges of so many connections (2,000), one of which has a fifth of all. Of 0 exchanges,
//! one that was filled before is measured as it is. Standard output has a line for each measure, tabs between its name, how
//! often it was taken, its median and its p99 in microseconds (or `-`, and a number).

mod asking;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use passerelle_store::testing::traffic::Traffic;
use passerelle_store::testing::{Loader, fill};
use passerelle_store::{OpenOptions, Receipt, Result, Store, open};

/// What is filled unless told otherwise.
const CONNECTIONS: u32 = 2_000;
/// Exchanges of an order, on average.
const OF_AN_ORDER: u64 = 4;
/// What the server forgets at a time, and how long it rests after it: orders go first, and what was written is moved into
/// SQLite's file meanwhile.
const FORGOTTEN: u32 = 20;
const BREATH: Duration = Duration::from_millis(50);
/// Events received to see how fast that is, in batches of a hundred.
const RECEIVED: usize = 6_000;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((url, exchanges, connections)) = told(&arguments) else {
        eprintln!("logs URL EXCHANGES [CONNECTIONS]");
        return ExitCode::from(2);
    };
    match measure(url, exchanges, connections).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn told(arguments: &[String]) -> Option<(&str, u64, u32)> {
    match arguments {
        [url, exchanges] => Some((url, exchanges.parse().ok()?, CONNECTIONS)),
        [url, exchanges, connections] => Some((url, exchanges.parse().ok()?, connections.parse().ok()?)),
        _ => None,
    }
}

async fn measure(url: &str, exchanges: u64, connections: u32) -> Result<()> {
    let store = open(url, OpenOptions::default()).await?;
    let end = Timestamp::now();
    if exchanges > 0 {
        load(url, exchanges, connections, end).await?;
    }
    let connections: Vec<_> = Loader::open(url).await?.connections().cloned().collect();
    asking::run(&*store, &connections, end).await?;
    prune(&*store, end).await?;
    receive(&*store, &connections, end).await?;
    store.close().await;
    Ok(())
}

/// Fills the database.
async fn load(url: &str, exchanges: u64, connections: u32, end: Timestamp) -> Result<()> {
    fill(url, "pixelpoint", connections).await?;
    let loader = Loader::open(url).await?;
    let empty = loader.size().await?;
    let began = Instant::now();
    let made = loader
        .load(exchanges / OF_AN_ORDER, end, |orders| {
            if orders % 50_000 == 0 {
                eprintln!("{orders} orders after {:?}", began.elapsed());
            }
        })
        .await?;
    number("exchanges", made);
    number("bytes of an exchange", (loader.size().await?.saturating_sub(empty)) / made.max(1));
    Ok(())
}

/// Forgets the first day of the year, as the server does.
async fn prune(store: &dyn Store, end: Timestamp) -> Result<()> {
    let before = end - SignedDuration::from_hours(24 * 364);
    let mut taken = Vec::new();
    loop {
        let began = Instant::now();
        if store.forget_operations(before, FORGOTTEN).await? == 0 {
            break;
        }
        taken.push(began.elapsed());
        tokio::time::sleep(BREATH).await;
    }
    asking::line("forgetting 20 orders", taken);
    Ok(())
}

/// Receives on top of it all.
async fn receive(store: &dyn Store, connections: &[passerelle_store::ConnectionId], end: Timestamp) -> Result<()> {
    let mut tills: Vec<Traffic> =
        (1 << 32..).zip(connections.iter().take(50)).map(|(seed, id)| Traffic::new(id.clone(), seed)).collect();
    let mut events = Vec::new();
    for nth in 0..RECEIVED {
        let at = end + SignedDuration::from_millis(i64::try_from(nth).unwrap_or(0));
        let till = nth % tills.len();
        events.extend(tills.get_mut(till).map(|till| till.story(at).operation));
    }
    let began = Instant::now();
    let mut kept = 0_u64;
    while !events.is_empty() {
        let batch: Vec<_> = events.drain(..events.len().min(100)).collect();
        let receipts = store.receive(batch).await?;
        kept += receipts.iter().filter(|receipt| matches!(receipt, Receipt::Kept(_))).count() as u64;
    }
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    number("received a second", kept * 1_000 / milliseconds.max(1));
    Ok(())
}

fn number(name: &str, number: u64) {
    println!("{name}\t-\t{number}\t-");
}
