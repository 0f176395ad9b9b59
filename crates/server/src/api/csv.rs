//! `/api/v1/connections/{id}/operations.csv`: the list as a spreadsheet reads it, written while it is read. Owns that no cell
//! is taken for a formula.

use std::collections::VecDeque;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use passerelle_store::{OperationRow, Start};
use passerelle_wire::{OperationLine, Problem, Resendable};
use serde::Serialize;

use super::beholder::Beholder;
use super::listing::list;
use super::operation_query::{Asked, Asker, Wanted};
use super::operation_shown::line;
use crate::auth::CurrentSession;
use crate::problem::{ApiProblem, Path, Query};
use crate::state::AppState;

/// Operations read at once.
const STEP: u32 = 100;
/// Looks for one file: each is bounded, and a filter that matches little takes many.
const MOST_LOOKS: usize = 1_000;
/// Spreadsheets take a file without it for one of their own country's characters.
const MARK: &str = "\u{feff}";
const HEAD: [&str; 17] = [
    "received_at",
    "order_id",
    "ref",
    "channel",
    "total",
    "kind",
    "state",
    "cause",
    "detail",
    "flag",
    "tries",
    "ordered_at",
    "expected_at",
    "telling",
    "handled_at",
    "resends",
    "operation",
];

/// The list as CSV (RFC 4180, UTF-8), newest first, at most 50,000 lines (`operations.csv_lines`), by the same filters; times are the store's. A cell
/// that a spreadsheet would take for a formula begins with an apostrophe. A file that was cut ends with a line that begins
/// with `…` and says how far back it came.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations.csv", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), Asked),
    responses(
        (status = 200, description = "The file", body = String, content_type = "text/csv",
            example = "received_at,order_id,ref,channel,total,kind,state,cause,detail\r\n2026-11-22T19:31:02+01:00,5dpm9,#42,Uber Eats,9.80 EUR,order_created,refused,unknown_product,Unknown product 734003598\r\n"),
        (status = 400, description = "`invalid_request`: `fields` says which parameters cannot be understood", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn file(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let (now, zone) = (state.now(), beholder.zone());
    let wanted = asked.read(&Asker { support: beholder.support, now, zone: zone.clone() })?;
    let name = format!("attachment; filename=\"operations-{}.csv\"", zone.to_datetime(now).date());
    let rows = Rows::new(state, beholder, wanted);
    let stream = try_unfold((rows, zone), |(mut rows, zone)| async move {
        let piece = rows.piece(&zone).await.map_err(|problem| std::io::Error::other(format!("{problem:?}")))?;
        Ok::<_, std::io::Error>(piece.map(|piece| (piece, (rows, zone))))
    });
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(stream)).into_response())
}

/// What is still to be written.
struct Rows {
    state: AppState,
    beholder: Beholder,
    wanted: Wanted,
    next: Option<Start>,
    read: VecDeque<OperationRow>,
    lines: usize,
    looks: usize,
    /// How far back it has come.
    reached: Timestamp,
    begun: bool,
}

impl Rows {
    fn new(state: AppState, beholder: Beholder, wanted: Wanted) -> Self {
        let (next, reached) = (Some(wanted.start), state.now());
        Self { state, beholder, wanted, next, read: VecDeque::new(), lines: 0, looks: 0, reached, begun: false }
    }

    /// The next lines; none at the end.
    async fn piece(&mut self, zone: &TimeZone) -> Result<Option<String>, ApiProblem> {
        let mut piece = String::new();
        if !self.begun {
            self.begun = true;
            piece.push_str(MARK);
            push(&mut piece, HEAD.map(str::to_owned));
        }
        // A look that found nothing is followed by the next one.
        while self.read.is_empty() {
            let Some(start) = self.next.take() else { break };
            if self.looks == MOST_LOOKS {
                self.cut(&mut piece, zone);
                break;
            }
            self.looks += 1;
            let listed = list(&self.state, &self.beholder, &self.wanted, start, STEP).await?;
            self.next = listed.older.map(Start::Older);
            self.reached = listed.looked_to.unwrap_or(self.reached);
            self.read = listed.found.into_iter().map(|(row, _)| row).collect();
        }
        while let Some(row) = self.read.pop_front() {
            self.reached = row.received_at;
            if self.lines == self.state.rules().csv_lines {
                self.cut(&mut piece, zone);
                break;
            }
            self.lines += 1;
            push(&mut piece, cells(row, zone));
        }
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }

    /// Says that there may be more, and ends.
    fn cut(&mut self, piece: &mut String, zone: &TimeZone) {
        let mut cells = vec!["…".to_owned(), local(self.reached, zone)];
        cells.resize(HEAD.len(), String::new());
        push(piece, cells);
        (self.next, self.read) = (None, VecDeque::new());
    }
}

fn cells(row: OperationRow, zone: &TimeZone) -> Vec<String> {
    let received_at = row.received_at;
    let OperationLine { kind, state, cause, detail, flag, tries, telling, handled_at, resends, id, order, .. } =
        line(row, Resendable::No);
    let time = |text: Option<String>| {
        text.and_then(|text| text.parse::<Timestamp>().ok()).map(|at| local(at, zone)).unwrap_or_default()
    };
    let order = order.map(|order| {
        (order.order_id, order.reference, order.channel, order.total, time(order.ordered_at), time(order.expected_at))
    });
    let (order_id, reference, channel, total, ordered_at, expected_at) = order.unwrap_or_default();
    vec![
        local(received_at, zone),
        order_id,
        reference.unwrap_or_default(),
        channel.unwrap_or_default(),
        total.unwrap_or_default(),
        word(kind),
        word(state),
        cause.map(word).unwrap_or_default(),
        detail.unwrap_or_default(),
        flag.map(word).unwrap_or_default(),
        tries.to_string(),
        ordered_at,
        expected_at,
        word(telling),
        time(handled_at),
        resends.to_string(),
        id,
    ]
}

/// The store's time with its offset, to the second.
fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// A word of the wire.
fn word(word: impl Serialize) -> String {
    serde_json::to_value(word).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn push(lines: &mut String, cells: impl IntoIterator<Item = String>) {
    for (at, text) in cells.into_iter().enumerate() {
        if at > 0 {
            lines.push(',');
        }
        cell(lines, &text);
    }
    lines.push_str("\r\n");
}

/// A cell that is text to whoever opens it: what begins like a formula gets an apostrophe.
fn cell(line: &mut String, text: &str) {
    // Spreadsheets skip what cannot be seen, and some read the wide signs of East Asia.
    let seen = text.trim_start_matches(|c: char| crate::search::is_unseen(c) || c == ' ');
    let formula = text.starts_with(['\t', '\r', '\n'])
        || seen.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let quoted = formula || text.contains(['"', ',', ';', '\r', '\n', '\t', '\'']);
    if quoted {
        line.push('"');
    }
    if formula {
        line.push('\'');
    }
    line.push_str(&text.replace('"', "\"\""));
    if quoted {
        line.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let mut line = String::new();
        cell(&mut line, text);
        assert_eq!(line, expect);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in
            ["=1+1", "+33612345678", "-2.00 EUR", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\u{200b}=1", " =1", "＝1"]
        {
            check(formula, &format!("\"'{formula}\""));
        }
        check("=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\"");
        check("9.80 EUR", "9.80 EUR");
        check("Tea, \"green\"\n=1", "\"Tea, \"\"green\"\"\n=1\"");
        check("", "");
    }

    #[test]
    fn times_are_the_stores() {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(local("2026-11-22T18:31:02.5Z".parse().unwrap_or_default(), &zone), "2026-11-22T19:31:02+01:00");
        assert_eq!(word(passerelle_wire::OperationState::NotHandled), "not_handled");
    }
}
