//! The way of an order: from its being accepted at HubRise to its request's arriving at PixelPoint, at a steady rate over
//! many tills, on both databases; the console's memory; and what is kept of each exchange.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::times;
use crate::rig::person::Person;
use crate::rig::tills::{self, Till};
use crate::rig::{Rig, hubrise, sandbox::Sandbox};
use crate::test::Cluster;
use crate::tools::debian;
use crate::{interrupt, report, say};

/// Tills, as many as the sandbox's chain has locations.
const TILLS: usize = 200;
/// Items of an order.
const ITEMS: usize = 10;
/// Orders a second, and for how long.
const RATE: u32 = 100;
const TIME: Duration = Duration::from_secs(30);
/// What the times may not exceed.
const MEDIAN: Duration = Duration::from_millis(30);
const P99: Duration = Duration::from_millis(150);
/// What the console's memory may not exceed, in bytes.
const MEMORY: u64 = 150 << 20;
/// How long the last orders may take.
const REST_LIMIT: Duration = Duration::from_secs(60);
/// Tills whose operations are counted to learn how many exchanges an order has.
const SAMPLE: usize = 10;

pub(crate) fn run(write: bool) -> anyhow::Result<()> {
    let mut lines = vec![
        "| database | orders | median | p95 | p99 | peak memory | exchanges an order | kept of an exchange | wanted |"
            .to_owned(),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |".to_owned(),
    ];
    let mut missed = Vec::new();
    let cluster = Cluster::durable(&debian::ensure_postgres()?)?;
    for database in ["SQLite", "PostgreSQL"] {
        let url = if database == "SQLite" { None } else { Some(cluster.database("delivery")?) };
        let mut rig = Rig::start("delivery", url.as_deref())?;
        let mut sandbox = Sandbox::new(rig.at.sandbox_port);
        let (person, tills) = tills::connect(&rig, &mut sandbox, TILLS)?;
        let size = |rig: &Rig| if url.is_none() { rig.sqlite_size() } else { cluster.size("delivery") };
        let before = size(&rig)?;
        say::heading(&format!("Orders of {ITEMS} items on {database}: {RATE} a second over {TILLS} tills"));
        let sent = pour(&mut sandbox, &tills)?;
        let arrived = arrivals(&mut sandbox, sent.len())?;
        let mut taken = Vec::with_capacity(sent.len());
        for (label, sent) in &sent {
            let at = arrived.get(label).with_context(|| format!("order `{label}` was never printed"))?;
            taken.push(Duration::from_micros(u64::try_from(at - sent).unwrap_or_default()));
        }
        taken.sort_unstable();
        println!("{}", times::shown(&taken));
        let exchanges = exchanges_of_an_order(&person, &tills)?;
        let memory = rig.peak_memory()?.unwrap_or_default();
        rig.stop();
        let kept = size(&rig)?.saturating_sub(before) as f64 / (exchanges * sent.len() as f64);
        let [p50, p95, p99] = [50, 95, 99].map(|percent| times::percentile(&taken, percent));
        lines.push(format!(
            "| {database} | {} | {} | {} | {} | {} MB | {exchanges:.1} | {kept:.0} bytes | median ≤ {}, p99 ≤ {}, ≤ {} MB |",
            sent.len(),
            times::ms(p50),
            times::ms(p95),
            times::ms(p99),
            memory >> 20,
            times::ms(MEDIAN),
            times::ms(P99),
            MEMORY >> 20,
        ));
        if p50 > MEDIAN || p99 > P99 || memory > MEMORY {
            missed.push(database);
        }
    }
    let table = lines.join("\n");
    println!("\n{table}");
    if write {
        report::write("delivery", &format!("{}\n\n{table}", report::made_on("cargo xtask bench delivery")))?;
    }
    ensure!(missed.is_empty(), "slower or larger than wanted on {}", missed.join(" and "));
    Ok(())
}

/// Makes the orders; each one's label, and when it was asked for, in microseconds since 1970: HubRise's own time counts too.
fn pour(sandbox: &mut Sandbox, tills: &[Till]) -> anyhow::Result<Vec<(String, i64)>> {
    let count = RATE * u32::try_from(TIME.as_secs())?;
    let started = Instant::now() + Duration::from_millis(100);
    let mut sent = Vec::new();
    for number in 0..count {
        interrupt::check()?;
        thread::sleep((started + Duration::from_secs(1) / RATE * number).saturating_duration_since(Instant::now()));
        let label = format!("D{number:06}");
        let till = &tills[number as usize % tills.len()];
        let order = hubrise::order(&label, ITEMS);
        let at = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros())?;
        sandbox.order(&till.location, &order)?;
        sent.push((label, at));
    }
    Ok(sent)
}

/// When each order's request had arrived at PixelPoint, once all have.
fn arrivals(sandbox: &mut Sandbox, wanted: usize) -> anyhow::Result<HashMap<String, i64>> {
    let started = Instant::now();
    loop {
        let lines = sandbox.printed(0)?;
        if lines.len() >= wanted {
            let arrival = |line: &Value| {
                let label = hubrise::label_of(line["customer"].as_str()?).to_owned();
                Some((label, line["at_us"].as_i64()?))
            };
            return Ok(lines.iter().filter_map(arrival).collect());
        }
        if started.elapsed() > REST_LIMIT {
            bail!("{} of {wanted} orders were printed within {} s", lines.len(), REST_LIMIT.as_secs());
        }
        interrupt::pause(Duration::from_millis(500))?;
    }
}

/// How many exchanges an order has, on average, once HubRise has heard of it.
fn exchanges_of_an_order(person: &Person, tills: &[Till]) -> anyhow::Result<f64> {
    let (mut orders, mut exchanges) = (0, 0);
    for till in tills.iter().take(SAMPLE) {
        let page = person.get(&format!("/connections/{}/operations", till.connection))?;
        for line in page["operations"].as_array().into_iter().flatten() {
            if line["kind"] == "order_created" && line["telling"] == "told" {
                let id = line["id"].as_str().context("an operation has no id")?;
                let whole = person.get(&format!("/connections/{}/operations/{id}", till.connection))?;
                orders += 1;
                exchanges += whole["exchanges"].as_array().map_or(0, Vec::len);
            }
        }
    }
    ensure!(orders > 0, "HubRise has heard of no order");
    Ok(exchanges as f64 / f64::from(orders))
}
