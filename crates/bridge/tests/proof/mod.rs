//! What must hold of every translation, whatever the order: asked of each golden case and of orders made at random.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use passerelle_bridge::{Became, Fate, Translation};
use passerelle_pixelpoint::request::order as write;
use passerelle_pixelpoint::{ApiToken, Dialect};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

/// The request of a translation, with a token nobody has.
pub(crate) fn request(translation: &Translation) -> String {
    write(&translation.order, &ApiToken::new("YT6eR2-0123456789ABCDEF"), false, &Dialect::default())
}

/// All that must hold.
pub(crate) fn holds(order: &Value, translation: &Translation) {
    let leaves = leaves(&request(translation));
    ids_are_unique_and_parents_exist(&leaves);
    every_node_has_its_origin(order, translation, &leaves);
    every_part_has_its_fate(order, &translation.fates);
    sent_parts_are_there(translation, &leaves);
}

/// A node of the request that holds text, and the text.
type Leaf = (String, String);

/// The leaves below `EOITransfer`, as a reader that forgives nothing reads them. Items and payments are counted from 1.
pub(crate) fn leaves(xml: &str) -> Vec<Leaf> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<(String, String, BTreeMap<String, u32>)> = Vec::new();
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let mut name = tag.name().as_ref().to_owned();
                if let Some((_, _, counts)) = open.last_mut() {
                    let count = counts.entry(name.clone()).or_default();
                    *count += 1;
                    if name == "Item" || name == "Payment" {
                        name = format!("{name}[{count}]");
                    }
                }
                open.push((name, String::new(), BTreeMap::new()));
            }
            Event::End(_) => {
                let path = open.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>().join("/");
                let (_, text, children) = open.pop().expect("opened");
                if children.is_empty()
                    && let Some(path) = path.strip_prefix("Request/EOITransfer/")
                    && path != "EOIAuthenticationToken"
                {
                    found.push((path.to_owned(), text));
                }
            }
            Event::Text(text) => {
                if let Some((_, held, _)) = open.last_mut() {
                    held.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                let character =
                    reference.resolve_char_ref().expect("a character").unwrap_or_else(|| match &*reference {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        other => panic!("the entity `{other}`"),
                    });
                open.last_mut().expect("inside an element").1.push(character);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty(), "an element is not closed");
    found
}

fn ids_are_unique_and_parents_exist(leaves: &[Leaf]) {
    let values = |name: &str| -> Vec<u32> {
        leaves.iter().filter(|(node, _)| node.ends_with(name)).map(|(_, text)| text.parse().unwrap()).collect()
    };
    let ids = values("/ItemId");
    let known: BTreeSet<u32> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id is there twice: {ids:?}");
    assert!(!ids.is_empty(), "there is no item");
    for (id, parent) in ids.iter().zip(values("/ParentId")) {
        assert!(known.contains(&parent), "the parent {parent} of {id} does not exist");
        assert!(parent <= *id, "{id} comes before its parent {parent}");
    }
}

fn every_node_has_its_origin(order: &Value, translation: &Translation, leaves: &[Leaf]) {
    let written: Vec<&str> = leaves.iter().map(|(node, _)| node.as_str()).collect();
    let origins: Vec<_> = translation.origins.iter().collect();
    let told: Vec<&str> = origins.iter().map(|origin| origin.node.as_str()).collect();
    assert_eq!(told, written, "the origins are not the nodes");
    for origin in &origins {
        for from in &origin.from {
            // A field may be missing where HubRise has a default for it; what it is a field of may not.
            let there = lookup(order, from).is_some()
                || from.rsplit_once('.').is_some_and(|(within, _)| lookup(order, within).is_some());
            assert!(there, "{} comes from {from}, which is not there", origin.node);
        }
    }
}

/// Every field and every element of the order that holds something has a fate, or a part of it has.
fn every_part_has_its_fate(order: &Value, fates: &[Fate]) {
    let told: BTreeSet<&str> = fates.iter().map(|fate| fate.part.as_str()).collect();
    let mut parts = Vec::new();
    for (key, value) in order.as_object().unwrap() {
        match value {
            Value::Array(entries) if ["items", "discounts", "charges", "payments"].contains(&key.as_str()) => {
                parts.extend((0..entries.len()).map(|index| format!("{key}[{index}]")));
            }
            Value::Object(entries) if key == "deals" => {
                parts.extend(entries.keys().map(|deal| format!("deals.{deal}")));
            }
            value if holds_something(value) => parts.push(key.clone()),
            _ => {}
        }
    }
    for part in parts {
        let within = |told: &&str| {
            told.strip_prefix(part.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        assert!(told.iter().any(within), "nothing is told of {part}");
    }
    let mut once = BTreeSet::new();
    for fate in fates {
        assert!(once.insert(&fate.part), "two fates of {}", fate.part);
        assert!(lookup(order, &fate.part).is_some(), "the fate of {}, which is not there", fate.part);
    }
}

/// Whether there is anything to tell of a field: HubRise writes many as null.
fn holds_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(entries) => !entries.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

fn sent_parts_are_there(translation: &Translation, leaves: &[Leaf]) {
    for fate in &translation.fates {
        let (Became::Sent { node } | Became::Merged { into: node }) = &fate.became else { continue };
        let there = |(leaf, _): &Leaf| {
            leaf.strip_prefix(node.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        assert!(leaves.iter().any(there), "{} became {node}, which is not there", fate.part);
    }
}

/// What stands at a path like `items[0].options[1].ref`. A key may hold dots itself, so the longest that fits is taken.
fn lookup<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    if path.is_empty() {
        return Some(value);
    }
    if let Some(rest) = path.strip_prefix('[') {
        let (index, rest) = rest.split_once(']')?;
        return lookup(value.get(index.parse::<usize>().ok()?)?, rest.strip_prefix('.').unwrap_or(rest));
    }
    let fields = value.as_object()?;
    fields.iter().filter_map(|(key, held)| Some((held, path.strip_prefix(key.as_str())?))).find_map(|(held, rest)| {
        match rest.strip_prefix('.') {
            Some(rest) => lookup(held, rest),
            None if rest.is_empty() || rest.starts_with('[') => lookup(held, rest),
            None => None,
        }
    })
}
