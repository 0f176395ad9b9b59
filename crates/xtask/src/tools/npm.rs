//! What comes from npm: wasm-opt (package binaryen) into the cache, and the browser tests' packages into their folder.

use std::fs;
use std::os::unix::fs::symlink;

use anyhow::{Context, bail};

use super::{BINARYEN, Found, has_version};
use crate::{cache, process, project, trouble};

/// Fails when there is no Node, or none recent enough.
pub(crate) fn check_node() -> anyhow::Result<()> {
    if process::on_path("node").is_none() || process::on_path("npm").is_none() {
        bail!(trouble::NO_NODE);
    }
    let told = process::captured(process::command("node").arg("--version"))?;
    match major(&told) {
        Some(20..) => Ok(()),
        _ => bail!("Node.js {} is too old. {}", told.trim(), trouble::NO_NODE),
    }
}

/// Finds wasm-opt, installing it first when it is nowhere.
pub(crate) fn ensure_wasm_opt() -> anyhow::Result<Found> {
    let short = BINARYEN.split('.').next().unwrap_or(BINARYEN);
    let folder = cache::tool("wasm-opt", short)?;
    let bin = folder.join("bin");
    let cached = || bin.join("wasm-opt").is_file();
    if cached() {
        return Ok(Found::Cached(bin));
    }
    if process::on_path("wasm-opt").is_some_and(|program| has_version(&program, short)) {
        return Ok(Found::OnPath);
    }
    let _lock = cache::lock()?;
    if !cached() {
        cache::appear(&folder, |partial| {
            let mut install = process::command("npm");
            install.args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefix"]);
            install.arg(partial).arg(format!("binaryen@{BINARYEN}"));
            process::quietly(&format!("Downloading wasm-opt {short} (some seconds)"), &mut install)?;
            let bin = partial.join("bin");
            fs::create_dir(&bin).with_context(|| format!("cannot create {}", bin.display()))?;
            symlink("../node_modules/binaryen/bin/wasm-opt", bin.join("wasm-opt")).context("cannot link wasm-opt")
        })?;
    }
    Ok(Found::Cached(bin))
}

/// Installs the browser tests' packages, when the lock file changed since the last time.
pub(crate) fn ensure_e2e_packages() -> anyhow::Result<()> {
    let folder = project::e2e();
    let lock =
        fs::read_to_string(folder.join("package-lock.json")).context("cannot read tests/e2e/package-lock.json")?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut install = process::command("npm");
    install.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder);
    process::quietly("Installing the browser tests' packages (some seconds)", &mut install)?;
    fs::write(&stamp, lock).context("cannot write into tests/e2e/node_modules")
}

/// `20` of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_node_s_major_version() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("node"), None);
    }
}
