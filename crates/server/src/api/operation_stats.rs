//! `/api/v1/connections/{id}/operation_stats`: what stands above the list, counted by the store's days.

use std::collections::BTreeMap;

use axum::extract::State;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use passerelle_store::{FailureGroup, Tally};
use passerelle_wire::{CauseStats, DayStats, OperationStats, Problem};

use super::beholder::Beholder;
use super::operation_words::WAIT_FOR_A_PERSON;
use super::store_clock::days_begin;
use crate::auth::CurrentSession;
use crate::delivery::cause;
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Days of the chart, today included.
const DAYS: i64 = 30;

/// The orders of the last 30 days and how many of each day stand for a person to look at, what fails today and why, and the
/// channels orders come by. Days are the store's.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operation_stats", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The numbers", body = OperationStats, example = json!({
            "days": [{"date": "2026-11-21", "orders": 84, "failures": 0}, {"date": "2026-11-22", "orders": 61, "failures": 12}],
            "failures": [{"cause": "unknown_product", "detail": "Unknown product 734003598", "orders": 12, "newest": "q5uHn0oS2kEJ"}],
            "channels": ["Deliveroo", "Uber Eats"],
        })),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn numbers(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
) -> Result<Json<OperationStats>, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let (store, now, zone) = (state.store(), state.now(), beholder.zone());
    let today = zone.to_datetime(now).date();
    let begins = |days: i64| days_begin(today, -days, &zone).unwrap_or(now);
    let id = &beholder.row.id;
    let (tallies, failures, channels) =
        tokio::try_join!(store.tallies(id, begins(DAYS - 1)), store.failures(id, begins(0)), store.channels(id))?;
    Ok(Json(OperationStats {
        days: days(&tallies, today, &zone),
        failures: failures.into_iter().map(group).collect(),
        channels,
    }))
}

fn days(tallies: &[Tally], today: Date, zone: &TimeZone) -> Vec<DayStats> {
    let mut days: BTreeMap<Date, (u64, u64)> = BTreeMap::new();
    let mut day = Some(today);
    for _ in 0..DAYS {
        let Some(date) = day else { break };
        days.insert(date, (0, 0));
        day = date.yesterday().ok();
    }
    for tally in tallies {
        // What came since midnight, while this was counted, is today's all the same.
        let date = zone.to_datetime(tally.from).date().min(today);
        if let Some((orders, failures)) = days.get_mut(&date) {
            *orders += tally.orders;
            if WAIT_FOR_A_PERSON.contains(&tally.state) {
                *failures += tally.orders;
            }
        }
    }
    days.into_iter().map(|(date, (orders, failures))| DayStats { date: date.to_string(), orders, failures }).collect()
}

fn group(group: FailureGroup) -> CauseStats {
    CauseStats {
        cause: group.cause.as_deref().and_then(cause::from_stored),
        detail: group.detail,
        orders: group.orders,
        newest: group.newest.as_str().to_owned(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use passerelle_store::OperationState as State;

    use super::*;

    #[test]
    fn quarters_make_the_stores_days_whatever_its_clock_does() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let today: Date = "2026-03-30".parse().unwrap();
        let tally = |from: &str, state, orders| Tally { from: from.parse().unwrap(), state, orders };
        let tallies = [
            tally("2026-03-29T21:45:00Z", State::Refused, 1),
            // The clock was put forward that morning: midnight was an hour earlier than the day before.
            tally("2026-03-29T22:00:00Z", State::Delivered, 2),
            tally("2026-03-30T22:00:00Z", State::Unknown, 4),
            tally("2026-02-01T12:00:00Z", State::Failed, 8),
        ];
        let days = days(&tallies, today, &zone);
        assert_eq!((days.len(), days[0].date.as_str(), days[29].date.as_str()), (30, "2026-03-01", "2026-03-30"));
        assert_eq!((days[28].orders, days[28].failures), (1, 1));
        assert_eq!((days[29].orders, days[29].failures), (6, 4));
        assert_eq!(days.iter().map(|day| day.orders).sum::<u64>(), 7);
    }
}
