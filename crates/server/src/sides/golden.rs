//! What the bridge's own tests hold true, read from their folder: orders, their requests, and what became of what.
#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use passerelle_bridge::{Became, Fate, Origin, Reason};
use passerelle_wire::Sides;
use serde_json::Value;

use super::model::Model;
use super::{Failure, Told, json, lay_out, xml};

fn golden_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../bridge/tests/golden")
}

/// What the bridge's own tests hold true: an order, its request, and what became of what.
pub(super) fn told(name: &str) -> Told {
    let text = |file: &str| fs::read_to_string(golden_folder().join(name).join(file)).unwrap_or_default();
    let noted: Value = serde_json::from_str(&text("notes.json")).unwrap();
    let lines = |key: &str| -> Vec<String> {
        let all = noted[key].as_array().into_iter().flatten();
        all.map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    Told {
        order: Some(text("order.json")),
        request: Some(text("request.xml")).filter(|request| !request.is_empty()),
        total: Some("31.00 EUR".to_owned()),
        was_sent: true,
        exact: true,
        origins: lines("origins").iter().map(|line| origin(line)).collect(),
        fates: lines("fates").iter().map(|line| fate(line)).collect(),
    }
}

pub(super) fn model(told: &Told) -> Model {
    let order = told.order.as_deref().map(|order| json::read(order).unwrap());
    let request = told.request.as_deref().map(|request| xml::read(request).unwrap());
    Model::of(order.as_ref(), request.as_ref(), told)
}

pub(super) fn golden(name: &str) -> (Model, Told) {
    let told = told(name);
    (model(&told), told)
}

/// As it is told to the app.
pub(super) fn shown(name: &str) -> Sides {
    lay_out(&told(name), &Failure::default(), &[])
}

pub(super) fn names() -> Vec<String> {
    let all = fs::read_dir(golden_folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    all.filter(|name| name != "texts_long").collect()
}

pub(super) fn origin(line: &str) -> Origin {
    let (node, from) = line.split_once(" <- ").unwrap();
    let from = from.split(", ").filter(|path| !path.is_empty()).map(str::to_owned).collect();
    Origin { node: node.to_owned(), from }
}

pub(super) fn fate(line: &str) -> Fate {
    let (part, rest) = line.split_once(": ").unwrap();
    let became = match rest.split_once(' ').unwrap() {
        ("sent", node) => Became::Sent { node: node.strip_prefix("as ").unwrap().to_owned() },
        ("merged", node) => Became::Merged { into: node.strip_prefix("into ").unwrap().to_owned() },
        ("skipped:", why) => Became::Skipped { reason: reason(why) },
        ("ignored:", why) => Became::Ignored { reason: reason(why) },
        other => panic!("{other:?}"),
    };
    Fate { part: part.to_owned(), became }
}

fn reason(word: &str) -> Reason {
    match word {
        "no_ref" => Reason::NoRef,
        "with_item" => Reason::WithItem,
        "unreadable" => Reason::Unreadable,
        "odd_shape" => Reason::OddShape,
        "deleted" => Reason::Deleted,
        "nothing" => Reason::Nothing,
        "no_items" => Reason::NoItems,
        "no_such_deal" => Reason::NoSuchDeal,
        "not_paid_online" => Reason::NotPaidOnline,
        "due_soon" => Reason::DueSoon,
        "not_supported" => Reason::NotSupported,
        "not_needed" => Reason::NotNeeded,
        other => panic!("{other}"),
    }
}
