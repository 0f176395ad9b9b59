//! The accounts of a fault: every order made, how often it was printed, and how the console says it stands. Pure.

use std::collections::HashMap;

/// What an order may come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Orders made at HubRise.
    pub(super) orders: usize,
    /// Printed once, and said to be delivered.
    pub(super) delivered: usize,
    /// For a person to look at, as the console cannot know: it was printed once.
    pub(super) held_printed: usize,
    /// For a person to look at: it was not printed.
    pub(super) held_unprinted: usize,
    /// Cancelled before it was sent, and not printed.
    pub(super) withdrawn: usize,
    /// Not printed, and nobody is told; or said to be delivered, and not printed; or cancelled, and printed.
    pub(super) lost: usize,
    /// Printed more than once.
    pub(super) twice: usize,
    /// Still under way when the time was over.
    pub(super) unfinished: usize,
    /// Delivered, and HubRise has not heard of it.
    pub(super) untold: usize,
}

impl Tally {
    /// Whether nothing was lost, printed twice or left over.
    pub(super) fn is_clean(&self) -> bool {
        self.lost == 0 && self.twice == 0 && self.unfinished == 0 && self.untold == 0
    }

    /// The sum of two.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            orders: self.orders + other.orders,
            delivered: self.delivered + other.delivered,
            held_printed: self.held_printed + other.held_printed,
            held_unprinted: self.held_unprinted + other.held_unprinted,
            withdrawn: self.withdrawn + other.withdrawn,
            lost: self.lost + other.lost,
            twice: self.twice + other.twice,
            unfinished: self.unfinished + other.unfinished,
            untold: self.untold + other.untold,
        }
    }
}

/// How the console says an order stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// `OperationState`, as it is written.
    pub(super) state: String,
    /// `Telling`, as it is written.
    pub(super) telling: String,
}

/// Sums up. `orders`: label → HubRise's id; `printed`: label → times; `standings`: HubRise's id → how it stands.
pub(super) fn sum(
    orders: &[(String, String)],
    printed: &HashMap<String, u32>,
    standings: &HashMap<String, Standing>,
) -> Tally {
    let mut tally = Tally { orders: orders.len(), ..Tally::default() };
    for (label, id) in orders {
        let times = printed.get(label).copied().unwrap_or_default();
        let standing = standings.get(id);
        let state = standing.map_or("", |standing| standing.state.as_str());
        if times > 1 {
            tally.twice += 1;
            continue;
        }
        let column = match (state, times) {
            ("delivered", 1) => &mut tally.delivered,
            ("unknown" | "attention" | "refused" | "failed", 1) => &mut tally.held_printed,
            ("unknown" | "attention" | "refused" | "failed", _) => &mut tally.held_unprinted,
            ("withdrawn", 0) => &mut tally.withdrawn,
            ("waiting" | "retrying" | "sending", _) => &mut tally.unfinished,
            _ => &mut tally.lost,
        };
        *column += 1;
        let heard = standing.is_some_and(|standing| matches!(standing.telling.as_str(), "told" | "skipped"));
        if state == "delivered" && times == 1 && !heard {
            tally.untold += 1;
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_has_its_column() {
        let named = |label: &str| (label.to_owned(), format!("id-{label}"));
        let orders: Vec<_> =
            ["good", "twice", "gone", "lie", "held", "print", "late", "over", "quiet"].map(named).into();
        let printed = [("good", 1), ("twice", 2), ("print", 1), ("quiet", 1)];
        let printed = printed.map(|(label, times)| (label.to_owned(), times)).into();
        let stands = [
            ("good", "delivered", "told"),
            ("twice", "delivered", "told"),
            ("lie", "delivered", "told"),
            ("held", "unknown", "none"),
            ("print", "unknown", "none"),
            ("late", "retrying", "none"),
            ("over", "withdrawn", "none"),
            ("quiet", "delivered", "due"),
        ];
        let standings = stands.map(|(label, state, telling)| {
            (format!("id-{label}"), Standing { state: state.to_owned(), telling: telling.to_owned() })
        });
        let tally = sum(&orders, &printed, &standings.into());
        let wanted = Tally {
            orders: 9,
            delivered: 2,
            held_printed: 1,
            held_unprinted: 1,
            withdrawn: 1,
            lost: 2,
            twice: 1,
            unfinished: 1,
            untold: 1,
        };
        assert_eq!(tally, wanted);
        assert!(!tally.is_clean());
        assert_eq!(tally.and(Tally { orders: 1, lost: 1, ..Tally::default() }).lost, 3);
    }
}
