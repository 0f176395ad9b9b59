//! Every command a contributor types: reads the first word and hands over. It owns no step of its own.

#[cfg(not(unix))]
compile_error!("cargo xtask runs on Linux and macOS; on Windows, use WSL");

mod args;
mod bench;
mod build;
mod cache;
mod demo;
mod dev;
mod faults;
mod interrupt;
mod lint;
mod lockfile;
mod process;
mod project;
mod report;
mod rig;
mod say;
mod service;
mod services;
mod setup;
mod size;
mod test;
mod till;
mod tools;
mod trouble;

use std::process::ExitCode;

use args::Args;

const HELP: &str = "\
cargo xtask <command>

  demo    [--port-base N] [--keep]  everything installed, built and running: the console and a HubRise sandbox
  test    [--filter TEXT]           everything proved: Rust, wasm, size and browser tests
  lint    [--advisories]            everything read: format, clippy, documentation, licences, house rules
  build                             one binary, target/release/passerelle, with the app inside
  size                              what the first load of each entry page transfers; fails above the budget
  bench   [pageload|api|live|desk|callbacks|delivery]  how fast the first page, its calls, news, the support desk,
                                    HubRise's callbacks and the way of an order are
  bench logs [--rows N] [--database sqlite|postgres]  the log of a year of so many exchanges: lists, searches, charts, room
  bench list [--rows N]             the log's list in a browser
  bench stock                       a till's stock: changes, whole states, five hundred tills, the board in a browser
                                    (demo, bench and faults take --no-build: start what the last build left)
  faults  [FAULT] [--rounds N] [--orders N] [--seed N]  breaks what can break while orders come in, and counts what is printed
                                    (with --write, bench callbacks, delivery and logs and faults renew docs/reliability.md)
  dev     [--port-base N] [--entry E]  one entry page of the app (console, welcome, returning, office, bridge, operation, exchange, setup, stock)
                                    with live reload on port N + 10, against a running server and sandbox
  till    [--port-base N] [ACT]     the Carré POS till of a running demo: sell, deactivate, cut its network; `till --help`
  setup                             the tools alone: wasm target, Trunk, wasm-bindgen, wasm-opt
";

fn main() -> ExitCode {
    if let Err(error) = interrupt::install() {
        eprintln!("error: {error:#}");
        return ExitCode::FAILURE;
    }
    let outcome = dispatch(Args::from_env());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if interrupt::requested() => {
            eprintln!("\nStopped.");
            ExitCode::from(interrupt::EXIT_CODE)
        }
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut args: Args) -> anyhow::Result<()> {
    match args.command().as_deref() {
        Some("setup") => {
            args.done().and_then(|()| setup::run()).map(|_| println!("Everything a build needs is installed."))
        }
        Some("build") => args.done().and_then(|()| build::run()),
        Some("demo") => demo::run(args),
        Some("dev") => dev::run(args),
        Some("test") => test::run(args),
        Some("lint") => lint::run(args),
        Some("size") => args.done().and_then(|()| size::run()),
        Some("bench") => bench::run(args),
        Some("faults") => faults::run(args),
        Some("till") => till::run(args),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => anyhow::bail!("`{other}` is no command of ours\n\n{HELP}"),
    }
}
