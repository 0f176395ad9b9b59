//! Telling open pages that what they show has changed.
//!
//! Owns who listens (a few streams a session), the signals within this process, and that the streams end when the server
//! stops. What other servers of the same console changed is found by `watch`; what one page is told is in `stream`, and in
//! `orders` where it shows some. A signal says where to look and never what is there: whoever listens reads it with its
//! own rights.

mod orders;
mod stock;
mod stream;
mod watch;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use passerelle_store::{ConnectionId, SessionId};
use tokio::sync::{Notify, broadcast};

pub(crate) use stream::{Subject, listen};
pub use watch::Watch;

/// Streams a session may have open: a browser allows six connections to a server over all its tabs, and one that
/// reloads may overlap with itself for a moment.
const SEATS: usize = 8;
/// Signals kept for a stream that is slow to take them; one that falls behind looks at everything instead.
const BACKLOG: usize = 256;

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// At a connection.
    Connection(ConnectionId),
    /// At a vendor's till.
    Till(String, String),
    /// At a session: it has ended, or its cookie has changed.
    Session(SessionId),
    /// The server stops.
    Closing,
}

/// Who listens, and how to tell them; cloning shares it.
#[derive(Clone, Debug)]
pub struct Live(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    signals: broadcast::Sender<Signal>,
    seats: Mutex<HashMap<SessionId, usize>>,
    sat_down: Notify,
    look: Notify,
    closed: AtomicBool,
}

impl Default for Live {
    fn default() -> Self {
        Self(Arc::new(Shared {
            signals: broadcast::Sender::new(BACKLOG),
            seats: Mutex::default(),
            sat_down: Notify::new(),
            look: Notify::new(),
            closed: AtomicBool::new(false),
        }))
    }
}

impl Live {
    /// A connection has changed.
    pub fn connection_changed(&self, id: &ConnectionId) {
        self.tell(Signal::Connection(id.clone()));
    }

    /// Something has changed at a vendor's till: a connection, a request, a lock.
    pub fn till_changed(&self, vendor: &str, till: &str) {
        self.tell(Signal::Till(vendor.to_owned(), till.to_owned()));
    }

    /// A session has ended, or its cookie has changed: its streams end, and browsers open them anew if they may.
    pub fn session_changed(&self, id: &SessionId) {
        self.tell(Signal::Session(id.clone()));
    }

    /// Something was changed in the store: has the watch look at once what it is.
    pub fn look(&self) {
        self.0.look.notify_one();
    }

    /// Ends all streams: the server stops, and must not wait for pages that stay open.
    pub fn close(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
        self.tell(Signal::Closing);
    }

    fn tell(&self, signal: Signal) {
        // An error says that nobody listens.
        let _listeners = self.0.signals.send(signal);
    }

    fn is_closed(&self) -> bool {
        self.0.closed.load(Ordering::SeqCst)
    }

    /// Somewhere to listen from; none when the session has all it may have.
    fn sit(&self, session: &SessionId) -> Option<Seat> {
        let mut seats = self.0.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = seats.entry(session.clone()).or_default();
        if *taken >= SEATS {
            return None;
        }
        *taken += 1;
        drop(seats);
        let seat = Seat { live: self.clone(), session: session.clone(), signals: self.0.signals.subscribe() };
        self.0.sat_down.notify_one();
        Some(seat)
    }

    /// Whether nobody listens.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.seats.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// A place among those who listen; left when dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    live: Live,
    session: SessionId,
    signals: broadcast::Receiver<Signal>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.live.0.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = seats.get_mut(&self.session) {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_seats_and_gets_them_back() {
        let (live, nina, marc) = (Live::default(), SessionId::new("nina"), SessionId::new("marc"));
        let seats: Vec<_> = (0..SEATS).map(|_| live.sit(&nina).unwrap()).collect();
        assert!(live.sit(&nina).is_none());
        assert!(live.sit(&marc).is_some(), "another session has its own");
        drop(seats);
        assert!(live.is_empty());
        assert!(live.sit(&nina).is_some());
    }

    #[tokio::test]
    async fn everyone_who_listens_hears_and_nobody_need_listen() {
        let (live, session) = (Live::default(), SessionId::new("nina"));
        live.till_changed("vendor", "unheard");
        let mut seats = [live.sit(&session).unwrap(), live.sit(&session).unwrap()];
        live.connection_changed(&ConnectionId::new("c"));
        for seat in &mut seats {
            assert_eq!(seat.signals.recv().await, Ok(Signal::Connection(ConnectionId::new("c"))));
        }
    }
}
