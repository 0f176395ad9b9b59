//! Where things lie in the project. Where things lie on the user's machine is `cache`'s business.

use std::path::{Path, PathBuf};

/// The folder with the workspace's `Cargo.toml`. `cargo run` tells it each time; what was true when this was compiled is the
/// second choice, as two clones may share one target folder.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.ancestors().nth(2).unwrap_or(&here).to_owned()
}

/// Cargo's output folder, wherever the user's settings put it.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The built app: what the browser loads.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The browser tests' folder, with its own `package.json`.
pub(crate) fn e2e() -> PathBuf {
    root().join("tests/e2e")
}

/// A release binary of ours, built or not; from `PASSERELLE_BIN_DIR` where that is set.
pub(crate) fn release_binary(name: &str) -> PathBuf {
    std::env::var_os("PASSERELLE_BIN_DIR").map_or_else(|| target().join("release"), |dir| root().join(dir)).join(name)
}

/// Logs, stamps and reports of these commands; created when missing.
pub(crate) fn scratch() -> std::io::Result<PathBuf> {
    let dir = target().join("xtask");
    std::fs::create_dir_all(&dir)?;
    Ok(dir)
}

/// A path as a reader in the project's folder would write it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
