//! Finding operations by a word they have, or by the text to their cause.
//!
//! A word that few have is looked up. One that many have (a single digit, say) is on some of the newest operations for
//! sure: then these are looked through instead, as an index of words knows no order of arrival.

use std::collections::{BTreeMap, BTreeSet};

use super::{Along, LOOK, PAGE, Shelf, Span, Worded, along, bounds, count};
use crate::text::storable;
use crate::words;
use crate::{ConnectionId, FoundPage, Match, OperationFilter, OperationRow, Result, Term, TermKind};

/// What has more than this is looked for among the newest.
const FEW: u32 = 2_000;
/// The same of a single character: what has so many has more of them among the newest.
const FEW_OF_ONE: u32 = 200;
/// How many operations are read at a time.
const STEP: usize = 128;

pub(crate) async fn find<S: Shelf + ?Sized>(
    shelf: &S,
    connection: &ConnectionId,
    any: &[Term],
    detail: Option<&str>,
    filter: &OperationFilter,
    older: Option<i64>,
    limit: u32,
) -> Result<FoundPage> {
    let Some(place) = shelf.place(connection).await? else { return Ok(FoundPage::default()) };
    let span = bounds::span(shelf, place, filter).await?.below(older.unwrap_or(i64::MAX));
    let sought: Vec<Sought> = any.iter().filter(|term| !term.text.is_empty()).map(Sought::of).collect();
    let limit = limit.clamp(1, PAGE);
    if span.is_empty() {
        return Ok(FoundPage::default());
    }
    let finder = Finder { shelf, place, filter, span, limit };
    let mut found: BTreeMap<i64, (OperationRow, Match)> = BTreeMap::new();
    // So far down all is known; none where it is to the end.
    let mut floor = None;
    if !sought.is_empty() {
        let (rows, end) = finder.by_words(&sought).await?;
        floor = end;
        for Worded { row, words } in rows {
            if let Some(kind) = matched(&sought, words.as_deref(), &row) {
                found.insert(row.seq, (row, Match::Term(kind)));
            }
        }
    }
    if let Some(needle) = detail.filter(|needle| !needle.is_empty()) {
        let (rows, end) = finder.by_detail(needle).await?;
        floor = floor.max(end);
        for Worded { row, .. } in rows {
            found.entry(row.seq).or_insert((row, Match::Detail));
        }
    }
    let whole = floor.unwrap_or(i64::MIN);
    let mut found: Vec<_> = found.into_iter().rev().filter(|(seq, _)| *seq >= whole).map(|(_, found)| found).collect();
    let more = found.len() > count(limit);
    found.truncate(count(limit));
    let older = if more { found.last().map(|(row, _)| row.seq) } else { floor };
    Ok(FoundPage { found, older })
}

/// A term, as it is stored.
struct Sought {
    kind: TermKind,
    first: String,
    /// Of an order's id: its beginning.
    order: Option<String>,
}

impl Sought {
    fn of(term: &Term) -> Self {
        let first = words::stored(term);
        let order = (term.kind == TermKind::OrderId).then(|| first.get(1..).unwrap_or_default().to_owned());
        Self { kind: term.kind, first, order }
    }

    /// How many operations may have it to be looked up.
    fn few(&self) -> u32 {
        // The first says what it is.
        if self.first.chars().nth(2).is_some() { FEW } else { FEW_OF_ONE }
    }

    fn is_in(&self, words: Option<&str>, order_id: Option<&str>) -> bool {
        let order = self.order.as_deref().zip(order_id).is_some_and(|(first, id)| id.starts_with(first));
        order || words::split(words).any(|word| word.starts_with(&self.first))
    }
}

/// Which of the terms an operation has.
fn matched(sought: &[Sought], words: Option<&str>, row: &OperationRow) -> Option<TermKind> {
    let order = row.order.as_ref().map(|order| order.order_id.as_str());
    sought.iter().find(|sought| sought.is_in(words, order)).map(|sought| sought.kind)
}

struct Finder<'a, S: ?Sized> {
    shelf: &'a S,
    place: i64,
    filter: &'a OperationFilter,
    span: Span,
    limit: u32,
}

impl<S: Shelf + ?Sized> Finder<'_, S> {
    /// Operations that have one of these words, one more than the page takes; and how far down all of them are known.
    async fn by_words(&self, all: &[Sought]) -> Result<(Vec<Worded>, Option<i64>)> {
        let mut have = BTreeSet::new();
        for sought in all {
            let mut lists = vec![
                self.shelf
                    .with_word(self.place, &sought.first, &words::after(&sought.first), self.span, sought.few() + 1)
                    .await?,
            ];
            if let Some(first) = &sought.order {
                lists.push(
                    self.shelf.with_order(self.place, first, &words::after(first), self.span, sought.few() + 1).await?,
                );
            }
            for list in lists {
                if list.len() > count(sought.few()) {
                    return self.among_the_newest(all).await;
                }
                have.extend(list);
            }
        }
        let have: Vec<i64> = have.into_iter().rev().collect();
        let mut rows = Vec::new();
        let mut read = 0;
        for step in have.chunks(STEP) {
            rows.extend(self.shelf.these(self.place, self.filter, step).await?);
            read += step.len();
            let end = step.last().copied().filter(|_| read < have.len());
            if rows.len() > count(self.limit) || (read >= count(LOOK) && end.is_some()) {
                return Ok((rows, end));
            }
        }
        Ok((rows, None))
    }

    /// The same, of words that many have.
    async fn among_the_newest(&self, sought: &[Sought]) -> Result<(Vec<Worded>, Option<i64>)> {
        let along = along(self.filter);
        let end = self.shelf.ahead(self.place, along, self.span, false, LOOK - 1).await?.map(|mark| mark.seq);
        let mut span = Span { first: end.unwrap_or(self.span.first), ..self.span };
        let mut have = Vec::new();
        while !span.is_empty() {
            let step = self.shelf.worded(self.place, along, self.filter, span, 4 * PAGE).await?;
            let Some((last, ..)) = step.last() else { break };
            span = span.below(last.seq);
            have.extend(
                step.iter()
                    .filter(|(_, words, order)| sought.iter().any(|one| one.is_in(words.as_deref(), order.as_deref())))
                    .map(|(mark, ..)| mark.seq),
            );
            if have.len() > count(self.limit) {
                have.truncate(count(self.limit) + 1);
                let end = have.last().copied();
                return Ok((self.shelf.these(self.place, self.filter, &have).await?, end));
            }
        }
        Ok((self.shelf.these(self.place, self.filter, &have).await?, end))
    }

    /// Operations whose text to the cause holds this, one more than the page takes; and how far down all are known.
    async fn by_detail(&self, needle: &str) -> Result<(Vec<Worded>, Option<i64>)> {
        let needle = storable(needle.to_ascii_lowercase());
        let end = self.shelf.ahead(self.place, Along::Odd, self.span, false, LOOK - 1).await?.map(|mark| mark.seq);
        let span = Span { first: end.unwrap_or(self.span.first), ..self.span };
        let have = self.shelf.detailed(self.place, self.filter, &needle, span, self.limit + 1).await?;
        let end = if have.len() > count(self.limit) { have.last().copied() } else { end };
        Ok((self.shelf.these(self.place, self.filter, &have).await?, end))
    }
}
