//! A page of the log: where it begins, where it ends, and what is on either side of it.

use jiff::SignedDuration;

use super::{Along, LOOK, PAGE, Shelf, Span, along, bounds, count};
use crate::{ConnectionId, LogPage, OperationFilter, Result, Start};

pub(crate) async fn log<S: Shelf + ?Sized>(
    shelf: &S,
    connection: &ConnectionId,
    filter: &OperationFilter,
    start: Start,
    limit: u32,
) -> Result<LogPage> {
    let Some(place) = shelf.place(connection).await? else { return Ok(LogPage::default()) };
    let look = Look {
        shelf,
        place,
        filter,
        along: along(filter),
        // Where everything is wanted, a page is full before its look ends.
        bounded: *filter != OperationFilter::default(),
        span: bounds::span(shelf, place, filter).await?,
    };
    let limit = limit.clamp(1, PAGE);
    match start {
        Start::Newest => look.down(i64::MAX, false, limit).await,
        Start::Older(seq) => look.down(seq, true, limit).await,
        Start::Newer(seq) => look.up(seq, limit).await,
        Start::At(at) => {
            let after = at.saturating_add(SignedDuration::from_micros(1)).unwrap_or(at);
            let before = OperationFilter { until: Some(after), ..OperationFilter::default() };
            let span = bounds::span(shelf, place, &before).await?;
            // Of what came then or before, wanted or not, the newest: so far up does the page reach.
            let top = shelf.scan(place, Along::All, &before, span, false, 1).await?;
            match top.first() {
                Some(top) => look.down(top.seq.saturating_add(1), true, limit).await,
                // Numbers begin at 1: nothing is older, and what is newer begins after 0.
                None => look.down(1, true, limit).await,
            }
        }
    }
}

/// A look through what a filter wants.
struct Look<'a, S: ?Sized> {
    shelf: &'a S,
    place: i64,
    filter: &'a OperationFilter,
    along: Along,
    bounded: bool,
    span: Span,
}

impl<S: Shelf + ?Sized> Look<'_, S> {
    /// The page below `seq`; whether there is anything newer is looked for where there may be (`above`).
    async fn down(&self, seq: i64, above: bool, limit: u32) -> Result<LogPage> {
        let (rows, more, end) = self.rows(self.span.below(seq), false, limit).await?;
        let top = rows.first().map_or(seq.saturating_sub(1), |row| row.seq);
        let older = match end {
            _ if more => rows.last().map(|row| row.seq),
            end => end.map(|mark| mark.seq),
        };
        let newer = above && self.any(self.span.above(top), true).await?;
        Ok(LogPage {
            older,
            newer: newer.then_some(top),
            looked_to: end.filter(|_| !more).map(|mark| mark.received_at),
            rows,
        })
    }

    /// The page above `seq`.
    async fn up(&self, seq: i64, limit: u32) -> Result<LogPage> {
        let (mut rows, more, end) = self.rows(self.span.above(seq), true, limit).await?;
        rows.reverse();
        let bottom = rows.last().map_or(seq.saturating_add(1), |row| row.seq);
        let newer = match end {
            _ if more => rows.first().map(|row| row.seq),
            end => end.map(|mark| mark.seq),
        };
        let older = self.any(self.span.below(bottom), false).await?;
        Ok(LogPage {
            newer,
            older: older.then_some(bottom),
            looked_to: end.filter(|_| !more).map(|mark| mark.received_at),
            rows,
        })
    }

    /// What is wanted of the span, whether there is more of it, and where the look ended if that was not at the span's end.
    async fn rows(
        &self,
        span: Span,
        up: bool,
        limit: u32,
    ) -> Result<(Vec<crate::OperationRow>, bool, Option<super::Mark>)> {
        if span.is_empty() {
            return Ok((Vec::new(), false, None));
        }
        let (span, end) = self.looked(span, up).await?;
        let mut rows = self.shelf.scan(self.place, self.along, self.filter, span, up, limit + 1).await?;
        let more = rows.len() > count(limit);
        rows.truncate(count(limit));
        Ok((rows, more, end))
    }

    /// Whether anything of the span is wanted; where the look ends before that is known, there may be.
    async fn any(&self, span: Span, up: bool) -> Result<bool> {
        if span.is_empty() {
            return Ok(false);
        }
        let (span, end) = self.looked(span, up).await?;
        if end.is_some() {
            return Ok(true);
        }
        Ok(!self.shelf.scan(self.place, self.along, self.filter, span, up, 1).await?.is_empty())
    }

    /// The part of the span that one look goes through, and its last operation if there is more behind it.
    async fn looked(&self, span: Span, up: bool) -> Result<(Span, Option<super::Mark>)> {
        if !self.bounded {
            return Ok((span, None));
        }
        let end = self.shelf.ahead(self.place, self.along, span, up, LOOK - 1).await?;
        let span = match end {
            Some(mark) if up => Span { last: mark.seq, ..span },
            Some(mark) => Span { first: mark.seq, ..span },
            None => span,
        };
        Ok((span, end))
    }
}
