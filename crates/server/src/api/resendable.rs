//! Whether an order can be sent again, and what must be said before. A question of facts alone: who may is asked elsewhere.

use passerelle_store::{ConnectionRow, OperationFilter, OperationKind, OperationRow, OperationState, Result};
use passerelle_wire::{Cause, Resendable};

use crate::delivery::cause;
use crate::search;
use crate::state::AppState;

/// HubRise's statuses of an order that nobody wants any more.
const UNWANTED: [&str; 3] = ["cancelled", "rejected", "delivery_failed"];
/// Changes of one order that are looked at, the newest first: HubRise's statuses are eleven.
const CHANGES: u32 = 20;

/// As far as the operation itself tells; `here` is the open connection it is seen through.
pub(super) fn told(here: &ConnectionRow, operation: &OperationRow) -> Resendable {
    use OperationState as S;
    if operation.kind != OperationKind::OrderCreated || operation.connection != here.id {
        return Resendable::No;
    }
    let status = operation.order.as_ref().and_then(|order| order.status.as_deref());
    let unwanted = status.is_some_and(|status| UNWANTED.contains(&status));
    match operation.state {
        S::Queued | S::Sending => Resendable::No,
        // The order is another operation's, which can be sent again.
        S::Noted if cause_of(operation) == Some(Cause::DuplicateOrder) => Resendable::No,
        S::Delivered => Resendable::WasDelivered,
        S::Unknown => Resendable::MayBePrinted,
        _ if operation.may_be_printed => Resendable::MayBePrinted,
        S::Withdrawn => Resendable::WasCancelled,
        _ if unwanted => Resendable::WasCancelled,
        // Dealt with before it came here: by whom, nobody knows.
        S::Noted | S::NotHandled => Resendable::MayBePrinted,
        S::Attention | S::Refused | S::Failed => Resendable::Safe,
    }
}

/// The same, and whether HubRise has told since that the order was cancelled: one that was refused is not flagged for it.
///
/// # Errors
/// When the store fails.
pub(super) async fn of(state: &AppState, here: &ConnectionRow, operation: &OperationRow) -> Result<Resendable> {
    let told = told(here, operation);
    match &operation.order {
        Some(order) if told == Resendable::Safe && was_cancelled(state, here, &order.order_id).await? => {
            Ok(Resendable::WasCancelled)
        }
        _ => Ok(told),
    }
}

async fn was_cancelled(state: &AppState, here: &ConnectionRow, order_id: &str) -> Result<bool> {
    let terms = search::of_id(order_id);
    let filter = OperationFilter { kinds: vec![OperationKind::OrderUpdated], ..OperationFilter::default() };
    let changes = state.store().find(&here.id, &terms, None, &filter, None, CHANGES).await?;
    let latest = changes.found.iter().filter_map(|(row, _)| row.order.as_ref());
    // Ids that begin alike are found too, and case matters.
    let mut latest = latest.filter(|order| order.order_id == order_id).filter_map(|order| order.status.as_deref());
    Ok(latest.next().is_some_and(|status| UNWANTED.contains(&status)))
}

fn cause_of(operation: &OperationRow) -> Option<Cause> {
    operation.cause.as_deref().and_then(cause::from_stored)
}
