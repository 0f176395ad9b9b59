//! A product's last 30 days as a small line of steps: where the line goes, in the units of its drawing. Whole numbers only.

use std::ops::Range;

use passerelle_wire::{StockPoint, StockSays};

use super::amount::thousandths;

/// How wide the drawing is.
pub const WIDTH: i64 = 600;
/// How high it is.
pub const HEIGHT: i64 = 120;
/// Seconds in 30 days.
const SPAN: i64 = 30 * 86_400;
/// What the line keeps from the upper and lower edges.
const EDGE: i64 = 6;

/// The drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// The line, as an SVG path; broken where there was nothing to count.
    pub line: String,
    /// Where the product was inactive: from where to where.
    pub inactive: Vec<Range<i64>>,
    /// How far down zero is.
    pub zero: i64,
    /// The most and the least there was, in thousandths.
    pub most: i64,
    /// The least, zero at most.
    pub least: i64,
}

/// What there was to count.
fn counted(point: &StockPoint) -> Option<i64> {
    match point.says {
        StockSays::Counted => point.quantity.as_deref().and_then(thousandths),
        StockSays::Inactive | StockSays::Unmanaged | StockSays::Nothing => None,
    }
}

/// Draws the points, oldest first, up to `now` (seconds since 1970).
pub fn chart(points: &[StockPoint], now: i64) -> Chart {
    let values: Vec<i64> = points.iter().filter_map(counted).collect();
    let most = values.iter().copied().max().unwrap_or_default().max(1_000);
    let least = values.iter().copied().min().unwrap_or_default().min(0);
    let x = |at: i64| ((at - (now - SPAN)).clamp(0, SPAN)) * WIDTH / SPAN;
    let room = i128::from(HEIGHT - 2 * EDGE);
    let y = |value: i64| {
        let part = i128::from(most - value) * room / i128::from(most.saturating_sub(least).max(1));
        EDGE + i64::try_from(part).unwrap_or_default()
    };
    let mut chart = Chart { zero: y(0), most, least, ..Chart::default() };
    let mut drawing = false;
    for (at, point) in points.iter().enumerate() {
        let from = x(point.at);
        let to = points.get(at + 1).map_or(WIDTH, |next| x(next.at));
        match counted(point) {
            Some(value) => {
                let step = if drawing { "V" } else { "M" };
                let down = y(value);
                let start = if drawing { format!("{step}{down}") } else { format!("{step}{from} {down}") };
                chart.line.push_str(&start);
                chart.line.push_str(&format!("H{to}"));
                drawing = true;
            }
            None => {
                drawing = false;
                if point.says == StockSays::Inactive && to > from {
                    chart.inactive.push(from..to);
                }
            }
        }
    }
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn point(days_ago: i64, says: StockSays, quantity: &str) -> StockPoint {
        let quantity = Some(quantity.to_owned()).filter(|quantity| !quantity.is_empty());
        StockPoint { at: NOW - days_ago * 86_400, says, quantity }
    }

    #[test]
    fn steps_go_from_change_to_change_and_up_to_now() {
        let points = [point(30, StockSays::Counted, "10"), point(15, StockSays::Counted, "-10")];
        let chart = chart(&points, NOW);
        assert_eq!(chart.line, "M0 6H300V114H600");
        assert_eq!((chart.zero, chart.most, chart.least), (60, 10_000, -10_000));
    }

    #[test]
    fn what_was_not_counted_leaves_a_gap_and_what_was_inactive_is_marked() {
        let points = [
            point(30, StockSays::Counted, "4"),
            point(20, StockSays::Inactive, "4"),
            point(10, StockSays::Unmanaged, ""),
            point(5, StockSays::Counted, "2"),
        ];
        let chart = chart(&points, NOW);
        assert_eq!(chart.line, "M0 6H200M500 60H600");
        assert_eq!((chart.inactive.len(), chart.inactive.first()), (1, Some(&(200..400))));
    }

    #[test]
    fn nothing_and_what_is_older_than_the_drawing_is_drawn_all_the_same() {
        assert_eq!(chart(&[], NOW).line, "");
        assert_eq!(chart(&[point(90, StockSays::Counted, "0")], NOW).line, "M0 114H600");
    }

    #[test]
    fn no_quantity_is_too_large_to_be_drawn() {
        let points = [point(9, StockSays::Counted, "999999999999"), point(3, StockSays::Counted, "-999999999999")];
        assert!(chart(&points, NOW).line.ends_with("V114H600"));
    }
}
