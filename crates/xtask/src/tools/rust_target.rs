//! What the Rust toolchain in use may lack: the wasm target, and what lint runs.

use std::path::Path;

use anyhow::bail;

use crate::{process, trouble};

/// What browsers run.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Adds the target when it is missing.
pub(crate) fn ensure() -> anyhow::Result<()> {
    let sysroot = process::captured(process::command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).join("lib").is_dir() {
        return Ok(());
    }
    if process::on_path("rustup").is_none() {
        bail!(trouble::NO_WASM_TARGET);
    }
    process::quietly(
        "Adding the Rust target for wasm (some seconds)",
        process::command("rustup").args(["target", "add", WASM]),
    )
}

/// Adds rustfmt and clippy when they are missing, as a minimal installation of Rust has neither.
pub(crate) fn ensure_lint_components() -> anyhow::Result<()> {
    let missing: Vec<_> = [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")]
        .into_iter()
        .filter(|(program, _)| process::captured(process::command(program).arg("--version")).is_err())
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if process::on_path("rustup").is_none() {
        bail!("{} missing, and there is no rustup to add it: install it with your Rust", missing.join(" and "));
    }
    process::quietly(
        "Adding rustfmt and clippy (some seconds)",
        process::command("rustup").args(["component", "add"]).args(missing),
    )
}
