//! When an event is sent to its callback's URL, and how often ("Callbacks", active delivery). Sends nothing itself: the
//! courier asks what is due, and says how it ended; what came of it is kept in `delivery_log`.

use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use tokio::sync::Notify;

use super::{
    State,
    delivery_log::{Delivery, DeliveryLog, Outcome, named},
    grants::Status,
};

/// Minutes before an unanswered event is sent again, each once; after the last it is deleted.
const WAITS: [i64; 6] = [1, 2, 4, 8, 16, 32];
/// How long an answer is waited for, in milliseconds.
const ANSWER_LIMIT_MS: u64 = 20_000;

/// How events are sent; what `/_sandbox/callbacks` can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Manner {
    /// By what the documented waits are divided.
    pub(crate) acceleration: u32,
    /// Milliseconds an answer is waited for.
    pub(crate) answer_limit_ms: u64,
    /// How often each event is sent at once: more than once, as when an answer was lost on its way.
    pub(crate) copies: u32,
    /// Whether nothing is sent for now; events gather meanwhile.
    pub(crate) paused: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self { acceleration: 1, answer_limit_ms: ANSWER_LIMIT_MS, copies: 1, paused: false }
    }
}

/// An event's next time, soonest first, then in the order they happened.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at: Timestamp,
    number: u64,
    connection_id: String,
    event_id: String,
    /// Times it was sent before.
    tries: usize,
}

/// One event to be sent now.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) url: String,
    pub(crate) body: Vec<u8>,
    /// What the body is signed with.
    pub(crate) client_secret: String,
    pub(crate) answer_limit: Duration,
    pub(crate) copies: u32,
    due: Due,
    epoch: u64,
}

/// What waits to be sent, and what was.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    pub(crate) manner: Manner,
    due: BinaryHeap<Reverse<Due>>,
    numbered: u64,
    /// One higher with every reset, as ids come back after one.
    epoch: u64,
    pub(crate) log: DeliveryLog,
    bell: Arc<Notify>,
}

impl Deliveries {
    /// What is left of the former ones after a reset: whoever waits for the bell waits for the same.
    pub(super) fn after(former: &Self) -> Self {
        Self { epoch: former.epoch + 1, bell: Arc::clone(&former.bell), ..Self::default() }
    }

    /// Rings when there may be something to send.
    pub(crate) fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }

    /// Has an event sent at once.
    pub(super) fn post(&mut self, at: Timestamp, connection_id: &str, event_id: &str) {
        self.schedule(at, connection_id.to_owned(), event_id.to_owned(), 0);
        self.bell.notify_one();
    }

    fn schedule(&mut self, at: Timestamp, connection_id: String, event_id: String, tries: usize) {
        self.numbered += 1;
        self.due.push(Reverse(Due { at, number: self.numbered, connection_id, event_id, tries }));
    }

    /// When an event that failed is sent again; `None` when it was sent for the last time.
    fn next_time(&self, now: Timestamp, tries: usize) -> Option<Timestamp> {
        let wait = SignedDuration::from_mins(*WAITS.get(tries)?);
        let faster = i32::try_from(self.manner.acceleration.max(1)).unwrap_or(i32::MAX);
        now.checked_add(wait / faster).ok()
    }
}

impl State {
    /// Takes up to `room` events that are due. When none is left, says how long until the next is; `None` for until the
    /// bell rings.
    pub(crate) fn parcels(&mut self, room: usize) -> (Vec<Parcel>, Option<Duration>) {
        self.end_shortages();
        let (parcels, wait) = self.due_parcels(room);
        let now = self.clock.now();
        let expiry = self.inventories.next_expiry().filter(|_| !self.clock.is_frozen());
        let expiry = expiry.map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default());
        (parcels, wait.into_iter().chain(expiry).min())
    }

    fn due_parcels(&mut self, room: usize) -> (Vec<Parcel>, Option<Duration>) {
        let now = self.clock.now();
        let mut parcels = Vec::new();
        if self.deliveries.manner.paused {
            return (parcels, None);
        }
        while parcels.len() < room {
            let Some(Reverse(next)) = self.deliveries.due.peek() else { break };
            if next.at > now {
                let wait = Duration::try_from(next.at.duration_since(now)).unwrap_or_default();
                return (parcels, (!self.clock.is_frozen()).then_some(wait));
            }
            let Some(Reverse(due)) = self.deliveries.due.pop() else { break };
            parcels.extend(self.parcel(due));
        }
        (parcels, None)
    }

    /// An event ready to go; `None` for one that was acknowledged meanwhile, or that nobody wants sent any more: it can
    /// then be read under `/callback/events` alone.
    fn parcel(&self, due: Due) -> Option<Parcel> {
        let connection = self.connection(&due.connection_id).filter(|one| one.status != Status::Revoked)?;
        let url = connection.callback.as_ref()?.url.clone()?;
        let event = connection.events.iter().find(|event| event.id == due.event_id)?;
        let client_secret = self.directory.client(&connection.grant.client_id)?.secret.clone();
        let body = serde_json::to_vec(&event.whole()).ok()?;
        let Manner { answer_limit_ms, copies, .. } = self.deliveries.manner;
        let answer_limit = Duration::from_millis(answer_limit_ms);
        Some(Parcel { url, body, client_secret, answer_limit, copies, due, epoch: self.deliveries.epoch })
    }

    /// Notes how a parcel ended: the event is deleted when it was acknowledged or sent for the last time, and is due
    /// again otherwise.
    pub(crate) fn delivered(&mut self, parcel: Parcel, outcome: Outcome) {
        if parcel.epoch != self.deliveries.epoch {
            return;
        }
        let now = self.clock.now();
        let (url, Due { connection_id, event_id, tries, .. }) = (parcel.url, parcel.due);
        let (event, order_id) = self.connection(&connection_id).map(|one| named(one, &event_id)).unwrap_or_default();
        let next = if outcome.acknowledges() { None } else { self.deliveries.next_time(now, tries) };
        let then = match next {
            _ if outcome.acknowledges() => "acknowledged",
            Some(_) => "again",
            None => "given_up",
        };
        let Outcome { status, timed_out, took_ms } = outcome;
        self.deliveries.log.note(Delivery {
            event_id: event_id.clone(),
            connection_id: connection_id.clone(),
            order_id,
            event,
            url,
            attempt: tries + 1,
            at: now.to_string(),
            status,
            timed_out,
            took_ms,
            then,
        });
        match next {
            Some(at) => self.deliveries.schedule(at, connection_id, event_id, tries + 1),
            None => {
                if let Some(connection) = self.connection_mut(&connection_id) {
                    connection.events.retain(|event| event.id != event_id);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_waits_are_divided_and_end() {
        let mut deliveries = Deliveries::default();
        let waits = |deliveries: &Deliveries| -> Vec<i64> {
            let now = Timestamp::UNIX_EPOCH;
            (0..7).filter_map(|tries| deliveries.next_time(now, tries)).map(Timestamp::as_second).collect()
        };
        assert_eq!(waits(&deliveries), [60, 120, 240, 480, 960, 1_920]);
        deliveries.manner.acceleration = 60;
        assert_eq!(waits(&deliveries), [1, 2, 4, 8, 16, 32]);
    }
}
