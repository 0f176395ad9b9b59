//! The paper of the kitchen's printer: every order printed, and how often the same one came out. Judges nothing.

use std::{
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
};

use jiff::Timestamp;
use serde::Serialize;

use super::order::Order;

/// Receipts kept whole.
const WHOLE: usize = 1_000;
/// Receipts kept as one line each.
const LINES: usize = 200_000;

/// One order as it came out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Receipt {
    #[serde(flatten)]
    pub(crate) line: Line,
    pub(crate) debug: bool,
    pub(crate) order: Order,
}

/// A receipt in one line.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// Counts from 1.
    pub(crate) number: u64,
    /// When its request had arrived, in microseconds since 1970.
    pub(crate) at_us: i64,
    /// The store's token.
    pub(crate) token: String,
    /// The same for the same order at the same store: the EOI has no field for HubRise's own id, so contents count. When it
    /// is wanted does not, as that may be left out of a second try.
    pub(crate) key: String,
    /// How often this key had come out, this time included.
    pub(crate) time: u32,
    /// The customer's names.
    pub(crate) customer: String,
    pub(crate) total: String,
}

/// The printer.
#[derive(Debug, Default)]
pub(crate) struct Printer {
    count: u64,
    times: HashMap<u64, u32>,
    whole: VecDeque<Receipt>,
    lines: VecDeque<Line>,
}

impl Printer {
    /// Prints; the receipt's number.
    pub(crate) fn print(&mut self, token: &str, order: Order, debug: bool, at: Timestamp) -> u64 {
        let key = key(token, &order);
        let time = self.times.entry(key).or_default();
        *time += 1;
        self.count += 1;
        let names = ["FirstName", "LastName"].into_iter().filter_map(|name| order.member.get(name).map(String::as_str));
        let line = Line {
            number: self.count,
            at_us: at.as_microsecond(),
            token: token.to_owned(),
            key: format!("{key:016x}"),
            time: *time,
            customer: names.collect::<Vec<_>>().join(" "),
            total: order.total.clone(),
        };
        if self.lines.len() >= LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(line.clone());
        if self.whole.len() >= WHOLE {
            self.whole.pop_front();
        }
        self.whole.push_back(Receipt { line, debug, order });
        self.count
    }

    /// How many came out in all.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// How many different ones.
    pub(crate) fn different(&self) -> usize {
        self.times.len()
    }

    /// Everything that came out a second time, or a third.
    pub(crate) fn doubles(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.time > 1)
    }

    /// The last thousand, oldest first.
    pub(crate) fn whole(&self) -> impl DoubleEndedIterator<Item = &Receipt> {
        self.whole.iter()
    }

    /// One line each, oldest first.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }
}

fn key(token: &str, order: &Order) -> u64 {
    // Its keys are fixed, so that a key means the same for as long as the sandbox runs.
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    for part in [
        serde_json::json!(order.sale_type),
        serde_json::json!(order.items),
        serde_json::json!(order.payments),
        serde_json::json!(order.footer),
        serde_json::json!(order.member),
    ] {
        part.to_string().hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_order_is_known_again_whenever_it_is_wanted() {
        let order = |name: &str, time: Option<&str>| Order {
            sale_type: None,
            schedule_time: time.map(str::to_owned),
            items: Vec::new(),
            payments: Vec::new(),
            footer: None,
            member: [("LastName".to_owned(), name.to_owned())].into(),
            total: "1.00".to_owned(),
            paid: "0.00".to_owned(),
            balanced: true,
        };
        let mut printer = Printer::default();
        for (token, order) in [
            ("A", order("x", None)),
            ("A", order("y", None)),
            ("B", order("x", None)),
            ("A", order("x", Some("2026-11-22T19:30:00"))),
        ] {
            printer.print(token, order, false, Timestamp::UNIX_EPOCH);
        }
        assert_eq!((printer.count(), printer.different()), (4, 3));
        let doubles: Vec<_> = printer.doubles().map(|line| (line.number, line.time, line.customer.as_str())).collect();
        assert_eq!(doubles, [(4, 2, "x")]);
    }
}
