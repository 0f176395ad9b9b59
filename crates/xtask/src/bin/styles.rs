//! Writes the app's scoped sheet before Trunk looks for it: Trunk's `pre_build` hook. How sheets are gathered and scoped is
//! written once, beside the app's build script.

#[expect(unreachable_pub, reason = "shared with the app's build script, which cannot say `pub(crate)` for us")]
#[path = "../../../../build/styles.rs"]
mod styles;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    styles::write(&root).map_err(anyhow::Error::msg)
}
