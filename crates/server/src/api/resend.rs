//! `POST /api/v1/connections/{id}/operations/{operation}/resend`: puts an order back on its way to the till, as it was or
//! with a request that a person wrote.
//!
//! Owns the questions asked before. What is safe to send again is in `resendable`; that of two who press at once one is
//! told, is the store's.

use axum::extract::State;
use passerelle_pixelpoint::written;
use passerelle_store::{OperationId, Resend};
use passerelle_wire::{Operation, Problem, ProblemCode, ResendAsk, Resendable};

use super::acting::{acting, operation};
use super::operations::one;
use super::resendable;
use crate::auth::Changing;
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// The longest request a person may write, in bytes: 1 MiB, what the store keeps of a body.
const LONGEST: usize = 1024 * 1024;
/// The largest body of the call: such a request, every character of which JSON may write with six.
pub(super) const BODY: usize = 6 * LONGEST + 4096;

/// Sends an order again: in its turn among the till's other orders, with the till's present settings, or, with `request`,
/// exactly what a person wrote (the till's token put where its mask stands). Who did is kept. Where it may print twice, or
/// the order was cancelled, `despite` must say that this is known.
///
/// Who may call: a session with a grant to manage the connection, or the vendor's support with any grant on it, from our own
/// pages.
#[utoipa::path(post, path = "/connections/{connection}/operations/{operation}/resend", tag = "operations", request_body = ResendAsk,
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "On its way; as it stands now", body = Operation),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`conflict`: it has changed since that version; `not_sendable`: no order, or under way; `may_print_twice`: say `despite` to send it all the same", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`payload_too_large`: a request over 1 MiB", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`request_invalid`: the field `request` says in which line and column", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn resend(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((connection, id)): Path<(String, String)>,
    Json(asked): Json<ResendAsk>,
) -> Result<Json<Operation>, ApiProblem> {
    let row = acting(&state, &caller, connection).await?;
    let found = operation(&state, &row, &OperationId::new(id)).await?;
    // Before anything else: whoever sees an operation as it was is told that first.
    if found.changed_at.as_microsecond().to_string() != asked.version {
        return Err(ApiProblem::of(ProblemCode::Conflict));
    }
    match resendable::of(&state, &row, &found).await? {
        Resendable::No => return Err(ApiProblem::of(ProblemCode::NotSendable)),
        Resendable::Safe => {}
        Resendable::WasDelivered | Resendable::MayBePrinted | Resendable::WasCancelled if asked.despite => {}
        Resendable::WasDelivered | Resendable::MayBePrinted | Resendable::WasCancelled => {
            return Err(ApiProblem::of(ProblemCode::MayPrintTwice));
        }
    }
    if let Some(request) = &asked.request {
        checked(request)?;
    }
    let wanted = Resend {
        connection: row.id.clone(),
        operation: found.id.clone(),
        seen_changed_at: found.changed_at,
        session: caller.session.id.clone(),
        request: asked.request.map(String::into_bytes),
        at: state.now(),
    };
    if state.store().resend(wanted).await?.is_none() {
        return Err(ApiProblem::not_found());
    }
    state.wake().wake();
    state.live().connection_changed(&row.id);
    one(State(state), caller, Path((row.id.as_str().to_owned(), found.id.as_str().to_owned()))).await
}

/// # Errors
/// `payload_too_large`, or `request_invalid` with where and why.
fn checked(request: &str) -> Result<(), ApiProblem> {
    if request.len() > LONGEST {
        return Err(ApiProblem::of(ProblemCode::PayloadTooLarge));
    }
    written::check(request)
        .map_err(|fault| ApiProblem::of(ProblemCode::RequestInvalid).with_field("request", fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_too_long_or_no_order_is_refused() {
        let order = "<Request><RequestType>10</RequestType></Request>";
        assert!(checked(order).is_ok());
        assert_eq!(checked("<Request>").map_err(|problem| problem.code()), Err(ProblemCode::RequestInvalid));
        let long = format!("{order}{}", " ".repeat(LONGEST));
        assert_eq!(checked(&long).map_err(|problem| problem.code()), Err(ProblemCode::PayloadTooLarge));
    }
}
