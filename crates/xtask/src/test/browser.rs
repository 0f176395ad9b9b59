//! The browser tests: their types, then Playwright on the release build.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::counts::{self, Counts};
use crate::{process, project};

/// Runs all browser tests, or those whose title contains `filter`.
pub(crate) fn run(chromium: &Path, firefox: Option<&Path>, filter: Option<&str>) -> anyhow::Result<Counts> {
    let folder = project::e2e();
    let mut types = process::command("node");
    types.args(["node_modules/typescript/bin/tsc", "--noEmit"]).current_dir(&folder);
    process::quietly("Checking the browser tests' types", &mut types)?;

    let report = project::scratch()?.join("browser-tests.json");
    // A report of the last run must not be taken for this one's.
    let _absent = fs::remove_file(&report);
    let mut playwright = process::command("node");
    playwright.args(["node_modules/@playwright/test/cli.js", "test", "--pass-with-no-tests"]).current_dir(&folder);
    if let Some(filter) = filter {
        playwright.args(["--grep", filter]);
    }
    playwright.env("PASSERELLE_CHROMIUM", chromium).env("PASSERELLE_E2E_REPORT", &report);
    if let Some(firefox) = firefox {
        playwright.env("PASSERELLE_FIREFOX", firefox);
    }
    playwright.env("PASSERELLE_BIN_DIR", project::target().join("release"));
    let (succeeded, _) = process::streamed(&mut playwright)?;
    let told = fs::read_to_string(&report).context("Playwright wrote no report")?;
    let counts = counts::playwright(&told)?;
    anyhow::ensure!(succeeded || counts.failed > 0, "Playwright failed, but no test did");
    Ok(counts)
}
