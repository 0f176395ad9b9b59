//! Callbacks acknowledged durably: as many as there can be, and how long each takes at a steady rate, on both databases.
//! The orders are to be delivered, but PixelPoint is down, so that receiving is what is measured.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{anyhow, ensure};
use serde_json::json;

use super::keep_alive::Connection;
use super::times;
use crate::rig::tills::{self, Till, VENDOR};
use crate::rig::{Rig, hubrise, sandbox::Sandbox};
use crate::test::Cluster;
use crate::tools::debian;
use crate::{interrupt, report, say};

/// Tills whose orders come in.
const TILLS: usize = 50;
/// Items of an order.
const ITEMS: usize = 10;
/// Connections HubRise keeps open.
const CONNECTIONS: usize = 128;
/// How long as many as possible are sent.
const RUSH: Duration = Duration::from_secs(15);
/// The steady rate, a second, and how long it is kept up.
const RATE: u32 = 500;
const STEADY: Duration = Duration::from_secs(15);
/// What p99 at the steady rate may not exceed.
const P99: Duration = Duration::from_millis(50);
/// What a second must bring at least, by database.
const LEAST: [(&str, f64); 2] = [("SQLite", 3_000.0), ("PostgreSQL", 2_000.0)];

pub(crate) fn run(write: bool) -> anyhow::Result<()> {
    let mut lines = vec![
        "| database | acknowledged a second | median, p99 then | p99 at 500 a second | peak memory | wanted |"
            .to_owned(),
        "| --- | ---: | ---: | ---: | ---: | --- |".to_owned(),
    ];
    let mut missed = Vec::new();
    let cluster = Cluster::durable(&debian::ensure_postgres()?)?;
    for (database, least) in LEAST {
        let url = if database == "SQLite" { None } else { Some(cluster.database("callbacks")?) };
        let rig = Rig::start("callbacks", url.as_deref())?;
        let mut sandbox = Sandbox::new(rig.at.sandbox_port);
        let (_, tills) = tills::connect(&rig, &mut sandbox, TILLS)?;
        sandbox.door(false)?;
        say::heading(&format!("Callbacks on {database}: orders of {ITEMS} items, {CONNECTIONS} connections"));
        let templates = tills.iter().map(template).collect::<anyhow::Result<Vec<_>>>()?;
        let load = Load { port: rig.at.console_port, templates, next: AtomicUsize::new(0) };
        let rush = load.send(None, RUSH)?;
        let rate = rush.len() as f64 / RUSH.as_secs_f64();
        println!("as many as possible: {rate:.0} a second; {}", times::shown(&rush));
        let steady = load.send(Some(RATE), STEADY)?;
        println!("{RATE} a second: {}", times::shown(&steady));
        let (p50, p99) = (times::percentile(&rush, 50), times::percentile(&rush, 99));
        let steady = times::percentile(&steady, 99);
        let memory = rig.peak_memory()?.map_or_else(|| "?".to_owned(), |bytes| format!("{} MB", bytes >> 20));
        lines.push(format!(
            "| {database} | {rate:.0} | {}, {} | {} | {memory} | ≥ {least:.0} a second, p99 ≤ {} |",
            times::ms(p50),
            times::ms(p99),
            times::ms(steady),
            times::ms(P99),
        ));
        if rate < least || steady > P99 {
            missed.push(database);
        }
    }
    let table = lines.join("\n");
    println!("\n{table}");
    if write {
        report::write("callbacks", &format!("{}\n\n{table}", report::made_on("cargo xtask bench callbacks")))?;
    }
    ensure!(missed.is_empty(), "fewer or slower than wanted on {}", missed.join(" and "));
    Ok(())
}

/// What a till's events are like.
fn template(till: &Till) -> anyhow::Result<hubrise::Template> {
    let mut order = hubrise::order(&till.location, ITEMS);
    order["created_at"] = json!("2026-11-22T19:00:00+01:00");
    hubrise::Template::new(VENDOR, &till.event("", "create", &order))
}

/// Events about new orders, each another.
struct Load {
    port: u16,
    templates: Vec<hubrise::Template>,
    next: AtomicUsize,
}

impl Load {
    /// Sends for so long, at a rate or as fast as answers come; how long each took, sorted. At a rate, from when it was due.
    fn send(&self, rate: Option<u32>, time: Duration) -> anyhow::Result<Vec<Duration>> {
        let turn = AtomicUsize::new(0);
        let started = Instant::now() + Duration::from_millis(200);
        let work = || -> anyhow::Result<Vec<Duration>> {
            let mut line = Connection::open(self.port)?;
            let (path, mut taken) = (hubrise::callback_path(VENDOR), Vec::new());
            thread::sleep(started.saturating_duration_since(Instant::now()));
            loop {
                let begun = match rate {
                    Some(rate) => {
                        let turn = u32::try_from(turn.fetch_add(1, Ordering::Relaxed))?;
                        let due = started + Duration::from_secs(1) / rate * turn;
                        thread::sleep(due.saturating_duration_since(Instant::now()));
                        due
                    }
                    None => Instant::now(),
                };
                if begun >= started + time || interrupt::requested() {
                    return Ok(taken);
                }
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                let (signature, body) = self.templates[number % self.templates.len()].event(number);
                let answer = line.send("POST", &path, &[signature], &body)?;
                ensure!(answer.status == 200, "a callback was answered {}", answer.status);
                taken.push(begun.elapsed());
            }
        };
        let mut all = thread::scope(|scope| {
            let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(work)).collect();
            workers
                .into_iter()
                .map(|worker| worker.join().map_err(|_| anyhow!("a sending thread panicked"))?)
                .collect::<anyhow::Result<Vec<_>>>()
        })?
        .concat();
        interrupt::check()?;
        all.sort_unstable();
        Ok(all)
    }
}
