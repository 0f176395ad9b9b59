//! The newcomer's command: everything installed, built and running, and a short table of where to look.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::args::Args;
use crate::services::{self, Addresses, Pair};
use crate::{build, interrupt, project, say};

/// The console's port unless `--port-base` says otherwise; the sandbox's is the next.
const PORT_BASE: u16 = 8080;

/// Who the sandbox knows: name, e-mail, what they find.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("Nina Costa", "nina@bella-pizza.example", "one location: the shortest way"),
    ("Marc Dubois", "marc@dubois-restos.example", "3 locations, several catalogs and customer lists"),
    ("Inès Laurent", "ines@grande-chaine.example", "200 locations"),
    ("Paul Roux", "paul@suspendu.example", "an account that HubRise suspended"),
];

pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let keep = args.flag("--keep");
    let no_build = args.flag("--no-build");
    let at = Addresses::from_base(args.option("--port-base")?.unwrap_or(PORT_BASE))?;
    args.done()?;
    let started = Instant::now();
    check_ports(&at)?;

    build::run_unless(no_build)?;

    let data = data_folder(keep)?;
    check_ports(&at)?;
    let mut console = services::console(&project::release_binary("passerelle"), &at, &data);
    let mut sandbox = services::sandbox(&project::release_binary("passerelle-sandbox"), &at);
    let mut pair = Pair::start(&mut console, &mut sandbox, &at, &data)?;
    print!("{}", table(&at, keep, &say::time(started.elapsed())));

    loop {
        interrupt::pause(Duration::from_millis(200)).inspect_err(|_| println!("\nStopping…"))?;
        pair.check()?;
    }
}

/// Before building too, so that nobody waits minutes to hear it.
fn check_ports(at: &Addresses) -> anyhow::Result<()> {
    for port in [at.console_port, at.sandbox_port] {
        services::check_free(port, "stop that program, or choose other ports: `cargo xtask demo --port-base 9080`")?;
    }
    Ok(())
}

fn data_folder(keep: bool) -> anyhow::Result<PathBuf> {
    let data = project::target().join("demo");
    if !keep && data.exists() {
        fs::remove_dir_all(&data).with_context(|| format!("cannot empty {}", data.display()))?;
    }
    fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    Ok(data)
}

fn table(at: &Addresses, keep: bool, time: &str) -> String {
    let data = project::shown(&project::target().join("demo"));
    let kept = if keep { "kept from run to run" } else { "fresh each time; `--keep` keeps it" };
    let mut text = format!(
        "\nReady in {time}.\n\n  Console           {console}\n  HubRise sandbox   {sandbox}   bases /oauth2/v1 and /v1\n  \
         Data and logs     {data}   {kept}\n\n  Who can sign in at the sandbox, without a password:\n",
        console = at.console(),
        sandbox = at.sandbox(),
    );
    for (name, email, finds) in PEOPLE {
        text.push_str(&format!("    {name:<14}{email:<29}{finds}\n"));
    }
    text.push_str("\nCtrl-C stops both.\n");
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn the_table_names_both_addresses_the_people_and_the_data() {
        let table = table(&Addresses::from_base(9000).unwrap(), false, "12 s");
        for told in [
            "http://127.0.0.1:9000",
            "http://127.0.0.1:9001",
            "/oauth2/v1",
            "nina@bella-pizza.example",
            "demo",
            "--keep",
            "12 s",
        ] {
            assert!(table.contains(told), "`{told}` is missing from:\n{table}");
        }
        assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    }
}
