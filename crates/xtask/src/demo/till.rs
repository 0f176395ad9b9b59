//! The till the demo begins with: a PixelPoint, connected as its manager would connect it, from HubRise's back office and
//! in the console, by the same calls the pages make; and the orders that keep coming.

use std::time::{Duration, Instant};

use anyhow::bail;
use serde_json::{Value, json};

use crate::bench::connect;
use crate::interrupt;
use crate::rig::arrival;
use crate::rig::person::Person;
use crate::rig::sandbox::Sandbox;
use crate::say::Step;
use crate::services::Addresses;

/// The vendor that bridges orders.
const VENDOR: &str = "pixelpoint-bridge";
/// The manager, account and location, as the sandbox seeds them.
pub(super) const MANAGER: (&str, &str) = ("Kate Miller", "kate@harbor-grill.example");
/// The account.
const ACCOUNT: &str = "6h4rb";
/// Its one location.
const LOCATION: &str = "6h4rb-1";
/// The API token of the sandbox's first PixelPoint store: the example of HubRise's documentation.
const API_TOKEN: &str = "YT6eR2-CEED65AD33823A5B";
/// Seconds between two orders.
const EVERY: u32 = 15;
/// How long the console may take to tell HubRise where to call.
const REGISTERED_LIMIT: Duration = Duration::from_secs(30);

/// Connects the till, configures it and lets the orders come.
pub(super) fn open(at: &Addresses) -> anyhow::Result<()> {
    let step = Step::start("Connecting a PixelPoint till, and letting orders come");
    let mut sandbox = Sandbox::new(at.sandbox_port);
    let manager = Person::sign_in(at, VENDOR, MANAGER.1)?;
    let connection = arrival::connect(&manager, &mut sandbox, VENDOR, json!({ "email": MANAGER.1 }))?;
    // The restaurant's back office shows it, too.
    connect::aside(at, (VENDOR, "pixelpoint"), "manager", MANAGER.1)?;
    configure(&manager, &connection)?;
    until_registered(&mut sandbox)?;
    sandbox.post("orders/trickle", &json!({ "location": LOCATION, "every_seconds": EVERY }))?;
    step.done();
    Ok(())
}

/// Gives the till its API token; whatever else was chosen in a demo that was kept stays.
fn configure(manager: &Person, connection: &str) -> anyhow::Result<()> {
    let path = format!("/connections/{connection}/till_settings");
    let settings = manager.get(&path)?;
    manager.change("PUT", &path, &change(&settings)).map(drop)
}

fn change(settings: &Value) -> Value {
    json!({ "api_token": API_TOKEN, "choices": settings["choices"], "version": settings["version"] })
}

/// Waits until HubRise knows where to call, so that not even the first order has to be fetched.
fn until_registered(sandbox: &mut Sandbox) -> anyhow::Result<()> {
    let started = Instant::now();
    while !is_registered(&sandbox.get("connections")?) {
        if started.elapsed() > REGISTERED_LIMIT {
            bail!("the console did not tell HubRise where to call within {} s", REGISTERED_LIMIT.as_secs());
        }
        interrupt::pause(Duration::from_millis(50))?;
    }
    Ok(())
}

fn is_registered(connections: &Value) -> bool {
    let mut all = connections.as_array().into_iter().flatten();
    all.any(|one| one["location_id"] == LOCATION && one["status"] == "active" && one["callback"]["url"].is_string())
}

/// Where to look, for the demo's table.
pub(super) fn told(at: &Addresses) -> String {
    let (console, sandbox, offices) = (at.console(), at.sandbox(), at.offices());
    let (name, email) = MANAGER;
    format!(
        "\n  A PixelPoint till is connected at Harbor Grill, and gets an order every {EVERY} s. In HubRise's menu:\n    \
         {offices}/{VENDOR}/operations\n  \
         Without it:\n    \
         {sandbox}/accounts/{ACCOUNT}/connections   sign in as {name},\n    \
         {email}, then Open; the console shows the till and its operations at\n    \
         {console}/{VENDOR}/pixelpoint/operations\n  \
         More orders, and odd ones    {sandbox}/_sandbox/orders/page\n  \
         The kitchen, and its faults  {sandbox}/_sandbox/pixelpoint\n  \
         The till's API token         {API_TOKEN}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_stays_and_the_version_is_handed_back() {
        let settings =
            json!({ "api_token_tail": "33A5B", "choices": { "debug": true }, "version": 3, "changed_by": "" });
        let change = change(&settings);
        assert_eq!(change, json!({ "api_token": API_TOKEN, "choices": { "debug": true }, "version": 3 }));
    }

    #[test]
    fn only_the_tills_own_living_connection_counts_as_registered() {
        let one = |location: &str, status: &str, url: Value| {
            let callback = json!({ "url": url, "events": {} });
            json!([{ "location_id": location, "status": status, "callback": callback }])
        };
        assert!(is_registered(&one(LOCATION, "active", json!("http://127.0.0.1:1/callbacks"))));
        assert!(!is_registered(&one(LOCATION, "active", Value::Null)));
        assert!(!is_registered(&one(LOCATION, "revoked", json!("http://127.0.0.1:1/callbacks"))));
        assert!(!is_registered(&one("3r4s3-1", "active", json!("http://127.0.0.1:1/callbacks"))));
        assert!(!is_registered(&json!([{ "location_id": LOCATION, "status": "active", "callback": null }])));
    }
}
