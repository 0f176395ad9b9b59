//! The app with live reload: Trunk serves one of its entry pages and hands `/api` to a server beside, which talks to a
//! sandbox. Both are compiled without optimisation, as a contributor changes them too.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::args::Args;
use crate::build::entries::{ENTRIES, Entry};
use crate::services::{self, Addresses, Pair};
use crate::{process, project, say, service, setup};

/// The server's port unless `--port-base` says otherwise; the sandbox takes the next, Trunk the one ten further.
const PORT_BASE: u16 = 8080;

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let base: u16 = args.option("--port-base")?.unwrap_or(PORT_BASE);
    let entry: Option<String> = args.option("--entry")?;
    let entry: Entry = entry.as_deref().unwrap_or(ENTRIES[0].name).parse()?;
    args.done()?;
    let mut at = Addresses::from_base(base)?;
    let app_port = base.checked_add(10).context("`--port-base` must leave room for ten more ports")?;
    // The browser is on Trunk's port, so that is where HubRise must send it back to, and the origin the server expects.
    at.public_url = format!("http://127.0.0.1:{app_port}");
    for port in [at.console_port, at.sandbox_port, at.pixelpoint_port, app_port] {
        services::check_free(port, "stop that program, or choose other ports: `cargo xtask dev --port-base 9080`")?;
    }

    let toolbox = setup::run()?;
    // The server embeds this folder and must find one, even empty.
    fs::create_dir_all(project::dist()).context("cannot create dist")?;
    process::quietly(
        "Building the server and the sandbox, unoptimised",
        process::cargo().args(["build", "--package", "passerelle-server", "--package", "passerelle-sandbox"]),
    )?;
    let data = project::target().join("dev");
    fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    let mut console = services::console(&debug_binary("passerelle"), &at, &data);
    let mut sandbox = services::sandbox(&debug_binary("passerelle-sandbox"), &at);
    let _pair = Pair::start(&mut console, &mut sandbox, &at, &data)?;

    say::heading(&format!(
        "\nThe app is at {} once Trunk has built it; the sandbox at {}.\n",
        at.public_url,
        at.sandbox()
    ));
    let mut trunk = service::tethered(Path::new("trunk"));
    trunk.args(["serve", "--offline", "--skip-version-check", "--port", &app_port.to_string()]);
    // Whatever the entry, its page is the one every address gets here.
    trunk.args(["--html-output", "index.html"]).arg(entry.write_page()?);
    // Not `dist`, which is the release build's.
    trunk.arg("--dist").arg(project::target().join("dev-dist"));
    trunk.args(["--proxy-no-system-proxy", "--proxy-backend", &format!("{}/api/", at.console())]);
    let (succeeded, _) = process::streamed(toolbox.equip(&mut trunk)?)?;
    anyhow::ensure!(succeeded, "Trunk stopped");
    Ok(())
}

fn debug_binary(name: &str) -> std::path::PathBuf {
    project::target().join("debug").join(name)
}
