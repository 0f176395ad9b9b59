//! The newcomer's command: everything installed, built and running, a till that gets orders, and a short table of where
//! to look.

mod stock;
mod till;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::args::Args;
use crate::services::{self, Addresses, Pair, TILL_KEY};
use crate::{build, interrupt, project, say};

/// The console's port unless `--port-base` says otherwise; the sandbox's are the next three.
pub(crate) const PORT_BASE: u16 = 8080;

/// The managers the sandbox knows: name, e-mail, what they find.
const MANAGERS: &[(&str, &str, &str)] = &[
    ("Nina Costa", "nina@bella-pizza.example", "one location: the shortest way"),
    ("Marc Dubois", "marc@dubois-restos.example", "3 locations, several catalogs and customer lists"),
    ("Inès Laurent", "ines@grande-chaine.example", "200 locations"),
    ("Paul Roux", "paul@suspendu.example", "an account that HubRise suspended"),
    ("Léa Petit", "lea@petit-nouveau.example", "a location without catalog and customer list"),
    (till::MANAGER.0, till::MANAGER.1, "a PixelPoint till, connected already"),
];

/// The vendors: name, slug, their support's e-mail, and what to know before connecting.
const VENDORS: &[(&str, &str, &str, &str)] = &[
    ("POS HELPER", "pos-helper", "support@poshelper.fr", ""),
    ("Carré POS", "carre-pos", "hubrise@carrepos.fr", "   connected by its support"),
    ("SOMM'IT", "somm-it", "contact@somm-it.com", ""),
    ("PixelPoint Bridge", "pixelpoint-bridge", "contact@hubrise.com", "   from HubRise's CONNECTIONS"),
];

/// The vendors' back offices, which show the console in their pages: vendor, where its menu has it, and the path there.
const OFFICES: &[(&str, &str, &str)] = &[
    ("Carré POS", "HubRise > Configuration", "carre-pos/hubrise/configuration"),
    ("POS HELPER", "Ventes > HUBRISE INTEGRATION", "pos-helper/ventes/hubrise-integration"),
    ("SOMM'IT", "Paramètres > DONNÉES > Caisse enregistreuse", "somm-it/parametres/donnees/caisse-enregistreuse"),
    ("PixelPoint Bridge", "HubRise's CONNEXIONS > OUVRIR", "pixelpoint-bridge/connexions"),
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
    till::open(&at)?;
    stock::open(&at)?;
    print!("{}", table(&at, keep, &say::time(started.elapsed())));

    loop {
        interrupt::pause(Duration::from_millis(200)).inspect_err(|_| println!("\nStopping…"))?;
        pair.check()?;
    }
}

/// Before building too, so that nobody waits minutes to hear it.
fn check_ports(at: &Addresses) -> anyhow::Result<()> {
    for port in [at.console_port, at.sandbox_port, at.pixelpoint_port, at.offices_port] {
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
         PixelPoint        {eoi}\n  \
         Data and logs     {data}   {kept}\n",
        console = at.console(),
        sandbox = at.sandbox(),
        eoi = at.eoi(),
    );
    text.push_str(&offices(at));
    text.push_str("\n  Vendors, the console by itself:\n");
    for (name, slug, _, remark) in VENDORS {
        text.push_str(&format!("    {name:<19}{}/{slug}{remark}\n", at.console()));
    }
    text.push_str(&format!("  SOMM'IT's till Zelty asks for a key: {TILL_KEY}\n"));
    text.push_str("\n  Who can sign in at the sandbox, without a password, as a manager:\n");
    for (name, email, finds) in MANAGERS {
        text.push_str(&format!("    {name:<19}{email:<29}{finds}\n"));
    }
    text.push_str("  as a vendor's support, once a manager gives access (an account's SETTINGS, Permissions):\n");
    for (name, slug, email, _) in VENDORS {
        text.push_str(&format!("    {name:<19}{email:<29}{}/{slug}/desk\n", at.console()));
    }
    text.push_str(&till::told(at));
    text.push_str(&stock::told(at));
    text.push_str("\nCtrl-C stops both.\n");
    text
}

/// The vendors' back offices, each with the way through its menu.
fn offices(at: &Addresses) -> String {
    let offices = at.offices();
    let mut text = format!(
        "\n  Back offices      {offices}   the best way to see the product: the console inside\n                    \
         each vendor's own, its users signed in; `?lang=en` for English\n"
    );
    for (name, way, path) in OFFICES {
        text.push_str(&format!("    {name:<19}{way}\n                       {offices}/{path}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn the_table_names_the_addresses_the_vendors_the_people_and_the_data() {
        let table = table(&Addresses::from_base(9000).unwrap(), false, "12 s");
        for told in [
            "http://127.0.0.1:9000",
            "http://127.0.0.1:9001",
            "/oauth2/v1",
            "nina@bella-pizza.example",
            "http://127.0.0.1:9000/carre-pos   connected by its support",
            "hubrise@carrepos.fr          http://127.0.0.1:9000/carre-pos/desk",
            "Zelty asks for a key: CAVE-2026",
            "from HubRise's CONNECTIONS",
            "http://127.0.0.1:9002/api/v1/eoi",
            "http://127.0.0.1:9001/accounts/6h4rb/connections",
            "YT6eR2-CEED65AD33823A5B",
            "http://127.0.0.1:9001/_sandbox/carre-pos",
            "Back offices      http://localhost:9003   the best way",
            "http://localhost:9003/carre-pos/hubrise/configuration",
            "Ventes > HUBRISE INTEGRATION\n                       http://localhost:9003/pos-helper/ventes/hubrise-integration",
            "http://localhost:9003/somm-it/parametres/donnees/caisse-enregistreuse",
            "http://localhost:9003/pixelpoint-bridge/connexions",
            "demo",
            "--keep",
            "12 s",
        ] {
            assert!(table.contains(told), "`{told}` is missing from:\n{table}");
        }
        assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    }
}
