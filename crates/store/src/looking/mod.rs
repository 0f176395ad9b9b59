//! Looking through the log, the same way in both databases: how far a look goes, and what it says of where it ended. Owns
//! no SQL: a database is a [`Shelf`].
//!
//! A page of the log is read along one of three indexes: all operations of a place in the order they came, those that need
//! somebody ([`Along::Odd`]), which are few, or those that are no new orders. Whichever it is, a look ends after [`LOOK`] of them.

mod bodies;
mod bounds;
mod finding;
mod needle;
mod paging;

use async_trait::async_trait;
use jiff::Timestamp;

pub(crate) use self::bodies::search_bodies;
pub(crate) use self::finding::find;
pub(crate) use self::paging::log;
use crate::rows::Cells;
use crate::{ConnectionId, OperationFilter, OperationKind, OperationRow, OperationState, Result};

/// How many operations one look goes through.
pub(crate) const LOOK: u32 = 1_000;
/// The longest page.
const PAGE: u32 = 100;
/// How many orders on either side of a time tell where it lies in the order of arrival. Clocks of several servers differ a
/// little, and one may be set back: where it was, orders of before and after stand side by side by their times.
pub(crate) const NEIGHBOURS: u32 = 16;

/// The index a look goes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Along {
    /// All operations of the place.
    All,
    /// Those under way or in need of somebody, and those with a cause or a text to it.
    Odd,
    /// Those that are no new orders.
    Others,
}

/// Which operations are looked at: `seq` from the first to the last, both among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: i64,
    pub(crate) last: i64,
}

impl Span {
    pub(crate) const ALL: Self = Self { first: i64::MIN, last: i64::MAX };

    fn below(self, seq: i64) -> Self {
        Self { last: self.last.min(seq.saturating_sub(1)), ..self }
    }

    fn above(self, seq: i64) -> Self {
        Self { first: self.first.max(seq.saturating_add(1)), ..self }
    }

    fn is_empty(self) -> bool {
        self.first > self.last
    }
}

/// A place, and the number of the first operation there that may have come at this time or later.
pub(crate) async fn since<S: Shelf + ?Sized>(
    shelf: &S,
    connection: &ConnectionId,
    from: Timestamp,
) -> Result<Option<(i64, i64)>> {
    let Some(place) = shelf.place(connection).await? else { return Ok(None) };
    let filter = OperationFilter { from: Some(from), ..OperationFilter::default() };
    Ok(Some((place, bounds::span(shelf, place, &filter).await?.first)))
}

/// An operation, as far as looking goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) seq: i64,
    pub(crate) received_at: Timestamp,
}

/// An operation with the words it is found by.
#[derive(Clone, Debug)]
pub(crate) struct Worded {
    pub(crate) row: OperationRow,
    /// As `words` joins them.
    pub(crate) words: Option<String>,
}

/// An exchange, without its headers and bodies.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    pub(crate) seq: i64,
    pub(crate) operation: i64,
    pub(crate) id: String,
    pub(crate) facts: Vec<u8>,
}

/// What looking asks of a database. All of it reads at most as many rows as it is told to, or [`LOOK`].
#[async_trait]
pub(crate) trait Shelf: Sync {
    /// The place of a connection.
    async fn place(&self, connection: &ConnectionId) -> Result<Option<i64>>;

    /// Operations of the span that are wanted, at most `limit`: the newest first, or (`up`) the oldest first.
    async fn scan(
        &self,
        place: i64,
        along: Along,
        filter: &OperationFilter,
        span: Span,
        up: bool,
        limit: u32,
    ) -> Result<Vec<OperationRow>>;

    /// The operation after `skipped` others of the span, wanted or not.
    async fn ahead(&self, place: i64, along: Along, span: Span, up: bool, skipped: u32) -> Result<Option<Mark>>;

    /// The newest operations of the span that are wanted, with their words and order ids, at most `limit`.
    async fn worded(
        &self,
        place: i64,
        along: Along,
        filter: &OperationFilter,
        span: Span,
        limit: u32,
    ) -> Result<Vec<(Mark, Option<String>, Option<String>)>>;

    /// The newest of the span that are wanted and whose text to the cause holds this (in lower case, of ASCII).
    async fn detailed(
        &self,
        place: i64,
        filter: &OperationFilter,
        needle: &str,
        span: Span,
        limit: u32,
    ) -> Result<Vec<i64>>;

    /// Orders received at `at` or later (`later`), or before: the nearest [`NEIGHBOURS`].
    async fn neighbours(&self, place: i64, at: Timestamp, later: bool) -> Result<Vec<i64>>;

    /// Operations of the span with a word from `first` up to `end`, which is not among them; in any order.
    async fn with_word(&self, place: i64, first: &str, end: &str, span: Span, limit: u32) -> Result<Vec<i64>>;

    /// Operations of the span with an order id from `first` up to `end`, which is not among them; in any order.
    async fn with_order(&self, place: i64, first: &str, end: &str, span: Span, limit: u32) -> Result<Vec<i64>>;

    /// Of these operations, those that are wanted; in any order.
    async fn these(&self, place: i64, filter: &OperationFilter, seqs: &[i64]) -> Result<Vec<Worded>>;

    /// The exchanges of these operations, in any order; at most 1,000 of each.
    async fn sketches(&self, operations: &[i64]) -> Result<Vec<Sketch>>;

    /// Headers and bodies of these exchanges, each named by its operation and its own number, packed; in any order.
    async fn packed(&self, exchanges: &[(i64, i64)]) -> Result<Vec<Heavy>>;
}

/// Headers and bodies of an exchange, packed.
#[derive(Debug)]
pub(crate) struct Heavy {
    pub(crate) seq: i64,
    pub(crate) packed: Vec<u8>,
    /// How the first exchange of its operation is packed, where that is needed.
    pub(crate) first: Option<Vec<u8>>,
}

/// From a row of either database.
pub(crate) fn heavy(row: &impl Cells) -> Result<Heavy> {
    Ok(Heavy { seq: row.integer("seq")?, packed: row.bytes("packed")?, first: row.bytes_or_null("first_packed")? })
}

/// The index that reads least for a filter.
fn along(filter: &OperationFilter) -> Along {
    let plain = |state: &OperationState| matches!(state, OperationState::Delivered | OperationState::Noted);
    let odd = !filter.causes.is_empty() || (!filter.states.is_empty() && !filter.states.iter().any(plain));
    let others = !filter.kinds.is_empty() && !filter.kinds.contains(&OperationKind::OrderCreated);
    match (odd, others) {
        (true, _) => Along::Odd,
        (false, true) => Along::Others,
        (false, false) => Along::All,
    }
}

fn count(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
