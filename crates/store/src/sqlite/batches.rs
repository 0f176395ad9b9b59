//! Several rows in one SQLite statement. Each statement is a round to the thread that owns the connection, which costs
//! more than what most of them do.
//!
//! Those that insert say `OR FAIL`: SQLite need not be able to take back half a statement, for which it would copy every
//! page it touches to a temporary file. Whoever meets an error here takes back the whole transaction.

/// How many rows one statement takes, the most first; prepared are these alone.
const SIZES: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];

/// A statement over rows of values, in each of the sizes.
pub(super) struct Rows(Vec<(usize, String)>);

impl Rows {
    /// `head`, then `(?, ?, …)` of as many columns for each row, then `tail`.
    pub(super) fn new(head: &str, columns: usize, tail: &str) -> Self {
        let row = format!("({})", vec!["?"; columns].join(", "));
        let text = |size: usize| (size, format!("{head}{}{tail}", vec![row.as_str(); size].join(", ")));
        Self(SIZES.into_iter().map(text).collect())
    }

    /// `head`, then `condition` once for each row, any of them.
    pub(super) fn any(head: &str, condition: &str) -> Self {
        let text = |size: usize| (size, format!("{head}{}", vec![condition; size].join(" OR ")));
        Self(SIZES.into_iter().map(text).collect())
    }

    /// The items in pieces, each with the statement that takes as many rows.
    pub(super) fn pieces<'t, T>(&'static self, mut items: &'t [T]) -> Vec<(&'static str, &'t [T])> {
        let mut pieces = Vec::new();
        for (size, text) in &self.0 {
            while let Some((piece, rest)) = items.split_at_checked(*size) {
                pieces.push((text.as_str(), piece));
                items = rest;
            }
        }
        pieces
    }
}

/// Numbers as a JSON list, for `json_each`: a list of any length is one parameter.
pub(super) fn list(numbers: &[i64]) -> String {
    let texts: Vec<_> = numbers.iter().map(i64::to_string).collect();
    format!("[{}]", texts.join(","))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    #[test]
    fn every_item_is_in_one_piece_in_order() {
        static ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::new("VALUES ", 2, ";"));
        for count in [0, 1, 7, 8, 31, 32, 41, 100] {
            let items: Vec<_> = (0..count).collect();
            let pieces = ROWS.pieces(&items);
            assert!(pieces.iter().all(|(text, piece)| text.matches("(?, ?)").count() == piece.len()));
            assert_eq!(pieces.into_iter().flat_map(|(_, piece)| piece.to_vec()).collect::<Vec<_>>(), items);
        }
        assert_eq!(ROWS.pieces(&[1]), [("VALUES (?, ?);", &[1][..])]);
    }
}
