//! Which answer means what.
//!
//! Owns the one decision from (what was asked, status, headers, body) to an [`Error`], as a plain function. Does not
//! own the reading of good answers.

use std::time::Duration;

use ::http::HeaderMap;
use ::http::header::RETRY_AFTER;

use crate::error::{DeadCause, Error, FieldError};
use crate::model::ErrorBody;

/// The longest message of HubRise's that is kept, in characters.
const LONGEST_MESSAGE: usize = 300;

/// The most fields of a 422 that are kept.
const MOST_FIELDS: usize = 20;

/// What kind of call was made: the same status means different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The API, with an access token.
    Api,
    /// `POST /token`, with client credentials and a code.
    Token,
    /// `POST /revoke`, with client credentials and a token.
    Revoke,
}

/// What an answer means. `secrets` are what the call carried: should HubRise repeat one, it is masked.
///
/// # Errors
/// The failure that the status stands for; none for 2xx, whose body is not looked at.
pub(crate) fn of(asked: Asked, status: u16, headers: &HeaderMap, body: &[u8], secrets: &[&str]) -> Result<(), Error> {
    if (200..300).contains(&status) {
        return Ok(());
    }
    let said: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
    let message = tidy(said.message.as_deref().unwrap_or_default(), secrets);
    // HubRise has no such path at all: a base URL is wrong, and nothing is known of the resource or the code.
    let no_such_path = said.error_type.as_deref() == Some("routing_error");
    Err(match (status, asked) {
        (404, _) if no_such_path => Error::Nonsense { what: "hubrise has no such path".to_owned() },
        (401, Asked::Api) => Error::TokenDead { cause: dead_cause(&message), message },
        (401, Asked::Token | Asked::Revoke) => Error::ClientRejected,
        (400 | 404, Asked::Token) => Error::CodeRejected,
        (403, _) => Error::Forbidden { message },
        (404, _) => Error::NotFound,
        (429, _) => Error::RateLimited { retry_after: retry_after(headers) },
        (400..=499, _) => Error::Unprocessable { status, message, fields: fields(said, secrets) },
        (500..=599, _) => Error::Failed { status },
        _ => Error::Nonsense { what: format!("unexpected status `{status}`") },
    })
}

/// Which of HubRise's three messages it is, by the words only that one has.
fn dead_cause(message: &str) -> DeadCause {
    let message = message.to_lowercase();
    let says = |word: &str| message.contains(word);
    if says("suspended") || says("non payment") || says("non-payment") {
        DeadCause::Unpaid
    } else if says("blocked") {
        DeadCause::Blocked
    } else if says("revoked") || says("invalid") {
        DeadCause::Revoked
    } else {
        DeadCause::Unknown
    }
}

/// `Retry-After` in seconds; its other form, a date, is not one HubRise documents.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

fn fields(said: ErrorBody, secrets: &[&str]) -> Vec<FieldError> {
    said.errors
        .into_iter()
        .take(MOST_FIELDS)
        .map(|entry| FieldError { field: tidy(&entry.field, secrets), message: tidy(&entry.message, secrets) })
        .collect()
}

/// HubRise's words made fit for a log line: no secret, one line, bounded. Masked first: half a secret left by the
/// cut would be masked no more.
fn tidy(text: &str, secrets: &[&str]) -> String {
    let sent = secrets.iter().filter(|secret| !secret.is_empty());
    let masked = sent.fold(text.to_owned(), |text, secret| text.replace(secret, "…"));
    masked.chars().take(LONGEST_MESSAGE).map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests;
