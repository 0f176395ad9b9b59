//! The rules of what a product is, what it needs, and how its connections end.

use crate::overview::{Direction, Ending, Flow, Overview, Prerequisite};
use crate::profile::Localized;
use crate::reader::{Found, Reader};
use crate::source::Source;

use super::words::{EMAIL, HTTPS, checked, held, is_email, is_https, line, localized, one_of, paragraph};

const DIRECTIONS: [(&str, Direction); 3] =
    [("to_till", Direction::ToTill), ("to_hubrise", Direction::ToHubrise), ("both", Direction::Both)];

pub(super) fn ending(source: &mut Source<'_>, mut table: Reader<'_, '_>) -> Option<Ending> {
    let label = table.table(source, "label").and_then(|table| localized(source, table, line));
    let title = table.table(source, "title").and_then(|table| localized(source, table, line));
    let confirm = table.table(source, "confirm").and_then(|table| localized(source, table, line));
    let locks = table.flag(source, "locks");
    table.end(source);
    Some(Ending { label: label?, title: title?, confirm: confirm?, locks: locks? })
}

pub(super) fn overview(source: &mut Source<'_>, mut table: Reader<'_, '_>) -> Option<Overview> {
    let what = table.table(source, "what").and_then(|table| localized(source, table, paragraph));
    let flows = table.tables(source, "flows").and_then(|found| flows(source, found));
    let never = table.optional_tables(source, "never").and_then(|found| never(source, found));
    let category = table.table(source, "category").and_then(|table| localized(source, table, line));
    let availability = table.table(source, "availability").and_then(|table| localized(source, table, line));
    let price = table.table(source, "price").and_then(|table| localized(source, table, line));
    let website = table.optional_text(source, "website").map(|found| checked(source, found, is_https, HTTPS));
    let contact = table.optional_text(source, "contact").map(|found| checked(source, found, is_email, EMAIL));
    table.end(source);
    Some(Overview {
        what: what?,
        flows: flows?,
        never: never?,
        category: category?,
        availability: availability?,
        price: price?,
        website: held(website)?,
        contact: held(contact)?,
    })
}

fn flows(source: &mut Source<'_>, found: Found<Vec<Reader<'_, '_>>>) -> Option<Vec<Flow>> {
    if found.value.is_empty() {
        source.fault(found.at, &found.key, "at least one flow is needed: why connect if nothing flows?");
        return None;
    }
    let flows: Vec<Option<Flow>> = found.value.into_iter().map(|table| flow(source, table)).collect();
    flows.into_iter().collect()
}

fn flow(source: &mut Source<'_>, mut table: Reader<'_, '_>) -> Option<Flow> {
    let what = table.table(source, "what").and_then(|table| localized(source, table, line));
    let direction = table.text(source, "direction").and_then(|found| one_of(source, found, &DIRECTIONS));
    table.end(source);
    Some(Flow { what: what?, direction: direction? })
}

fn never(source: &mut Source<'_>, found: Option<Found<Vec<Reader<'_, '_>>>>) -> Option<Vec<Localized>> {
    let tables = found.map(|found| found.value).unwrap_or_default();
    let never: Vec<_> = tables.into_iter().map(|table| localized(source, table, line)).collect();
    never.into_iter().collect()
}

pub(super) fn prerequisites(source: &mut Source<'_>, found: Found<Vec<Reader<'_, '_>>>) -> Option<Vec<Prerequisite>> {
    let read = |mut table: Reader<'_, '_>| {
        let what = table.table(source, "what").and_then(|table| localized(source, table, paragraph));
        let otherwise = table.table(source, "otherwise").and_then(|table| localized(source, table, paragraph));
        table.end(source);
        Some(Prerequisite { what: what?, otherwise: otherwise? })
    };
    let prerequisites: Vec<_> = found.value.into_iter().map(read).collect();
    prerequisites.into_iter().collect()
}
