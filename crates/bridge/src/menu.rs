//! What of a catalog the till would not take, told before an order does.

use std::collections::BTreeMap;

use passerelle_hubrise::catalog::{Catalog, Part as Listed};

use crate::deals::COUPON;
use crate::text;

/// What a catalog's refs are like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MenuReport {
    /// Skus, options, deals, discounts and charges looked at.
    pub looked_at: u32,
    /// What is wrong, in the catalog's order; a part with two faults is there twice.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub part: Part,
    /// Its name, with its product's or list's before it.
    pub name: String,
    /// Its ref, if it has one.
    pub reference: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// A part of a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// A product's sku.
    Sku,
    /// An option.
    Option,
    /// A deal.
    Deal,
    /// A discount.
    Discount,
    /// A charge.
    Charge,
}

/// What is wrong with a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// It has no ref: it would be skipped.
    NoRef,
    /// Another part of the same kind has the same ref. An option of the same name in another list is the same option.
    Duplicate,
    /// The till's codes are numbers, and this is none.
    NotANumber,
}

/// Looks at every ref of a catalog.
pub fn check(catalog: &Catalog) -> MenuReport {
    let mut report = MenuReport::default();
    let products = catalog.products.iter().flat_map(|product| named(&product.name, &product.skus));
    report.look_at(Part::Sku, products.collect());
    let lists = catalog.option_lists.iter().flat_map(|list| named(&list.name, &list.options));
    report.look_at(Part::Option, lists.collect());
    for (part, listed) in
        [(Part::Deal, &catalog.deals), (Part::Discount, &catalog.discounts), (Part::Charge, &catalog.charges)]
    {
        report.look_at(part, named("", listed).collect());
    }
    report
}

/// A part under its own name, and under its name in full.
struct Named<'a> {
    listed: &'a Listed,
    full: String,
}

fn named<'a>(within: &'a str, listed: &'a [Listed]) -> impl Iterator<Item = Named<'a>> {
    listed.iter().map(move |part| {
        let full = match (within.is_empty(), part.name.is_empty()) {
            (false, false) => format!("{within} / {}", part.name),
            (false, true) => within.to_owned(),
            (true, _) => part.name.clone(),
        };
        Named { listed: part, full }
    })
}

impl MenuReport {
    fn look_at(&mut self, part: Part, all: Vec<Named<'_>>) {
        self.looked_at = self.looked_at.saturating_add(u32::try_from(all.len()).unwrap_or(u32::MAX));
        let mut bearers: BTreeMap<&str, Bearers<'_>> = BTreeMap::new();
        for one in &all {
            if let Some(reference) = &one.listed.reference {
                let name = one.listed.name.as_str();
                let bearers = bearers.entry(reference).or_insert(Bearers { first: name, count: 0, named_apart: false });
                bearers.count += 1;
                bearers.named_apart |= bearers.first != name;
            }
        }
        for one in &all {
            let reference = one.listed.reference.as_deref();
            let mut found = |fault| {
                self.findings.push(Finding {
                    part,
                    name: one.full.clone(),
                    reference: reference.map(str::to_owned),
                    fault,
                });
            };
            let Some(reference) = reference else {
                found(Fault::NoRef);
                continue;
            };
            let code = match part {
                Part::Deal => reference.strip_prefix(COUPON).unwrap_or(reference),
                Part::Sku | Part::Option | Part::Discount | Part::Charge => reference,
            };
            if code.is_empty() {
                found(Fault::NoRef);
            } else if !text::is_number(code) {
                found(Fault::NotANumber);
            }
            if bearers.get(reference).is_some_and(|bearers| bearers.clash(part)) {
                found(Fault::Duplicate);
            }
        }
    }
}

/// Who bears a ref.
struct Bearers<'a> {
    first: &'a str,
    count: usize,
    named_apart: bool,
}

impl Bearers<'_> {
    fn clash(&self, part: Part) -> bool {
        match part {
            Part::Option => self.named_apart,
            Part::Sku | Part::Deal | Part::Discount | Part::Charge => self.count > 1,
        }
    }
}

#[cfg(test)]
#[path = "menu_tests.rs"]
mod tests;
