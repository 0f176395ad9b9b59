//! Which rows of a list show their day: those whose day is not that of the row before. Writing a day takes longer than all else a
//! row is told apart by, so those of the rows that were there before are kept.

use std::ops::Range;

/// The days of the rows last looked at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// In which language and for which zone they are written.
    manner: String,
    start: usize,
    /// Each with the number that changes when its row does; nothing for a row that is not here.
    days: Vec<Option<(u32, String)>>,
}

impl Days {
    /// The edition of each of `rows`, and whether it shows its day. `row` gives a row's edition and time, if it is here;
    /// `write` writes a time's day, in the `manner` told; `today` is the day that needs not be shown on top.
    pub fn dated<'l>(
        &mut self,
        manner: &str,
        rows: Range<usize>,
        row: impl Fn(usize) -> Option<(u32, &'l str)>,
        write: impl Fn(&str) -> String,
        today: impl Fn() -> String,
    ) -> Vec<(Option<u32>, bool)> {
        // The row before the first tells whether the first shows its day.
        let start = rows.start.saturating_sub(1);
        let same = self.manner == manner;
        let kept = |number: usize, edition: u32| {
            let (was, day) = self.days.get(number.checked_sub(self.start)?)?.as_ref().filter(|_| same)?;
            (*was == edition).then(|| day.clone())
        };
        let days: Vec<_> = (start..rows.end)
            .map(|number| {
                row(number).map(|(edition, at)| (edition, kept(number, edition).unwrap_or_else(|| write(at))))
            })
            .collect();
        let first = rows.start - start;
        let top = if first == 0 { Some(today()) } else { None };
        let day = |at: usize| days.get(at).and_then(Option::as_ref).map(|(_, day)| day);
        let dated = (first..days.len())
            .map(|at| {
                let before = at.checked_sub(1).map_or(top.as_ref(), day);
                match days.get(at).and_then(Option::as_ref) {
                    Some((edition, own)) => (Some(*edition), before != Some(own)),
                    None => (None, false),
                }
            })
            .collect();
        *self = Self { manner: manner.to_owned(), start, days };
        dated
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const TIMES: [&str; 6] = ["3b", "3a", "2c", "2b", "2a", "1a"];

    fn look(days: &mut Days, manner: &str, rows: Range<usize>, written: &Cell<usize>) -> Vec<(Option<u32>, bool)> {
        let row = |number: usize| TIMES.get(number).map(|at| (7, *at));
        let write = |at: &str| {
            written.set(written.get() + 1);
            at[..1].to_owned()
        };
        days.dated(manner, rows, row, write, || "3".to_owned())
    }

    fn shown(dated: &[(Option<u32>, bool)]) -> Vec<bool> {
        dated.iter().map(|(_, shown)| *shown).collect()
    }

    #[test]
    fn the_first_of_a_day_shows_it_and_today_needs_none() {
        let mut days = Days::default();
        let dated = look(&mut days, "fr", 0..6, &Cell::new(0));
        assert_eq!(shown(&dated), [false, false, true, false, false, true]);
        assert!(dated.iter().all(|(edition, _)| *edition == Some(7)));
        // In the middle of a list it depends on the row above, which is not in the document.
        assert_eq!(shown(&look(&mut days, "fr", 2..4, &Cell::new(0))), [true, false]);
        assert_eq!(shown(&look(&mut days, "fr", 3..5, &Cell::new(0))), [false, false]);
    }

    #[test]
    fn what_was_written_is_not_written_again() {
        let (mut days, written) = (Days::default(), Cell::new(0));
        look(&mut days, "fr", 0..4, &written);
        assert_eq!(written.take(), 4);
        look(&mut days, "fr", 1..5, &written);
        assert_eq!(written.take(), 1, "the one that came");
        look(&mut days, "fr", 0..4, &written);
        assert_eq!(written.take(), 0, "the row above was kept, too");
        look(&mut days, "en", 0..4, &written);
        assert_eq!(written.take(), 4);
        days.dated("en", 0..4, |number| TIMES.get(number).map(|at| (8, *at)), |_| count(&written), String::new);
        assert_eq!(written.take(), 4, "rows that turned");
    }

    fn count(written: &Cell<usize>) -> String {
        written.set(written.get() + 1);
        String::new()
    }

    #[test]
    fn a_row_that_is_not_here_shows_nothing_and_the_one_after_it_does() {
        let mut days = Days::default();
        let row = |number: usize| (number != 1).then_some((1, "x"));
        let dated = days.dated("fr", 1..3, row, str::to_owned, String::new);
        assert_eq!(dated, [(None, false), (Some(1), true)]);
        let none = days.dated("fr", 0..0, row, str::to_owned, String::new);
        assert!(none.is_empty());
    }
}
