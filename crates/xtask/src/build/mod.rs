//! One binary with the app inside: Trunk bundles, Node compresses, cargo compiles the server around it.

pub(crate) mod entries;
mod precompress;
mod sheet;
mod stamp;

use crate::say::Step;
use crate::tools::Toolbox;
use crate::{cache, process, project, setup};

/// Installs the tools, builds the app, then the server and the sandbox in release.
pub(crate) fn run() -> anyhow::Result<()> {
    let toolbox = setup::run()?;
    app(&toolbox)?;
    servers()
}

/// [`run`], or with `--no-build` a check that there is something to start.
pub(crate) fn run_unless(skipped: bool) -> anyhow::Result<()> {
    if !skipped {
        return run();
    }
    for name in ["passerelle", "passerelle-sandbox"] {
        let binary = project::release_binary(name);
        anyhow::ensure!(binary.is_file(), "{} is not built yet; leave `--no-build` out", project::shown(&binary));
    }
    Ok(())
}

/// Builds `dist`, unless it is what the sources give already.
pub(crate) fn app(toolbox: &Toolbox) -> anyhow::Result<()> {
    // Two Trunks at once would sweep each other's files away.
    let lock = project::scratch()?.join("build.lock");
    let _lock = cache::lock_file(&lock, "Another build of this clone is running; waiting for it.")?;
    let inputs = stamp::inputs()?;
    if stamp::is_current(&inputs)? {
        Step::start("The app is built already").done();
        return Ok(());
    }
    let all = project::scratch()?.join("dist");
    entries::bundle(toolbox, &all)?;
    precompress::run(&all)?;
    entries::replace(&all, &project::dist())?;
    stamp::write(&inputs)
}

fn servers() -> anyhow::Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "--package", "passerelle-server", "--package", "passerelle-sandbox"]);
    process::quietly("Building the server and the sandbox (usually 2 to 4 minutes the first time)", &mut cargo)
}
