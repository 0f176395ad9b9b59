//! `/attempts` and `/arrivals`: runs of OAuth.

use gloo_net::http::Method;
use passerelle_wire::{
    Arrival, AttemptBegin, AttemptConfirm, AttemptFinish, AttemptOutcome, AttemptStarted, AttemptSummary,
};

use super::{ApiError, call, session};
use crate::logic::query::encode;

/// Begins; the browser is then sent to the answer's `authorize_url`.
pub async fn begin(what: &AttemptBegin) -> Result<AttemptStarted, ApiError> {
    call::change(Method::POST, "/attempts", Some(what)).await
}

/// Hands over a code that HubRise's **Connect** brought.
pub async fn arrive(arrival: &Arrival) -> Result<AttemptOutcome, ApiError> {
    call::change(Method::POST, "/arrivals", Some(arrival)).await
}

/// Hands over what HubRise brought back.
pub async fn finish(returned: &AttemptFinish) -> Result<AttemptOutcome, ApiError> {
    let answer = call::change(Method::POST, "/attempts/finish", Some(returned)).await;
    if let Ok(AttemptOutcome::SignedIn { .. }) = answer {
        session::renewed();
    }
    answer
}

/// This session's latest attempt.
pub async fn latest() -> Result<AttemptSummary, ApiError> {
    call::get("/attempts/latest").await
}

/// One of this session's attempts.
pub async fn by_id(attempt: &str) -> Result<AttemptSummary, ApiError> {
    call::get(&format!("/attempts/latest?attempt={}", encode(attempt))).await
}

/// Answers whether to switch accounts, or whether to take what HubRise's **Connect** brought.
pub async fn confirm(attempt: &str, accept: bool) -> Result<AttemptOutcome, ApiError> {
    let path = format!("/attempts/{}/confirm", encode(attempt));
    call::change(Method::POST, &path, Some(&AttemptConfirm { accept })).await
}
