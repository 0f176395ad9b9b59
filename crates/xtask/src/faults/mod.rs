//! `cargo xtask faults`: breaks what can break while orders come in, with a real console, a real database and the sandbox,
//! and counts what the kitchen's printer printed. Fails when an order was lost, printed twice or left over.

mod dice;
mod ledger;
mod scenes;
mod stage;

use std::time::{Duration, Instant};

use anyhow::{bail, ensure};

use crate::args::Args;
use crate::rig::Rig;
use crate::test::Cluster;
use crate::tools::debian;
use crate::{build, interrupt, report, say};
use ledger::Tally;
use stage::Stage;

/// A fault by its name.
type Scene = fn(&mut Play) -> anyhow::Result<()>;

/// All of them, in the order of the table.
const SCENES: [(&str, Scene); 9] = [
    ("kill", scenes::kill),
    ("down", scenes::down),
    ("slow", scenes::slow),
    ("hang-up", scenes::hang_up),
    ("full", scenes::full),
    ("postgres", scenes::postgres),
    ("two", scenes::two),
    ("same", scenes::same),
    ("early", scenes::early),
];

/// What is played with.
struct Play {
    rounds: usize,
    orders: usize,
    seed: u64,
    cluster: Option<Cluster>,
    databases: usize,
    /// What was played to the end.
    rows: Vec<Row>,
}

impl Play {
    /// The one PostgreSQL, started when first wanted.
    fn cluster(&mut self) -> anyhow::Result<&mut Cluster> {
        let cluster = match self.cluster.take() {
            Some(cluster) => cluster,
            None => Cluster::durable(&debian::ensure_postgres()?)?,
        };
        Ok(self.cluster.insert(cluster))
    }

    fn on_sqlite(&mut self, name: &str) -> anyhow::Result<Stage> {
        Stage::on(Rig::start(name, None)?)
    }

    fn on_postgres(&mut self, name: &str, round: usize) -> anyhow::Result<Stage> {
        self.databases += 1;
        let database = format!("faults_{}_{round}", self.databases);
        let url = self.cluster()?.database(&database)?;
        Stage::on(Rig::start(name, Some(&url))?)
    }
}

/// A line of the table.
struct Row {
    fault: String,
    database: &'static str,
    /// How often it struck.
    blows: usize,
    tally: Tally,
    took: Duration,
}

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let (no_build, write) = (args.flag("--no-build"), args.flag("--write"));
    let rounds = args.option("--rounds")?.unwrap_or(20);
    let orders = args.option("--orders")?.unwrap_or(2_000);
    let seed = args.option("--seed")?.unwrap_or(1);
    let name = args.word();
    args.done()?;
    if let Some(other) = name.as_deref().filter(|name| !SCENES.iter().any(|(known, _)| known == name)) {
        let known: Vec<_> = SCENES.iter().map(|(known, _)| *known).collect();
        bail!("there is no fault `{other}`; there are {}", known.join(", "));
    }
    build::run_unless(no_build)?;

    let mut play = Play { rounds, orders, seed, cluster: None, databases: 0, rows: Vec::new() };
    let mut broken = Vec::new();
    let started = Instant::now();
    for (scene, run) in SCENES.into_iter().filter(|(scene, _)| name.as_deref().is_none_or(|name| name == *scene)) {
        say::heading(&format!("Fault: {scene}"));
        if let Err(error) = run(&mut play) {
            interrupt::check()?;
            eprintln!("    {error:#}");
            broken.push(scene);
        }
    }
    let rows = play.rows;
    let table = table(&rows);
    println!("\n{table}");
    println!("{rounds} rounds of `kill`, {orders} orders each, seed {seed}, in {}", say::time(started.elapsed()));
    if write {
        report::write(
            "faults",
            &format!("{}\n\n{table}", report::made_on(&format!("--rounds {rounds} --orders {orders}"))),
        )?;
    }
    ensure!(broken.is_empty(), "could not be played to the end: {}", broken.join(", "));
    let unclean: Vec<_> = rows.iter().filter(|row| !row.tally.is_clean()).map(|row| row.fault.as_str()).collect();
    ensure!(unclean.is_empty(), "orders lost, printed twice or left over: {}", unclean.join("; "));
    Ok(())
}

/// The rows in Markdown.
fn table(rows: &[Row]) -> String {
    let head = "\
| fault | database | struck | orders | delivered | held, printed | held, not printed | withdrawn | **lost** | **printed twice** | left over | HubRise not told | took |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";
    let line = |row: &Row| {
        let Tally { orders, delivered, held_printed, held_unprinted, withdrawn, lost, twice, unfinished, untold } =
            row.tally;
        format!(
            "| {} | {} | {} | {orders} | {delivered} | {held_printed} | {held_unprinted} | {withdrawn} | **{lost}** | **{twice}** | {unfinished} | {untold} | {} |",
            row.fault,
            row.database,
            row.blows,
            say::time(row.took)
        )
    };
    std::iter::once(head.to_owned()).chain(rows.iter().map(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_cell_for_every_heading() {
        let tally = Tally { orders: 10, delivered: 10, ..Tally::default() };
        let row = Row { fault: "x".into(), database: "SQLite", blows: 1, tally, took: Duration::from_secs(3) };
        let table = table(&[row]);
        let cells: Vec<_> = table.lines().map(|line| line.matches('|').count()).collect();
        assert_eq!(cells, [14, 14, 14]);
    }
}
