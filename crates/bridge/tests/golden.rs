//! Golden cases: an order and its settings, the request it becomes, and all that is told of it.
//!
//! `PASSERELLE_TEST_ACCEPT=1 cargo nextest run -p passerelle-bridge --test golden` writes `request.xml` and `notes.json`
//! anew. Read the difference before you commit it: it is what every kitchen will see.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod proof;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use passerelle_bridge::{Became, Configuration, Deals, Discounts, Fate, Note, Origin, translate};
use passerelle_hubrise::order::Order;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `settings.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    now: String,
    zone: Option<String>,
    aggregate_prices: bool,
    refs_as_combo_ids: bool,
    default_ref: Option<String>,
    refs_by_name: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            now: "2026-11-22T18:00:00Z".to_owned(),
            zone: None,
            aggregate_prices: false,
            refs_as_combo_ids: false,
            default_ref: None,
            refs_by_name: BTreeMap::new(),
        }
    }
}

impl Settings {
    fn configuration(self) -> Configuration {
        Configuration {
            deals: Deals { aggregate_prices: self.aggregate_prices, refs_as_combo_ids: self.refs_as_combo_ids },
            discounts: Discounts { default_ref: self.default_ref, by_name: self.refs_by_name },
            zone: self.zone.map(|zone| TimeZone::get(&zone).unwrap()),
        }
    }
}

/// `notes.json`.
#[derive(Serialize)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    not_sent: Option<String>,
    notes: Vec<Note>,
    fates: Vec<String>,
    origins: Vec<String>,
}

fn told_fate(fate: &Fate) -> String {
    let reason = |reason| serde_json::to_value(reason).unwrap().as_str().unwrap().to_owned();
    let became = match &fate.became {
        Became::Sent { node } => format!("sent as {node}"),
        Became::Merged { into } => format!("merged into {into}"),
        Became::Skipped { reason: why } => format!("skipped: {}", reason(why)),
        Became::Ignored { reason: why } => format!("ignored: {}", reason(why)),
    };
    format!("{}: {became}", fate.part)
}

fn told_origin(origin: &Origin) -> String {
    format!("{} <- {}", origin.node, origin.from.join(", "))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// What a case brings: the request, where there is one, and what is told.
fn outcome(case: &Path) -> (Option<String>, String) {
    let json: Value = serde_json::from_str(&fs::read_to_string(case.join("order.json")).unwrap()).unwrap();
    let settings: Settings = toml::from_str(&fs::read_to_string(case.join("settings.toml")).unwrap()).unwrap();
    let now: Timestamp = settings.now.parse().unwrap();
    let order = Order::read(&json).unwrap();
    let configuration = settings.configuration();
    let translated = translate(&order, &configuration, now);
    assert_eq!(translated, translate(&order, &configuration, now), "the second time differs");
    let (request, told) = match translated {
        Ok(translation) => {
            proof::holds(&json, &translation);
            let told = Told {
                not_sent: None,
                notes: translation.notes.clone(),
                fates: translation.fates.iter().map(told_fate).collect(),
                origins: translation.origins.iter().map(|origin| told_origin(&origin)).collect(),
            };
            (Some(proof::request(&translation)), told)
        }
        Err(untranslatable) => {
            let told = Told {
                not_sent: Some(untranslatable.to_string()),
                fates: untranslatable.fates.iter().map(told_fate).collect(),
                notes: untranslatable.notes,
                origins: Vec::new(),
            };
            (None, told)
        }
    };
    (request, serde_json::to_string_pretty(&told).unwrap() + "\n")
}

/// The difference between a file and what should be in it, in words; writes the file where that is asked for.
fn differs(path: &Path, expect: Option<&str>) -> Option<String> {
    let found = fs::read_to_string(path).ok();
    if found.as_deref() == expect {
        return None;
    }
    if std::env::var_os("PASSERELLE_TEST_ACCEPT").is_some() {
        match expect {
            Some(text) => fs::write(path, text).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        return None;
    }
    let (found, expect) = (found.unwrap_or_default(), expect.unwrap_or_default());
    let line = found.lines().zip(expect.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| found.lines().count().min(expect.lines().count()));
    Some(format!(
        "{}:{}: holds `{}`, should hold `{}`",
        path.display(),
        line + 1,
        found.lines().nth(line).unwrap_or_default(),
        expect.lines().nth(line).unwrap_or_default()
    ))
}

#[test]
fn every_case_becomes_what_it_is_known_to_become() {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 40, "there are but {} cases", cases.len());
    let mut faults = Vec::new();
    for case in &cases {
        let (request, told) = outcome(case);
        faults.extend(differs(&case.join("request.xml"), request.as_deref()));
        faults.extend(differs(&case.join("notes.json"), Some(&told)));
    }
    assert!(faults.is_empty(), "{}\nread them, then accept them with PASSERELLE_TEST_ACCEPT=1", faults.join("\n"));
}
