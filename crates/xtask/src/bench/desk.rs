//! The support desk at ten thousand connections, on both databases: its first page, the page after it, a search and a
//! filter, each asked over and over, one call after the other.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::keep_alive::Connection;
use super::{Running, connect, times};
use crate::test::Cluster;
use crate::tools::debian;
use crate::{interrupt, process, project, say};

/// Connections of the one vendor, as the project's measures ask.
const CONNECTIONS: u32 = 10_000;
/// Calls of each kind.
const CALLS: usize = 500;
/// What p99 may not exceed.
const LIMIT: Duration = Duration::from_millis(20);
/// Where the desk's list is.
const PATH: &str = "/api/v1/vendors/pos-helper/desk/connections";

pub(crate) fn run() -> anyhow::Result<()> {
    let folder = project::target().join("bench-desk");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut slow = measure("SQLite", &sqlite(&folder))?;
    let cluster = Cluster::start(&debian::ensure_postgres()?)?;
    slow.extend(measure("PostgreSQL", &cluster.url())?);
    ensure!(slow.is_empty(), "p99 above {}: {}", times::ms(LIMIT), slow.join(", "));
    Ok(())
}

fn sqlite(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("desk.db").display())
}

/// Fills a database, serves it and asks; names what was slower than it may be.
fn measure(database: &str, url: &str) -> anyhow::Result<Vec<String>> {
    let mut fill = process::cargo();
    fill.args(["run", "--package", "passerelle-store", "--features", "conformance", "--example", "fill", "--"]);
    fill.args([url, connect::VENDOR, &CONNECTIONS.to_string()]);
    process::quietly(&format!("Filling {database} with {CONNECTIONS} connections"), &mut fill)?;
    let running = Running::start_on(Some(url))?;
    let cookie = connect::support(&running.at)?;
    let mut console = Connection::open(running.at.console_port)?;
    let first = ask(&mut console, PATH, &cookie)?;
    let found = first["total"].as_u64().unwrap_or_default();
    ensure!(found == u64::from(CONNECTIONS), "the desk counts {found} connections");
    let cursor = first["next_cursor"].as_str().context("the first page is the last")?;

    say::heading(&format!("GET {PATH} on {database}, {CONNECTIONS} connections, {CALLS} calls each"));
    let mut slow = Vec::new();
    for (what, query) in [
        ("the first page", String::new()),
        ("the page after it", format!("?cursor={cursor}")),
        ("a search that finds a fifth", "?q=pizza".to_owned()),
        ("a search that finds one", "?q=f09000-0".to_owned()),
        ("those blocked", "?state=blocked".to_owned()),
    ] {
        let path = format!("{PATH}{query}");
        // What is measured is a desk in use.
        for _ in 0..20 {
            ask(&mut console, &path, &cookie)?;
        }
        let mut taken = Vec::with_capacity(CALLS);
        for _ in 0..CALLS {
            interrupt::check()?;
            let started = Instant::now();
            ask(&mut console, &path, &cookie)?;
            taken.push(started.elapsed());
        }
        taken.sort_unstable();
        println!("{what:<28} {}", times::shown(&taken));
        if times::percentile(&taken, 99) > LIMIT {
            slow.push(format!("{what} on {database}"));
        }
    }
    Ok(slow)
}

fn ask(console: &mut Connection, path: &str, cookie: &str) -> anyhow::Result<serde_json::Value> {
    console.get(path, Some(cookie))?.json().with_context(|| format!("GET {path}"))
}
