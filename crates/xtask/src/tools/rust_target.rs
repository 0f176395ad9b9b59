//! The wasm target of the Rust toolchain in use.

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
