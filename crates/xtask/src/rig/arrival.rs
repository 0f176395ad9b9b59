//! A till connected as its manager connects it: **Connect** in HubRise's back office, **Allow**, and yes to the console's
//! question. What is then configured is the caller's.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::person::Person;
use super::sandbox::Sandbox;
use crate::bench::connect::text;

/// Connects a vendor's app with what `picked` says the manager picks on HubRise's pages (`email`, and `location`,
/// `catalog`, `customer_list` where there is a choice); the connection's id.
pub(crate) fn connect(
    manager: &Person,
    sandbox: &mut Sandbox,
    vendor: &str,
    mut picked: Value,
) -> anyhow::Result<String> {
    picked["client_id"] = json!(format!("{vendor}-sandbox"));
    let code = text(&sandbox.post("connect", &picked)?, "code")?;
    let question = manager.change("POST", "/arrivals", &json!({ "vendor": vendor, "code": code }))?;
    let attempt = text(&question, "attempt").context("POST /arrivals")?;
    let outcome = manager.change("POST", &format!("/attempts/{attempt}/confirm"), &json!({ "accept": true }))?;
    ensure!(outcome["kind"] == "connected", "the till was not connected: {outcome}");
    text(&outcome["connection"], "id")
}
