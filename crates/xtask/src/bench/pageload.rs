//! First paint and ready of the connect page on a slow phone, beside a static page of the same look. The measuring is done in
//! the browser, by `tests/e2e/bench/pageload.mjs`.

use crate::services::Addresses;
use crate::tools::{debian, npm};
use crate::{process, project};

pub(crate) fn run(at: &Addresses) -> anyhow::Result<()> {
    let chromium = debian::ensure_chromium()?;
    npm::ensure_e2e_packages()?;
    let mut node = process::command("node");
    node.arg("bench/pageload.mjs").current_dir(project::e2e());
    node.env("PASSERELLE_CHROMIUM", chromium).env("PASSERELLE_CONSOLE", at.console());
    let (succeeded, _) = process::streamed(&mut node)?;
    anyhow::ensure!(succeeded, "the page could not be measured");
    Ok(())
}
