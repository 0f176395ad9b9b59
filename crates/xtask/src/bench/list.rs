//! The log's list in a browser, at a million operations of one connection: how soon it is there on a slow line, how smoothly it
//! scrolls on a slow machine, what it keeps in memory. The measuring is done by `tests/e2e/bench/list.mjs`.

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::rig::sandbox::Sandbox;
use crate::rig::{Rig, tills};
use crate::tools::{debian, npm};
use crate::{process, project, report, say};

/// Operations where nothing else is asked for.
const ROWS: u64 = 1_000_000;

pub(crate) fn run(rows: Option<u64>, write: bool) -> anyhow::Result<()> {
    let rows = rows.unwrap_or(ROWS);
    let chromium = debian::ensure_chromium()?;
    npm::ensure_e2e_packages()?;
    let folder = project::target().join("bench-list");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let url = format!("sqlite:{}", folder.join("list.db").display());
    let rig = Rig::start("list", Some(&url))?;
    let (person, tills) = tills::connect(&rig, &mut Sandbox::new(rig.at.sandbox_port), 1)?;
    let till = tills.first().context("no till was connected")?;
    let connection = person.get(&format!("/connections/{}", till.connection))?;
    let page = format!(
        "{}/{}/{}/operations",
        rig.at.console(),
        tills::VENDOR,
        connection["till"].as_str().unwrap_or_default()
    );

    let mut fill = process::cargo();
    fill.args(["run", "--release", "--quiet", "--package", "passerelle-store", "--features", "conformance"]);
    fill.args(["--example", "orders", "--", &url, &rows.to_string()]);
    process::quietly(&format!("Making {rows} operations"), &mut fill)?;

    let mut node = process::command("node");
    node.arg("bench/list.mjs").current_dir(project::e2e());
    node.env("PASSERELLE_CHROMIUM", chromium).env("PASSERELLE_PAGE", &page).env("PASSERELLE_COOKIE", person.cookie());
    let told = process::captured(&mut node)?;
    drop(rig);
    std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;

    let measures: Vec<Value> =
        serde_json::from_str(told.lines().last().unwrap_or_default()).context("nothing was measured")?;
    ensure!(!measures.is_empty(), "nothing was measured");
    say::heading(&format!("The list of {rows} operations, in a browser"));
    let mut table = vec!["| measure | found | wanted |".to_owned(), "| --- | ---: | --- |".to_owned()];
    let mut missed = Vec::new();
    for measure in &measures {
        let text = |field: &str| measure[field].as_str().unwrap_or_default().to_owned();
        if measure["missed"] == true {
            missed.push(text("measure"));
        }
        table.push(format!("| {} | {} | {} |", text("measure"), text("found"), text("wanted")));
    }
    let table = table.join("\n");
    println!("{table}");
    if write {
        let made = report::made_on(&format!("cargo xtask bench list --rows {rows}"));
        report::write("list", &format!("{made}\n\n{table}"))?;
    }
    ensure!(missed.is_empty(), "more than wanted: {}", missed.join(", "));
    Ok(())
}
