//! Where each tile stands in a frame that scrolls, which rows of it stand in the document, and where the keys lead. Rows of
//! tiles are of one height and headings of another; all the rest is arithmetic.

use std::ops::Range;

use super::arranged::Heading;

/// How high a row of tiles is, in CSS pixels, the gap under it included; `style/pages/stock.css` says the same.
pub const TILE: usize = 120;
/// How high a heading is.
pub const HEADING: usize = 44;
/// How wide a tile is at least, its gap included.
const WIDE: usize = 168;
/// How many pixels beyond either edge of what is seen stand ready.
const BEYOND: usize = 2 * TILE;

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The name of what follows.
    Heading(Heading),
    /// Tiles, by their places in the order shown.
    Tiles(Range<usize>),
}

/// The rows, and how far down each begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    rows: Vec<Row>,
    /// Where each begins; then where the last ends.
    tops: Vec<usize>,
    count: usize,
}

/// How many tiles stand side by side in a frame so wide.
pub fn columns(width: usize) -> usize {
    (width / WIDE).clamp(1, 12)
}

impl Grid {
    /// Lays tiles out, of which each stands under its heading.
    pub fn new(headings: &[Heading], columns: usize) -> Self {
        let columns = columns.max(1);
        let (mut rows, mut tops, mut top) = (Vec::new(), vec![0], 0);
        let mut push = |row: Row, height: usize| {
            rows.push(row);
            top += height;
            tops.push(top);
        };
        let mut at = 0;
        while let Some(heading) = headings.get(at) {
            let end = headings[at..].iter().position(|other| other != heading).map_or(headings.len(), |more| at + more);
            if *heading != Heading::None {
                push(Row::Heading(heading.clone()), HEADING);
            }
            while at < end {
                let next = (at + columns).min(end);
                push(Row::Tiles(at..next), TILE);
                at = next;
            }
        }
        Self { rows, tops, count: headings.len() }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How high it is.
    pub fn height(&self) -> usize {
        self.tops.last().copied().unwrap_or_default()
    }

    /// A row, and how far down it begins.
    pub fn row(&self, at: usize) -> Option<(&Row, usize)> {
        self.rows.get(at).zip(self.tops.get(at).copied())
    }

    /// The rows to put into the document where this much of it is seen.
    pub fn window(&self, top: usize, height: usize) -> Range<usize> {
        let from = self.at(top.saturating_sub(BEYOND));
        let to = self.at(top.saturating_add(height).saturating_add(BEYOND));
        from..(to + 1).min(self.rows.len())
    }

    /// The row that stands so far down.
    fn at(&self, y: usize) -> usize {
        self.tops.partition_point(|top| *top <= y).saturating_sub(1).min(self.rows.len().saturating_sub(1))
    }

    /// Whether a tile stands in the document where this much is seen.
    pub fn shows(&self, tile: usize, top: usize, height: usize) -> bool {
        self.row_of(tile).is_some_and(|row| self.window(top, height).contains(&row))
    }

    /// The row a tile stands in.
    fn row_of(&self, tile: usize) -> Option<usize> {
        self.rows.iter().position(|row| matches!(row, Row::Tiles(tiles) if tiles.contains(&tile)))
    }

    /// How far to scroll so that a tile is seen whole, with the heading right above it: not at all when it is.
    pub fn reveal(&self, tile: usize, top: usize, height: usize) -> usize {
        let Some(row) = self.row_of(tile) else { return top };
        let headed = row.checked_sub(1).filter(|above| matches!(self.rows.get(*above), Some(Row::Heading(_))));
        let (from, to) = (self.tops[headed.unwrap_or(row)], self.tops[row + 1]);
        if from < top { from } else { top.max(to.saturating_sub(height)) }
    }

    /// The tile that `key` leads to from `active`; nothing for a key that leads nowhere, or where there is none.
    pub fn step(&self, key: &str, active: Option<usize>, top: usize, height: usize) -> Option<usize> {
        let last = self.count.checked_sub(1)?;
        let Some(at) = active.filter(|at| *at <= last) else {
            return match key {
                "ArrowDown" | "ArrowUp" | "ArrowLeft" | "ArrowRight" | "PageDown" | "PageUp" => self.first_seen(top),
                "Home" => Some(0),
                "End" => Some(last),
                _ => None,
            };
        };
        let page = (height / TILE).max(1);
        match key {
            "ArrowRight" => Some((at + 1).min(last)),
            "ArrowLeft" => Some(at.saturating_sub(1)),
            "ArrowDown" => Some(self.below(at, 1)),
            "PageDown" => Some(self.below(at, page)),
            "ArrowUp" => Some(self.above(at, 1)),
            "PageUp" => Some(self.above(at, page)),
            "Home" => Some(0),
            "End" => Some(last),
            _ => None,
        }
    }

    /// The rows of tiles, each with its first and what is behind its last.
    fn tiles(&self) -> impl DoubleEndedIterator<Item = &Range<usize>> {
        self.rows.iter().filter_map(|row| match row {
            Row::Tiles(tiles) => Some(tiles),
            Row::Heading(_) => None,
        })
    }

    fn first_seen(&self, top: usize) -> Option<usize> {
        let from = self.at(top.saturating_add(TILE - 1));
        let seen = self.rows.iter().skip(from).find_map(|row| match row {
            Row::Tiles(tiles) => Some(tiles.start),
            Row::Heading(_) => None,
        });
        seen.or_else(|| self.tiles().next_back().map(|tiles| tiles.start))
    }

    /// As far to the right, so many rows below; in the last row otherwise.
    fn below(&self, at: usize, rows: usize) -> usize {
        let rest = self.tiles().skip_while(|tiles| !tiles.contains(&at)).collect::<Vec<_>>();
        Self::beside(at, &rest, rows)
    }

    /// As far to the right, so many rows above; in the first row otherwise.
    fn above(&self, at: usize, rows: usize) -> usize {
        let rest = self.tiles().rev().skip_while(|tiles| !tiles.contains(&at)).collect::<Vec<_>>();
        Self::beside(at, &rest, rows)
    }

    fn beside(at: usize, rest: &[&Range<usize>], rows: usize) -> usize {
        let Some((here, there)) = rest.first().zip(rest.get(rows.min(rest.len().saturating_sub(1)))) else { return at };
        (there.start + (at - here.start)).min(there.end - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two categories, of five tiles and of two, three side by side.
    fn grid() -> Grid {
        let headings = [vec![Heading::Category(0); 5], vec![Heading::Category(1); 2]].concat();
        Grid::new(&headings, 3)
    }

    #[test]
    fn categories_begin_rows_of_their_own() {
        let grid = grid();
        let rows: Vec<_> = (0..grid.rows()).filter_map(|at| grid.row(at)).collect();
        assert_eq!(
            rows,
            [
                (&Row::Heading(Heading::Category(0)), 0),
                (&Row::Tiles(0..3), HEADING),
                (&Row::Tiles(3..5), HEADING + TILE),
                (&Row::Heading(Heading::Category(1)), HEADING + 2 * TILE),
                (&Row::Tiles(5..7), 2 * HEADING + 2 * TILE),
            ]
        );
        assert_eq!(grid.height(), 2 * HEADING + 3 * TILE);
        assert_eq!(Grid::new(&[], 3).rows(), 0);
    }

    #[test]
    fn what_is_seen_is_always_in_the_window_and_the_window_stays_small() {
        let headings: Vec<_> = (0..5_000).map(|at| Heading::Category(at / 120)).collect();
        for columns in [1, 2, 6] {
            let grid = Grid::new(&headings, columns);
            for top in (0..grid.height()).step_by(997) {
                let window = grid.window(top, 900);
                assert!(window.len() <= 16, "{window:?}");
                let (_, first) = grid.row(window.start).unwrap_or((&Row::Tiles(0..0), usize::MAX));
                assert!(first <= top, "{first} {top}");
                let after = grid.row(window.end).map_or(usize::MAX, |(_, top)| top);
                assert!(after >= (top + 900).min(grid.height()), "{after} {top}");
            }
        }
        assert_eq!(Grid::new(&[], 3).window(0, 900), 0..0);
        assert!(grid().shows(0, 0, 100) && !grid().shows(6, 0, 0) && !grid().shows(7, 0, 900));
    }

    #[test]
    fn keys_keep_their_column_over_headings() {
        let grid = grid();
        let check =
            |key, active, expected| assert_eq!(grid.step(key, Some(active), 0, 900), Some(expected), "{key} {active}");
        check("ArrowDown", 1, 4);
        check("ArrowDown", 2, 4);
        check("ArrowDown", 4, 6);
        check("ArrowDown", 6, 6);
        check("ArrowUp", 6, 4);
        check("ArrowUp", 1, 1);
        check("ArrowRight", 4, 5);
        check("ArrowLeft", 0, 0);
        check("PageDown", 0, 5);
        check("PageUp", 6, 1);
        check("End", 0, 6);
        check("Home", 6, 0);
        assert_eq!(grid.step("x", Some(1), 0, 900), None);
        assert_eq!(grid.step("ArrowDown", None, 0, 900), Some(0));
        assert_eq!(grid.step("ArrowDown", None, HEADING + 1, 900), Some(3));
        assert_eq!(Grid::new(&[], 3).step("Home", None, 0, 900), None);
    }

    #[test]
    fn what_is_stepped_to_is_seen_with_its_heading() {
        let grid = grid();
        assert_eq!(grid.reveal(0, 200, 300), 0);
        assert_eq!(grid.reveal(6, 0, 200), grid.height() - 200);
        assert_eq!(grid.reveal(4, 0, 900), 0);
    }

    #[test]
    fn a_phone_shows_two_side_by_side_and_a_wide_screen_more() {
        assert_eq!([320, 375, 760, 1_120, 90].map(columns), [1, 2, 4, 6, 1]);
    }
}
