//! Profiles good and bad, as texts: what is read, and that every fault is told at once with its place.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod faults;
mod sound;

/// A sound profile, one key a line.
pub(crate) const GOOD: &str = r##"
name = "Bella Till"
brand = "#0b4f3c"
country = "FR"
languages = ["fr", "en"]
connects = "self"
menu_path = []

[promise]
en = "Receive your orders."
fr = "Recevez vos commandes."

[ending]
label = { en = "Disconnect", fr = "Déconnecter" }
title = { en = "Disconnect Bella?", fr = "Déconnecter Bella ?" }
confirm = { en = "Yes, stop", fr = "Oui" }

[overview]
what = { en = "A till.", fr = "Une caisse." }
flows = [{ what = { en = "Orders", fr = "Commandes" }, direction = "to_till" }]
category = { en = "Tills", fr = "Caisses" }
availability = { en = "France", fr = "France" }
price = { en = "Free", fr = "Gratuit" }

[support]
email = "help@bella.example"
role = "Manager"
users = ["@bella.example"]

[[tills]]
id = "till"
name = { en = "Till", fr = "Caisse" }
scope = "location[orders.write]"
"##;
