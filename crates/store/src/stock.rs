//! What both databases decide alike about stock: what a till's call changes, what a look at HubRise changes, whether another
//! call may be made, when a lane goes on. Pure functions; no SQL.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::text::{LONGEST_FACT, shortened, storable};
use crate::{
    StockCalls, StockEntry, StockHeld, StockKind, StockLane, StockLevel, StockLimits, StockRef, StockReport, StockSync,
    StockSyncState, StockTill,
};

/// A till has so many keys that work, at most.
pub(crate) const MOST_KEYS: i64 = 20;
/// An idempotency key is remembered so long.
pub(crate) const CALLS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// The cause of what ends because sending was switched off.
pub(crate) const SENDING_OFF: &str = "sending_off";

/// What a till's call writes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ReportPlan {
    /// New ones, and those that say something else.
    pub(crate) put: Vec<StockEntry>,
    /// Those named no more.
    pub(crate) gone: Vec<StockRef>,
    /// Entries afterwards.
    pub(crate) entries: u32,
}

impl ReportPlan {
    /// Entries that differ from before.
    pub(crate) fn changed(&self) -> u32 {
        count(self.put.len() + self.gone.len())
    }
}

/// What a call changes; `before` are the entries it names, or all where it is whole.
pub(crate) fn plan_report(before: Vec<StockEntry>, report: &StockReport, entries: u32) -> ReportPlan {
    let mut before: HashMap<StockRef, StockEntry> = before.into_iter().map(|entry| (entry.of.clone(), entry)).collect();
    let mut put = Vec::new();
    let mut fresh = 0;
    for entry in &report.entries {
        let entry = kept(entry);
        match before.remove(&entry.of) {
            Some(former) if former == entry => {}
            former => {
                fresh += u32::from(former.is_none());
                put.push(entry);
            }
        }
    }
    if report.whole {
        let mut gone: Vec<_> = before.into_keys().collect();
        gone.sort();
        return ReportPlan { put, gone, entries: count(report.entries.len()) };
    }
    ReportPlan { put, gone: Vec::new(), entries: entries.saturating_add(fresh) }
}

/// An entry as both databases can hold it.
fn kept(entry: &StockEntry) -> StockEntry {
    StockEntry {
        of: storable_of(&entry.of),
        name: entry.name.as_deref().map(|name| shortened(name, LONGEST_FACT * 4)),
        expires_at: entry.expires_at.map(whole_micros),
        ..entry.clone()
    }
}

fn storable_of(of: &StockRef) -> StockRef {
    StockRef { kind: of.kind, reference: storable(of.reference.clone()) }
}

fn whole_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// What HubRise holds after a send was taken.
pub(crate) fn taken_rows(taken: &[StockLevel], operation: &crate::OperationId, at: Timestamp) -> Vec<StockHeld> {
    let row = |level: &StockLevel| StockHeld {
        of: storable_of(&level.of),
        stock: level.stock.clone(),
        expires_at: level.expires_at.map(whole_micros),
        doubt: false,
        known_at: Some(at),
        others_at: None,
        sent_at: Some(at),
        operation: Some(operation.clone()),
    };
    taken.iter().map(row).collect()
}

/// The rows that a look at all HubRise holds changes. `known`: what was held was known as a whole, so that what differs is
/// somebody else's.
pub(crate) fn looked_rows(before: Vec<StockHeld>, held: Vec<StockLevel>, known: bool, at: Timestamp) -> Vec<StockHeld> {
    let mut before: HashMap<StockRef, StockHeld> = before.into_iter().map(|row| (row.of.clone(), row)).collect();
    let mut rows = Vec::new();
    let others = |row: &StockHeld| if known && !row.doubt { Some(at) } else { row.others_at };
    for level in held {
        let of = storable_of(&level.of);
        let expires_at = level.expires_at.map(whole_micros);
        let former = before.remove(&of).unwrap_or(StockHeld {
            of,
            stock: None,
            expires_at: None,
            doubt: false,
            known_at: None,
            others_at: None,
            sent_at: None,
            operation: None,
        });
        if (&former.stock, former.expires_at) != (&level.stock, expires_at) || former.known_at.is_none() {
            let others_at = if former.stock == level.stock && former.expires_at == expires_at {
                former.others_at
            } else {
                others(&former)
            };
            rows.push(StockHeld { stock: level.stock, expires_at, known_at: Some(at), others_at, ..former });
        }
    }
    let gone = before.into_values().filter(|row| row.stock.is_some());
    rows.extend(gone.map(|row| StockHeld {
        stock: None,
        expires_at: None,
        known_at: Some(at),
        others_at: others(&row),
        ..row
    }));
    rows
}

/// Counts another call in HubRise's windows, which begin on the round minute, hour and day; or says when one may be made.
pub(crate) fn counted(calls: StockCalls, limits: StockLimits, now: Timestamp) -> Result<StockCalls, Timestamp> {
    let (minute, minute_full) = window(calls.minute, limits.minute, 60, now);
    let (hour, hour_full) = window(calls.hour, limits.hour, 3_600, now);
    let (day, day_full) = window(calls.day, limits.day, 86_400, now);
    match minute_full.max(hour_full).max(day_full) {
        Some(until) => Err(Timestamp::from_second(until).unwrap_or(now)),
        None => Ok(StockCalls { minute, hour, day }),
    }
}

/// A window with one more call, and when it ends if it was full.
fn window((began, calls): (i64, u32), limit: u32, seconds: i64, now: Timestamp) -> ((i64, u32), Option<i64>) {
    let begins = now.as_second().div_euclid(seconds) * seconds;
    // A window that begins later was noted by a clock that has been set back since: it counts on, so that no limit is
    // passed by it, but for no longer than a window.
    let calls = if began >= begins && began - begins <= seconds { calls } else { 0 };
    let began = if calls > 0 { began } else { begins };
    ((began, calls.saturating_add(1)), (calls >= limit).then_some(began + seconds))
}

/// When a lane goes on: none where nothing is left to do.
pub(crate) fn next_due(
    lane: &StockLane,
    till: &StockTill,
    not_before: Option<Timestamp>,
    at: Timestamp,
) -> Option<Timestamp> {
    let syncing = lane.sync.as_ref().is_some_and(|sync| sync.state.is_under_way());
    let left = lane.done < till.changes || lane.looked < lane.looks || syncing;
    (till.sending && left).then(|| not_before.map_or(at, |not_before| not_before.max(at)))
}

/// The synchronisation after a step; the end of one is when that is said.
pub(crate) fn stepped(sync: StockSync, step: crate::StockSyncStep, at: Timestamp) -> StockSync {
    if sync.id != step.id || !sync.state.is_under_way() {
        return sync;
    }
    StockSync {
        state: step.state,
        cause: step.cause,
        result: step.result.or(sync.result),
        operation: step.operation.or(sync.operation),
        ended_at: (!step.state.is_under_way()).then_some(at),
        ..sync
    }
}

/// A synchronisation that fails.
pub(crate) fn failed(sync: StockSync, cause: &str, at: Timestamp) -> StockSync {
    StockSync { state: StockSyncState::Failed, cause: Some(cause.to_owned()), ended_at: Some(at), ..sync }
}

/// The hour an instant is in, since 1970.
pub(crate) fn hour_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(3_600)
}

/// The words a kind is stored as.
pub(crate) const fn kind_word(kind: StockKind) -> &'static str {
    match kind {
        StockKind::Sku => "sku",
        StockKind::Option => "option",
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn counts_calls_in_windows_that_begin_on_the_round_minute_hour_and_day() {
        let limits = StockLimits { minute: 2, hour: 3, day: 4 };
        let mut calls = StockCalls::default();
        let mut call = |second| match counted(calls, limits, at(second)) {
            Ok(counted) => {
                calls = counted;
                None
            }
            Err(until) => Some(until.as_second()),
        };
        let day = 86_400 * 20_000;
        assert_eq!([call(day + 50), call(day + 59), call(day + 59)], [None, None, Some(day + 60)]);
        assert_eq!([call(day + 60), call(day + 61)], [None, Some(day + 3_600)]);
        assert_eq!([call(day + 3_600), call(day + 7_200)], [None, Some(day + 86_400)]);
        assert_eq!(call(day + 86_400), None);
    }

    #[test]
    fn a_clock_set_back_gives_no_calls_away_and_stops_nobody_for_long() {
        let limits = StockLimits { minute: 1, hour: 9, day: 9 };
        let calls = counted(StockCalls::default(), limits, at(600)).unwrap();
        assert_eq!(counted(calls, limits, at(590)), Err(at(660)));
        let ahead = counted(StockCalls::default(), limits, at(86_400 * 300)).unwrap();
        assert!(counted(ahead, limits, at(600)).is_ok());
    }

    fn held(reference: &str, stock: Option<&str>, doubt: bool) -> StockHeld {
        StockHeld {
            of: StockRef { kind: StockKind::Sku, reference: reference.to_owned() },
            stock: stock.map(str::to_owned),
            expires_at: None,
            doubt,
            known_at: Some(at(1)),
            others_at: None,
            sent_at: Some(at(1)),
            operation: None,
        }
    }

    #[test]
    fn what_a_look_finds_otherwise_is_somebody_elses_unless_it_is_in_doubt() {
        let before =
            vec![held("same", Some("1"), false), held("other", Some("1"), false), held("doubt", Some("1"), true)];
        let level = |reference: &str, stock: &str| StockLevel {
            of: StockRef { kind: StockKind::Sku, reference: reference.to_owned() },
            stock: Some(stock.to_owned()),
            expires_at: None,
        };
        let found = vec![level("same", "1"), level("doubt", "2"), level("new", "3")];
        let mut rows = looked_rows(before.clone(), found.clone(), true, at(9));
        rows.sort_by(|a, b| a.of.cmp(&b.of));
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.of.reference.as_str(), row.stock.as_deref(), row.others_at, row.doubt))
            .collect();
        let nine = Some(at(9));
        assert_eq!(
            seen,
            [("doubt", Some("2"), None, true), ("new", Some("3"), nine, false), ("other", None, nine, false)]
        );
        let first = looked_rows(before, found, false, at(9));
        assert!(first.iter().all(|row| row.others_at.is_none()), "what was not known before is nobody's change");
    }
}
