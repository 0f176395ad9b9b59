//! How fast the first page and its calls are, on the release build with a console and a sandbox of its own.

mod api;
mod connect;
mod keep_alive;
mod pageload;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::args::Args;
use crate::services::{self, Addresses, Pair};
use crate::{build, project};

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let no_build = args.flag("--no-build");
    let name = args.word();
    args.done()?;
    let (pageload, api) = match name.as_deref() {
        None => (true, true),
        Some("pageload") => (true, false),
        Some("api") => (false, true),
        Some(other) => bail!("there is no bench `{other}`; there are `pageload` and `api`"),
    };
    build::run_unless(no_build)?;
    let running = Running::start()?;
    if pageload {
        pageload::run(&running.at)?;
    }
    if api {
        api::run(&running.at)?;
    }
    Ok(())
}

/// A console and a sandbox for one bench, with their data; gone when dropped.
struct Running {
    at: Addresses,
    data: PathBuf,
    _pair: Pair,
}

impl Running {
    fn start() -> anyhow::Result<Self> {
        let at = Addresses::free()?;
        let data = project::target().join("bench");
        if data.exists() {
            fs::remove_dir_all(&data).with_context(|| format!("cannot empty {}", data.display()))?;
        }
        fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
        let mut console = services::console(&project::release_binary("passerelle"), &at, &data);
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
