//! The scoped sheet of an entry page: of all components' rules, those of the components its program names. Owns what is left
//! out and the trimmed file's name. How the sheet is gathered, and that each part begins with its scope class, is
//! `build/styles.rs`.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::project;

/// What a part of the gathered sheet begins with, its scope class and `*/` behind it.
const MARK: &str = "/*@";

/// Leaves in the scoped sheet of a bundled page what its program can show, under a name that carries a hash of what is left.
pub(crate) fn trim(part: &Path) -> anyhow::Result<()> {
    let (page, program, whole) = (only(part, "", "html")?, only(part, "", "wasm")?, only(part, "scoped-", "css")?);
    let sheet = fs::read_to_string(&whole).with_context(|| format!("cannot read {}", project::shown(&whole)))?;
    let program = fs::read(&program).with_context(|| format!("cannot read {}", project::shown(&program)))?;
    let left = used(&sheet, &program)?;
    let name = name(&left);
    fs::remove_file(&whole).with_context(|| format!("cannot remove {}", project::shown(&whole)))?;
    fs::write(part.join(&name), left).with_context(|| format!("cannot write {name}"))?;

    let text = fs::read_to_string(&page).with_context(|| format!("cannot read {}", project::shown(&page)))?;
    let old = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
    ensure!(text.contains(&old), "{} does not link {old}", project::shown(&page));
    fs::write(&page, text.replace(&old, &name)).with_context(|| format!("cannot write {}", project::shown(&page)))
}

/// The parts whose class the program holds.
fn used(sheet: &str, program: &[u8]) -> anyhow::Result<String> {
    let mut parts = sheet.split(MARK);
    ensure!(parts.next().is_some_and(|before| before.trim().is_empty()), "the scoped sheet must begin with `{MARK}`");
    let mut left = String::new();
    for part in parts {
        let (class, rules) = part.split_once("*/").context("a part of the scoped sheet does not say whose it is")?;
        if program.windows(class.len()).any(|bytes| bytes == class.as_bytes()) {
            left.push_str(rules);
        }
    }
    Ok(left)
}

fn name(sheet: &str) -> String {
    let mut hash = DefaultHasher::new();
    sheet.hash(&mut hash);
    format!("scoped-{:016x}.css", hash.finish())
}

/// The one file of a folder with such a name.
fn only(folder: &Path, start: &str, extension: &str) -> anyhow::Result<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", project::shown(folder)))? {
        let path = entry?.path();
        let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
        if named && path.extension().is_some_and(|its| its == extension) {
            found.push(path);
        }
    }
    let count = found.len();
    found.pop().filter(|_| count == 1).with_context(|| format!("a bundled page has {count} files {start}*.{extension}"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_page_keeps_the_rules_of_what_it_can_show() {
        let sheet = "/*@l-12*/.a.l-12{color: red;}\n/*@l-345*/.b.l-345{color: blue;}\n";
        assert_eq!(used(sheet, b"\0asm a l-345 b").unwrap(), ".b.l-345{color: blue;}\n");
        assert_eq!(used(sheet, b"\0asml-345l-12").unwrap(), ".a.l-12{color: red;}\n.b.l-345{color: blue;}\n");
        assert_eq!(used(sheet, b"").unwrap(), "");
    }

    #[test]
    fn a_sheet_that_does_not_say_whose_its_rules_are_is_refused() {
        assert!(used(".a{}", b"").unwrap_err().to_string().contains("begin"));
        assert!(used("/*@l-1 .a{}", b"").unwrap_err().to_string().contains("whose"));
    }

    #[test]
    fn the_page_links_what_is_left_under_a_name_of_its_own() {
        let part = std::env::temp_dir().join(format!("passerelle-xtask-sheet-{}", std::process::id()));
        fs::create_dir_all(&part).unwrap();
        let write = |name: &str, text: &str| fs::write(part.join(name), text).unwrap();
        write("index.html", "<link href=\"/scoped-0.css\">");
        write("app_bg.wasm", "l-2");
        write("scoped-0.css", "/*@l-1*/.a{}\n/*@l-2*/.b{}\n");

        trim(&part).unwrap();
        let left = only(&part, "scoped-", "css").unwrap();
        let (page, sheet) = (fs::read_to_string(part.join("index.html")).unwrap(), fs::read_to_string(&left).unwrap());
        fs::remove_dir_all(&part).unwrap();

        assert_eq!(sheet, ".b{}\n");
        assert_eq!(page, format!("<link href=\"/{}\">", left.file_name().unwrap().to_string_lossy()));
        assert_ne!(name(".a{}"), name(".b{}"));
    }
}
