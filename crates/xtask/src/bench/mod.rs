//! How fast the first page, its calls, the support desk, the news of a change, callbacks, the way of an order, its log and
//! stock are, on the release build with a console and a sandbox of its own.

mod api;
mod callbacks;
pub(crate) mod connect;
mod delivery;
mod desk;
mod embed;
pub(crate) mod keep_alive;
mod list;
mod live;
mod logs;
mod pageload;
mod stock;
mod stream;
pub(crate) mod times;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};

use crate::args::Args;
use crate::services::{self, Addresses, Pair};
use crate::{build, project};

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let no_build = args.flag("--no-build");
    let write = args.flag("--write");
    let rows = args.option("--rows")?;
    let database: Option<String> = args.option("--database")?;
    let name = args.word();
    args.done()?;
    let wanted = |bench: &str| name.as_deref().is_none_or(|name| name == bench);
    if let Some(other) = name.as_deref().filter(|name| !BENCHES.contains(name)) {
        bail!("there is no bench `{other}`; there are {}", BENCHES.join(", "));
    }
    // It takes its time, and needs the store alone: only where it is asked for.
    if name.as_deref() == Some("logs") {
        return logs::run(rows, database.as_deref(), write);
    }
    ensure!(database.is_none(), "`--database` is for `bench logs`");
    ensure!(rows.is_none() || name.as_deref() == Some("list"), "`--rows` is for `bench logs` and `bench list`");
    build::run_unless(no_build)?;
    // A million orders take minutes to be made: only where it is asked for.
    if name.as_deref() == Some("list") {
        return list::run(rows, write);
    }
    if wanted("pageload") {
        pageload::run(&Running::start_on(None)?.at)?;
    }
    if wanted("embed") {
        embed::run(&Running::start_on(None)?.at)?;
    }
    if wanted("api") {
        api::run(&Running::start_on(None)?.at)?;
    }
    if wanted("live") {
        live::run(&Running::start_on(None)?)?;
    }
    if wanted("desk") {
        desk::run()?;
    }
    if wanted("callbacks") {
        callbacks::run(write)?;
    }
    if wanted("delivery") {
        delivery::run(write)?;
    }
    if wanted("stock") {
        stock::run()?;
    }
    Ok(())
}

/// All there are.
const BENCHES: [&str; 10] =
    ["pageload", "embed", "api", "live", "desk", "callbacks", "delivery", "stock", "list", "logs"];

/// What tokens are sealed with where the database is not in the console's own folder: these protect nothing.
pub(crate) const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A console and a sandbox for one bench, with their data; gone when dropped.
struct Running {
    at: Addresses,
    data: PathBuf,
    _pair: Pair,
}

impl Running {
    /// Starts them; the console on this database, or on a new one of its own.
    fn start_on(database: Option<&str>) -> anyhow::Result<Self> {
        let at = Addresses::free()?;
        let data = project::target().join("bench");
        if data.exists() {
            fs::remove_dir_all(&data).with_context(|| format!("cannot empty {}", data.display()))?;
        }
        fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
        let mut console = services::console(&project::release_binary("passerelle"), &at, &data);
        if let Some(url) = database {
            console.env("PASSERELLE_DATABASE_URL", url).env("PASSERELLE_ENCRYPTION_KEY", KEY);
        }
        let mut sandbox = services::sandbox(&project::release_binary("passerelle-sandbox"), &at);
        let pair = Pair::start(&mut console, &mut sandbox, &at, &data)?;
        Ok(Self { at, data, _pair: pair })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The logs stay readable until the next bench; the folder is under `target`.
        println!("\nLogs: {}", project::shown(&self.data));
    }
}
