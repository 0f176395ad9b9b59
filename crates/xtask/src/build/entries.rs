//! The entry pages: one written by hand, `index.html`, and the others made from it, which differ in nothing but the program they
//! start. Owns making those, Trunk's run for each, and putting the results together in one folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::sheet;
use crate::tools::Toolbox;
use crate::{process, project};

/// The profile the app is compiled with, in the root `Cargo.toml`.
const PROFILE: &str = "wasm-release";

/// An entry page: the file the server sends, and the program it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What a contributor calls it.
    pub(crate) name: &'static str,
    /// The page.
    pub(crate) page: &'static str,
    /// The program: a `[[bin]]` of the root package.
    bin: &'static str,
}

/// The first is written by hand; the others are made from it.
pub(crate) const ENTRIES: [Entry; 9] = [
    Entry { name: "console", page: "index.html", bin: "passerelle-app" },
    Entry { name: "welcome", page: "welcome.html", bin: "passerelle-welcome" },
    Entry { name: "returning", page: "returning.html", bin: "passerelle-returning" },
    Entry { name: "office", page: "office.html", bin: "passerelle-office" },
    Entry { name: "bridge", page: "bridge.html", bin: "passerelle-bridge" },
    Entry { name: "operation", page: "operation.html", bin: "passerelle-operation" },
    Entry { name: "exchange", page: "exchange.html", bin: "passerelle-exchange" },
    Entry { name: "setup", page: "setup.html", bin: "passerelle-setup" },
    Entry { name: "stock", page: "stock.html", bin: "passerelle-stock" },
];

impl std::str::FromStr for Entry {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> anyhow::Result<Self> {
        let names = ENTRIES.map(|entry| entry.name).join(", ");
        let found = ENTRIES.into_iter().find(|entry| entry.name == name);
        found.with_context(|| format!("there is no entry `{name}`: {names}"))
    }
}

impl Entry {
    /// Writes the page where Trunk looks for it, unless it is the one written by hand.
    pub(crate) fn write_page(self) -> anyhow::Result<PathBuf> {
        let [first, ..] = ENTRIES;
        let path = project::root().join(self.page);
        if self != first {
            let source = fs::read_to_string(project::root().join(first.page)).context("cannot read index.html")?;
            fs::write(&path, self.made_from(first, &source)?)
                .with_context(|| format!("cannot write {}", project::shown(&path)))?;
        }
        Ok(path)
    }

    /// The page's text, from the first entry's.
    fn made_from(self, first: Self, source: &str) -> anyhow::Result<String> {
        let named = format!("data-bin=\"{}\"", first.bin);
        ensure!(source.matches(&named).count() == 1, "index.html must say `{named}` once");
        Ok(source.replace(&named, &format!("data-bin=\"{}\"", self.bin)))
    }
}

/// Bundles every entry into `folder`, which is emptied first.
pub(crate) fn bundle(toolbox: &Toolbox, folder: &Path) -> anyhow::Result<()> {
    clear(folder)?;
    for (at, entry) in (1..).zip(ENTRIES) {
        let part = project::scratch()?.join("part").join(entry.name);
        clear(&part)?;
        let page = entry.write_page()?;
        let mut trunk = process::command("trunk");
        trunk.args(["build", "--release", "--offline", "--skip-version-check", "--color", "never", "--log", "error"]);
        trunk.args(["--cargo-profile", PROFILE, "--dist"]).arg(&part).arg(&page);
        // Where Trunk itself stood when something failed helps nobody.
        trunk.env("RUST_BACKTRACE", "0");
        let what = format!("Building the app, {at} of {} (usually 1 to 3 minutes each the first time)", ENTRIES.len());
        // Trunk is killed before it cleans up when it is interrupted; its output folder appears whole or not at all.
        process::quietly(&what, toolbox.equip(&mut trunk)?)?;
        sheet::trim(&part)?;
        add(&part, folder, entry.page)?;
        framed(folder, entry)?;
    }
    embed(folder)
}

/// Puts what back offices load beside the app, so that it is packed with it.
fn embed(folder: &Path) -> anyhow::Result<()> {
    let to = folder.join("embed");
    fs::create_dir_all(&to).with_context(|| format!("cannot create {}", project::shown(&to)))?;
    let from = project::root().join("public/embed/embed.js");
    fs::copy(&from, to.join("embed.js")).with_context(|| format!("cannot copy {}", project::shown(&from)))?;
    Ok(())
}

/// What runs first where a page stands in a back office's.
const FRAME_SCRIPT: &str = "public/embed/frame.js";

/// Writes an entry's page for frames: the same, with the frame's script before all others.
fn framed(folder: &Path, entry: Entry) -> anyhow::Result<()> {
    // The desk stands in no frame.
    if entry.name == "office" {
        return Ok(());
    }
    let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("cannot read {}", project::shown(path)));
    let page = with_frame(&read(&folder.join(entry.page))?, &read(&project::root().join(FRAME_SCRIPT))?)?;
    let folder = folder.join("framed");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", project::shown(&folder)))?;
    let path = folder.join(entry.page);
    fs::write(&path, page).with_context(|| format!("cannot write {}", project::shown(&path)))
}

fn with_frame(page: &str, script: &str) -> anyhow::Result<String> {
    let script = lean(script);
    ensure!(!script.contains("/*"), "{FRAME_SCRIPT} must have comments of whole lines alone");
    ensure!(!script.contains("</script"), "{FRAME_SCRIPT} would end its own element");
    let page = without_icons(page);
    let first = page.find("<script").context("a page without scripts cannot be framed")?;
    let (before, after) = page.split_at(first);
    Ok(format!("{before}<script>{script}</script>{after}"))
}

/// A page without what only a browser's own tab is told: a frame has no icon, and is neither installed nor found.
fn without_icons(page: &str) -> String {
    let is_icon = |line: &str| TAB_ONLY.iter().any(|start| line.starts_with(start));
    page.lines().filter(|line| !is_icon(line)).flat_map(|line| [line, "\n"]).collect()
}

/// How such lines begin.
const TAB_ONLY: [&str; 5] = [
    "<link rel=\"icon\"",
    "<link rel=\"apple-touch-icon\"",
    "<link rel=\"manifest\"",
    "<meta name=\"theme-color\"",
    "<meta name=\"robots\"",
];

/// Adds one entry's files to all; its page gets its name, whatever Trunk calls it. The same name is the same file: names
/// carry a hash of their content, or are copied from `public`.
fn add(part: &Path, all: &Path, page: &str) -> anyhow::Result<()> {
    fs::create_dir_all(all).with_context(|| format!("cannot create {}", all.display()))?;
    for entry in fs::read_dir(part).with_context(|| format!("cannot read {}", part.display()))? {
        let from = entry?.path();
        let name = from.file_name().unwrap_or_default();
        if from.is_dir() {
            add(&from, &all.join(name), page)?;
            continue;
        }
        let is_page = from.extension().is_some_and(|extension| extension == "html");
        let to = if is_page { all.join(page) } else { all.join(name) };
        let mut bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        if is_page {
            bytes = lean_page(&String::from_utf8(bytes).context("a page is not UTF-8")?).into_bytes();
        }
        if from.extension().is_some_and(|extension| extension == "js") {
            bytes = lean(&String::from_utf8(bytes).context("a script is not UTF-8")?).into_bytes();
        }
        ensure!(
            !to.exists() || fs::read(&to).is_ok_and(|there| there == bytes),
            "two entries have different files of the name {}",
            name.display()
        );
        fs::write(&to, bytes).with_context(|| format!("cannot write {}", to.display()))?;
    }
    Ok(())
}

/// wasm-bindgen's script without its comments and indentation, which Trunk leaves in: a tenth of what it transfers. Lines
/// are left as they are otherwise; wasm-bindgen writes no text over several lines.
fn lean(script: &str) -> String {
    let is_comment = |line: &str| ["/*", "*/", "* ", "//"].iter().any(|sign| line.starts_with(sign)) || line == "*";
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A page without the indentation, and the comments that have lines of their own, of its own markup and of the sheets and
/// scripts inside it; without what Trunk tells programs other than ours. Nothing in it keeps blanks: it has no `<pre>`, and no
/// script in it a text over several lines.
fn lean_page(page: &str) -> String {
    let is_comment = |line: &str| {
        line.starts_with("//")
            || [("/*", "*/"), ("<!--", "-->")].iter().any(|(start, end)| line.starts_with(start) && line.ends_with(end))
    };
    let is_unheard = |line: &str| UNHEARD.iter().any(|start| line.starts_with(start));
    let page = without_sheet_comments(page);
    let lines = page.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line) && !is_unheard(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// What Trunk's script in a page says to whoever listens: nobody does.
const UNHEARD: [&str; 2] =
    ["window.wasmBindings = bindings;", "dispatchEvent(new CustomEvent(\"TrunkApplicationStarted\""];

/// A page without the comments of the sheets inside it, however many lines they have.
fn without_sheet_comments(page: &str) -> String {
    let mut left = String::new();
    for (at, part) in page.split("<style>").enumerate() {
        let Some((sheet, rest)) = part.split_once("</style>").filter(|_| at > 0) else {
            left.push_str(part);
            continue;
        };
        left.push_str("<style>");
        let mut parts = sheet.split("/*");
        left.push_str(parts.next().unwrap_or_default());
        parts.for_each(|part| left.push_str(part.split_once("*/").map_or("", |(_comment, after)| after)));
        left.push_str("</style>");
        left.push_str(rest);
    }
    left
}

/// Puts what `from` holds in the place of what `to` holds, compressed siblings and all.
pub(crate) fn replace(from: &Path, to: &Path) -> anyhow::Result<()> {
    clear(to)?;
    copy(from, to).with_context(|| format!("cannot fill {}", project::shown(to)))
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", project::shown(folder)))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to)? } else { fs::copy(&from, &to).map(|_bytes| ())? }
    }
    Ok(())
}

#[cfg(test)]
#[path = "entries_tests.rs"]
mod tests;
