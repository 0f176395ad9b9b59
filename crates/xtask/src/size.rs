//! What the first load transfers, file by file and entry page by entry page, and whether each stays within the budget. What a
//! page names is read from the built page itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::build::entries::ENTRIES;
use crate::{build, project, setup};

/// The most the first load of any entry may transfer, in bytes of brotli: 250 kB, the promise of the project's measures.
const BUDGET: u64 = 250_000;

/// Builds the app when it is not built, and prints the tables.
pub(crate) fn run() -> anyhow::Result<()> {
    build::app(&setup::run()?)?;
    print()
}

/// Prints a table for each entry of the built app; fails when any is above the budget.
pub(crate) fn print() -> anyhow::Result<()> {
    let mut above = Vec::new();
    let dist = project::dist();
    for entry in ENTRIES {
        let files = measure(&dist, entry.page)?;
        println!("{}", table(entry.page, &files));
        let framed = format!("framed/{}", entry.page);
        let mut told = vec![(entry.page.to_owned(), total(&files))];
        if dist.join(&framed).exists() {
            let total = total(&measure(&dist, &framed)?);
            println!(
                "{:<60}{:>14} kB  of {} kB\n",
                format!("in a back office's frame, {framed}"),
                kb(total),
                kb(BUDGET)
            );
            told.push((framed, total));
        }
        above.extend(told.into_iter().filter(|(_, total)| *total > BUDGET));
    }
    let above: Vec<_> = above.iter().map(|(page, total)| format!("{page} transfers {} kB", kb(*total))).collect();
    ensure!(above.is_empty(), "the first load of {}; the budget is {} kB", above.join(", of "), kb(BUDGET));
    Ok(())
}

fn total(files: &[Sized]) -> u64 {
    files.iter().map(|file| file.transferred).sum()
}

/// One file of the first load, in bytes.
#[derive(Debug, PartialEq)]
struct Sized {
    name: String,
    raw: u64,
    transferred: u64,
}

/// The page and all it names, directly or through a script or a sheet, as the server sends them to a browser.
fn measure(dist: &Path, page: &str) -> anyhow::Result<Vec<Sized>> {
    let mut all = Vec::new();
    list(dist, dist, &mut all)?;
    // Another page is another load.
    all.retain(|name| !name.ends_with(".html"));
    let mut loaded = BTreeSet::from([page.to_owned()]);
    let mut unread = vec![page.to_owned()];
    while let Some(name) = unread.pop() {
        let text = fs::read_to_string(dist.join(&name)).with_context(|| format!("cannot read {name} in dist"))?;
        for found in named(&text, &all) {
            if loaded.insert(found.to_owned()) && [".js", ".css", ".webmanifest"].iter().any(|end| found.ends_with(end))
            {
                unread.push(found.to_owned());
            }
        }
    }
    loaded
        .into_iter()
        .map(|name| {
            let bytes = |file: &str| fs::metadata(dist.join(file)).map(|it| it.len());
            let raw = bytes(&name).with_context(|| format!("cannot read {name} in dist"))?;
            let transferred = bytes(&format!("{name}.br")).unwrap_or(raw);
            Ok(Sized { name, raw, transferred })
        })
        .collect()
}

/// Every file of a folder but the compressed siblings, by its path inside it.
fn list(folder: &Path, dist: &Path, into: &mut Vec<String>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).context("the app is not built: `cargo xtask build`")? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, dist, into)?;
        } else if !path.extension().is_some_and(|extension| extension == "br" || extension == "gz") {
            into.push(path.strip_prefix(dist)?.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

/// Which of `files` a text names as an address: after a `/`, a quote or an opening bracket, up to a character that ends one.
fn named<'a>(text: &str, files: &'a [String]) -> Vec<&'a str> {
    let is_named = |file: &str| {
        text.match_indices(file).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + file.len()..].chars().next();
            before.is_some_and(|letter| "/\"'(=".contains(letter))
                && after.is_none_or(|letter| "\"')?# >\\".contains(letter))
        })
    };
    files.iter().map(String::as_str).filter(|file| is_named(file)).collect()
}

fn table(page: &str, files: &[Sized]) -> String {
    let total = total(files);
    let mut files: Vec<_> = files.iter().collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.transferred));
    let mut text = format!("{:<48}{:>12}{:>14}\n", format!("first load of {page}"), "raw", "transferred");
    for file in &files {
        let shown = if file.name.chars().count() > 46 {
            let end: String = file.name.chars().rev().take(45).collect::<Vec<_>>().into_iter().rev().collect();
            format!("…{end}")
        } else {
            file.name.clone()
        };
        text.push_str(&format!("{shown:<48}{:>10} kB{:>11} kB\n", kb(file.raw), kb(file.transferred)));
    }
    let raw = files.iter().map(|file| file.raw).sum();
    text.push_str(&format!("{:<48}{:>10} kB{:>11} kB  of {} kB\n", "together", kb(raw), kb(total), kb(BUDGET)));
    text
}

/// Thousands of bytes with one decimal.
fn kb(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn finds_what_a_page_names_and_only_whole_names() {
        let page = r#"<link rel="modulepreload" href="/app-1f.js"><link rel=icon href=/icon.svg>
            <script type="module">import init from '/app-1f.js'; init('/app-1f_bg.wasm')</script><!-- my-icon.svg2 -->"#;
        let files = ["app-1f.js", "app-1f_bg.wasm", "icon.svg", "unused.css", "f.js"].map(str::to_owned);
        assert_eq!(named(page, &files), ["app-1f.js", "app-1f_bg.wasm", "icon.svg"]);
    }

    #[test]
    fn counts_the_brotli_sibling_and_follows_scripts_and_sheets() {
        let dist = std::env::temp_dir().join(format!("passerelle-xtask-size-{}", std::process::id()));
        fs::create_dir_all(dist.join("snippets")).unwrap();
        let write = |name: &str, text: &str| fs::write(dist.join(name), text).unwrap();
        write("index.html", "<script src=\"/app.js\"></script>");
        write("app.js", "import '/snippets/a.js';");
        write("app.js.br", "12345");
        write("snippets/a.js", "let a;");
        write("other.js", "unused");
        write("office.html", "<script src=\"/other.js\"></script><a href=\"/index.html\">");

        let files = measure(&dist, "index.html").unwrap();
        let office = measure(&dist, "office.html").unwrap();
        fs::remove_dir_all(&dist).unwrap();
        let sized = |name: &str, raw, transferred| Sized { name: name.to_owned(), raw, transferred };
        assert_eq!(files, [sized("app.js", 24, 5), sized("index.html", 31, 31), sized("snippets/a.js", 6, 6)]);
        assert_eq!(office, [sized("office.html", 55, 55), sized("other.js", 6, 6)]);
    }

    #[test]
    fn prints_thousands_of_bytes() {
        assert_eq!(kb(249_960), "250.0");
        assert_eq!(kb(49), "0.0");
        assert_eq!(kb(6_300), "6.3");
    }

    #[test]
    fn the_table_ends_with_the_total_and_the_budget() {
        let files = [Sized { name: "app.wasm".into(), raw: 200_000, transferred: 68_000 }];
        let table = table("index.html", &files);
        assert!(table.lines().last().unwrap().ends_with("68.0 kB  of 250.0 kB"), "{table}");
    }
}
