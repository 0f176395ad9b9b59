//! Watching one call from beginning to end, so that the observer hears of it whatever happens.
//!
//! Owns the clock and the last resort: a call dropped half way is told as abandoned.

use std::time::Instant;

use crate::observer::{Call, Observer, Outcome};

/// A call under way. Dropped before [`Watch::end`], it was abandoned.
pub(super) struct Watch<'a> {
    observer: &'a dyn Observer,
    operation: &'static str,
    method: &'static str,
    host: String,
    path: String,
    status: Option<u16>,
    begun: Instant,
    told: bool,
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
                "DELETE" => "DELETE",
                _ => "OTHER",
            },
            host: url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
            path: url.path().to_owned(),
            status: None,
            begun: Instant::now(),
            told: false,
        }
    }

    pub(super) fn answered(&mut self, status: u16) {
        self.status = Some(status);
    }

    pub(super) fn end(mut self, outcome: Outcome<'_>) {
        self.tell(outcome);
    }

    fn tell(&mut self, outcome: Outcome<'_>) {
        self.told = true;
        self.observer.called(&Call {
            operation: self.operation,
            method: self.method,
            host: &self.host,
            path: &self.path,
            status: self.status,
            duration: self.begun.elapsed(),
            outcome,
        });
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if !self.told {
            self.tell(Outcome::Abandoned);
        }
    }
}
