//! A translation in the making: the items written so far, and all that is told of them. Owns ids and node names.

use std::sync::Arc;

use passerelle_pixelpoint::{Item, Number};
use rust_decimal::Decimal;

use crate::amounts::money;
use crate::note::{Note, NoteCode, short};
use crate::origins::{Came, Node, Origins, Source};
use crate::provenance::{Became, Fate, Reason};
use crate::text;
use crate::translation::{Untranslatable, Why};

/// A translation in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) items: Vec<Item>,
    pub(crate) origins: Origins,
    pub(crate) fates: Vec<Fate>,
    pub(crate) notes: Vec<Note>,
}

/// An item to be written; its id is given when it is.
#[derive(Debug)]
pub(crate) struct Line {
    /// None is its own.
    pub(crate) parent: Option<u32>,
    pub(crate) number: Option<Number>,
    pub(crate) description: String,
    pub(crate) cost_each: Decimal,
    pub(crate) quantity: Decimal,
    pub(crate) combo_item_id: Option<String>,
    pub(crate) forced_answer: bool,
}

/// Where the parts of a [`Line`] came from.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) number: Came,
    pub(crate) description: Came,
    pub(crate) cost_each: Came,
    pub(crate) quantity: Came,
    pub(crate) combo_item_id: Came,
}

impl Draft {
    /// Room for what an order of so many items and options brings.
    pub(crate) fn with_room_for(lines: usize) -> Draft {
        Draft {
            items: Vec::with_capacity(lines),
            origins: Origins::with_room_for(lines.saturating_mul(8).saturating_add(24)),
            fates: Vec::with_capacity(lines.saturating_add(24)),
            notes: Vec::new(),
        }
    }

    /// The id of the next item.
    pub(crate) fn next_id(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Writes an item that comes from `part`, and answers its id.
    pub(crate) fn add(&mut self, line: Line, part: &Arc<str>, from: Sources) -> u32 {
        let id = self.next_id();
        let node = |name| item(id, name);
        match &line.number {
            Some(Number::Product(_)) => self.origin(node("ProdNum"), from.number),
            Some(Number::Coupon(_)) => self.origin(node("CouponNum"), from.number),
            None => {}
        }
        self.origin(node("Description"), from.description);
        self.origin(node("CostEach"), from.cost_each);
        self.origin(node("Quantity"), from.quantity);
        self.origin(node("ItemId"), Came::FromNowhere);
        self.origin(node("ParentId"), Came::From(Source::part(part)));
        self.origin(node("PriceApplied"), Came::FromNowhere);
        if line.combo_item_id.is_some() {
            self.origin(node("ComboItemId"), from.combo_item_id);
        }
        self.items.push(Item {
            id,
            parent: line.parent.unwrap_or(id),
            number: line.number,
            description: line.description,
            cost_each: money(line.cost_each),
            quantity: line.quantity.normalize(),
            combo_item_id: line.combo_item_id,
            forced_answer: line.forced_answer,
        });
        id
    }

    pub(crate) fn origin(&mut self, node: Node, from: Came) {
        self.origins.push(node, from);
    }

    pub(crate) fn sent(&mut self, part: &str, node: String) {
        self.fate(part, Became::Sent { node });
    }

    pub(crate) fn merged(&mut self, part: &str, into: String) {
        self.fate(part, Became::Merged { into });
    }

    pub(crate) fn skipped(&mut self, part: &str, reason: Reason) {
        self.fate(part, Became::Skipped { reason });
    }

    pub(crate) fn ignored(&mut self, part: &str, reason: Reason) {
        self.fate(part, Became::Ignored { reason });
    }

    fn fate(&mut self, part: &str, became: Became) {
        self.fates.push(Fate { part: part.to_owned(), became });
    }

    pub(crate) fn note(&mut self, code: NoteCode, path: &str, name: &str) {
        self.notes.push(Note { code, path: path.to_owned(), name: short(name), other: None });
    }

    pub(crate) fn note_with(&mut self, code: NoteCode, path: &str, name: &str, other: &str) {
        self.notes.push(Note { code, path: path.to_owned(), name: short(name), other: Some(short(other)) });
    }

    /// A note of the customer's, which the till cannot take: it is told, if there is anything to read in it.
    pub(crate) fn note_lost(&mut self, part: &str, notes: &str) {
        let (notes, _) = text::clean(notes);
        if !notes.is_empty() {
            self.note(NoteCode::NoteLost, part, &notes);
        }
        self.ignored(part, Reason::NotSupported);
    }

    /// A text of the order, fit for the request; what had to be taken out is noted.
    pub(crate) fn text(&mut self, part: &str, field: &str, raw: &str) -> String {
        let (kept, removed) = text::clean(raw);
        if removed {
            self.note(NoteCode::CharactersRemoved, &field_of(part, field), &kept);
        }
        kept.into_owned()
    }

    /// A name: the text of `field`, or nothing where there is none.
    pub(crate) fn name(&mut self, part: &str, field: &str, raw: Option<&str>) -> String {
        raw.map(|raw| self.text(part, field, raw)).unwrap_or_default()
    }

    /// A ref, fit for the request; none where nothing of it is left. One that is no number is noted under `name`.
    pub(crate) fn reference(&mut self, part: &str, field: &str, raw: Option<&str>, name: &str) -> Option<String> {
        let reference = self.text(part, field, raw?);
        if reference.is_empty() {
            return None;
        }
        self.note_unless_number(part, field, &reference, name);
        Some(reference)
    }

    /// Notes a ref that the till cannot have.
    pub(crate) fn note_unless_number(&mut self, part: &str, field: &str, reference: &str, name: &str) {
        if !text::is_number(reference) {
            self.note_with(NoteCode::RefNotANumber, &field_of(part, field), name, reference);
        }
    }

    /// The end of a translation that brings no order.
    pub(crate) fn fails(self, why: Why) -> Untranslatable {
        Untranslatable { why, fates: self.fates, notes: self.notes }
    }
}

/// A node of an item; ids and places are the same, as items are written in the order of their ids.
pub(crate) fn item(id: u32, name: &'static str) -> Node {
    Node { within: "Transaction/Items/Item", index: id, name }
}

/// The node of an item.
pub(crate) fn item_node(id: u32) -> String {
    item(id, "").path()
}

/// An entry of a list: `items[3]`. Written by hand: a long order has hundreds of paths, and `format!` takes its time.
pub(crate) fn place(list: &str, mut index: usize) -> String {
    let mut digits = [0; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + u8::try_from(index % 10).unwrap_or_default();
        index /= 10;
        if index == 0 {
            break;
        }
    }
    let mut path = String::with_capacity(list.len() + 2 + digits.len() - first);
    path.push_str(list);
    path.push('[');
    digits[first..].iter().for_each(|digit| path.push(char::from(*digit)));
    path.push(']');
    path
}

/// A node within another.
pub(crate) fn at(node: &str, name: &str) -> String {
    let mut path = String::with_capacity(node.len() + 1 + name.len());
    path.push_str(node);
    path.push('/');
    path.push_str(name);
    path
}

/// A field of a part of the order; of the order itself where the part is empty.
pub(crate) fn field_of(part: &str, field: &str) -> String {
    if part.is_empty() {
        return field.to_owned();
    }
    let mut path = String::with_capacity(part.len() + 1 + field.len());
    path.push_str(part);
    path.push('.');
    path.push_str(field);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_numbers() {
        for index in [0, 9, 10, 4_711, usize::MAX] {
            assert_eq!(place("items", index), format!("items[{index}]"));
        }
    }
}
