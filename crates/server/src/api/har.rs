//! `/api/v1/connections/{id}/operations/{operation}/har` and `/operations.har`: what was said, as the tools of web developers
//! read it. Owns what of it is given to whom, and where it is cut; its form is `har_entry.rs`.

use std::collections::VecDeque;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use passerelle_store::{OperationId, Start};
use passerelle_wire::Problem;
use serde_json::Value;

use super::beholder::Beholder;
use super::har_entry::{FOOT, HEAD, entry};
use super::listing::list;
use super::operation_query::{Asked, Asker, Wanted};
use crate::auth::CurrentSession;
use crate::problem::{ApiProblem, Path, Query};
use crate::state::AppState;

/// Operations of one file.
const MOST: usize = 1_000;
/// Operations read at once.
const STEP: u32 = 100;
/// Looks for one file: each is bounded, and a filter that matches little takes many.
const MOST_LOOKS: usize = 1_000;

/// Everything that was said for one operation, as HAR 1.2: bodies included, secrets masked, and names too where the caller may
/// not see them. A body of an answer that is no UTF-8 is in Base64, unless names had to be masked in it.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations/{operation}/har", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "The file", body = Value, content_type = "application/json", example = json!({
            "log": {"version": "1.2", "creator": {"name": "Passerelle", "version": "0.1.0"}, "entries": []},
        })),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn of_one(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((id, operation)): Path<(String, String)>,
) -> Result<Response, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let found = state.store().operation(&beholder.row.id, &OperationId::new(operation)).await?;
    let found = found.ok_or_else(ApiProblem::not_found)?.id;
    let name = format!("operation-{}.har", found.as_str());
    Ok(download(Told::new(state, beholder, VecDeque::from([found]), None), &name))
}

/// Everything that was said for the operations of the list, newest first, by the same filters, as HAR 1.2. At most 1,000
/// operations or some 64 MiB (`operations.har_mib`): one that was cut says so in its `comment`.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations.har", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), Asked),
    responses(
        (status = 200, description = "The file", body = Value, content_type = "application/json"),
        (status = 400, description = "`invalid_request`: `fields` says which parameters cannot be understood", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn of_list(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let (now, zone) = (state.now(), beholder.zone());
    let wanted = asked.read(&Asker { support: beholder.support, now, zone: zone.clone() })?;
    let name = format!("operations-{}.har", zone.to_datetime(now).date());
    Ok(download(Told::new(state, beholder, VecDeque::new(), Some(wanted)), &name))
}

fn download(told: Told, name: &str) -> Response {
    let stream = try_unfold(told, |mut told| async move {
        let piece = told.piece().await.map_err(|problem| std::io::Error::other(format!("{problem:?}")))?;
        Ok::<_, std::io::Error>(piece.map(|piece| (piece, told)))
    });
    let headers = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, Body::from_stream(stream)).into_response()
}

/// What is still to be told.
struct Told {
    state: AppState,
    beholder: Beholder,
    /// Operations that were read of the list.
    due: VecDeque<OperationId>,
    /// The list, and where it goes on.
    list: Option<(Wanted, Start)>,
    operations: usize,
    bytes: usize,
    entries: usize,
    looks: usize,
    begun: bool,
    ended: bool,
}

impl Told {
    fn new(state: AppState, beholder: Beholder, due: VecDeque<OperationId>, list: Option<Wanted>) -> Self {
        let list = list.map(|wanted| (wanted.start, wanted)).map(|(start, wanted)| (wanted, start));
        Self { state, beholder, due, list, operations: 0, bytes: 0, entries: 0, looks: 0, begun: false, ended: false }
    }

    /// The next piece of the file; none at its end.
    async fn piece(&mut self) -> Result<Option<String>, ApiProblem> {
        if self.ended {
            return Ok(None);
        }
        if !self.begun {
            self.begun = true;
            return Ok(Some(HEAD.to_owned()));
        }
        let Some(operation) = self.next().await? else {
            self.ended = true;
            return Ok(Some(if self.list.is_some() { self.cut() } else { FOOT.to_owned() }));
        };
        if self.operations >= MOST || self.bytes >= self.state.rules().har_bytes {
            self.ended = true;
            return Ok(Some(self.cut()));
        }
        self.operations += 1;
        let piece = self.entries_of(&operation).await?;
        self.bytes += piece.len();
        // An operation that nothing was said for: a piece all the same, so that the stream goes on.
        Ok(Some(piece))
    }

    /// The end of a file that does not hold all.
    fn cut(&self) -> String {
        let said = format!("cut after {} operations: there may be more", self.operations);
        format!("\n],\"comment\":{}}}}}\n", Value::String(said))
    }

    /// The next operation; none at the end of the list, and when too much was looked through for it.
    async fn next(&mut self) -> Result<Option<OperationId>, ApiProblem> {
        while self.due.is_empty() && self.looks < MOST_LOOKS {
            let Some((wanted, start)) = self.list.take() else { break };
            self.looks += 1;
            let listed = list(&self.state, &self.beholder, &wanted, start, STEP).await?;
            self.due = listed.found.into_iter().map(|(row, _)| row.id).collect();
            self.list = listed.older.map(|older| (wanted, Start::Older(older)));
        }
        Ok(self.due.pop_front())
    }

    async fn entries_of(&mut self, operation: &OperationId) -> Result<String, ApiProblem> {
        let id = &self.beholder.row.id;
        let hidden = self.beholder.hidden(&self.state, operation).await?;
        let mut piece = String::new();
        for call in self.state.store().exchanges(id, operation).await? {
            // It may have been forgotten in between.
            let Some(whole) = self.state.store().exchange(id, &call.id).await? else { continue };
            if self.entries > 0 {
                piece.push(',');
            }
            piece.push('\n');
            piece.push_str(&entry(&whole, operation, hidden.as_ref()).to_string());
            self.entries += 1;
        }
        Ok(piece)
    }
}
