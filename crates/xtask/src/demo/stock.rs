//! The till whose stock the demo shows: a Carré POS, connected as its support would connect it, with a key and with its
//! settings ticked as its documentation says, that goes on selling by itself.

use serde_json::json;

use crate::bench::connect::{self, text};
use crate::rig::arrival;
use crate::rig::person::Person;
use crate::rig::sandbox::Sandbox;
use crate::say::Step;
use crate::services::Addresses;

/// The vendor that sends its tills' stock.
const VENDOR: &str = "carre-pos";
/// Its support, who connects.
const SUPPORT: &str = "hubrise@carrepos.fr";
/// Bella Pizza, whose catalog the till's products are of, and its one location.
const ACCOUNT: &str = "3r4s3";
/// Between two things that happen at the till, in milliseconds.
const EVERY_MS: u64 = 4_000;

/// Connects the till, gives it a key, ticks its settings and lets it sell.
pub(super) fn open(at: &Addresses) -> anyhow::Result<()> {
    let step = Step::start("Connecting a Carré POS till, and letting it sell");
    let mut sandbox = Sandbox::new(at.sandbox_port);
    sandbox.post(&format!("accounts/{ACCOUNT}/users"), &json!({ "email": SUPPORT, "role": "Manager" }))?;
    let support = Person::sign_in(at, VENDOR, SUPPORT)?;
    let connection = arrival::connect(&support, &mut sandbox, VENDOR, json!({ "email": SUPPORT }))?;
    // The restaurant's back office shows it, too.
    connect::aside(at, (VENDOR, "caisse"), "support", SUPPORT)?;
    let made = support.change("POST", &format!("/connections/{connection}/pos_keys"), &json!({ "label": "Demo" }))?;
    for (control, change) in [
        ("console", json!({ "key": text(&made, "secret")? })),
        ("user", json!({ "admin": true })),
        ("settings", json!({ "web_post": true, "enabled": true, "order_events": true })),
        ("restart", json!({})),
        ("shift", json!({ "every_ms": EVERY_MS })),
    ] {
        sandbox.post(&format!("carre-pos/{control}"), &change)?;
    }
    step.done();
    Ok(())
}

/// Where to look, for the demo's table.
pub(super) fn told(at: &Addresses) -> String {
    let (console, sandbox, offices) = (at.console(), at.sandbox(), at.offices());
    format!(
        "\n  A Carré POS till is connected at Bella Pizza, and sells something every {} s. Its stock:\n    \
         {offices}/{VENDOR}/hubrise/stocks\n  \
         or signed in as its support, {SUPPORT}:\n    \
         {console}/{VENDOR}/desk   then Bella Pizza, and Stock\n  \
         The till: sell, deactivate, cut its network   {sandbox}/_sandbox/carre-pos\n",
        EVERY_MS / 1_000,
    )
}
