//! Which rows of a long list stand in the document, and where the keys lead in it. Rows are all of one height, so that
//! the rest is arithmetic. Owns no list and asks for nothing: what the rows hold is `desk_pages`.

use std::ops::Range;

/// How high a row is, in CSS pixels; `style/pages/desk.css` says the same.
pub const ROW: f64 = 36.0;

/// How many rows stand ready beyond either edge of what is seen.
const BEYOND: usize = 8;

/// How many rows stand in the document at most, however long the list and however tall the screen.
pub const MOST: usize = 60;

/// The window moves by as many rows at once: scrolling within them changes nothing in the document.
const STRIDE: usize = 4;

/// The part of a list that its frame shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// How far the list is scrolled, in CSS pixels.
    pub top: f64,
    /// How high the frame is, in CSS pixels, without its heading.
    pub height: f64,
}

impl View {
    /// The first row seen, in part or whole.
    fn first(self) -> usize {
        whole(self.top / ROW)
    }

    /// How many rows are seen whole; at least one.
    fn page(self) -> usize {
        whole(self.height / ROW).max(1)
    }

    /// The rows seen, in part or whole, of a list of `total`.
    pub fn seen(self, total: usize) -> Range<usize> {
        let first = self.first().min(total);
        first..(first + self.page() + 2).min(total)
    }

    /// The rows to put into the document.
    pub fn window(self, total: usize) -> Range<usize> {
        let seen = self.seen(total);
        let start = seen.start.saturating_sub(BEYOND);
        // Of one length, also at the list's end: the rows that stand in the document are as many as before, whatever is in them.
        let rows = (self.page() + 2 + 2 * BEYOND + STRIDE).min(MOST).min(total);
        let start = (start - start % STRIDE).min(total - rows);
        start..start + rows
    }

    /// How far to scroll so that `row` is seen whole: not at all when it is.
    pub fn reveal(self, row: usize) -> f64 {
        let above = pixels(row);
        if above < self.top { above } else { self.top.max(above + ROW - self.height) }
    }

    /// The row that `key` leads to from `active`; nothing for a key that leads nowhere, or in a list of none.
    pub fn step(self, key: &str, active: Option<usize>, total: usize) -> Option<usize> {
        let last = total.checked_sub(1)?;
        let Some(at) = active.filter(|at| *at <= last) else {
            return match key {
                "ArrowDown" | "ArrowUp" | "PageDown" | "PageUp" => Some(whole((self.top / ROW).ceil()).min(last)),
                "Home" => Some(0),
                "End" => Some(last),
                _ => None,
            };
        };
        match key {
            "ArrowDown" => Some((at + 1).min(last)),
            "ArrowUp" => Some(at.saturating_sub(1)),
            "PageDown" => Some((at + self.page()).min(last)),
            "PageUp" => Some(at.saturating_sub(self.page())),
            "Home" => Some(0),
            "End" => Some(last),
            _ => None,
        }
    }
}

/// How far below the list's top a row begins, in CSS pixels; of a row count, how high the list is.
pub fn pixels(row: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no list comes near 2^53 rows")]
    let row = row as f64;
    row * ROW
}

/// The whole part of what a browser measured; what is below zero, as a scroll that springs back is, counts as zero.
fn whole(measured: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast from float saturates, and takes no number for zero"
    )]
    let whole = measured.max(0.0) as usize;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: usize = 10_000;

    fn view(row: usize) -> View {
        View { top: pixels(row), height: 14.0 * ROW }
    }

    #[test]
    fn what_is_seen_is_always_in_the_window_and_the_window_stays_small() {
        for height in [0.0, 35.0, 288.0, 504.0, 1_440.0] {
            let mut top = 0.0;
            while top <= pixels(MANY) {
                let view = View { top, height };
                let (seen, window) = (view.seen(MANY), view.window(MANY));
                assert!(window.start <= seen.start && seen.end <= window.end, "{view:?}: {seen:?} in {window:?}");
                assert!(window.len() <= MOST, "{view:?}: {window:?}");
                top += 1_234.5;
            }
        }
    }

    #[test]
    fn even_a_frame_taller_than_any_screen_fills_no_document() {
        let tall = View { top: pixels(100), height: 100_000.0 };
        assert_eq!(tall.window(MANY).len(), MOST);
    }

    #[test]
    fn the_window_ends_with_the_list() {
        assert_eq!(view(0).window(3), 0..3);
        assert_eq!(view(0).window(0), 0..0);
        assert_eq!(view(MANY - 14).window(MANY).end, MANY);
        assert_eq!(view(MANY).window(5).end, 5, "a list that shrank under the reader");
    }

    #[test]
    fn scrolling_by_a_row_or_two_changes_little() {
        let changes = (100..200).filter(|row| view(*row).window(MANY) != view(row + 1).window(MANY)).count();
        assert_eq!(changes, 100 / STRIDE);
    }

    #[test]
    fn a_list_that_springs_back_is_at_its_top() {
        assert_eq!(View { top: -80.0, height: 504.0 }.seen(MANY).start, 0);
        assert_eq!(View { top: f64::NAN, height: f64::NAN }.seen(MANY), 0..3);
    }

    #[test]
    fn shows_a_row_with_the_least_scrolling() {
        let at = view(100);
        assert_eq!(at.reveal(105).to_bits(), at.top.to_bits(), "it is seen already");
        assert_eq!(at.reveal(99).to_bits(), pixels(99).to_bits());
        assert_eq!(at.reveal(114).to_bits(), pixels(101).to_bits());
        assert_eq!(at.reveal(0).to_bits(), 0_f64.to_bits());
    }

    #[test]
    fn keys_lead_from_row_to_row_and_stop_at_the_ends() {
        let at = view(0);
        let check = |key, active, expected| assert_eq!(at.step(key, active, 100), expected, "{key} from {active:?}");
        check("ArrowDown", Some(4), Some(5));
        check("ArrowDown", Some(99), Some(99));
        check("ArrowUp", Some(4), Some(3));
        check("ArrowUp", Some(0), Some(0));
        check("PageDown", Some(4), Some(18));
        check("PageUp", Some(4), Some(0));
        check("Home", Some(4), Some(0));
        check("End", Some(4), Some(99));
        check("a", Some(4), None);
    }

    #[test]
    fn the_first_key_enters_where_the_reader_looks() {
        assert_eq!(view(40).step("ArrowDown", None, 100), Some(40));
        assert_eq!(view(40).step("ArrowUp", Some(100), 100), Some(40), "the row it was on is gone");
        assert_eq!(view(40).step("Home", None, 100), Some(0));
        assert_eq!(view(0).step("ArrowDown", None, 0), None);
        assert_eq!(view(0).step("x", None, 9), None);
    }
}
