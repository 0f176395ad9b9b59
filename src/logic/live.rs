//! Following a till while its page is open: when to ask how it stands, and which change is worth saying aloud.
//! Owns no stream and no clock: `pages::till::live` has both.

use passerelle_wire::{HealthState, RequestState, TillStatus};

use super::health::{Gravity, gravity};

/// Between two looks while no stream says when to look, in seconds.
pub const EVERY: u64 = 10;

/// After so many looks in vain a closed stream is opened anew: once a minute.
const REOPEN_AFTER: u32 = 6;

/// How many streams one page keeps open: a browser allows six connections to a server over all its tabs.
pub const STREAMS: usize = 2;

/// What happens to a stream, or to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The stream stands.
    Opened,
    /// The server says that something has changed.
    Changed,
    /// The stream broke; the browser mends it by itself unless it is `closed`.
    Broke {
        /// Whether the browser has given up.
        closed: bool,
    },
    /// [`EVERY`] seconds have passed.
    Tick,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Nothing.
    Rest,
    /// Ask how things stand.
    Look,
    /// Ask, and open the stream anew.
    LookAndReopen,
}

/// How a page is told of changes.
/// Before a stream stands, and where there is none, the clock counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    streaming: bool,
    closed: bool,
    looks: u32,
}

impl Watch {
    /// Takes note, and says what to do.
    pub fn hear(&mut self, heard: Heard) -> Act {
        match heard {
            Heard::Opened => {
                *self = Self { streaming: true, closed: false, looks: 0 };
                // Something may have changed between the last answer and this stream.
                Act::Look
            }
            Heard::Changed => Act::Look,
            Heard::Broke { closed } => {
                self.streaming = false;
                self.closed = closed;
                Act::Rest
            }
            Heard::Tick if self.streaming => Act::Rest,
            Heard::Tick => {
                self.looks += 1;
                if self.closed && self.looks.is_multiple_of(REOPEN_AFTER) { Act::LookAndReopen } else { Act::Look }
            }
        }
    }
}

/// A change worth saying aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is connected now.
    On,
    /// It is connected no more.
    Off,
    /// Calls fail, for this reason.
    Failing(HealthState),
    /// Calls succeed again.
    Recovered,
    /// Support has declined the request.
    Declined,
    /// Support has released the till.
    Released,
}

/// What has turned between two looks at a till, if anything worth saying has.
pub fn turn(before: &TillStatus, after: &TillStatus) -> Option<Turn> {
    let failing = |state| matches!(gravity(state), Gravity::Passing | Gravity::Broken);
    match (&before.connection, &after.connection) {
        (None, Some(_)) => return Some(Turn::On),
        (Some(_), None) if after.known.is_none() => return Some(Turn::Off),
        (Some(before), Some(after)) => {
            let (was, is) = (before.health.state, after.health.state);
            return match (failing(was), failing(is)) {
                (_, true) if was != is => Some(Turn::Failing(is)),
                (true, false) if is == HealthState::Ok => Some(Turn::Recovered),
                _ => None,
            };
        }
        _ => {}
    }
    let state = |status: &TillStatus| status.request.as_ref().map(|request| request.state);
    if state(before) == Some(RequestState::Waiting) && state(after) == Some(RequestState::Declined) {
        return Some(Turn::Declined);
    }
    (before.lock.is_some() && after.lock.is_none()).then_some(Turn::Released)
}

#[cfg(test)]
pub mod tests {
    use passerelle_wire::{ConnectedBy, Connection, ConnectionState, Health, NamedRef, Role};

    use super::*;

    /// A till of which nothing is known.
    pub fn nothing() -> TillStatus {
        TillStatus { connection: None, revoking: false, known: None, lock: None, request: None }
    }

    /// A connection that stands well.
    pub fn connection(id: &str) -> Connection {
        Connection {
            id: id.into(),
            vendor: "v".into(),
            till: "t".into(),
            state: ConnectionState::Connected,
            account: NamedRef { id: "a".into(), name: "A".into() },
            location: None,
            catalog: None,
            customer_list: None,
            connected_at: String::new(),
            connected_by: ConnectedBy { this_session: true, browser: String::new(), name: None },
            reconnected_at: None,
            health: Health { state: HealthState::Ok, since: None, last_failed_at: None, last_ok_at: None },
            support_verified_at: None,
            last_order_at: None,
            role: Role::Manage,
        }
    }

    fn standing(state: HealthState) -> TillStatus {
        let mut connection = connection("c");
        connection.health.state = state;
        TillStatus { connection: Some(connection), ..nothing() }
    }

    #[test]
    fn a_stream_spares_the_looks_and_its_opening_asks_once() {
        let mut watch = Watch::default();
        assert_eq!(watch.hear(Heard::Opened), Act::Look);
        assert_eq!(watch.hear(Heard::Tick), Act::Rest);
        assert_eq!(watch.hear(Heard::Changed), Act::Look);
    }

    #[test]
    fn a_broken_stream_is_made_up_for_by_looking() {
        let mut watch = Watch::default();
        watch.hear(Heard::Opened);
        assert_eq!(watch.hear(Heard::Broke { closed: false }), Act::Rest);
        assert_eq!(watch.hear(Heard::Tick), Act::Look);
        // The browser has mended it.
        assert_eq!(watch.hear(Heard::Opened), Act::Look);
        assert_eq!(watch.hear(Heard::Tick), Act::Rest);
    }

    #[test]
    fn a_stream_the_browser_gave_up_is_opened_anew_once_a_minute() {
        let mut watch = Watch::default();
        watch.hear(Heard::Broke { closed: true });
        let acts: Vec<Act> = (0..12).map(|_| watch.hear(Heard::Tick)).collect();
        let reopened: Vec<usize> = (0..12).filter(|&at| acts[at] == Act::LookAndReopen).collect();
        assert_eq!(reopened, [5, 11]);
        assert!(acts.iter().all(|act| *act != Act::Rest));
    }

    #[test]
    fn without_a_stream_every_tick_looks() {
        let mut watch = Watch::default();
        assert!((0..20).all(|_| watch.hear(Heard::Tick) == Act::Look));
    }

    #[test]
    fn says_what_has_turned_and_keeps_silent_about_the_rest() {
        let check = |before: &TillStatus, after: &TillStatus, expected| assert_eq!(turn(before, after), expected);
        let fine = standing(HealthState::Ok);
        check(&nothing(), &fine, Some(Turn::On));
        check(&fine, &nothing(), Some(Turn::Off));
        check(&fine, &standing(HealthState::Blocked), Some(Turn::Failing(HealthState::Blocked)));
        let revoked = Some(Turn::Failing(HealthState::Revoked));
        check(&standing(HealthState::Blocked), &standing(HealthState::Revoked), revoked);
        check(&standing(HealthState::Blocked), &fine, Some(Turn::Recovered));
        check(&standing(HealthState::Unknown), &fine, None);
        check(&standing(HealthState::Blocked), &standing(HealthState::Unknown), None);
        let mut ordered = fine.clone();
        if let Some(connection) = &mut ordered.connection {
            connection.last_order_at = Some("2026-11-21T19:31:02Z".into());
        }
        check(&fine, &ordered, None);
    }

    #[test]
    fn a_right_that_runs_out_is_no_disconnection() {
        let known = TillStatus { known: Some("c".into()), ..nothing() };
        assert_eq!(turn(&standing(HealthState::Ok), &known), None);
    }
}
