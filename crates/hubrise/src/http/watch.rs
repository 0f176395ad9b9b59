//! Watching one call from beginning to end, so that the observer hears of it whatever happens.
//!
//! Owns the clock and the last resort: a call dropped half way is told as abandoned.

use std::time::Instant;

use ::http::HeaderMap;
use jiff::Timestamp;

use crate::Error;
use crate::observer::{Call, Observer, Outcome};
use crate::tape::{self, Tape};

/// A call under way. Dropped before [`Watch::end`], it was abandoned.
pub(super) struct Watch<'a> {
    observer: &'a dyn Observer,
    operation: &'static str,
    method: &'static str,
    host: String,
    path: String,
    status: Option<u16>,
    begun: Instant,
    kept_in: bool,
    taping: Option<Taping<'a>>,
    told: bool,
}

/// A tape that runs, and what must not be on it.
struct Taping<'a> {
    tape: Tape,
    secrets: &'a [&'a str],
}

impl<'a> Watch<'a> {
    pub(super) fn begin(observer: &'a dyn Observer, operation: &'static str, request: &reqwest::Request) -> Self {
        let url = request.url();
        let host = url.host_str().unwrap_or_default();
        Self {
            observer,
            operation,
            method: match request.method().as_str() {
                "GET" => "GET",
                "POST" => "POST",
                "PATCH" => "PATCH",
                "DELETE" => "DELETE",
                _ => "OTHER",
            },
            host: url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
            path: url.path().to_owned(),
            status: None,
            begun: Instant::now(),
            kept_in: false,
            taping: None,
            told: false,
        }
    }

    /// Tapes the call, from what it is about to say.
    pub(super) fn tape(&mut self, request: &reqwest::Request, secrets: &'a [&'a str]) {
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        let tape = Tape {
            method: request.method().as_str().to_owned(),
            url: tape::masked_text(request.url().as_str().to_owned(), secrets),
            status: None,
            sent: true,
            started_at: Timestamp::now(),
            duration: std::time::Duration::ZERO,
            request_headers: tape::lines(request.headers(), secrets),
            request_body: tape::body(body, secrets),
            response_headers: String::new(),
            response_body: Vec::new(),
            error: None,
        };
        self.taping = Some(Taping { tape, secrets });
    }

    /// No connection came about: nothing has left this machine.
    pub(super) fn never_left(&mut self) {
        self.kept_in = true;
    }

    pub(super) fn answered(&mut self, status: u16, headers: &HeaderMap) {
        self.status = Some(status);
        if let Some(Taping { tape, secrets }) = &mut self.taping {
            tape.response_headers = tape::lines(headers, secrets);
        }
    }

    /// The answer's body, or as much of it as came.
    pub(super) fn brought(&mut self, body: &[u8]) {
        if let Some(Taping { tape, secrets }) = &mut self.taping {
            tape.response_body = tape::body(body, secrets);
        }
    }

    pub(super) fn end(mut self, outcome: Outcome<'_>) {
        self.tell(outcome);
    }

    fn tell(&mut self, outcome: Outcome<'_>) {
        self.told = true;
        let duration = self.begun.elapsed();
        self.observer.called(&Call {
            operation: self.operation,
            method: self.method,
            host: &self.host,
            path: &self.path,
            status: self.status,
            duration,
            outcome,
        });
        let Some(Taping { mut tape, .. }) = self.taping.take() else { return };
        tape.status = self.status;
        tape.duration = duration;
        (tape.sent, tape.error) = match outcome {
            Outcome::Answered => (true, None),
            Outcome::Failed(error) => (!self.kept_in, self.missing(error)),
            Outcome::Abandoned => (true, Some("given up before an answer came".to_owned())),
        };
        self.observer.taped(tape);
    }

    /// Why there is no usable answer. A refusal is one: its status and body say all.
    fn missing(&self, error: &Error) -> Option<String> {
        let usable = self.status.is_some() && !matches!(error, Error::Nonsense { .. } | Error::Timeout);
        (!usable).then(|| error.to_string())
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if !self.told {
            self.tell(Outcome::Abandoned);
        }
    }
}
