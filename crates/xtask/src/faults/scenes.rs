//! The faults themselves: what is broken, when, and how often. Each is played on a stage of its own.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::dice::Dice;
use super::ledger::Tally;
use super::stage::Stage;
use super::{Play, Row};
use crate::bench::keep_alive::Connection;
use crate::rig::{Rig, hubrise, tills};
use crate::{interrupt, process};

/// Kills in a round.
const KILLS: usize = 3;
/// How long PixelPoint is down.
const DOWN: Duration = Duration::from_secs(12);
/// Copies of an event sent at once.
const COPIES: u32 = 100;
/// The file system that is filled, in megabytes.
const SMALL_DISK: u32 = 96;
/// How long it stays full.
const FULL: Duration = Duration::from_secs(5);

/// `kill -9` at random moments, on both databases in turn.
pub(super) fn kill(play: &mut Play) -> anyhow::Result<()> {
    let (orders, first) = (play.orders, play.rows.len());
    for round in 0..play.rounds {
        let mut dice = Dice::new(play.seed + u64::try_from(round)?);
        let started = Instant::now();
        let mut stage =
            if round.is_multiple_of(2) { play.on_sqlite("kill")? } else { play.on_postgres("kill", round)? };
        stage.pour(orders, |rig, _| {
            for _ in 0..KILLS {
                interrupt::pause(dice.within(Duration::from_millis(200), Duration::from_secs(3)))?;
                rig.kill(0);
                rig.begin(0)?;
            }
            Ok(())
        })?;
        let tally = stage.rest()?;
        let database = if round.is_multiple_of(2) { "SQLite" } else { "PostgreSQL" };
        println!("    round {}: {database}: {tally:?}", round + 1);
        match play.rows[first..].iter_mut().find(|row| row.database == database) {
            Some(row) => {
                row.tally = row.tally.and(tally);
                row.blows += KILLS;
                row.took += started.elapsed();
            }
            None => play.rows.push(row("`kill -9` at random moments", database, KILLS, tally, started)),
        }
    }
    Ok(())
}

/// PixelPoint refuses connections for a while.
pub(super) fn down(play: &mut Play) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut stage = play.on_sqlite("down")?;
    stage.pour(play.orders, |_, sandbox| {
        interrupt::pause(Duration::from_secs(1))?;
        sandbox.door(false)?;
        interrupt::pause(DOWN)?;
        sandbox.door(true)
    })?;
    let tally = stage.rest()?;
    play.rows.push(row(&format!("PixelPoint down for {} s", DOWN.as_secs()), "SQLite", 1, tally, started));
    Ok(())
}

/// PixelPoint answers slowly, and once not within the time the console waits.
pub(super) fn slow(play: &mut Play) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut stage = play.on_sqlite("slow")?;
    let stuck = stage.tills[0].token.clone();
    stage.pour(play.orders, |_, sandbox| {
        sandbox.mode(&json!({ "mode": "slow", "delay_ms": 300, "times": 10 }))?;
        sandbox.mode(&json!({ "token": stuck, "mode": "slow", "delay_ms": 40_000, "times": 1 }))
    })?;
    let tally = stage.rest()?;
    play.rows.push(row("PixelPoint slow, and once silent for 40 s", "SQLite", 1, tally, started));
    Ok(())
}

/// PixelPoint hangs up: having printed, then without having printed.
pub(super) fn hang_up(play: &mut Play) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut stage = play.on_sqlite("hang-up")?;
    let blows = 6 * stage.tills.len();
    stage.pour(play.orders, |_, sandbox| {
        sandbox.mode(&json!({ "mode": "accept_then_drop", "times": 3 }))?;
        interrupt::pause(Duration::from_secs(3))?;
        sandbox.mode(&json!({ "mode": "drop", "times": 3 }))
    })?;
    let tally = stage.rest()?;
    play.rows.push(row("PixelPoint hangs up, with the order printed or not", "SQLite", blows, tally, started));
    Ok(())
}

/// PostgreSQL is stopped and started again.
pub(super) fn postgres(play: &mut Play) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut stage = play.on_postgres("restarted", 0)?;
    let (orders, cluster) = (play.orders, play.cluster()?);
    stage.pour(orders, |_, _| {
        for _ in 0..2 {
            interrupt::pause(Duration::from_secs(2))?;
            cluster.end();
            interrupt::pause(Duration::from_secs(1))?;
            cluster.begin()?;
        }
        Ok(())
    })?;
    let tally = stage.rest()?;
    play.rows.push(row("PostgreSQL restarted", "PostgreSQL", 2, tally, started));
    Ok(())
}

/// Two servers on one database, killed in turn.
pub(super) fn two(play: &mut Play) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut dice = Dice::new(play.seed);
    let mut stage = play.on_postgres("two", 0)?;
    stage.rig.begin(1)?;
    stage.pour(play.orders, |rig, _| {
        for blow in 0..4 {
            interrupt::pause(dice.within(Duration::from_millis(200), Duration::from_secs(2)))?;
            let place = (blow + 1) % 2;
            rig.kill(place);
            interrupt::pause(Duration::from_millis(500))?;
            rig.begin(place)?;
        }
        Ok(())
    })?;
    let tally = stage.rest()?;
    play.rows.push(row("Two servers, one of them killed", "PostgreSQL", 4, tally, started));
    Ok(())
}

/// Every event comes a hundred times at once.
pub(super) fn same(play: &mut Play) -> anyhow::Result<()> {
    for database in ["SQLite", "PostgreSQL"] {
        let started = Instant::now();
        let mut stage = if database == "SQLite" { play.on_sqlite("same")? } else { play.on_postgres("same", 0)? };
        stage.sandbox.manner(&json!({ "copies": COPIES }))?;
        let orders = play.orders.min(50);
        for number in 0..orders {
            stage.order(number % stage.tills.len())?;
            stage.heard()?;
        }
        let tally = stage.rest()?;
        play.rows.push(row(&format!("The same event {COPIES} times at once"), database, orders, tally, started));
    }
    Ok(())
}

/// Updates overtake the creations they are about; every other one is a cancellation.
pub(super) fn early(play: &mut Play) -> anyhow::Result<()> {
    for database in ["SQLite", "PostgreSQL"] {
        let started = Instant::now();
        let mut stage = if database == "SQLite" { play.on_sqlite("early")? } else { play.on_postgres("early", 0)? };
        let orders = play.orders.min(200);
        let mut console = Connection::open(stage.rig.at.console_port)?;
        stage.sandbox.manner(&json!({ "paused": true }))?;
        for number in 0..orders {
            interrupt::check()?;
            let till = number % stage.tills.len();
            let mut order = stage.order(till)?;
            order["status"] = json!(if number.is_multiple_of(2) { "cancelled" } else { "accepted" });
            update(&mut console, &stage, till, &format!("early-{number}"), &order)?;
        }
        stage.sandbox.manner(&json!({ "paused": false }))?;
        let tally = stage.rest()?;
        let cancelled = orders.div_ceil(2);
        ensure!(tally.withdrawn == cancelled, "{} of {cancelled} cancelled orders were withdrawn", tally.withdrawn);
        play.rows.push(row("Updates before creations, half of them cancelling", database, orders, tally, started));
    }
    Ok(())
}

/// Tells the console of an update, signed as HubRise signs.
fn update(console: &mut Connection, stage: &Stage, till: usize, id: &str, order: &Value) -> anyhow::Result<()> {
    let body = stage.tills[till].event(id, "update", order).to_string();
    let headers = [hubrise::signature(tills::VENDOR, body.as_bytes())?];
    let answer = console.send("POST", &hubrise::callback_path(tills::VENDOR), &headers, body.as_bytes())?;
    ensure!(answer.status == 200, "an update was answered {}", answer.status);
    Ok(())
}

/// The disk is full for a while.
pub(super) fn full(play: &mut Play) -> anyhow::Result<()> {
    if process::captured(process::command("unshare").args(["--map-root-user", "--mount", "true"])).is_err() {
        println!("    not played: this system gives no file system of one's own (`unshare --mount`)");
        return Ok(());
    }
    let started = Instant::now();
    let mut stage = Stage::on(Rig::start_confined("full", SMALL_DISK)?)?;
    let filler = filler(&stage.rig)?;
    stage.pour(play.orders, |_, _| {
        interrupt::pause(Duration::from_secs(1))?;
        fill(&filler)?;
        interrupt::pause(FULL)?;
        std::fs::remove_file(&filler).context("cannot make room again")
    })?;
    let tally = stage.rest()?;
    play.rows.push(row(&format!("Disk full for {} s", FULL.as_secs()), "SQLite", 1, tally, started));
    Ok(())
}

/// A file beside the console's data, seen through its process.
fn filler(rig: &Rig) -> anyhow::Result<PathBuf> {
    let data = rig.data.strip_prefix("/").context("the data folder is not absolute")?;
    Ok(PathBuf::from(format!("/proc/{}/root", rig.pid()?)).join(data).join("filler"))
}

/// Writes until nothing more fits.
fn fill(path: &PathBuf) -> anyhow::Result<()> {
    let mut file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut chunk = vec![0_u8; 1 << 20];
    while !chunk.is_empty() {
        if file.write_all(&chunk).is_err() {
            // Smaller and smaller, to the last byte.
            chunk.truncate(chunk.len() / 2);
        }
    }
    Ok(())
}

fn row(fault: &str, database: &'static str, blows: usize, tally: Tally, started: Instant) -> Row {
    Row { fault: fault.to_owned(), database, blows, tally, took: started.elapsed() }
}
