//! Everything proved in one command: Rust tests on both databases, wasm checks, the size budget, the tests of
//! scripts and those in a browser, and
//! one line with the counts. Every part runs even when one before it failed.

mod browser;
mod counts;
mod postgres;
mod rust;
mod script;

use std::time::Instant;

use crate::args::Args;
use crate::tools::{self, debian, npm, rust_target};
use crate::{build, interrupt, process, say, setup, size};
use counts::{Counts, Tally};
pub(crate) use postgres::Cluster;

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let filter: Option<String> = args.option("--filter")?;
    args.done()?;
    let started = Instant::now();

    say::heading("What is needed");
    let mut toolbox = setup::run()?;
    toolbox.add(tools::nextest().ensure()?);
    let chromium = debian::ensure_chromium()?;
    let firefox = debian::firefox();
    let postgres_bin = debian::ensure_postgres()?;
    npm::ensure_e2e_packages()?;

    let mut tally = Tally::default();

    // The app first: the server's tests serve it.
    say::heading("The release build");
    let built = build::run();
    let is_built = built.is_ok();
    keep(&mut tally, "build", built)?;

    say::heading("Rust tests");
    let rust =
        postgres::Cluster::start(&postgres_bin).and_then(|cluster| rust::run(&toolbox, &cluster, filter.as_deref()));
    tally.rust = keep(&mut tally, "rust", rust)?;
    let wasm = process::quietly(
        "Checking that the wire types compile for wasm",
        process::cargo().args(["check", "--package", "passerelle-wire", "--target", rust_target::WASM]),
    );
    keep(&mut tally, "wasm", wasm)?;

    say::heading("Script tests");
    tally.script = keep(&mut tally, "script", script::run())?;

    if is_built {
        say::heading("The built app");
        keep(&mut tally, "size", size::print())?;
        tally.browser = keep(&mut tally, "browser", browser::run(&chromium, firefox.as_deref(), filter.as_deref()))?;
    }

    let time = say::time(started.elapsed());
    println!("\n{}\n{}", tally.line(&time), tally.plain());
    anyhow::ensure!(tally.passed(), "not everything passed");
    Ok(())
}

/// Notes a part that failed and goes on, unless the user asked to stop.
fn keep<T: Default>(tally: &mut Tally, part: &'static str, outcome: anyhow::Result<T>) -> anyhow::Result<T> {
    interrupt::check()?;
    outcome.or_else(|error| {
        println!("\n{part}: {error:#}\n");
        tally.broken.push(part);
        Ok(T::default())
    })
}

/// The sum of counts that several programs print.
fn sum(counts: impl IntoIterator<Item = Counts>) -> Counts {
    counts.into_iter().fold(Counts::default(), |all, one| all + one)
}
