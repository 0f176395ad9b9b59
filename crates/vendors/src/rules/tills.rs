//! The rules of a vendor's tills.

use std::collections::BTreeMap;

use crate::logo::Logo;
use crate::profile::Till;
use crate::reader::{Found, Reader};
use crate::source::Source;

use super::words::{checked, held, line, localized, paragraph};
use super::{LOGO, LONGEST_ID, SLUG, is_slug};

/// Words that follow a vendor's slug in the site's own addresses, where a till's id would stand.
const RESERVED_IDS: [&str; 6] = ["account", "api", "choose", "desk", "hubrise", "oauth"];

pub(super) fn tills(source: &mut Source<'_>, found: Found<Vec<Reader<'_, '_>>>) -> Option<Vec<Till>> {
    if found.value.is_empty() {
        source.fault(found.at, &found.key, "at least one till is needed");
        return None;
    }
    let mut ids = BTreeMap::new();
    let tills: Vec<Option<Till>> = found.value.into_iter().map(|table| till(source, table, &mut ids)).collect();
    tills.into_iter().collect()
}

/// `ids` holds the ids so far, with the key of each.
fn till(source: &mut Source<'_>, mut table: Reader<'_, '_>, ids: &mut BTreeMap<String, String>) -> Option<Till> {
    let id = table.text(source, "id").and_then(|found| id(source, found, ids));
    let name = table.table(source, "name").and_then(|name| localized(source, name, line));
    let scope = table.text(source, "scope").and_then(|found| scope(source, found));
    let device_id = table.optional_text(source, "device_id").map(|found| {
        checked(source, found, is_device_id, "a device id is letters, digits and `_-()[]{}.`, at most 64")
    });
    let logo = table.optional_text(source, "logo").map(|found| logo(source, found));
    let disabled = match table.optional_table(source, "disabled") {
        Some(Some(reason)) => localized(source, reason, paragraph).map(Some),
        other => other.map(|_| None),
    };
    let asks_key = table.flag(source, "asks_key");
    table.end(source);
    Some(Till {
        id: id?,
        name: name?,
        scope: scope?,
        device_id: held(device_id)?,
        logo: held(logo)?,
        disabled: disabled?,
        asks_key: asks_key?,
    })
}

fn id(source: &mut Source<'_>, found: Found<String>, ids: &mut BTreeMap<String, String>) -> Option<String> {
    if let Some(first) = ids.get(&found.value) {
        source.fault(found.at, &found.key, format!("`{}` is the id of `{first}` already", found.value));
        return None;
    }
    ids.insert(found.value.clone(), found.key.clone());
    if RESERVED_IDS.contains(&found.value.as_str()) {
        let fault = format!("`{}` is taken: the site uses it for itself", found.value);
        source.fault(found.at, &found.key, fault);
        return None;
    }
    checked(source, found, is_slug, SLUG)
}

fn scope(source: &mut Source<'_>, found: Found<String>) -> Option<String> {
    let (at, key) = (found.at.clone(), found.key.clone());
    let scope = line(source, found)?;
    match source.scope(&scope) {
        Ok(()) => Some(scope),
        Err(fault) => {
            source.fault(at, &key, fault);
            None
        }
    }
}

/// The name of a file beside the profile, read.
fn logo(source: &mut Source<'_>, found: Found<String>) -> Option<Logo> {
    let plain = found.value.strip_suffix(".svg").is_some_and(is_slug) && found.value != LOGO;
    if !plain {
        let fault = "a till's logo is a file beside the profile: lower-case letters, digits, hyphens, then `.svg`";
        source.fault(found.at, &found.key, fault);
        None
    } else if !source.has(&found.value) {
        source.fault(found.at, &found.key, format!("there is no file `{}` beside the profile", found.value));
        None
    } else {
        source.logo(&found.value)
    }
}

/// HubRise's grammar of `device_id` (<https://www.hubrise.com/developers/api/authentication>, "Connection Reuse").
fn is_device_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-()[]{}.".contains(&byte);
    !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(allowed)
}
