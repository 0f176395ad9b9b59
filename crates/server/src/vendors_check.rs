//! `passerelle vendors check`: what a folder of profiles holds, or everything that is wrong with it.
//!
//! Owns the words of that report. What makes a profile sound, the vendors' crate and HubRise's grammar of scopes say.

use std::fmt::Write as _;
use std::path::Path;

use passerelle_server::config::variable;
use passerelle_server::served::scope_rule;
use passerelle_vendors::{Connects, Profile, Registry};

/// A paragraph for each profile; or a line for each fault, and how many there are.
pub(crate) fn check(folder: &Path) -> Result<String, String> {
    match Registry::only(folder, scope_rule) {
        Ok(registry) => Ok(registry.iter().map(shown).collect()),
        Err(faults) => {
            let mut told: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
            let faults = if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) };
            // Writing to a String cannot fail.
            let _written = writeln!(told, "passerelle: {faults}");
            Err(told)
        }
    }
}

fn shown(profile: &Profile) -> String {
    let who = match profile.connects {
        Connects::SelfService => "by the merchant, in the console",
        Connects::Support => "by the vendor's support",
        Connects::Hubrise => "from HubRise's back office",
    };
    let mut shown = format!("{}: {}, connected {who}\n", profile.slug, profile.name);
    for till in &profile.tills {
        let key = if till.asks_key { ", asks for a key" } else { "" };
        let disabled = if till.disabled.is_some() { ", disabled" } else { "" };
        let _written = writeln!(shown, "  till {}: {}{key}{disabled}", till.id, till.scope);
    }
    let variable = |key: &str| variable(&format!("vendors.{}.{key}", profile.slug));
    let mut needed = vec![variable("client_id"), variable("client_secret")];
    if profile.tills.iter().any(|till| till.asks_key) {
        needed.push(variable("till_key"));
    }
    let _written = writeln!(shown, "  served once these are set: {}", needed.join(", "));
    shown
}
