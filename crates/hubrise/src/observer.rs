//! The one place every call to HubRise passes.
//!
//! Owns what may be told about a call: to everyone, no query, no header, no body; to whoever asks for a [`Tape`], all
//! that was said, but never a secret. Does not own what is done with it.

use std::time::Duration;

use crate::{Error, Tape};

/// One call to HubRise, over. Holds nothing secret.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// What was asked, in our words (`list_locations`).
    pub operation: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The host called, with its port where it is not the scheme's own.
    pub host: &'a str,
    /// The path called, without its query.
    pub path: &'a str,
    /// The status of the answer, when there was one.
    pub status: Option<u16>,
    /// From the first byte tried to the last byte read.
    pub duration: Duration,
    /// What came of it.
    pub outcome: Outcome<'a>,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// A usable answer.
    Answered,
    /// None; HubRise's own words may be in the error, a secret never is.
    Failed(&'a Error),
    /// The caller went away while the call was under way: what HubRise did with it is unknown.
    Abandoned,
}

/// Told of every call, once, when it is over.
pub trait Observer: Send + Sync {
    /// Called in the task that made the call: it must not block.
    fn called(&self, call: &Call<'_>);

    /// Whether calls of the API are to be taped too; asked when one begins. Taping copies every body.
    fn wants_tape(&self) -> bool {
        false
    }

    /// Called right after [`Observer::called`] if a tape was wanted, in the task that made the call: it must not block.
    fn taped(&self, _tape: Tape) {}
}

/// Writes one log event a call: `debug` for an answer, `warn` for anything else.
#[derive(Clone, Copy, Debug, Default)]
pub struct TracingObserver;

impl Observer for TracingObserver {
    fn called(&self, call: &Call<'_>) {
        let Call { operation, method, host, path, status, duration, outcome } = call;
        let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Outcome::Answered => {
                tracing::debug!(operation, method, host, path, status, duration_ms, "hubrise answered");
            }
            Outcome::Failed(error) => {
                tracing::warn!(operation, method, host, path, status, duration_ms, %error, "hubrise call failed");
            }
            Outcome::Abandoned => {
                tracing::warn!(operation, method, host, path, status, duration_ms, "hubrise call abandoned");
            }
        }
    }
}
