//! Everything read: format, clippy on both targets, documentation, licences and sources, and the rules of the house that no
//! tool knows. Every step runs even when one before it failed.

mod directions;
mod files;
mod locales;

use std::process::Command;

use crate::args::Args;
use crate::say::Step;
use crate::tools::{self, Toolbox, rust_target};
use crate::{interrupt, process};

/// A step: what the user reads, and what it runs.
type Named<'a> = (&'static str, Box<dyn FnOnce() -> anyhow::Result<()> + 'a>);

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let with_advisories = args.flag("--advisories");
    args.done()?;
    rust_target::ensure()?;
    rust_target::ensure_lint_components()?;
    let mut toolbox = Toolbox::default();
    toolbox.add(tools::cargo_deny().ensure()?);

    // What takes milliseconds first, so that a slip shows before the compilers start.
    let steps: Vec<Named<'_>> = vec![
        ("imports go one way", Box::new(|| house("imports go one way", directions::check))),
        (
            "both languages have the same words",
            Box::new(|| house("both languages have the same words", locales::check)),
        ),
        (
            "files name no machine and no mirror",
            Box::new(|| house("files name no machine and no mirror", files::check)),
        ),
        (
            "fmt",
            Box::new(|| {
                process::quietly(
                    "cargo fmt --check",
                    process::cargo().args(["fmt", "--all", "--check", "--", "--color", "never"]),
                )
            }),
        ),
        ("clippy", Box::new(|| process::quietly("clippy, native", &mut clippy(&["--workspace", "--all-targets"])))),
        (
            "clippy of xtask",
            Box::new(|| {
                process::quietly(
                    "clippy, the task runner",
                    &mut clippy(&["--package", "passerelle-xtask", "--all-targets", "--all-features"]),
                )
            }),
        ),
        (
            "clippy for wasm",
            Box::new(|| {
                process::quietly(
                    "clippy, wasm",
                    &mut clippy(&[
                        "--package",
                        "passerelle-app",
                        "--package",
                        "passerelle-wire",
                        "--target",
                        rust_target::WASM,
                    ]),
                )
            }),
        ),
        ("doc", Box::new(|| process::quietly("documentation", &mut doc()))),
        ("deny", Box::new(|| process::quietly("licences, sources, bans", toolbox.equip(&mut deny(with_advisories))?))),
    ];

    let mut failed = Vec::new();
    for (name, step) in steps {
        if let Err(error) = step() {
            interrupt::check()?;
            println!("{error:#}\n");
            failed.push(name);
        }
    }
    anyhow::ensure!(failed.is_empty(), "lint failed: {}", failed.join(", "));
    println!("lint: nothing to say");
    Ok(())
}

/// A rule checked by us; its faults are the error.
fn house(what: &str, check: fn() -> anyhow::Result<Vec<String>>) -> anyhow::Result<()> {
    let step = Step::start(what);
    let faults = check()?;
    if faults.is_empty() {
        step.done();
        return Ok(());
    }
    step.failed();
    anyhow::bail!("{}", faults.iter().map(|fault| format!("    {fault}")).collect::<Vec<_>>().join("\n"))
}

fn clippy(on: &[&str]) -> Command {
    let mut command = process::cargo();
    command.args(["clippy", "--keep-going"]).args(on).args(["--", "--deny", "warnings"]);
    command
}

fn doc() -> Command {
    let mut command = process::cargo();
    command
        .args(["doc", "--workspace", "--no-deps", "--document-private-items"])
        .env("RUSTDOCFLAGS", "--deny warnings");
    command
}

/// The advisories need a database from the network; the rest does not.
fn deny(with_advisories: bool) -> Command {
    let mut command = process::command("cargo-deny");
    command.args(["--color", "never", "check", "bans", "licenses", "sources"]);
    if with_advisories {
        command.arg("advisories");
    }
    command
}
