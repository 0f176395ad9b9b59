//! What both databases decide alike about calls, checks and keys: pure functions. What they decide about attempts and
//! tokens is in `rules`.

use jiff::{SignedDuration, Timestamp};

use crate::{Changes, ConnectionId, ConnectionRow, Health, SessionId};

/// A success is noted at most this often: a page makes many calls.
const OK_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// What a call that ended leaves to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Noted {
    /// Nothing.
    Nothing,
    /// These columns.
    Written(Outcome),
}

/// A connection's state after a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) health: Health,
    pub(crate) health_since: Timestamp,
    pub(crate) last_failed_at: Option<Timestamp>,
    pub(crate) last_ok_at: Option<Timestamp>,
    /// Whether the state differs from before.
    pub(crate) differs: bool,
}

/// What a call leaves to write. `Unknown` is no outcome of a call: it leaves nothing.
pub(crate) fn noted(before: &ConnectionRow, health: Health, at: Timestamp) -> Noted {
    let last_call = before.last_ok_at.max(before.last_failed_at);
    let late = last_call.is_some_and(|last| at < last);
    let differs = before.health != health;
    let just_noted = before.last_ok_at.is_some_and(|last| at.duration_since(last) < OK_EVERY);
    if health == Health::Unknown || late || (health == Health::Ok && !differs && just_noted) {
        return Noted::Nothing;
    }
    let ok = health == Health::Ok;
    Noted::Written(Outcome {
        health,
        health_since: before.health_since.filter(|_| !differs).unwrap_or(at),
        last_failed_at: if ok { None } else { Some(at) },
        last_ok_at: if ok { Some(at) } else { before.last_ok_at },
        differs,
    })
}

/// A change as it was read: its instant; the connection, if it is one's; vendor, where the till is concerned; till.
pub(crate) type ChangeRow = (Timestamp, Option<String>, Option<String>, String);

/// Changes in the order they were committed, read up to `until` unless there were more than `limit`.
pub(crate) fn read_changes(rows: Vec<ChangeRow>, until: Timestamp, limit: u32) -> Changes {
    let until = match rows.last() {
        // The last instant may have more changes than were read: it is read again.
        Some((last, ..)) if rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX) => {
            *last - SignedDuration::from_micros(1)
        }
        _ => until,
    };
    let mut changes = Changes { connections: Vec::new(), tills: Vec::new(), until };
    for (_, connection, vendor, till) in rows {
        changes.connections.extend(connection.map(ConnectionId::new));
        changes.tills.extend(vendor.map(|vendor| (vendor, till)));
    }
    changes.tills.sort();
    changes.tills.dedup();
    changes
}

/// How long a declined request is kept for the merchant to read.
pub(crate) const DECLINED_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long a withdrawn one is kept, for those who watch to see that it is gone.
pub(crate) const WITHDRAWN_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// How long a link to a case is listed once it has run out.
pub(crate) const SHARES_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long a wrong key counts against a session.
pub(crate) const KEYS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long it counts against the till, and the longest wait.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// The first wait; each later one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// Wrong keys a session may give before it waits.
const OF_SESSION: usize = 5;
/// Wrong keys a till takes in an hour, whoever gives them.
const OF_TILL: usize = 60;

/// Until when to wait before another key may be tried, by the wrong ones of the last day, the latest first.
pub(crate) fn key_wait(wrong: &[(SessionId, Timestamp)], session: &SessionId, now: Timestamp) -> Option<Timestamp> {
    let mine: Vec<_> = wrong.iter().filter(|(by, _)| by == session).map(|(_, at)| *at).collect();
    let own = mine.first().filter(|_| mine.len() >= OF_SESSION).map(|last| {
        let doublings = u32::try_from(mine.len() - OF_SESSION).unwrap_or(u32::MAX).min(10);
        *last + (FIRST_WAIT * 2i32.pow(doublings)).min(HOUR)
    });
    let all = wrong.get(OF_TILL - 1).map(|(_, at)| *at + HOUR);
    own.max(all).filter(|until| *until > now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    /// As many wrong keys of one session, the last at second 0; how many seconds to wait.
    fn wait(count: usize) -> Option<i64> {
        let me = SessionId::new("s");
        let wrong: Vec<_> = (0..count).map(|n| (me.clone(), at(-i64::try_from(n).unwrap_or_default()))).collect();
        key_wait(&wrong, &me, at(0)).map(|until| until.as_second())
    }

    #[test]
    fn a_session_waits_from_the_fifth_wrong_key_on_twice_as_long_each_time() {
        assert_eq!([0, 1, 4].map(wait), [None; 3]);
        assert_eq!([5, 6, 7, 8].map(wait), [Some(30), Some(60), Some(120), Some(240)]);
        assert_eq!([11, 12, 13, 59].map(wait), [Some(1920), Some(3600), Some(3600), Some(3600)]);
    }

    #[test]
    fn a_till_takes_sixty_wrong_keys_an_hour() {
        let wrong: Vec<_> = (0..60).map(|n| (SessionId::new(format!("s{n}")), at(-10 * n))).collect();
        let me = SessionId::new("me");
        assert_eq!(key_wait(&wrong[..59], &me, at(0)), None);
        assert_eq!(key_wait(&wrong, &me, at(0)), Some(at(3600 - 590)));
        assert_eq!(key_wait(&wrong, &me, at(3600 - 590)), None);
    }
}
