//! Reading the log: which operations are wanted, and what a look for them found. Owns no SQL.

use jiff::Timestamp;

use super::{ExchangeId, OperationId, OperationKind, OperationRow, OperationState, Way};

/// What a person may look for an order by. The text is normalised by the caller, at most 64 bytes; longer is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// HubRise's id of the order.
    OrderId,
    /// The customer-facing ref.
    Reference,
    /// The collection code.
    CollectionCode,
    /// The digits of a phone number, last one first: people know the end of it.
    Phone,
    /// The customer's name, and each part of it to the end (`marie dupont`, `dupont`).
    Customer,
    /// HubRise's id of the customer, whole. Never searched by people: it finds what must be forgotten.
    CustomerId,
}

/// A word an operation is found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// Normalised by the caller.
    pub text: String,
}

/// Which operations of a connection are wanted. The default: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFilter {
    /// Of these kinds; empty: of any.
    pub kinds: Vec<OperationKind>,
    /// In these states; empty: in any.
    pub states: Vec<OperationState>,
    /// With these causes; empty: with any, or none.
    pub causes: Vec<String>,
    /// Of this channel.
    pub channel: Option<String>,
    /// Received then or later.
    pub from: Option<Timestamp>,
    /// Received before then.
    pub until: Option<Timestamp>,
    /// Only those nobody has marked as handled.
    pub not_handled_yet: bool,
}

/// Where a page begins. Pages are newest first, whichever way they were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the newest.
    Newest,
    /// Below this `seq`.
    Older(i64),
    /// Above this `seq`, the nearest ones.
    Newer(i64),
    /// At the newest received then or before.
    At(Timestamp),
}

/// A page of the log; no body is read for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// Newest first.
    pub rows: Vec<OperationRow>,
    /// What [`Start::Older`] is asked with next; none where nothing older can match.
    pub older: Option<i64>,
    /// What [`Start::Newer`] is asked with next; none where nothing newer matches now.
    pub newer: Option<i64>,
    /// Set when the look ended at its bound before the page was full: so far it came. `older` (or `newer`) goes on there.
    pub looked_to: Option<Timestamp>,
}

/// Operations found by a word, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundPage {
    /// Each with what of it matched.
    pub found: Vec<(OperationRow, Match)>,
    /// What the next page is asked with (`seq` below it); none on the last.
    pub older: Option<i64>,
}

/// What of an operation matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// One of its words.
    Term(TermKind),
    /// The text to its cause.
    Detail,
}

/// Operations with an exchange that holds a text, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodiesPage {
    /// Those found; one entry an operation.
    pub found: Vec<BodyMatch>,
    /// What goes on from here (`seq` below it); none when all was looked at.
    pub older: Option<i64>,
    /// How far it came, when there is more to look at.
    pub looked_to: Option<Timestamp>,
}

/// An exchange that holds the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyMatch {
    /// The operation.
    pub row: OperationRow,
    /// The first of its exchanges that matches.
    pub exchange: ExchangeId,
    /// Who called whom in it.
    pub way: Way,
    /// In the answer (else in the request).
    pub in_answer: bool,
    /// The text with some 40 characters on either side, on one line.
    pub excerpt: String,
}

/// How many orders came in a quarter of an hour, by how they stand now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The quarter's beginning.
    pub from: Timestamp,
    /// How they stand.
    pub state: OperationState,
    /// How many.
    pub orders: u64,
}

/// Orders that stand for a person to look at, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureGroup {
    /// The cause.
    pub cause: Option<String>,
    /// The words to it.
    pub detail: Option<String>,
    /// How many nobody has marked as handled.
    pub orders: u64,
    /// The newest of them.
    pub newest: OperationId,
}
