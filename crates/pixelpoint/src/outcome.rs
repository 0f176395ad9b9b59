//! What can come of a call. Owns the distinctions that matter to whoever must decide what to do next; decides nothing.

use crate::Tape;

/// A call, over.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What came of it.
    pub outcome: Outcome,
    /// What went over the wire, masked.
    pub tape: Tape,
}

/// What came of a call. Only [`Outcome::Unsent`] and [`Outcome::Refused`] say that nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The till did what it was asked.
    Accepted(Accepted),
    /// The till said no.
    Refused(Refusal),
    /// Not one byte of the request left: no address, no connection, no TLS.
    Unsent {
        /// Why, in English.
        why: String,
    },
    /// It may have been sent, and no whole answer came: it may have been printed.
    NoAnswer {
        /// Why, in English.
        why: String,
    },
    /// An answer came that says neither yes nor no: it may have been printed.
    Nonsense {
        /// Why, in English.
        why: String,
    },
}

/// What a till says of something it did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// `Transaction/Status` is 3: the check is closed. None where the answer has no such element.
    pub check_closed: Option<bool>,
    /// Every `Payment/Status` is 3: paid. None where the answer has no such element.
    pub payment_processed: Option<bool>,
    /// The till's own number of the order, where it gives one; text from outside.
    pub order_number: Option<String>,
    /// What a listing holds, in the answer's order; empty for an order.
    pub listing: Vec<Listed>,
}

/// One line of a listing; text from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The till's code.
    pub number: String,
    /// What it is called there.
    pub name: String,
}

/// A no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of no.
    pub kind: RefusalKind,
    /// The till's own words; text from outside, at most 2,000 characters.
    pub message: String,
}

/// What kind of no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// The API token is not the till's.
    WrongToken,
    /// The shop's till is offline: it may take the same request later.
    StoreOffline,
    /// A fault inside PixelPoint.
    Fault,
    /// A code the till does not know.
    UnknownProduct,
    /// Any other.
    Other,
}
