//! Orders to come: so many, so often, at these places, of these shapes. A rush ends, a trickle does not. Makes no order
//! itself: the generator asks what is due.

use std::{sync::Arc, time::Duration};

use serde::Serialize;
use tokio::{sync::Notify, time::Instant};

use super::State;

/// Orders asked for by one call at most.
pub(crate) const MOST_ORDERS: u64 = 1_000_000;
/// Orders a second at most.
pub(crate) const FASTEST: u32 = 5_000;
/// Streams that have ended and are still told of.
const REMEMBERED: usize = 20;

/// A stream as it was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) kind: Kind,
    /// The places, in turn.
    pub(crate) locations: Vec<String>,
    /// The shapes, in turn.
    pub(crate) shapes: Vec<&'static str>,
    /// Between one order and the next; real time, whatever the sandbox's clock says.
    pub(crate) every: Duration,
    /// How many; `None` for as long as it is let.
    pub(crate) count: Option<u64>,
}

/// What a stream is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Rush,
    Trickle,
}

/// A stream under way, or over.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) id: u64,
    pub(crate) wanted: Wanted,
    pub(crate) made: u64,
    pub(crate) stopped: bool,
    next: Instant,
}

impl Stream {
    /// Whether nothing more will come of it.
    pub(crate) fn is_over(&self) -> bool {
        self.stopped || self.wanted.count.is_some_and(|count| self.made >= count)
    }
}

/// An order that is due.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DueOrder {
    pub(crate) location_id: String,
    pub(crate) shape: &'static str,
}

/// Every stream.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    list: Vec<Stream>,
    numbered: u64,
    bell: Arc<Notify>,
}

impl Streams {
    /// None is left after a reset; whoever waits for the bell waits for the same.
    pub(super) fn after(former: &Self) -> Self {
        Self { bell: Arc::clone(&former.bell), numbered: former.numbered, ..Self::default() }
    }

    /// Rings when a stream begins.
    pub(crate) fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }

    /// Begins a stream, its first order at once. Answers its id.
    pub(crate) fn begin(&mut self, wanted: Wanted, now: Instant) -> u64 {
        self.numbered += 1;
        while self.list.len() >= REMEMBERED {
            let Some(at) = self.list.iter().position(Stream::is_over) else { break };
            self.list.remove(at);
        }
        self.list.push(Stream { id: self.numbered, wanted, made: 0, stopped: false, next: now });
        self.bell.notify_one();
        self.numbered
    }

    /// Ends a stream, or every one; answers how many were under way.
    pub(crate) fn stop(&mut self, id: Option<u64>) -> usize {
        let under_way = self.list.iter_mut().filter(|one| id.is_none_or(|id| one.id == id) && !one.is_over());
        under_way.map(|stream| stream.stopped = true).count()
    }

    /// Every stream that is told of, oldest first.
    pub(crate) fn list(&self) -> &[Stream] {
        &self.list
    }

    /// Takes up to `room` orders that are due, and says when the next is; `None` for when the bell rings.
    pub(crate) fn take(&mut self, now: Instant, room: usize) -> (Vec<DueOrder>, Option<Instant>) {
        let mut due = Vec::new();
        for stream in &mut self.list {
            while due.len() < room && !stream.is_over() && stream.next <= now {
                let Wanted { locations, shapes, every, .. } = &stream.wanted;
                let turn = |length: usize| usize::try_from(stream.made).unwrap_or(0) % length.max(1);
                let (Some(location), Some(shape)) =
                    (locations.get(turn(locations.len())), shapes.get(turn(shapes.len())))
                else {
                    stream.stopped = true;
                    break;
                };
                due.push(DueOrder { location_id: location.clone(), shape });
                stream.made += 1;
                stream.next += *every;
            }
        }
        let next = self.list.iter().filter(|stream| !stream.is_over()).map(|stream| stream.next).min();
        (due, next)
    }
}

impl State {
    /// Ids of the locations meant by a location's id or name, or by an account's id or name: all of that.
    pub(crate) fn locations_meant(&self, text: &str) -> Vec<String> {
        let directory = &self.directory;
        let one = directory.locations.iter().find(|location| location.id == text || location.name == text);
        if let Some(location) = one {
            return vec![location.id.clone()];
        }
        let account = directory.accounts.iter().find(|account| account.id == text || account.name == text);
        let of = |id: &str| directory.locations_of(id).into_iter().map(|location| location.id.clone()).collect();
        account.map(|account| of(&account.id)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rush_catches_up_takes_turns_and_ends() {
        let mut streams = Streams::default();
        let began = Instant::now();
        let wanted = Wanted {
            kind: Kind::Rush,
            locations: vec!["a".into(), "b".into()],
            shapes: vec!["plain", "deal", "bare"],
            every: Duration::from_millis(100),
            count: Some(5),
        };
        let id = streams.begin(wanted, began);
        let places =
            |due: &[DueOrder]| due.iter().map(|one| format!("{}{}", one.location_id, one.shape)).collect::<Vec<_>>();
        let (due, next) = streams.take(began + Duration::from_millis(250), 10);
        assert_eq!(places(&due), ["aplain", "bdeal", "abare"]);
        assert_eq!(next, Some(began + Duration::from_millis(300)));
        let (due, next) = streams.take(began + Duration::from_secs(9), 1);
        assert_eq!((places(&due), next.is_some()), (vec!["bplain".to_owned()], true));
        let (due, next) = streams.take(began + Duration::from_secs(9), 10);
        assert_eq!((places(&due), next), (vec!["adeal".to_owned()], None));
        assert_eq!(streams.stop(Some(id)), 0, "it is over");
    }
}
