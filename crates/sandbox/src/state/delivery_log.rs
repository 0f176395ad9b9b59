//! What became of the events that were sent: the latest thousand, as `/_sandbox/callbacks` tells them. Decides nothing.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

use super::grants::Connection;

/// Deliveries remembered; the oldest go first.
const REMEMBERED: usize = 1_000;

/// What became of one parcel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    /// The answer's status; `None` when there was none.
    pub(crate) status: Option<u16>,
    /// Whether the limit passed without an answer.
    pub(crate) timed_out: bool,
    /// Milliseconds until the answer, or until it was given up.
    pub(crate) took_ms: u64,
}

impl Outcome {
    /// "Any answer 200–499 within 20 s acknowledges."
    pub(super) fn acknowledges(self) -> bool {
        self.status.is_some_and(|status| (200..500).contains(&status))
    }
}

/// One event sent once.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Delivery {
    pub(crate) event_id: String,
    pub(crate) connection_id: String,
    pub(crate) order_id: Option<String>,
    /// `order.create`
    pub(crate) event: String,
    pub(crate) url: String,
    /// 1 for the first time.
    pub(crate) attempt: usize,
    pub(crate) at: String,
    pub(crate) status: Option<u16>,
    pub(crate) timed_out: bool,
    pub(crate) took_ms: u64,
    /// What follows: `acknowledged`, `again` or `given_up`.
    pub(crate) then: &'static str,
}

/// The latest deliveries.
#[derive(Debug, Default)]
pub(crate) struct DeliveryLog(VecDeque<Delivery>);

impl DeliveryLog {
    /// Remembers a delivery.
    pub(super) fn note(&mut self, delivery: Delivery) {
        if self.0.len() >= REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(delivery);
    }

    /// Oldest first.
    pub(crate) fn list(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.0.iter()
    }
}

/// An event's kind and its order, while it is there.
pub(super) fn named(connection: &Connection, event_id: &str) -> (String, Option<String>) {
    let Some(event) = connection.events.iter().find(|event| event.id == event_id) else { return Default::default() };
    let text = |name: &str| event.summary.get(name).and_then(Value::as_str);
    let kind = format!("{}.{}", text("resource_type").unwrap_or_default(), text("event_type").unwrap_or_default());
    (kind, text("order_id").map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_and_refusals_acknowledge_and_failures_do_not() {
        let of = |status| Outcome { status, timed_out: false, took_ms: 0 }.acknowledges();
        assert!([200, 204, 302, 401, 404, 499].into_iter().all(|status| of(Some(status))));
        assert!(![None, Some(199), Some(500), Some(503)].into_iter().any(of));
    }
}
