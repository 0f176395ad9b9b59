//! What no file of the project may hold: a path of somebody's machine, or a registry other than the public ones.

use std::fs;

use anyhow::Context;

use crate::{lockfile, process, project};

/// Folders at the root of a disk where people and machines keep their own things.
const PRIVATE_FOLDERS: &[&str] = &["home", "root", "Users", "work", "workspace", "workspaces"];

/// The only registry an npm lock file may name; it may also name none.
const NPM: &str = "https://registry.npmjs.org/";

/// Lines that name a private path, and sources that are no public registry.
pub(crate) fn check() -> anyhow::Result<Vec<String>> {
    let root = project::root();
    let mut faults = Vec::new();
    let listed = process::captured(process::command("git").args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        // A picture or a font has no lines, and a file may be deleted but not yet committed so.
        let Ok(text) = fs::read_to_string(root.join(name)) else { continue };
        for (at, line) in text.lines().enumerate() {
            if let Some(folder) = private_path(line) {
                faults.push(format!("{name}:{}: names a path under {folder}", at + 1));
            }
        }
    }
    let cargo = fs::read_to_string(root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    faults.extend(lockfile::foreign_sources(&cargo).iter().map(|source| format!("Cargo.lock: comes from {source}")));
    let npm = fs::read_to_string(project::e2e().join("package-lock.json"))
        .context("cannot read tests/e2e/package-lock.json")?;
    faults.extend(foreign_packages(&npm).iter().map(|line| format!("tests/e2e/package-lock.json: {line}")));
    Ok(faults)
}

/// The private folder that an absolute path in a line lies in. `example.org/home/` is no such path.
fn private_path(line: &str) -> Option<String> {
    PRIVATE_FOLDERS.iter().map(|folder| format!("/{folder}/")).find(|folder| {
        line.match_indices(folder.as_str()).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            before.is_none_or(|letter| letter.is_whitespace() || "\"'`=([{,;:<".contains(letter))
        })
    })
}

fn foreign_packages(lock: &str) -> Vec<&str> {
    lock.lines()
        .map(str::trim)
        .filter(|line| line.starts_with("\"resolved\":") && !line.starts_with(&format!("\"resolved\": \"{NPM}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_path_of_a_machine_but_not_an_address_on_the_web() {
        let private = format!("see `/{}/someone/notes`", PRIVATE_FOLDERS[0]);
        assert!(private_path(&private).is_some());
        assert_eq!(private_path("https://example.org/home/ and ./root/ and src/work/"), None);
    }

    #[test]
    fn an_npm_lock_names_the_public_registry_or_none() {
        let lock = "  \"resolved\": \"https://registry.npmjs.org/a/-/a-1.tgz\",\n  \"resolved\": \"https://mirror.example/a-1.tgz\",\n";
        assert_eq!(foreign_packages(lock), ["\"resolved\": \"https://mirror.example/a-1.tgz\","]);
    }
}
