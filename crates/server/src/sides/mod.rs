//! HubRise's order and the till's request laid beside each other, ready to be drawn: lines a person can read, in rows of what
//! belongs together, the links between them, what they add up to, the kitchen's ticket, and the part a failure is about.
//!
//! Owns what stands beside what. Plain functions of texts that were masked before they came here: nothing of an answer is
//! from anywhere else. Does not own where the texts come from nor who may see them (`api/sides.rs`), nor what became of what:
//! the bridge tells that, and nothing of it is guessed here. It is done here rather than in the app because every reader
//! would have to download it.

mod amount;
mod json;
mod links;
mod model;
mod order;
mod paying;
mod pointer;
mod request;
mod rows;
mod shown;
mod ticket;
mod totals;
mod xml;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;

use passerelle_bridge::{Fate, Origin};
use passerelle_wire::{Cause, Note, Sides};

use self::model::Model;

/// What is known of both sides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The order: JSON.
    pub(crate) order: Option<String>,
    /// The request: XML, its token masked.
    pub(crate) request: Option<String>,
    /// The order's total, as HubRise writes it.
    pub(crate) total: Option<String>,
    /// Whether the request is one that was sent.
    pub(crate) was_sent: bool,
    /// Whether `origins` and `fates` were computed of just this request.
    pub(crate) exact: bool,
    /// Where each node of the request came from.
    pub(crate) origins: Vec<Origin>,
    /// What became of each part of the order.
    pub(crate) fates: Vec<Fate>,
}

/// What went wrong with the operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure {
    /// The cause.
    pub(crate) cause: Option<Cause>,
    /// The words to it, masked.
    pub(crate) detail: Option<String>,
}

/// The layout. A side that is larger than anybody reads, nested deeper than anything of ours, or broken has no lines.
pub(crate) fn lay_out(told: &Told, failure: &Failure, notes: &[Note]) -> Sides {
    let order = told.order.as_deref().and_then(json::read);
    let request = told.request.as_deref().and_then(xml::read);
    let model = Model::of(order.as_ref(), request.as_ref(), told);
    shown::sides(model, told, failure, notes)
}
