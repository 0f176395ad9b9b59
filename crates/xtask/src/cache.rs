//! The per-user folder where tools lie, shared by all clones: its place, and the lock that lets one clone install at a time.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;

use crate::{interrupt, say};

/// `$PASSERELLE_CACHE`, or the place the system keeps caches in.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(dir) = set("PASSERELLE_CACHE") {
        return std::path::absolute(dir).context("`PASSERELLE_CACHE` is no path");
    }
    if let Some(dir) = set("XDG_CACHE_HOME") {
        return Ok(dir.join("passerelle"));
    }
    let home = set("HOME").context("there is no `HOME`: set `PASSERELLE_CACHE` to a folder where tools may be kept")?;
    let caches = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    Ok(home.join(caches).join("passerelle"))
}

/// Where one version of a tool lies: `tools/<tool>-<version>`, its programs in `bin`.
pub(crate) fn tool(name: &str, version: &str) -> anyhow::Result<PathBuf> {
    Ok(root()?.join("tools").join(format!("{name}-{version}")))
}

/// Held while something is installed or built; let go when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Waits for the right to install, telling the user when another clone has it.
pub(crate) fn lock() -> anyhow::Result<Lock> {
    let dir = root()?;
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    lock_file(&dir.join("install.lock"), "Another clone is installing tools into the same cache; waiting for it.")
}

/// Waits until nobody else holds the lock of a file, which is created when missing.
pub(crate) fn lock_file(path: &Path, waiting: &str) -> anyhow::Result<Lock> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => {
                if !told {
                    say::note(waiting);
                    told = true;
                }
                interrupt::pause(Duration::from_millis(300))?;
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
    }
}

/// Makes a folder appear whole or not at all: `fill` fills a temporary one, which then takes its name.
pub(crate) fn appear(folder: &Path, fill: impl FnOnce(&Path) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let partial = Partial::beside(folder)?;
    fill(&partial.0)?;
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot replace {}", folder.display()))?;
    }
    fs::rename(&partial.0, folder).with_context(|| format!("cannot move into {}", folder.display()))
}

/// A folder being filled; removed when dropped, unless it was renamed.
struct Partial(PathBuf);

impl Partial {
    fn beside(folder: &Path) -> anyhow::Result<Self> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let partial = folder.with_file_name(format!(".{name}.partial"));
        if partial.exists() {
            // Left by a run that was killed; the lock says nobody uses it.
            fs::remove_dir_all(&partial).with_context(|| format!("cannot remove {}", partial.display()))?;
        }
        fs::create_dir_all(&partial).with_context(|| format!("cannot create {}", partial.display()))?;
        Ok(Self(partial))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Gone already when it was renamed.
        let _gone = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_folder_that_fails_to_fill_leaves_nothing() {
        let dir = std::env::temp_dir().join(format!("passerelle-xtask-cache-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let failed = appear(&dir.join("tool-1"), |partial| {
            fs::write(partial.join("half"), "…").unwrap();
            anyhow::bail!("interrupted")
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 0);

        appear(&dir.join("tool-1"), |partial| Ok(fs::write(partial.join("whole"), "…")?)).unwrap();
        assert!(dir.join("tool-1/whole").is_file());
        fs::remove_dir_all(&dir).unwrap();
    }
}
