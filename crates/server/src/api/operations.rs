//! `/api/v1/connections/{id}/operations`, and what was said in each: what came of the orders, for vendors that bridge them.

use axum::extract::State;
use passerelle_store::{ExchangeId, OperationId};
use passerelle_wire::{Exchange, Note, Operation, OperationLine, OperationPage, Problem};

use super::beholder::{Beholder, of_call};
use super::listing::{Listed, list};
use super::operation_query::{Asked, Asker};
use super::operation_shown::{act, callback, counts, exchange_line, line, notes, text};
use super::resendable;
use crate::auth::CurrentSession;
use crate::masking::Personal;
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// Operations a page.
const PAGE: u32 = 60;

/// What came for this till at this place and what became of it, newest first, with how the last day went and how the
/// callback at HubRise stands. Operations of the till's former connections there are told too.
///
/// A look that would read too much ends early and says so (`searched_to`); `next` goes on from there. Where the caller is
/// the vendor's support, excerpts of bodies are left out as long as names are hidden.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), Asked),
    responses(
        (status = 200, description = "A page", body = OperationPage),
        (status = 400, description = "`invalid_request`: `fields` says which parameters cannot be understood", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn page(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<OperationPage>, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let now = state.now();
    let wanted = asked.read(&Asker { support: beholder.support, now, zone: beholder.zone() })?;
    let (store, row) = (state.store(), &beholder.row);
    let numbers = async {
        Ok::<_, ApiProblem>(tokio::try_join!(store.operation_counts(&row.id, now), store.registration(&row.id))?)
    };
    let (listed, (day, registration)) =
        tokio::try_join!(list(&state, &beholder, &wanted, wanted.start, PAGE), numbers)?;
    let Listed { found, older, newer, looked_to } = listed;
    let shown = |(found, matched)| {
        let resendable = resendable::told(row, &found);
        OperationLine { matched, ..line(found, resendable) }
    };
    Ok(Json(OperationPage {
        operations: found.into_iter().map(shown).collect(),
        next: older.map(|seq| seq.to_string()),
        newer: newer.map(|seq| seq.to_string()),
        searched_to: looked_to.map(|at| at.to_string()),
        timezone: row.timezone.clone(),
        day: counts(day),
        callback: callback(&registration),
    }))
}

/// One operation with what its translation noted, what people did with it, and every call it caused, without their bodies.
/// Names are hidden from the vendor's support until it asks for them.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations/{operation}", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "The operation", body = Operation),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((id, operation)): Path<(String, String)>,
) -> Result<Json<Operation>, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let (store, row, id) = (state.store(), &beholder.row, OperationId::new(operation));
    let found = store.operation(&row.id, &id).await?.ok_or_else(ApiProblem::not_found)?;
    let (exchanges, acts) = tokio::try_join!(store.exchanges(&row.id, &id), store.acts(&row.id, &id))?;
    let resendable = resendable::of(&state, row, &found).await?;
    let hidden = beholder.hidden(&state, &id).await?;
    let mut notes = notes(&found);
    let mut line = line(found, resendable);
    if let Some(personal) = &hidden {
        mask_notes(personal, &mut notes);
        line.detail = line.detail.map(|detail| personal.mask(&detail));
    }
    Ok(Json(Operation {
        line,
        notes,
        acts: acts.into_iter().map(act).collect(),
        names_hidden: hidden.is_some(),
        exchanges: exchanges.into_iter().map(exchange_line).collect(),
        timezone: row.timezone.clone(),
    }))
}

/// Notes quote the order: its notes to the courier, for instance.
fn mask_notes(personal: &Personal, notes: &mut [Note]) {
    for note in notes {
        note.name = personal.mask(&note.name);
        note.other = note.other.take().map(|other| personal.mask(&other));
    }
}

/// One request and its answer, whole; secrets were masked before they were kept. Names, phones, e-mail addresses and addresses
/// are masked for the vendor's support until it asks for those of the operation.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/exchanges/{exchange}", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("exchange" = String, Path, description = "The exchange's id")),
    responses(
        (status = 200, description = "The exchange", body = Exchange),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such exchange, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn exchange(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((id, exchange)): Path<(String, String)>,
) -> Result<Json<Exchange>, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let found = state.store().exchange(&beholder.row.id, &ExchangeId::new(exchange)).await?;
    let found = found.ok_or_else(ApiProblem::not_found)?;
    let hidden = match &found.row.operation {
        Some(operation) => beholder.hidden(&state, operation).await?,
        // Of no operation, nobody can ask for the names.
        None => beholder.support.then(Personal::default),
    };
    let hidden = hidden.map(|known| of_call(known, &found));
    let shown = |text: String| hidden.as_ref().map_or_else(|| text.clone(), |personal| personal.mask(&text));
    let mut line = exchange_line(found.row);
    (line.url, line.error) = (shown(line.url), line.error.map(&shown));
    Ok(Json(Exchange {
        line,
        request_headers: shown(found.request_headers),
        request_body: shown(text(&found.request_body)),
        response_headers: shown(found.response_headers),
        response_body: shown(text(&found.response_body)),
    }))
}
