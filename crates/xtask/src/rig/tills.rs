//! Connected PixelPoint tills: each at a location of the sandbox's chain, with a store and a token of its own. Connected
//! as a manager does it from HubRise's back office.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::person::Person;
use super::sandbox::Sandbox;
use super::{Rig, arrival, hubrise};
use crate::bench::connect::text;
use crate::interrupt;
use crate::say::Step;

/// The vendor that bridges orders.
pub(crate) const VENDOR: &str = "pixelpoint-bridge";
/// Who may act for the chain, as the sandbox seeds it.
const MANAGER: &str = "ines@grande-chaine.example";
/// The chain's account, catalog and customer list, as the sandbox seeds them; its locations are `9x2gc-1` to `9x2gc-200`.
const ACCOUNT: &str = "9x2gc";
const CATALOG: &str = "g1nat";
const CUSTOMER_LIST: &str = "g2web";
/// How long HubRise may take to be told where to call.
const REGISTERED_LIMIT: Duration = Duration::from_secs(120);

/// A till.
#[derive(Clone, Debug)]
pub(crate) struct Till {
    /// The console's id of the connection.
    pub(crate) connection: String,
    /// HubRise's id of the location.
    pub(crate) location: String,
    /// HubRise's id of the installation.
    pub(crate) app_instance: String,
    /// The store's token at PixelPoint.
    pub(crate) token: String,
}

impl Till {
    /// An event about an order of this till, as HubRise tells it.
    pub(crate) fn event(&self, id: &str, kind: &str, order: &Value) -> Value {
        hubrise::event(id, kind, order, (ACCOUNT, &self.location, &self.app_instance))
    }
}

/// Connects so many tills for one manager, and waits until HubRise knows where to call for each.
pub(crate) fn connect(rig: &Rig, sandbox: &mut Sandbox, count: usize) -> anyhow::Result<(Person, Vec<Till>)> {
    let mut step = Step::start(format!("Connecting {count} tills"));
    let person = Person::sign_in(&rig.at, VENDOR, MANAGER)?;
    let mut tills = Vec::new();
    for number in 1..=count {
        interrupt::check()?;
        step.progress(&format!("{number}"));
        let location = format!("{ACCOUNT}-{number}");
        let token = format!("YT6eR2-RIG{number:013}");
        sandbox.store(&token, &location)?;
        let picked =
            json!({ "email": MANAGER, "location": location, "catalog": CATALOG, "customer_list": CUSTOMER_LIST });
        let connection = arrival::connect(&person, sandbox, VENDOR, picked)?;
        let settings = json!({ "api_token": token, "choices": {}, "version": 0 });
        person.change("PUT", &format!("/connections/{connection}/till_settings"), &settings)?;
        tills.push(Till { connection, location, app_instance: String::new(), token });
    }
    registered(sandbox, &mut tills)?;
    step.done();
    Ok((person, tills))
}

/// Waits until every connection has its callback, and learns the installations' ids.
fn registered(sandbox: &mut Sandbox, tills: &mut [Till]) -> anyhow::Result<()> {
    let started = Instant::now();
    loop {
        let connections = sandbox.get("connections")?;
        let connections = connections.as_array().context("the sandbox lists no connections")?;
        let mut missing = None;
        for till in tills.iter_mut() {
            let theirs = |one: &&Value| one["location_id"] == till.location.as_str() && one["status"] == "active";
            match connections.iter().find(theirs) {
                Some(one) if one["callback"]["url"].is_string() => till.app_instance = text(one, "app_instance_id")?,
                _ => missing = Some(till.location.clone()),
            }
        }
        let Some(location) = missing else { return Ok(()) };
        if started.elapsed() > REGISTERED_LIMIT {
            bail!("HubRise was not told where to call for `{location}` within {} s", REGISTERED_LIMIT.as_secs());
        }
        interrupt::pause(Duration::from_millis(200))?;
    }
}
