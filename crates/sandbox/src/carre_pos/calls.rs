//! What the till says to the console and hears from it: the calls to come, and a log of those made. Sends nothing itself.

use std::collections::VecDeque;

use serde::Serialize;

/// Calls remembered.
const REMEMBERED: usize = 200;
/// Calls whose body is kept, so that they can be made again.
const REPEATABLE: usize = 20;
/// How much of an answer is kept, in characters.
const ANSWER: usize = 2_000;

/// How a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Kind {
    /// The whole state.
    Put,
    /// What changed.
    Patch,
    /// What the console knows.
    Get,
}

/// A call about to be made, word for word.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// The till's life it belongs to: a reset begins another.
    pub(super) run: u64,
    /// Whether somebody asked for this very call: what it says counts for nothing else.
    pub(super) by_hand: bool,
    pub(super) kind: Kind,
    pub(super) url: String,
    pub(super) key: String,
    pub(super) idempotency_key: Option<String>,
    pub(super) body: String,
    pub(super) sequence: u64,
    pub(super) entries: usize,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// None when there was no answer.
    pub(super) status: Option<u16>,
    pub(super) retry_after: Option<u64>,
    pub(super) text: String,
    pub(super) took_ms: u64,
}

/// A call that was made.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Call {
    /// Counts from 1.
    pub(super) number: u64,
    /// When its answer was there (or was known not to come).
    pub(super) at: String,
    pub(super) method: Kind,
    pub(super) url: String,
    pub(super) sequence: u64,
    pub(super) entries: usize,
    pub(super) idempotency_key: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) answer: String,
    pub(super) took_ms: u64,
    #[serde(skip)]
    job: Option<Job>,
}

/// The calls made, newest last.
#[derive(Debug, Default)]
pub(super) struct Calls {
    list: VecDeque<Call>,
    count: u64,
}

impl Calls {
    /// Notes a call and what came of it.
    pub(super) fn note(&mut self, job: Job, heard: &Heard, at: String) {
        self.count += 1;
        if self.list.len() >= REMEMBERED {
            self.list.pop_front();
        }
        self.list.push_back(Call {
            number: self.count,
            at,
            method: job.kind,
            url: job.url.clone(),
            sequence: job.sequence,
            entries: job.entries,
            idempotency_key: job.idempotency_key.clone(),
            status: heard.status,
            answer: heard.text.chars().take(ANSWER).collect(),
            took_ms: heard.took_ms,
            job: Some(job),
        });
        if let Some(at) = self.list.len().checked_sub(REPEATABLE + 1) {
            self.list[at].job = None;
        }
    }

    /// Those remembered, oldest first.
    pub(super) fn list(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.list.iter()
    }

    /// How many there were.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// One of the last, to be made again.
    pub(super) fn job(&self, number: u64) -> Option<Job> {
        self.list.iter().find(|call| call.number == number).and_then(|call| call.job.clone())
    }
}
