//! Whether `dist` is what the sources give: a stamp over everything the app is made of, and over `dist` itself. Safe rather
//! than clever: a doubt means building again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::{process, project, tools};

/// What the app is made of. `public/scoped.css` is made from `src` and `style`, so it is left out.
const SOURCES: &[&str] = &[
    "src",
    "style",
    "public",
    "locales",
    "index.html",
    "build.rs",
    "build",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    ".cargo/config.toml",
    "rust-toolchain.toml",
    "crates/streams",
    "crates/wire",
    "crates/xtask/src/bin",
    "crates/xtask/src/build",
];
const GENERATED: &str = "public/scoped.css";

/// The sources and tools, as a number that changes when any of them does.
pub(crate) fn inputs() -> anyhow::Result<u64> {
    let mut hasher = DefaultHasher::new();
    process::captured(process::command("rustc").arg("-vV"))?.hash(&mut hasher);
    (tools::trunk().version, tools::BINARYEN).hash(&mut hasher);
    let root = project::root();
    let generated = root.join(GENERATED);
    for source in SOURCES {
        hash_tree(&root.join(source), &generated, &mut hasher)?;
    }
    Ok(hasher.finish())
}

/// Whether `dist` was built from these inputs and not touched since.
pub(crate) fn is_current(inputs: &u64) -> anyhow::Result<bool> {
    let Ok(stamp) = fs::read_to_string(path()?) else { return Ok(false) };
    Ok(project::dist().is_dir() && stamp == text(*inputs)?)
}

/// Remembers that `dist` was built from these inputs.
pub(crate) fn write(inputs: &u64) -> anyhow::Result<()> {
    let path = path()?;
    fs::write(&path, text(*inputs)?).with_context(|| format!("cannot write {}", path.display()))
}

fn text(inputs: u64) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    hash_tree(&project::dist(), Path::new(""), &mut hasher)?;
    Ok(format!("{inputs:016x} {:016x}\n", hasher.finish()))
}

fn path() -> anyhow::Result<PathBuf> {
    Ok(project::scratch()?.join("dist.stamp"))
}

/// Hashes the names and contents of a file or of all files under a folder, in the order of their names.
fn hash_tree(path: &Path, except: &Path, hasher: &mut impl Hasher) -> anyhow::Result<()> {
    if path == except || !path.exists() {
        return Ok(());
    }
    path.hash(hasher);
    let unreadable = || format!("cannot read {}", path.display());
    if path.is_dir() {
        let mut entries = fs::read_dir(path)
            .with_context(unreadable)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()
            .with_context(unreadable)?;
        entries.sort();
        entries.iter().try_for_each(|entry| hash_tree(entry, except, hasher))
    } else {
        fs::read(path).with_context(unreadable)?.hash(hasher);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn hash(folder: &Path, except: &Path) -> u64 {
        let mut hasher = DefaultHasher::new();
        hash_tree(folder, except, &mut hasher).unwrap();
        hasher.finish()
    }

    #[test]
    fn a_changed_a_renamed_and_a_new_file_are_noticed_and_the_generated_one_is_not() {
        let dir = std::env::temp_dir().join(format!("passerelle-xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(dir.join("sub")).unwrap();
        fs::write(dir.join("sub/a"), "1").unwrap();
        let except = dir.join("generated");
        let mut seen = vec![hash(&dir, &except)];

        fs::write(&except, "anything").unwrap();
        assert_eq!(hash(&dir, &except), seen[0]);

        fs::write(dir.join("sub/a"), "2").unwrap();
        seen.push(hash(&dir, &except));
        fs::rename(dir.join("sub/a"), dir.join("sub/b")).unwrap();
        seen.push(hash(&dir, &except));
        fs::write(dir.join("c"), "").unwrap();
        seen.push(hash(&dir, &except));
        fs::remove_dir_all(&dir).unwrap();

        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }
}
