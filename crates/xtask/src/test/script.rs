//! The tests of the scripts that run outside the app (`public/embed`), by Node's own runner.

use super::counts::{self, Counts};
use crate::{process, project};

/// Runs them all.
pub(crate) fn run() -> anyhow::Result<Counts> {
    let mut node = process::command("node");
    node.args(["--test", "--test-reporter=tap", "tests/embed/"]).current_dir(project::root());
    let (succeeded, output) = process::streamed(&mut node)?;
    let counts = counts::tap(&output);
    anyhow::ensure!(counts.passed > 0, "Node ran no test");
    anyhow::ensure!(succeeded || counts.failed > 0, "Node failed, but no test did");
    Ok(counts)
}
