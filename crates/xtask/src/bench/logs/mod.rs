//! The log of a year, on both databases: filled by the store's example `logs`, which measures what people ask of it; first
//! with a twentieth of the exchanges and of the connections, then with all: to people of an average connection, which has as
//! many orders in either, nothing may take much longer for there being more of others'.

mod table;

use std::path::Path;

use anyhow::{Context, bail, ensure};

use self::table::Measured;
use crate::test::Cluster;
use crate::tools::debian;
use crate::{interrupt, process, project, report, say};

/// Exchanges where nothing else is asked for: a quarter of an hour's work.
const ROWS: u64 = 1_000_000;
/// Connections of the larger log.
const CONNECTIONS: u64 = 2_000;
/// The smaller log has one of so many of the larger one's exchanges, and of its connections.
const SMALLER: u64 = 20;
const DATABASES: [&str; 2] = ["sqlite", "postgres"];

pub(crate) fn run(rows: Option<u64>, database: Option<&str>, write: bool) -> anyhow::Result<()> {
    let rows = rows.unwrap_or(ROWS);
    if let Some(other) = database.filter(|name| !DATABASES.contains(name)) {
        bail!("there is no database `{other}`; there are {}", DATABASES.join(" and "));
    }
    let wanted = |name: &str| database.is_none_or(|only| only == name);
    let folder = project::target().join("bench-logs");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    build()?;
    let mut columns = Vec::new();
    if wanted("sqlite") {
        let url = |name: &str| format!("sqlite:{}", folder.join(format!("{name}.db")).display());
        columns.push(("SQLite", smaller(&url("smaller"), rows)?, measure(&url("larger"), rows, CONNECTIONS)?));
    }
    if wanted("postgres") {
        let cluster = Cluster::durable(&debian::ensure_postgres()?)?;
        let smaller = smaller(&cluster.database("smaller")?, rows)?;
        columns.push(("PostgreSQL", smaller, measure(&cluster.database("larger")?, rows, CONNECTIONS)?));
    }
    remove(&folder)?;
    let (table, missed) = table::of(&columns)?;
    say::heading(&format!("The log at {rows} exchanges, and at a twentieth of that"));
    println!("{table}");
    if write {
        let made = report::made_on(&format!("cargo xtask bench logs --rows {rows}"));
        report::write("logs", &format!("{made}\n\n{table}"))?;
    }
    ensure!(missed.is_empty(), "more than wanted: {}", missed.join(", "));
    Ok(())
}

fn example(command: &str) -> std::process::Command {
    let mut cargo = process::cargo();
    cargo.args([command, "--release", "--package", "passerelle-store", "--features", "conformance"]);
    cargo.args(["--example", "logs"]);
    cargo
}

fn build() -> anyhow::Result<()> {
    process::quietly("Building what fills and asks", &mut example("build"))
}

fn smaller(url: &str, rows: u64) -> anyhow::Result<Vec<Measured>> {
    measure(url, rows / SMALLER, CONNECTIONS / SMALLER)
}

/// Fills a database, and measures.
fn measure(url: &str, rows: u64, connections: u64) -> anyhow::Result<Vec<Measured>> {
    interrupt::check()?;
    let mut run = example("run");
    run.args(["--quiet", "--", url, &rows.to_string(), &connections.to_string()]);
    let step = say::Step::start(format!(
        "Filling {} with {rows} exchanges of {connections} connections, and asking",
        kind(url)
    ));
    let told = process::captured(&mut run)?;
    step.done();
    table::read(&told)
}

fn kind(url: &str) -> &str {
    url.split(':').next().unwrap_or(url)
}

/// A log is large.
fn remove(folder: &Path) -> anyhow::Result<()> {
    std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}
