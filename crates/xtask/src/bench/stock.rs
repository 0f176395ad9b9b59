//! A till's stock: how long a whole state takes to be accepted, how soon a change leaves for HubRise, what a synchronisation
//! costs in calls, and many tills that change all the time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use serde_json::{Value, json};

use super::connect::text;
use super::keep_alive::Connection;
use super::times;
use crate::rig::person::Person;
use crate::rig::sandbox::Sandbox;
use crate::rig::{Rig, arrival};
use crate::say::Step;
use crate::tools::{debian, npm};
use crate::{interrupt, process, project, say};

const VENDOR: &str = "carre-pos";
/// The vendor's support, as the sandbox seeds it: who connects its tills.
const SUPPORT: &str = "hubrise@carrepos.fr";
/// The chain's account and two of its catalogs, as the sandbox seeds them; its locations are `9x2gc-1` to `9x2gc-200`, and
/// as many more as are asked for.
const ACCOUNT: &str = "9x2gc";
const CATALOG: &str = "g1nat";
const LARGE: &str = "g1liv";
/// A sku of the first catalog, and one of the second once it was filled.
const SKU: &str = "1001";
const LARGE_SKU: &str = "S-0";
/// Another of its catalogs, with as many products as a board is wanted to be ready with.
const BOARD: &str = "g1mid";
const PRODUCTS: usize = 5_000;
/// Entries of a whole state: as many as are taken.
const ENTRIES: usize = 20_000;
/// How often a whole state is told.
const STATES: usize = 5;
/// Changes that are followed to HubRise.
const CHANGES: usize = 15;
/// Tills that change once a second, each, and how many locations the sandbox begins with.
const TILLS: usize = 500;
const LOCATIONS: usize = 200;
/// Changes a second, over all of them, and for how long.
const RATE: u32 = 500;
const TIME: Duration = Duration::from_secs(20);
/// Connections the tills keep open.
const CONNECTIONS: usize = 64;
/// What is wanted.
const ACCEPTED: Duration = Duration::from_secs(1);
const LEFT: Duration = Duration::from_millis(2_200);
/// How long HubRise may hear nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// A till with its key.
struct Pos {
    header: String,
    connection: String,
    sku: &'static str,
    sequence: AtomicUsize,
}

impl Pos {
    /// The till tells something; how long until it was kept.
    fn tell(&self, line: &mut Connection, method: &str, entries: &Value) -> anyhow::Result<Duration> {
        let sequence = self.sequence.fetch_add(1, Ordering::SeqCst) + 1;
        let body = json!({ "sequence": sequence, "entries": entries }).to_string();
        let begun = Instant::now();
        let path = "/api/v1/pos/tills/caisse/stock";
        let answer = line.send(method, path, std::slice::from_ref(&self.header), body.as_bytes())?;
        let took = begun.elapsed();
        // Two calls of one till at once may come in the other order.
        ensure!(matches!(answer.status, 200 | 409), "answered {}", String::from_utf8_lossy(&answer.body));
        Ok(took)
    }
}

pub(crate) fn run() -> anyhow::Result<()> {
    let rig = Rig::start("stock", None)?;
    let mut sandbox = Sandbox::new(rig.at.sandbox_port);
    let person = Person::sign_in(&rig.at, VENDOR, SUPPORT)?;
    sandbox.post(&format!("accounts/{ACCOUNT}/users"), &json!({ "email": SUPPORT, "role": "Manager" }))?;
    sandbox.post(&format!("catalogs/{LARGE}"), &json!({ "products": ENTRIES }))?;
    sandbox.post(&format!("catalogs/{BOARD}"), &json!({ "products": PRODUCTS }))?;
    sandbox.post(&format!("accounts/{ACCOUNT}/locations"), &json!({ "count": TILLS - LOCATIONS }))?;
    let tills = connect(&person, &mut sandbox)?;
    let first = tills.first().context("there is a till")?;
    let mut line = Connection::open(rig.at.console_port)?;

    say::heading("A change of one product, until its PATCH reaches HubRise");
    let left = changes(first, &mut line, &mut sandbox)?;
    println!("{}", times::shown(&left));

    say::heading(&format!("{ENTRIES} products in one PUT, until it is kept"));
    let accepted = states(first, &mut line)?;
    println!("{}", times::shown(&accepted));

    say::heading(&format!("Synchronising a till with {ENTRIES} products"));
    let before = heard(&mut sandbox)?;
    person.change("POST", &format!("/connections/{}/stock/sync", first.connection), &Value::Null)?;
    let begun = Instant::now();
    synchronised(&person, first)?;
    let made = calls(&mut sandbox)?.into_iter().filter(|(id, _)| *id > before);
    let made: Vec<_> = made.map(|(_, call)| call).collect();
    println!("{:.1} s, {} calls: {}", begun.elapsed().as_secs_f64(), made.len(), made.join(", "));

    say::heading(&format!("The board of {PRODUCTS} products, in a browser"));
    let late = board(&rig, &person, tills.last().context("there is a last till")?, &mut line)?;

    say::heading(&format!("{TILLS} tills, {RATE} changes a second over all, for {} s", TIME.as_secs()));
    let before = heard(&mut sandbox)?;
    let told = rush(&tills, rig.at.console_port)?;
    println!("{}", times::shown(&told));
    // The callbacks of tills that were just connected are among them.
    let sends = usize::try_from(heard(&mut sandbox)? - before)?;
    let most = TILLS * (usize::try_from(TIME.as_secs())? + 2);
    println!(
        "{sends} calls to HubRise meanwhile: {:.1} a till and minute",
        sends as f64 / TILLS as f64 * 60.0 / TIME.as_secs_f64()
    );
    ensure!(sends <= most, "more than a call a second and till");

    ensure!(late.is_empty(), "later than wanted: {}", late.join(", "));
    let (accepted, left) = (times::percentile(&accepted, 50), times::percentile(&left, 50));
    ensure!(accepted <= ACCEPTED, "a whole state takes {} to be accepted", times::ms(accepted));
    ensure!(left <= LEFT, "a change takes {} to leave", times::ms(left));
    Ok(())
}

fn connect(person: &Person, sandbox: &mut Sandbox) -> anyhow::Result<Vec<Pos>> {
    let mut step = Step::start(format!("Connecting {TILLS} tills"));
    let mut tills = Vec::new();
    for number in 1..=TILLS {
        interrupt::check()?;
        step.progress(&format!("{number}"));
        // The first till has very many products, the last as many as a board is wanted to be ready with: its page shows the
        // connection made last.
        let (catalog, sku) = match number {
            1 => (LARGE, LARGE_SKU),
            TILLS => (BOARD, LARGE_SKU),
            _ => (CATALOG, SKU),
        };
        let picked = json!({ "email": SUPPORT, "location": format!("{ACCOUNT}-{number}"), "catalog": catalog });
        let connection = arrival::connect(person, sandbox, VENDOR, picked)?;
        let made = person.change("POST", &format!("/connections/{connection}/pos_keys"), &json!({}))?;
        let header = format!("authorization: Bearer {}", text(&made, "secret")?);
        tills.push(Pos { header, connection, sku, sequence: AtomicUsize::new(0) });
    }
    step.done();
    Ok(tills)
}

/// One entry; quantities that never repeat, so that each is a change.
fn entry(till: &Pos, quantity: usize) -> Value {
    json!([{ "sku_ref": till.sku, "stock_managed": true, "quantity": quantity.to_string(), "available": true }])
}

/// How long each of some changes took to reach HubRise, sorted.
fn changes(till: &Pos, line: &mut Connection, sandbox: &mut Sandbox) -> anyhow::Result<Vec<Duration>> {
    // Reading catalog and inventory for the first time is not what is measured.
    let mut seen = latest_send(sandbox)?;
    let mut all = Vec::new();
    for number in 0..=CHANGES {
        let begun = Instant::now();
        till.tell(line, "PATCH", &entry(till, number + 1))?;
        loop {
            let now = latest_send(sandbox)?;
            if now > seen {
                seen = now;
                break;
            }
            ensure!(begun.elapsed() < PATIENCE, "HubRise never heard of a change");
            interrupt::pause(Duration::from_millis(5))?;
        }
        if number > 0 {
            all.push(begun.elapsed());
        }
        interrupt::pause(Duration::from_millis(700))?;
    }
    all.sort_unstable();
    Ok(all)
}

/// How long each of some whole states took to be kept, sorted; all their entries change.
fn states(till: &Pos, line: &mut Connection) -> anyhow::Result<Vec<Duration>> {
    let mut all = Vec::new();
    for round in 0..STATES {
        let entry = |number: usize| {
            json!({
                "sku_ref": format!("S-{number}"), "name": format!("Produit {number}"), "stock_managed": true,
                "quantity": (number + round).to_string(), "available": !number.is_multiple_of(10),
            })
        };
        all.push(till.tell(line, "PUT", &(0..ENTRIES).map(entry).collect())?);
    }
    all.sort_unstable();
    Ok(all)
}

/// The board of a till whose stock HubRise has, opened in a browser; what of it comes later than wanted.
fn board(rig: &Rig, person: &Person, till: &Pos, line: &mut Connection) -> anyhow::Result<Vec<String>> {
    let chromium = debian::ensure_chromium()?;
    npm::ensure_e2e_packages()?;
    let entry = |number: usize| {
        json!({
            "sku_ref": format!("S-{number}"), "stock_managed": true, "quantity": (number % 90).to_string(),
            "available": !number.is_multiple_of(10),
        })
    };
    till.tell(line, "PUT", &(0..PRODUCTS).map(entry).collect())?;
    person.change("POST", &format!("/connections/{}/stock/sync", till.connection), &Value::Null)?;
    synchronised(person, till)?;
    let mut node = process::command("node");
    node.arg("bench/board.mjs").current_dir(project::e2e());
    node.env("PASSERELLE_CHROMIUM", chromium).env("PASSERELLE_COOKIE", person.cookie());
    node.env("PASSERELLE_PAGE", format!("{}/{VENDOR}/caisse/stock", rig.at.console()));
    let told = process::captured(&mut node)?;
    let measures: Vec<Value> =
        serde_json::from_str(told.lines().last().unwrap_or_default()).context("nothing was measured")?;
    ensure!(!measures.is_empty(), "nothing was measured");
    let part = |measure: &Value, name: &str| measure[name].as_str().unwrap_or_default().to_owned();
    for measure in &measures {
        println!("{}: {} {}", part(measure, "measure"), part(measure, "found"), part(measure, "wanted"));
    }
    Ok(measures.iter().filter(|one| one["missed"] == true).map(|one| part(one, "measure")).collect())
}

fn synchronised(person: &Person, till: &Pos) -> anyhow::Result<()> {
    let begun = Instant::now();
    loop {
        let board = person.get(&format!("/connections/{}/stock", till.connection))?;
        match board["head"]["sync"]["state"].as_str() {
            Some("done") => return Ok(()),
            Some("failed") => return Err(anyhow!("the synchronisation failed: {}", board["head"]["sync"])),
            _ => ensure!(begun.elapsed() < PATIENCE, "the synchronisation does not end"),
        }
        interrupt::pause(Duration::from_millis(20))?;
    }
}

/// Every till changes at its turn, whether or not the answers before came; how long each took from when it was due, sorted.
fn rush(tills: &[Pos], port: u16) -> anyhow::Result<Vec<Duration>> {
    let turn = AtomicUsize::new(0);
    let started = Instant::now() + Duration::from_millis(200);
    let work = || -> anyhow::Result<Vec<Duration>> {
        let (mut line, mut taken) = (Connection::open(port)?, Vec::new());
        loop {
            let number = turn.fetch_add(1, Ordering::Relaxed);
            let due = started + Duration::from_secs(1) / RATE * u32::try_from(number)?;
            if due >= started + TIME || interrupt::requested() {
                return Ok(taken);
            }
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let till = &tills[number % tills.len()];
            till.tell(&mut line, "PATCH", &entry(till, 1_000 + number))?;
            taken.push(due.elapsed());
        }
    };
    let mut all = thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().map_err(|_| anyhow!("a telling thread panicked"))?)
            .collect::<anyhow::Result<Vec<_>>>()
    })?
    .concat();
    interrupt::check()?;
    all.sort_unstable();
    Ok(all)
}

/// Calls HubRise has received about catalogs and inventories, with their numbers, in order; the sandbox remembers the last
/// five hundred of all calls.
fn calls(sandbox: &mut Sandbox) -> anyhow::Result<Vec<(u64, String)>> {
    let call = |call: &Value| {
        let part = |name: &str| call[name].as_str().unwrap_or_default().to_owned();
        (call["id"].as_u64().unwrap_or_default(), format!("{} {}", part("method"), part("path")))
    };
    let all: Vec<_> = requests(sandbox)?.iter().map(call).collect();
    Ok(all.into_iter().filter(|(_, line)| line.contains("/v1/catalogs/")).collect())
}

/// The number of the latest call that changes an inventory.
fn latest_send(sandbox: &mut Sandbox) -> anyhow::Result<u64> {
    let sends = calls(sandbox)?.into_iter().filter(|(_, call)| call.starts_with("PATCH"));
    Ok(sends.map(|(id, _)| id).max().unwrap_or_default())
}

/// How many calls HubRise has received, of any kind.
fn heard(sandbox: &mut Sandbox) -> anyhow::Result<u64> {
    Ok(requests(sandbox)?.iter().filter_map(|call| call["id"].as_u64()).max().unwrap_or_default())
}

fn requests(sandbox: &mut Sandbox) -> anyhow::Result<Vec<Value>> {
    let all = sandbox.get("requests")?;
    let all = all.as_array().or_else(|| all["requests"].as_array()).context("the sandbox lists no requests")?;
    Ok(all.clone())
}
