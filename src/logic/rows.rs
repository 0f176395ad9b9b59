//! Which rows of a laid out body stand in the document: lines folded away are skipped, long lines are cut to the frame's width,
//! and all rows are of one height, so that the rest is arithmetic.

use std::ops::Range;

use super::layout::{Kind, Layout, Line, Span};

/// How high a row is, in CSS pixels; `style/pages/exchange.css` says the same.
pub const ROW: f64 = 20.0;

/// How far down a row begins, as a style sheet says it. In whole numbers: writing others is a part of every first load.
pub fn down(row: usize) -> String {
    [&(row * 20).to_string(), "px"].concat()
}

/// The most rows that are shown: browsers lay out no element of more than some 16 million pixels.
const MOST: usize = 500_000;

/// Rows that stand ready beyond either edge of what is seen.
const BEYOND: usize = 12;

/// Rows by which the window moves at once: scrolling within them changes nothing in the document.
const STRIDE: usize = 8;

/// The most rows in the document.
const WINDOW: usize = 160;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it is of.
    pub line: u32,
    /// What of it stands on this row.
    pub span: Span,
}

/// All rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// From the top.
    pub list: Vec<Row>,
    /// There are more than can be shown.
    pub cut: bool,
}

impl Rows {
    /// Cuts the lines that are not folded away to `columns` characters. `folded`: lines whose content is hidden, ascending.
    pub fn of(layout: &Layout, folded: &[u32], columns: usize) -> Self {
        let columns = columns.max(8);
        let mut rows = Self::default();
        let mut at = 0;
        while let Some(line) = layout.lines.get(at) {
            let number = u32::try_from(at).unwrap_or(u32::MAX);
            rows.cut_line(layout, *line, number, columns);
            if rows.list.len() >= MOST {
                rows.list.truncate(MOST);
                rows.cut = true;
                break;
            }
            let hidden = folded.binary_search(&number).is_ok() && line.last > number;
            at = if hidden { line.last as usize + 1 } else { at + 1 };
        }
        rows
    }

    fn cut_line(&mut self, layout: &Layout, line: Line, number: u32, columns: usize) {
        let text = layout.at(line.span);
        let mut start = line.span.0;
        let mut push = |from: u32, to: u32| self.list.push(Row { line: number, span: (from, to) });
        let mut width = 0;
        let mut place = line.span.0;
        for character in text.chars() {
            let wide = columns_of(character);
            if width + wide > columns {
                push(start, place);
                start = place;
                width = 0;
            }
            width += wide;
            place += u32::try_from(character.len_utf8()).unwrap_or_default();
        }
        push(start, line.span.1);
    }

    /// The rows to put into the document, for a frame scrolled by `top` and `height` high, in CSS pixels.
    pub fn window(&self, top: f64, height: f64) -> Range<usize> {
        let first = whole(top / ROW).saturating_sub(BEYOND);
        let start = (first - first % STRIDE).min(self.list.len());
        let count = (whole(height / ROW) + 2 * BEYOND + STRIDE + 2).min(WINDOW);
        start..(start + count).min(self.list.len())
    }

    /// The row a place of the text stands on.
    pub fn row_of(&self, place: u32) -> usize {
        self.list.partition_point(|row| row.span.0 <= place).saturating_sub(1)
    }
}

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it was searched for, and is the one that is looked at.
    pub found: Option<bool>,
}

/// The pieces of a row. `found`: where what is searched for begins, ascending, each `length` bytes long; `current`: the one
/// that is looked at.
pub fn pieces(layout: &Layout, row: Row, found: &[u32], length: u32, current: Option<u32>) -> Vec<Piece> {
    let (mut at, end) = row.span;
    let mut pieces = Vec::new();
    let mut tokens =
        layout.tokens.get(layout.tokens.partition_point(|token| token.span.1 <= at)..).unwrap_or_default().iter();
    let mut token = tokens.next();
    let mut hits = found.get(found.partition_point(|hit| hit + length <= at)..).unwrap_or_default().iter();
    let mut hit = hits.next();
    while at < end {
        while token.is_some_and(|token| token.span.1 <= at) {
            token = tokens.next();
        }
        while hit.is_some_and(|hit| hit + length <= at) {
            hit = hits.next();
        }
        let (kind, stop) = match token {
            Some(token) if token.span.0 <= at => (token.kind, token.span.1),
            Some(token) => (Kind::Plain, token.span.0),
            None => (Kind::Plain, end),
        };
        let (found, until) = match hit {
            Some(hit) if *hit <= at => (Some(current == Some(*hit)), hit + length),
            Some(hit) => (None, *hit),
            None => (None, end),
        };
        let next = stop.min(until).min(end);
        pieces.push(Piece { text: layout.at((at, next)).to_owned(), kind, found });
        at = next;
    }
    pieces
}

/// How many columns a character takes at most, in a font of one width.
fn columns_of(character: char) -> usize {
    match character {
        ' '..='~' => 1,
        '\t' => 4,
        '\u{1100}'..='\u{115f}'
        | '\u{2600}'..='\u{27bf}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'..='\u{3ffff}' => 2,
        _ => 1,
    }
}

fn whole(number: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast from float saturates, and no list is that long"
    )]
    let whole = number.max(0.0) as usize;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{json_lines, layout::plain, xml_lines};

    fn shown(layout: &Layout, rows: &Rows) -> Vec<String> {
        rows.list.iter().map(|row| layout.at(row.span).to_owned()).collect()
    }

    #[test]
    fn long_lines_are_cut_to_the_frame() {
        let laid = plain("abcdefghijklmnop\n\nxyz");
        let rows = Rows::of(&laid, &[], 10);
        assert_eq!(shown(&laid, &rows), ["abcdefghij", "klmnop", "", "xyz"]);
        assert_eq!(rows.list.iter().map(|row| row.line).collect::<Vec<_>>(), [0, 0, 1, 2]);
        let wide = plain("漢字漢字漢字");
        assert_eq!(shown(&wide, &Rows::of(&wide, &[], 8)), ["漢字漢字", "漢字"]);
    }

    #[test]
    fn a_row_is_as_high_in_the_style_as_in_the_sums() {
        assert_eq!(down(3), "60px");
        assert!((ROW - 20.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_is_folded_takes_one_row() {
        let laid = xml_lines::lay_out("<a><b><c>1</c><d>2</d></b><e/></a>");
        assert_eq!(shown(&laid, &Rows::of(&laid, &[1], 80)), ["<a>", "  <b>", "  <e/>", "</a>"]);
        assert_eq!(shown(&laid, &Rows::of(&laid, &[0, 1], 80)), ["<a>"]);
        // A line that opens nothing cannot be folded.
        assert_eq!(Rows::of(&laid, &[2], 80).list.len(), 7);
    }

    #[test]
    fn a_megabyte_on_one_line_is_a_list_of_rows() {
        let laid = plain(&"x".repeat(1 << 20));
        let rows = Rows::of(&laid, &[], 100);
        assert_eq!(rows.list.len(), 10_486);
        assert_eq!(rows.row_of(1_000), 10);
        let window = rows.window(100_000.0, 600.0);
        assert!(window.contains(&5_000) && window.len() <= 160, "{window:?}");
        assert!(rows.window(f64::MAX, 600.0).is_empty());
    }

    #[test]
    fn a_million_empty_lines_end_at_what_a_browser_can_lay_out() {
        let laid = plain(&"\n".repeat(1 << 20));
        let rows = Rows::of(&laid, &[], 80);
        assert!(rows.cut);
        assert_eq!(rows.list.len(), MOST);
    }

    #[test]
    fn what_is_searched_for_is_marked_across_pieces_and_rows() {
        let laid = json_lines::lay_out(r#"{"name":"Calzone calzone"}"#);
        let hits: Vec<u32> = laid.text.match_indices("alzone").filter_map(|(at, _)| u32::try_from(at).ok()).collect();
        let rows = Rows::of(&laid, &[], 80);
        let marked: Vec<(String, Option<bool>)> = pieces(&laid, rows.list[1], &hits, 6, hits.get(1).copied())
            .into_iter()
            .map(|piece| (piece.text, piece.found))
            .collect();
        let expected = [
            ("  ", None),
            ("\"", None),
            ("name", None),
            ("\"", None),
            (": ", None),
            ("\"", None),
            ("C", None),
            ("alzone", Some(false)),
            (" c", None),
            ("alzone", Some(true)),
            ("\"", None),
        ];
        assert_eq!(marked, expected.map(|(text, found)| (text.to_owned(), found)));
        // Cut in the middle of a hit, both rows are marked.
        let narrow = Rows::of(&laid, &[], 15);
        let halves: String = narrow.list[1..3]
            .iter()
            .flat_map(|row| pieces(&laid, *row, &hits, 6, None))
            .filter(|piece| piece.found.is_some())
            .map(|piece| piece.text)
            .collect();
        assert_eq!(halves, "alzonealzone");
    }
}
