//! The tools of the build and the tests: which version of each, and finding it in the cache or on `PATH`, or installing it.
//! How each kind is installed is written in the files beside.

pub(crate) mod cargo_tool;
pub(crate) mod debian;
pub(crate) mod npm;
pub(crate) mod rust_target;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::{lockfile, process, project};
use cargo_tool::CargoTool;

/// Where the programs of a step lie, apart from `PATH`.
#[derive(Debug, Default)]
pub(crate) struct Toolbox {
    folders: Vec<PathBuf>,
}

impl Toolbox {
    /// Remembers the folder of a program; one on `PATH` needs none.
    pub(crate) fn add(&mut self, found: Found) {
        if let Found::Cached(folder) = found {
            self.folders.push(folder);
        }
    }

    /// Lets a command find the tools.
    pub(crate) fn equip<'a>(&self, command: &'a mut Command) -> anyhow::Result<&'a mut Command> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let joined = std::env::join_paths(self.folders.iter().cloned().chain(std::env::split_paths(&path)))
            .context("a tool's folder has a `:` in its name; set `PASSERELLE_CACHE` to another one")?;
        Ok(command.env("PATH", joined))
    }
}

/// Where a tool was found.
#[derive(Debug)]
pub(crate) enum Found {
    /// On `PATH`, in a version that will do.
    OnPath,
    /// In the cache: this folder holds its program.
    Cached(PathBuf),
}

/// Bundles the app: its own downloads are off, so the tools below must be there.
pub(crate) fn trunk() -> CargoTool {
    CargoTool {
        krate: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(),
        any_version: false,
        locked: true,
        usually: "5 to 10 minutes",
    }
}

/// Writes the glue between wasm and the browser; must be exactly the version of the library in `Cargo.lock`.
pub(crate) fn wasm_bindgen() -> anyhow::Result<CargoTool> {
    let path = project::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let version =
        lockfile::version(&lock, "wasm-bindgen").context("Cargo.lock names no single version of wasm-bindgen")?;
    Ok(CargoTool {
        krate: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: version.to_owned(),
        any_version: false,
        // Its own lock file may name crates that were withdrawn since.
        locked: false,
        usually: "3 to 5 minutes",
    })
}

/// Reads licences and sources of every dependency.
pub(crate) fn cargo_deny() -> CargoTool {
    CargoTool {
        krate: "cargo-deny",
        program: "cargo-deny",
        version: "0.20.2".to_owned(),
        any_version: false,
        locked: true,
        usually: "4 to 8 minutes",
    }
}

/// Runs the Rust tests. Whatever version the user has will do.
pub(crate) fn nextest() -> CargoTool {
    CargoTool {
        krate: "cargo-nextest",
        program: "cargo-nextest",
        version: "0.9.143".to_owned(),
        any_version: true,
        locked: true,
        usually: "5 to 10 minutes",
    }
}

/// The npm package binaryen whose wasm-opt shrinks the app; `Trunk.toml` names the same major version.
pub(crate) const BINARYEN: &str = "132.0.0";

/// Whether `--version` output names this version as a word of its own.
fn names_version(output: &str, version: &str) -> bool {
    output.split(|letter: char| letter.is_whitespace() || "(),".contains(letter)).any(|word| word == version)
}

/// Whether a program on `PATH` says it has this version.
fn has_version(program: &Path, version: &str) -> bool {
    process::captured(process::command(program).arg("--version")).is_ok_and(|told| names_version(&told, version))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_version_is_recognised_whole() {
        assert!(names_version("trunk 0.21.14\n", "0.21.14"));
        assert!(names_version("wasm-opt version 132 (version_132)", "version_132"));
        assert!(!names_version("trunk 0.21.140\n", "0.21.14"));
        assert!(!names_version("trunk 0.21.14-rc.1\n", "0.21.14"));
    }

    #[test]
    fn trunk_is_told_the_version_of_wasm_opt_that_is_installed() {
        let trunk = std::fs::read_to_string(project::root().join("Trunk.toml")).unwrap();
        let major = BINARYEN.split('.').next().unwrap();
        assert!(trunk.contains(&format!("wasm_opt = \"version_{major}\"")), "{trunk}");
    }
}
