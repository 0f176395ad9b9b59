//! The app with live reload: Trunk serves one of its entry pages and hands what is the server's to one beside, which
//! talks to a sandbox. Both are compiled without optimisation, as a contributor changes them too.

use std::fs;
use std::path::{Path, PathBuf};

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
    for port in [at.console_port, at.sandbox_port, at.pixelpoint_port, at.offices_port, app_port] {
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
    trunk.arg("--config").arg(write_settings(&at.console())?);
    // Whatever the entry, its page is the one every address gets here.
    trunk.args(["--html-output", "index.html"]).arg(entry.write_page()?);
    // Not `dist`, which is the release build's.
    trunk.arg("--dist").arg(project::target().join("dev-dist"));
    let (succeeded, _) = process::streamed(toolbox.equip(&mut trunk)?)?;
    anyhow::ensure!(succeeded, "Trunk stopped");
    Ok(())
}

/// What goes to the server whatever page Trunk serves: its API, what HubRise calls, and links to cases.
const SERVERS: [&str; 3] = ["api", "callbacks", "shared"];

/// Trunk's settings with where it hands on what is the server's: its command line takes one such place, its file several.
/// Beside its own, as paths in it are meant from where it stands.
fn write_settings(console: &str) -> anyhow::Result<PathBuf> {
    let root = project::root();
    let (own, made) = (root.join("Trunk.toml"), root.join("Trunk.dev.toml"));
    let settings = fs::read_to_string(&own).with_context(|| format!("cannot read {}", own.display()))?;
    fs::write(&made, settings_with(&settings, console)).with_context(|| format!("cannot write {}", made.display()))?;
    Ok(made)
}

fn settings_with(settings: &str, console: &str) -> String {
    let proxy = |place: &&str| format!("\n[[proxy]]\nbackend = \"{console}/{place}/\"\nno_system_proxy = true\n");
    format!(
        "# Made by `cargo xtask dev` from Trunk.toml.\n\n{settings}{}",
        SERVERS.iter().map(proxy).collect::<String>()
    )
}

fn debug_binary(name: &str) -> std::path::PathBuf {
    project::target().join("debug").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_addresses_are_handed_to_it() {
        let made = settings_with("[serve]\nport = 8090\n", "http://127.0.0.1:8080");
        assert!(made.contains("[serve]\nport = 8090\n"), "{made}");
        for place in ["api", "callbacks", "shared"] {
            let backend =
                format!("\n[[proxy]]\nbackend = \"http://127.0.0.1:8080/{place}/\"\nno_system_proxy = true\n");
            assert!(made.contains(&backend), "{place}: {made}");
        }
    }
}
