//! `/attempts`: runs of OAuth.

use gloo_net::http::Method;
use passerelle_wire::{AttemptBegin, AttemptConfirm, AttemptFinish, AttemptOutcome, AttemptStarted, AttemptSummary};

use super::{ApiError, call};
use crate::logic::query::encode;

/// Begins; the browser is then sent to the answer's `authorize_url`.
pub async fn begin(vendor: &str, till: &str) -> Result<AttemptStarted, ApiError> {
    let body = AttemptBegin { vendor: vendor.to_owned(), till: till.to_owned() };
    call::change(Method::POST, "/attempts", Some(&body)).await
}

/// Hands over what HubRise brought back.
pub async fn finish(returned: &AttemptFinish) -> Result<AttemptOutcome, ApiError> {
    call::change(Method::POST, "/attempts/finish", Some(returned)).await
}

/// This session's latest attempt.
pub async fn latest() -> Result<AttemptSummary, ApiError> {
    call::get("/attempts/latest").await
}

/// Answers whether to switch accounts.
pub async fn confirm(attempt: &str, accept: bool) -> Result<AttemptOutcome, ApiError> {
    let path = format!("/attempts/{}/confirm", encode(attempt));
    call::change(Method::POST, &path, Some(&AttemptConfirm { accept })).await
}
