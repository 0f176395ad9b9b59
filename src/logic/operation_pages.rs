//! A list of operations that grows at both ends: older ones on demand, new ones announced first and shown when the reader
//! asks, so that nothing moves under what is read. What is shown is kept true in place. No call is made here.

use passerelle_wire::{OperationLine, OperationPage};

use super::operation::is_unsettled;

/// What is shown, and what waits above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    shown: Vec<OperationLine>,
    next: Option<String>,
    latest: Vec<OperationLine>,
    latest_next: Option<String>,
    gap: bool,
}

/// What waits to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// How many are known of.
    pub count: usize,
    /// Whether there are more.
    pub more: bool,
}

impl Pages {
    /// The lines shown, newest first.
    pub fn lines(&self) -> &[OperationLine] {
        &self.shown
    }

    /// A line shown.
    pub fn line(&self, id: &str) -> Option<&OperationLine> {
        self.shown.iter().find(|line| line.id == id)
    }

    /// What to ask the next older page with.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Takes what a look at the newest page found. Into an empty list it is taken as it is: nothing is read there.
    pub fn look(&mut self, lines: Vec<OperationLine>, next: Option<String>) {
        if self.shown.is_empty() {
            *self = Self { shown: lines, next, ..Self::default() };
            return;
        }
        for line in &lines {
            self.update(line);
        }
        let reaches = lines.iter().rposition(|line| self.line(&line.id).is_some());
        // Without a line in common there may be others between the two.
        self.gap = reaches.is_none() && next.is_some();
        self.latest = match reaches {
            Some(last) => lines.into_iter().take(last + 1).collect(),
            None => lines,
        };
        self.latest_next = next;
    }

    /// Takes a page of older operations.
    pub fn older(&mut self, page: OperationPage) {
        for line in page.operations {
            if self.line(&line.id).is_none() {
                self.shown.push(line);
            }
        }
        self.next = page.next;
    }

    /// Takes what is newly known of a line that is shown.
    pub fn update(&mut self, line: &OperationLine) {
        if let Some(shown) = self.shown.iter_mut().find(|shown| shown.id == line.id) {
            shown.clone_from(line);
        }
    }

    /// What waits above.
    pub fn fresh(&self) -> Fresh {
        let count = self.latest.iter().filter(|line| self.line(&line.id).is_none()).count();
        Fresh { count, more: self.gap }
    }

    /// Shows what waits above; answers the id of the newest line.
    pub fn show_fresh(&mut self) -> Option<String> {
        let latest = std::mem::take(&mut self.latest);
        if self.gap {
            self.next = self.latest_next.take();
            self.shown = latest;
        } else {
            let known = std::mem::take(&mut self.shown);
            let rest: Vec<_> = known.into_iter().filter(|line| latest.iter().all(|new| new.id != line.id)).collect();
            self.shown = latest.into_iter().chain(rest).collect();
        }
        self.gap = false;
        self.shown.first().map(|line| line.id.clone())
    }

    /// Lines shown that may have changed and that the last look did not reach; at most `limit`.
    pub fn doubtful(&self, limit: usize) -> Vec<String> {
        let seen = |line: &OperationLine| self.latest.iter().any(|new| new.id == line.id);
        let unsure = self.shown.iter().filter(|line| is_unsettled(line) && !seen(line));
        unsure.take(limit).map(|line| line.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use passerelle_wire::{CallbackState, OperationCounts, OperationState};

    use super::*;
    use crate::logic::operation::tests::line;

    fn lines(ids: &str) -> Vec<OperationLine> {
        ids.chars().map(|id| line(&id.to_string(), OperationState::Delivered)).collect()
    }

    fn shown(pages: &Pages) -> String {
        pages.lines().iter().map(|line| line.id.as_str()).collect()
    }

    fn of(ids: &str, next: Option<&str>) -> Pages {
        let mut pages = Pages::default();
        pages.look(lines(ids), next.map(str::to_owned));
        pages
    }

    fn page(ids: &str, next: Option<&str>) -> OperationPage {
        OperationPage {
            newer: None,
            searched_to: None,
            operations: lines(ids),
            next: next.map(str::to_owned),
            timezone: None,
            day: OperationCounts { under_way: 0, delivered: 0, to_look_at: 0 },
            callback: CallbackState {
                verified_at: None,
                repaired_at: None,
                failing: false,
                refused: 0,
                refused_at: None,
                heard_at: None,
            },
        }
    }

    #[test]
    fn new_operations_wait_until_the_reader_wants_them() {
        let mut pages = of("cba", None);
        pages.look(lines("edcba"), None);
        assert_eq!(shown(&pages), "cba");
        assert_eq!(pages.fresh(), Fresh { count: 2, more: false });
        assert_eq!(pages.show_fresh().as_deref(), Some("e"));
        assert_eq!(shown(&pages), "edcba");
        assert_eq!(pages.fresh().count, 0);
    }

    #[test]
    fn an_empty_list_takes_what_comes() {
        let mut pages = of("", None);
        pages.look(lines("ba"), None);
        assert_eq!((shown(&pages).as_str(), pages.fresh().count), ("ba", 0));
    }

    #[test]
    fn what_is_shown_is_kept_true_in_place() {
        let mut pages = of("ba", None);
        pages.look(vec![line("c", OperationState::Waiting), line("b", OperationState::Refused)], Some("x".into()));
        assert_eq!(pages.line("b").map(|line| line.state), Some(OperationState::Refused));
        assert_eq!(shown(&pages), "ba");
        pages.show_fresh();
        assert_eq!(shown(&pages), "cba", "what the look did not reach stays");
    }

    #[test]
    fn older_pages_follow_and_nothing_comes_twice() {
        let mut pages = of("fed", Some("3"));
        pages.older(page("dcb", Some("5")));
        assert_eq!((shown(&pages).as_str(), pages.next()), ("fedcb", Some("5")));
        pages.look(lines("gfe"), Some("2".into()));
        pages.show_fresh();
        assert_eq!((shown(&pages).as_str(), pages.next()), ("gfedcb", Some("5")));
    }

    #[test]
    fn after_a_rush_the_list_begins_anew_rather_than_with_a_hole() {
        let mut pages = of("cba", None);
        pages.look(lines("zyx"), Some("10".into()));
        assert_eq!(pages.fresh(), Fresh { count: 3, more: true });
        pages.show_fresh();
        assert_eq!((shown(&pages).as_str(), pages.next()), ("zyx", Some("10")));
    }

    #[test]
    fn one_that_was_committed_late_finds_its_place() {
        let mut pages = of("dba", None);
        pages.look(lines("edcba"), None);
        assert_eq!(pages.fresh().count, 2);
        pages.show_fresh();
        assert_eq!(shown(&pages), "edcba");
    }

    #[test]
    fn asks_after_what_may_have_changed_beyond_the_first_page() {
        let mut pages = of("d", Some("1"));
        let mut older = page("cb", None);
        older.operations.push(line("a", OperationState::Retrying));
        older.operations.push(line("0", OperationState::Sending));
        pages.older(older);
        assert_eq!(pages.doubtful(8), ["a", "0"]);
        assert_eq!(pages.doubtful(1), ["a"]);
        pages.update(&line("a", OperationState::Delivered));
        assert_eq!(pages.doubtful(8), ["0"]);
    }
}
