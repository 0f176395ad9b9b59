//! Tools that are Rust crates: taken ready-made by cargo-binstall where the user has it, compiled by `cargo install` otherwise.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::{Found, has_version};
use crate::{cache, process, say};

/// A program in a crate.
#[derive(Debug)]
pub(crate) struct CargoTool {
    pub(crate) krate: &'static str,
    pub(crate) program: &'static str,
    pub(crate) version: String,
    /// Whether another version on `PATH` does as well.
    pub(crate) any_version: bool,
    /// Whether the crate's own lock file is used.
    pub(crate) locked: bool,
    /// How long compiling it takes, in words.
    pub(crate) usually: &'static str,
}

impl CargoTool {
    /// Finds the tool, installing it first when it is nowhere.
    pub(crate) fn ensure(&self) -> anyhow::Result<Found> {
        let folder = cache::tool(self.krate, &self.version)?;
        let bin = folder.join("bin");
        let cached = || bin.join(self.program).is_file();
        if cached() {
            return Ok(Found::Cached(bin));
        }
        if let Some(program) = process::on_path(self.program)
            && (self.any_version || has_version(&program, &self.version))
        {
            return Ok(Found::OnPath);
        }
        let _lock = cache::lock()?;
        // Another clone may have installed it while we waited.
        if !cached() {
            cache::appear(&folder, |partial| self.install(partial))?;
        }
        Ok(Found::Cached(bin))
    }

    fn install(&self, into: &Path) -> anyhow::Result<()> {
        let name = format!("{} {}", self.krate, self.version);
        if process::on_path("cargo-binstall").is_some() {
            let taken = process::quietly(&format!("Downloading {name} (some seconds)"), &mut self.binstall(into)?);
            match taken {
                Ok(()) if into.join("bin").join(self.program).is_file() => return Ok(()),
                _ => say::note("cargo-binstall found nothing ready-made; compiling instead."),
            }
        }
        let build = cache::root()?.join("build").join(self.krate);
        process::quietly(
            &format!("Compiling {name} (once for this user, usually {})", self.usually),
            &mut self.compile(into, &build)?,
        )?;
        // Kept until here, so that an interrupted installation goes on where it was.
        fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
    }

    fn binstall(&self, into: &Path) -> anyhow::Result<Command> {
        let mut command = outside_the_project()?;
        command.args([
            "binstall",
            "--no-confirm",
            "--disable-telemetry",
            "--disable-strategies",
            "compile",
            "--no-track",
        ]);
        command.arg("--install-path").arg(into.join("bin")).arg(format!("{}@{}", self.krate, self.version));
        Ok(command)
    }

    fn compile(&self, into: &Path, build: &Path) -> anyhow::Result<Command> {
        let mut command = outside_the_project()?;
        command.args(["install", self.krate, "--version", &self.version, "--no-track"]);
        if self.locked {
            command.arg("--locked");
        }
        command.arg("--root").arg(into).arg("--target-dir").arg(build);
        // A tool that runs for seconds need not be compiled for minutes.
        for (setting, value) in [("LTO", "off"), ("CODEGEN_UNITS", "16"), ("OPT_LEVEL", "1"), ("DEBUG", "0")] {
            command.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
        }
        Ok(command)
    }
}

/// A cargo that does not see the project's own configuration.
fn outside_the_project() -> anyhow::Result<Command> {
    let mut command = process::cargo();
    command
        .current_dir(cache::root()?)
        .env_remove("RUSTC_BOOTSTRAP")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR");
    Ok(command)
}
