//! A list that comes in pages, each found by the cursor the one before it gave: which rows are here, which page to ask
//! for next, and what a page that comes again replaces. Owns no call and no window: those are `pages::desk` and `window`.

use std::ops::Range;

use passerelle_wire::{DeskLine, DeskPage};

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its first row.
    pub start: usize,
    /// What to ask with; none for the first page.
    pub cursor: Option<String>,
}

/// A page that has come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    items: Vec<DeskLine>,
    /// Differs from page to page, and from what the page held before.
    edition: u32,
    /// Whether it is shown until it comes again.
    stale: bool,
}

/// The list, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// Never empty: the first page always begins at row 0.
    marks: Vec<Mark>,
    /// As many as there are marks.
    pages: Vec<Option<Page>>,
    total: Option<usize>,
    editions: u32,
}

impl Default for Pages {
    fn default() -> Self {
        Self { marks: vec![Mark { start: 0, cursor: None }], pages: vec![None], total: None, editions: 0 }
    }
}

impl Pages {
    /// A list seen before: how long it was and where its pages began, so that any of them can be asked for at once.
    pub fn known(total: usize, later: Vec<Mark>) -> Self {
        let mut pages = Self { total: Some(total), ..Self::default() };
        pages.marks.extend(later);
        pages.pages.resize(pages.marks.len(), None);
        pages
    }

    /// How many rows there are; `None` before anything is known.
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    /// Where the pages after the first begin.
    pub fn later(&self) -> &[Mark] {
        self.marks.get(1..).unwrap_or_default()
    }

    /// A row, if it has come, with a number that changes when the row may have.
    pub fn row(&self, index: usize) -> Option<(u32, &DeskLine)> {
        let (mark, page) = self.at(index);
        let page = page?;
        Some((page.edition, page.items.get(index - mark.start)?))
    }

    /// The page to ask for next so that `rows` are here, and the cursor to ask with.
    pub fn wanted(&self, rows: Range<usize>) -> Option<(usize, Option<String>)> {
        let mut row = rows.start;
        loop {
            let number = self.number(row);
            match self.at(row) {
                (mark, Some(page)) if !page.stale => {
                    let end = mark.start + page.items.len();
                    // Past the end of the list, or of what was asked for.
                    if end <= row || end >= rows.end {
                        return None;
                    }
                    row = end;
                }
                (mark, _) => return Some((number, mark.cursor.clone())),
            }
        }
    }

    /// Takes in a page. Where it ends elsewhere than it used to, what followed it is to be asked for again.
    pub fn insert(&mut self, number: usize, answer: DeskPage) {
        let (Some(mark), Some(page)) = (self.marks.get(number), self.pages.get_mut(number)) else { return };
        let DeskPage { items, total, next_cursor } = answer;
        let end = mark.start + items.len();
        // An empty page leads nowhere, whatever it says.
        let next = next_cursor.filter(|_| !items.is_empty()).map(|cursor| Mark { start: end, cursor: Some(cursor) });
        self.total = Some(match &next {
            Some(_) => usize::try_from(total).unwrap_or(usize::MAX).max(end + 1),
            None => end,
        });
        match page {
            Some(page) if page.items == items => page.stale = false,
            page => {
                self.editions += 1;
                *page = Some(Page { items, edition: self.editions, stale: false });
            }
        }
        if self.marks.get(number + 1) != next.as_ref() {
            self.marks.truncate(number + 1);
            self.marks.extend(next);
            self.pages.truncate(number + 1);
            self.pages.resize(self.marks.len(), None);
        }
    }

    /// Has every page come again when it is next looked at; until then it is shown as it is.
    pub fn refresh(&mut self) {
        for page in self.pages.iter_mut().flatten() {
            page.stale = true;
        }
    }

    /// The number of the page that holds `row`, or will; the last one known where none is known to.
    fn number(&self, row: usize) -> usize {
        self.marks.partition_point(|mark| mark.start <= row).saturating_sub(1)
    }

    fn at(&self, row: usize) -> (&Mark, Option<&Page>) {
        let number = self.number(row);
        (&self.marks[number], self.pages.get(number).and_then(Option::as_ref))
    }
}

#[cfg(test)]
#[path = "desk_pages_tests.rs"]
mod tests;
