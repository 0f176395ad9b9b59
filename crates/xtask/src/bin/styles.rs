//! Writes the app's scoped sheet before Trunk looks for it: Trunk's `pre_build` hook. How sheets are gathered and scoped is
//! written once, beside the app's build script.

#[expect(unreachable_pub, reason = "shared with the app's build script, which cannot say `pub(crate)` for us")]
#[path = "../../../../build/styles.rs"]
mod styles;

use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    // What `cargo run` says now, before what was true when this was compiled: two clones may share one target folder.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    styles::write(&here.join("../..")).map_err(anyhow::Error::msg)
}
