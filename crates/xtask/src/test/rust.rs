//! The Rust tests: nextest for the whole workspace, and doc tests where a crate has any.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::counts::{self, Counts};
use super::postgres::Cluster;
use crate::tools::Toolbox;
use crate::{process, project};

/// Runs all Rust tests, or those whose name contains `filter`.
pub(crate) fn run(toolbox: &Toolbox, cluster: &Cluster, filter: Option<&str>) -> anyhow::Result<Counts> {
    let mut compile = process::cargo();
    compile.args(["nextest", "run", "--workspace", "--no-run"]);
    process::quietly("Compiling the Rust tests (usually 3 to 6 minutes the first time)", toolbox.equip(&mut compile)?)?;

    let mut nextest = process::cargo();
    nextest.args(["nextest", "run", "--workspace", "--profile", "xtask", "--no-fail-fast", "--cargo-quiet"]);
    nextest.args(["--color", "never", "--no-tests", "pass"]).args(filter);
    nextest.env("PASSERELLE_TEST_POSTGRES", cluster.url());
    let (succeeded, output) = process::streamed(toolbox.equip(&mut nextest)?)?;
    let mut all = counts::nextest(&output).context("nextest told no counts")?;
    anyhow::ensure!(succeeded || all.failed > 0, "nextest failed, but no test did");

    if filter.is_none() {
        for krate in crates_with_doc_tests(&project::root().join("crates"))? {
            let mut doc = process::cargo();
            doc.args(["test", "--doc", "--quiet", "--package", &format!("passerelle-{krate}")]);
            let (succeeded, output) = process::streamed(&mut doc)?;
            let told = counts::doc_tests(&output);
            anyhow::ensure!(succeeded || told.failed > 0, "the doc tests of {krate} did not compile");
            all = all + told;
        }
    }
    Ok(all)
}

/// The folders under `crates` whose documentation holds Rust code, as compiling for doc tests is not free.
fn crates_with_doc_tests(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        // Only a library has doc tests.
        if entry.path().join("src/lib.rs").is_file() && tree_has_doc_test(&entry.path().join("src"))? {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn tree_has_doc_test(path: &Path) -> anyhow::Result<bool> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            if tree_has_doc_test(&entry?.path())? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    Ok(is_rust && has_doc_test(&fs::read_to_string(path)?))
}

/// Whether a doc comment opens a code block that rustdoc would compile.
fn has_doc_test(code: &str) -> bool {
    let mut open = false;
    code.lines().any(|line| {
        let line = line.trim_start();
        let Some(fence) = ["///", "//!"].iter().find_map(|mark| line.strip_prefix(mark)?.trim().strip_prefix("```"))
        else {
            return false;
        };
        open = !open;
        let compiled = ["", "rust", "no_run", "should_panic", "compile_fail"];
        open && fence.split(',').all(|word| compiled.contains(&word.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_doc_tests_and_passes_over_other_code_blocks() {
        assert!(has_doc_test("/// ```\n/// assert!(true);\n/// ```\n"));
        assert!(has_doc_test("//! ```text\n//! a\n//! ```\n//! ```no_run\n//! ```"));
        assert!(!has_doc_test("/// ```text\n/// a → b\n/// ```\nfn f() {}"));
        assert!(!has_doc_test("/// ```json\n/// {}\n/// ```\n/// ```sh\n/// ```"));
    }
}
