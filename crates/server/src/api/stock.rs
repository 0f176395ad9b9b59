//! `/api/v1/connections/{id}/stock` and below: the board, a product's history, synchronising, the switch.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::SignedDuration;
use passerelle_store as store;
use passerelle_store::ConnectionRow;
use passerelle_wire::{Problem, ProblemCode, StockBoard, StockHistory, StockKind, StockPoint, StockSending, StockSync};
use serde::Deserialize;

use super::packed::packed;
use super::stocking::{changed, seen};
use crate::auth::{Changing, CurrentSession};
use crate::crypto::random_token;
use crate::inventory::board::{Seen, said, sync_shown};
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// How far back a history goes.
const HISTORY: SignedDuration = SignedDuration::from_hours(24 * 30);

/// `?kind=&ref=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Of {
    kind: StockKind,
    #[serde(rename = "ref")]
    reference: String,
}

/// The till's stock: what it says, what HubRise holds, what went between, and how sending stands. Packed (gzip) for whoever
/// takes it so.
///
/// Who may call: a session with a grant on the connection, of a vendor whose stock is sent to HubRise.
#[utoipa::path(get, path = "/connections/{connection}/stock", tag = "stock",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The board", body = StockBoard),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor's stock is not sent to HubRise", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn board(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let row = seen(&state, &caller, id).await?;
    let known = known(&state, &row).await?;
    let view = state.store().stock(&row.id).await?.unwrap_or_default();
    // Thousands of tiles are laid out and packed: not among those who wait for a socket.
    let laid_out = tokio::task::spawn_blocking(move || {
        let board = Seen {
            view: &view,
            catalog: row.catalog.as_ref(),
            read: known.read.as_ref(),
            keys: known.keys,
            now: known.now,
        }
        .board();
        packed(&headers, &board)
    });
    laid_out.await.map_err(ApiProblem::internal)?
}

/// One product closely: what the board shows of it, what sent it last, and its last 30 days.
///
/// Who may call: a session with a grant on the connection, of a vendor whose stock is sent to HubRise.
#[utoipa::path(get, path = "/connections/{connection}/stock/history", tag = "stock",
    params(
        ("connection" = String, Path, description = "The connection's id"),
        ("kind" = StockKind, Query, description = "A sku or an option"),
        ("ref" = String, Query, description = "Its ref"),
    ),
    responses(
        (status = 200, description = "The product", body = StockHistory),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor's stock is not sent to HubRise", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn history(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(asked): Query<Of>,
) -> Result<Json<StockHistory>, ApiProblem> {
    let row = seen(&state, &caller, id).await?;
    let kind = match asked.kind {
        StockKind::Sku => store::StockKind::Sku,
        StockKind::Option => store::StockKind::Option,
    };
    let of = store::StockRef { kind, reference: asked.reference };
    let known = known(&state, &row).await?;
    let view = state.store().stock(&row.id).await?.unwrap_or_default();
    let points = state.store().stock_history(&row.id, &of, known.now - HISTORY).await?;
    let entry = view.entries.iter().find(|entry| entry.of == of);
    let held = view.held.iter().find(|held| held.of == of);
    let all = Seen {
        view: &view,
        catalog: row.catalog.as_ref(),
        read: known.read.as_ref(),
        keys: known.keys,
        now: known.now,
    };
    Ok(Json(StockHistory {
        tile: all.tile(&of, entry, held),
        operation: held.and_then(|held| held.operation.as_ref()).map(|id| id.as_str().to_owned()),
        points: points
            .into_iter()
            .map(|point| StockPoint { at: point.at.as_second(), says: said(&point), quantity: point.quantity })
            .collect(),
    }))
}

/// Sends the whole state to HubRise, and compares afterwards. Asked for while that is under way, it is the same run. Its progress
/// and its result stand in the board's head.
///
/// Who may call: a session with a grant to manage the connection, of a vendor whose stock is sent to HubRise, from our own pages.
#[utoipa::path(post, path = "/connections/{connection}/stock/sync", tag = "stock",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 202, description = "It is under way", body = StockSync),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor's stock is not sent to HubRise", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`sending_off`; `stock_unknown`: the till has not said yet what it has", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`choice_invalid`: no catalog is connected", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn sync(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<StockSync>), ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    if row.catalog.is_none() {
        return Err(ApiProblem::of(ProblemCode::ChoiceInvalid).with_field("catalog", "the connection has none"));
    }
    let till = state.store().stock_till(&row.vendor, &row.till, &row.hub_key).await?;
    if !till.sending {
        return Err(ApiProblem::of(ProblemCode::SendingOff));
    }
    if till.sequence.is_none() {
        return Err(ApiProblem::of(ProblemCode::StockUnknown));
    }
    let run = state.store().ask_sync(&row.id, &caller.session.id, &random_token()?, state.now()).await?;
    let run = run.ok_or_else(|| ApiProblem::of(ProblemCode::ConnectionUnknown))?;
    state.stock().bell.ring();
    state.live().connection_changed(&row.id);
    Ok((StatusCode::ACCEPTED, Json(sync_shown(&run))))
}

/// Switches *Envoi de données*: off, nothing leaves for HubRise; on again, what differs is sent at once.
///
/// Who may call: a session with a grant to manage the connection, of a vendor whose stock is sent to HubRise, from our own pages.
#[utoipa::path(put, path = "/connections/{connection}/stock/sending", tag = "stock", request_body = StockSending,
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "So it is", body = StockSending),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor's stock is not sent to HubRise", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn sending(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
    Json(asked): Json<StockSending>,
) -> Result<Json<StockSending>, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    state.store().set_sending(&row.id, &caller.session.id, asked.sending, state.now()).await?;
    state.stock().bell.ring();
    state.live().connection_changed(&row.id);
    Ok(Json(asked))
}

/// What a board needs beside the stock itself.
struct Known {
    read: Option<crate::inventory::Read>,
    keys: u32,
    now: jiff::Timestamp,
}

async fn known(state: &AppState, row: &ConnectionRow) -> Result<Known, ApiProblem> {
    let now = state.now();
    let read = match &row.catalog {
        Some(catalog) => state.stock().menus.get(state.store(), &row.id, &catalog.id).await?,
        None => None,
    };
    let keys = state.store().pos_keys(&row.id, now).await?;
    let keys = keys.iter().filter(|key| key.revoked_at.is_none()).count();
    Ok(Known { read, keys: u32::try_from(keys).unwrap_or(u32::MAX), now })
}
