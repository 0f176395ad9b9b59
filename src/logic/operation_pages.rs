//! A list of operations without an end in sight: which rows are here, which page to ask for next, what is new above, and
//! what is forgotten so that a million fit. Pages are found by what the ones beside them gave; a page that was forgotten is
//! asked for again as it was the first time. What is shown is kept true in place. No call is made here.

use std::ops::Range;

use passerelle_wire::OperationLine;

use super::{log_query::add, operation::is_unsettled};

/// How many lines are kept at most; the pages farthest from the reader go first.
const MOST: usize = 1_800;

/// How many rows stand in for those of a page that was not asked for yet.
pub const BONES: usize = 12;

/// So many rows around those in the document are asked for before they are seen.
const AHEAD: usize = 20;

/// Where a page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Its first row.
    pub start: usize,
    /// What to ask with: `older=…`, `newer=…`, `at=…`, or nothing for the newest.
    pub ask: String,
    /// What it gave to ask for the one after it with.
    pub next: Option<String>,
    /// Whether it ends where the one after it begins, whatever comes: it holds what fell out of the page before it, and is
    /// made anew with that one.
    pub short: bool,
}

/// What came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// The lines, newest first.
    pub lines: Vec<OperationLine>,
    /// What older ones are asked for with.
    pub next: Option<String>,
    /// What newer ones are asked for with.
    pub newer: Option<String>,
}

/// A page to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// Its number; none for the one above the first.
    pub number: Option<usize>,
    /// What to ask with.
    pub ask: String,
}

/// A line, with a number that changes when the line does.
type Line = (u32, OperationLine);

/// The list, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// Never empty: the first page always begins at row 0.
    marks: Vec<Mark>,
    /// As many as there are marks.
    pages: Vec<Option<Vec<Line>>>,
    newer: Option<String>,
    known: bool,
    /// The newest line there was.
    first: Option<String>,
    latest: Came,
    fresh: Fresh,
    editions: u32,
}

/// What waits above, to be shown when the reader asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fresh {
    /// How many are known of.
    pub count: usize,
    /// Whether there may be more.
    pub more: bool,
}

impl Default for Pages {
    fn default() -> Self {
        Self::from(String::new())
    }
}

impl Pages {
    /// A list of which nothing is known, to begin with what `ask` brings.
    pub fn from(ask: String) -> Self {
        Self::seen(vec![Mark { ask, ..Mark::default() }], None, false)
    }

    /// A list to take this one's place, of which nothing is known: its lines are told apart from those of this one.
    #[must_use]
    pub fn anew(&self, ask: String) -> Self {
        Self { editions: self.editions, ..Self::from(ask) }
    }

    /// A list seen before: where its pages began, so that any of them can be asked for at once, and the newest line then.
    pub fn seen(marks: Vec<Mark>, first: Option<String>, known: bool) -> Self {
        let marks = if marks.is_empty() { vec![Mark::default()] } else { marks };
        Self {
            pages: vec![None; marks.len()],
            marks,
            newer: None,
            known,
            first,
            latest: Came::default(),
            fresh: Fresh::default(),
            editions: 0,
        }
    }

    /// How many rows there are, those that stand in for a page on its way among them; nothing before anything is known.
    pub fn rows(&self) -> Option<usize> {
        self.known.then(|| self.lines_known() + if self.more() { BONES } else { 0 })
    }

    /// How many lines are known of.
    pub fn lines_known(&self) -> usize {
        let held = self.pages.last().and_then(Option::as_ref).map_or(0, Vec::len);
        self.marks.last().map_or(0, |mark| mark.start) + held
    }

    /// Whether older ones are still to be asked for.
    pub fn more(&self) -> bool {
        self.pages.last().is_none_or(Option::is_none)
    }

    /// Whether it begins with something older than the newest.
    pub fn jumped(&self) -> bool {
        self.newer.is_some()
    }

    /// Where its pages begin, as far as a list seen before has to know.
    pub fn marks(&self) -> Vec<Mark> {
        self.marks.iter().filter(|mark| !mark.short).cloned().collect()
    }

    /// The newest line there was.
    pub fn first(&self) -> Option<&str> {
        self.first.as_deref()
    }

    /// A row, if it is here, with a number that changes when the row does.
    pub fn row(&self, index: usize) -> Option<(u32, &OperationLine)> {
        let number = self.number(index);
        let page = self.pages.get(number)?.as_ref()?;
        page.get(index - self.marks.get(number)?.start).map(|(edition, line)| (*edition, line))
    }

    /// Every line that is here.
    pub fn lines(&self) -> impl Iterator<Item = &OperationLine> {
        self.pages.iter().flatten().flatten().map(|(_, line)| line)
    }

    /// The page to ask for next so that `rows` are here: first what is seen, then what is around it.
    pub fn wanted(&self, rows: Range<usize>) -> Option<Want> {
        let around = rows.start.saturating_sub(AHEAD)..rows.end + AHEAD;
        let above = || {
            let near = rows.start < AHEAD && self.known;
            near.then_some(self.newer.as_deref()).flatten().map(|at| Want { number: None, ask: ask("newer", at) })
        };
        self.lacking(rows.clone()).or_else(above).or_else(|| self.lacking(around))
    }

    fn lacking(&self, rows: Range<usize>) -> Option<Want> {
        let mut row = rows.start;
        loop {
            let number = self.number(row);
            let mark = self.marks.get(number)?;
            match self.pages.get(number)? {
                None => return Some(Want { number: Some(number), ask: mark.ask.clone() }),
                Some(page) => {
                    let end = mark.start + page.len();
                    // Past the end of the list, or of what was asked for.
                    if end <= row || end >= rows.end {
                        return None;
                    }
                    row = end;
                }
            }
        }
    }

    /// Takes in a page. Where it ends elsewhere than it used to, what followed it is to be asked for again. `seen` is where
    /// the reader is: what is far from there may be forgotten.
    pub fn insert(&mut self, number: usize, came: Came, seen: Range<usize>) {
        self.editions += 1;
        let edition = self.editions;
        let Some(mark) = self.marks.get_mut(number) else { return };
        let Came { mut lines, next, newer } = came;
        self.known = true;
        let mut since = 0;
        if number == 0 && mark.ask.is_empty() {
            // The newest of a list seen before: what came since is new, and moves nothing.
            since = lines.iter().position(|line| self.first.as_ref() == Some(&line.id)).unwrap_or_default();
            lines.drain(..since);
        }
        if number == 0 && !mark.ask.is_empty() {
            self.newer = newer;
        }
        if let (true, Some(next)) = (lines.is_empty(), &next) {
            // The look ended at its bound: it goes on from there, in the place of this page.
            mark.ask = ask("older", next);
            self.marks.truncate(number + 1);
            self.pages.truncate(number);
            self.pages.push(None);
            return;
        }
        let (start, short) = (mark.start, mark.short);
        let next = match self.marks.get(number + 1) {
            Some(after) if short && start + lines.len() >= after.start => {
                lines.truncate(after.start - start);
                self.marks[number].next.clone()
            }
            _ => next,
        };
        let end = start + lines.len();
        if let (1.., Some(next)) = (since, &next)
            && self.marks.get(number + 1).is_some_and(|after| after.start == end + since)
        {
            // As many fell out below as came above: they are asked for by themselves, so that no row below moves.
            let mark = Mark { start: end, ask: ask("older", next), next: self.marks[number].next.take(), short: true };
            self.marks[number].next = Some(next.clone());
            self.marks.insert(number + 1, mark);
            self.pages.insert(number + 1, None);
        }
        let mark = &mut self.marks[number];
        let same = mark.next == next;
        mark.next.clone_from(&next);
        if let (0, Some(line)) = (number, lines.first()) {
            self.first = Some(line.id.clone());
        }
        if let Some(page) = self.pages.get_mut(number) {
            *page = Some(lines.into_iter().map(|line| (edition, line)).collect());
        }
        if !same || self.marks.get(number + 1).map(|mark| mark.start) != next.is_some().then_some(end) {
            self.marks.truncate(number + 1);
            self.pages.truncate(number + 1);
            if let Some(next) = next {
                self.marks.push(Mark { start: end, ask: ask("older", &next), ..Mark::default() });
                self.pages.push(None);
            }
        }
        self.forget(self.number(seen.start));
    }

    /// Takes in the page above the first; answers by how many rows all others moved down.
    pub fn prepend(&mut self, came: Came) -> usize {
        let Some(before) = self.newer.take() else { return 0 };
        self.newer = came.newer;
        let count = came.lines.len();
        if let Some(line) = came.lines.first() {
            self.first = Some(line.id.clone());
            for mark in &mut self.marks {
                mark.start += count;
            }
            self.editions += 1;
            self.marks.insert(0, Mark { start: 0, ask: ask("newer", &before), next: came.next, short: false });
            let edition = self.editions;
            self.pages.insert(0, Some(came.lines.into_iter().map(|line| (edition, line)).collect()));
        }
        count
    }

    /// Takes what a look at the newest page found. Into an empty list it is taken as it is: nothing is read there.
    pub fn look(&mut self, came: Came) {
        let found = self.renew(&came.lines);
        if self.known && self.lines_known() == 0 && !self.more() && !came.lines.is_empty() {
            *self = self.anew(String::new());
            return self.insert(0, came, 0..0);
        }
        let here = |line: &OperationLine, found: bool| found || self.first.as_ref() == Some(&line.id);
        let here: Vec<_> = came.lines.iter().zip(found).map(|(line, found)| here(line, found)).collect();
        let reaches = here.iter().rposition(|here| *here);
        let above = reaches.map_or(here.len(), |last| last + 1);
        let count = here.iter().take(above).filter(|here| !**here).count();
        // Without a line in common there may be others between the two.
        self.fresh = match self.jumped() || !self.known {
            true => Fresh::default(),
            false => Fresh { count, more: reaches.is_none() && came.next.is_some() },
        };
        self.latest = came;
    }

    /// What waits above.
    pub fn fresh(&self) -> Fresh {
        self.fresh
    }

    /// Begins the list anew with what the last look found.
    pub fn show_fresh(&mut self) {
        let latest = std::mem::take(&mut self.latest);
        *self = self.anew(String::new());
        self.insert(0, latest, 0..0);
    }

    /// Takes what is newly known of a line that is here.
    pub fn update(&mut self, line: &OperationLine) {
        self.renew(std::slice::from_ref(line));
    }

    /// Takes what is newly known of lines, and answers which of them are here: in one pass, for many are.
    fn renew(&mut self, lines: &[OperationLine]) -> Vec<bool> {
        let mut found = vec![false; lines.len()];
        let mut editions = self.editions;
        for (known, held) in self.pages.iter_mut().flatten().flatten() {
            let Some((line, found)) = lines.iter().zip(&mut found).find(|(line, _)| line.id == held.id) else {
                continue;
            };
            *found = true;
            let matched = line.matched.clone().or_else(|| held.matched.clone());
            let line = OperationLine { matched, ..line.clone() };
            if *held != line {
                editions += 1;
                (*known, *held) = (editions, line);
            }
        }
        self.editions = editions;
        found
    }

    /// Lines among `rows` that may have changed and that the last look did not reach; at most `limit`.
    pub fn doubtful(&self, rows: Range<usize>, limit: usize) -> Vec<String> {
        let seen = |line: &OperationLine| self.latest.lines.iter().any(|new| new.id == line.id);
        let lines = rows.filter_map(|row| self.row(row)).map(|(_, line)| line);
        lines.filter(|line| is_unsettled(line) && !seen(line)).take(limit).map(|line| line.id.clone()).collect()
    }

    /// The number of the page that holds `row`, or will; the last one known where none is known to.
    fn number(&self, row: usize) -> usize {
        self.marks.partition_point(|mark| mark.start <= row).saturating_sub(1)
    }

    /// Forgets the pages farthest from `here` until few enough lines are kept. The first stays: what is new is told by it.
    fn forget(&mut self, here: usize) {
        let mut held = self.lines().count();
        while held > MOST {
            let far = (1..self.pages.len()).filter(|number| self.pages[*number].is_some());
            let Some(far) = far.max_by_key(|number| number.abs_diff(here)).filter(|number| *number != here) else {
                return;
            };
            held -= self.pages[far].take().map_or(0, |page| page.len());
        }
    }
}

/// `name=value`.
fn ask(name: &str, value: &str) -> String {
    let mut ask = String::new();
    add(&mut ask, name, value);
    ask
}

#[cfg(test)]
#[path = "operation_pages_tests.rs"]
mod tests;
