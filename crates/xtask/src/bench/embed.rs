//! The connected page inside a back office's, beside the same page opened directly, and the size of what the back office loads.
//! The measuring is done in the browser, by `tests/e2e/bench/embed.mjs`.

use std::fs;

use anyhow::Context as _;

use crate::services::Addresses;
use crate::tools::{debian, npm};
use crate::{process, project};

pub(crate) fn run(at: &Addresses) -> anyhow::Result<()> {
    let chromium = debian::ensure_chromium()?;
    npm::ensure_e2e_packages()?;
    let script = project::root().join("public/embed/embed.js");
    let raw = fs::metadata(&script).context("public/embed/embed.js is missing")?.len();
    let mut packed = process::command("node");
    packed.args(["-p", PACKED]).arg(&script);
    println!("embed.js {raw} bytes, {} in brotli (aim 4000)", process::captured(&mut packed)?.trim());
    let mut node = process::command("node");
    node.arg("bench/embed.mjs").current_dir(project::e2e());
    node.env("PASSERELLE_CHROMIUM", chromium).env("PASSERELLE_CONSOLE", at.console());
    node.env("PASSERELLE_OFFICES", at.offices());
    let (succeeded, _) = process::streamed(&mut node)?;
    anyhow::ensure!(succeeded, "the page could not be measured");
    Ok(())
}

/// As a server packs it: brotli's highest quality, which is Node's own.
const PACKED: &str = "require('zlib').brotliCompressSync(require('fs').readFileSync(process.argv[1])).length";
