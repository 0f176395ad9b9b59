//! The tools a build needs, found or installed. What only tests or lint need, they ask for themselves.

use crate::tools::{self, Toolbox, npm, rust_target};

/// Installs what is missing; returns where the tools are.
pub(crate) fn run() -> anyhow::Result<Toolbox> {
    // First what costs nothing to check, so that nobody waits ten minutes to hear that Node is missing.
    npm::check_node()?;
    rust_target::ensure()?;
    let mut toolbox = Toolbox::default();
    toolbox.add(npm::ensure_wasm_opt()?);
    toolbox.add(tools::wasm_bindgen()?.ensure()?);
    toolbox.add(tools::trunk().ensure()?);
    Ok(toolbox)
}
