//! `/api/v1/connections/{id}/operations/{operation}/sides`: HubRise's order and the till's request beside each other. Owns
//! which order and which request these are, and that they are masked before anything is made of them; how they are laid out
//! is in `sides`. Provenance is not kept: the translation is a function, and is made again with what it was made with.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::extract::State;
use jiff::Timestamp;
use passerelle_bridge::{Configuration, Deals, Discounts, Fate, Origin, Translation, Untranslatable, translate};
use passerelle_hubrise::order::Order;
use passerelle_pixelpoint::{ApiToken, Dialect, request};
use passerelle_store::{Ended, ExchangeRow, OperationId, OperationKind, OperationRow, Way};
use passerelle_wire::{BridgeChoices, Problem, Sides};
use serde_json::Value;

use super::beholder::Beholder;
use super::operation_shown::{notes, text};
use crate::auth::CurrentSession;
use crate::delivery::cause;
use crate::delivery::sent_with::SentWith;
use crate::delivery::settings::{self, SettingsError, TillSettings};
use crate::masking::{self, MASK, Personal};
use crate::problem::{ApiProblem, Json, Path};
use crate::sides::{Failure, Told, lay_out};
use crate::state::AppState;

/// Calls to a till that are looked through for the latest request, the newest first: the others ask for lists.
const MOST_CALLS: usize = 20;

/// An order and its request laid out beside each other: what each part of the order became, what each part of the request
/// came from, what both add up to, the order as a kitchen reads it, and the part that failed.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations/{operation}/sides", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "Both sides; of an operation without an order, no lines", body = Sides),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn both(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((id, operation)): Path<(String, String)>,
) -> Result<Json<Sides>, ApiProblem> {
    let beholder = Beholder::of(&state, &caller, id).await?;
    let (store, row, id) = (state.store(), &beholder.row, OperationId::new(operation));
    let found = store.operation(&row.id, &id).await?.ok_or_else(ApiProblem::not_found)?;
    let calls = store.exchanges(&row.id, &id).await?;
    let event = event(&state, &beholder, &calls).await?;
    let order = event.as_deref().and_then(|event| masking::raw_member(event, "new_state"));
    let recorded = match found.kind {
        OperationKind::OrderCreated => recorded(&state, &beholder, &calls).await?,
        OperationKind::OrderUpdated | OperationKind::Unhandled | OperationKind::System | OperationKind::Stock => None,
    };
    let translated = match (found.kind, order) {
        (OperationKind::OrderCreated, Some(order)) => {
            again(order, &made_with(&state, &beholder, &found).await?, state.eoi().dialect())
        }
        _ => None,
    };
    let notes = notes(&found);
    let mut told = told(order, recorded, translated);
    told.total = found.order.and_then(|order| order.total);
    let cause = found.cause.as_deref().and_then(cause::from_stored);
    let mut failure = Failure { cause, detail: found.detail };
    if let Some(personal) = beholder.hidden(&state, &id).await? {
        hide(&personal, &mut told, &mut failure);
    }
    Ok(Json(lay_out(&told, &failure, &notes)))
}

/// The event that brought the operation: the body of HubRise's call, or of the answer where the bridge fetched it.
async fn event(state: &AppState, beholder: &Beholder, calls: &[ExchangeRow]) -> Result<Option<String>, ApiProblem> {
    let Some(first) = calls.first().filter(|call| call.way != Way::BridgeToTill) else { return Ok(None) };
    let whole = state.store().exchange(&beholder.row.id, &first.id).await?;
    Ok(whole.map(|whole| {
        text(if whole.row.way == Way::HubriseToBridge { &whole.request_body } else { &whole.response_body })
    }))
}

/// A request that is on record, and whether it left.
struct Recorded {
    body: String,
    was_sent: bool,
}

/// The latest request that holds an order.
async fn recorded(
    state: &AppState,
    beholder: &Beholder,
    calls: &[ExchangeRow],
) -> Result<Option<Recorded>, ApiProblem> {
    for call in calls.iter().rev().filter(|call| call.way == Way::BridgeToTill).take(MOST_CALLS) {
        let Some(whole) = state.store().exchange(&beholder.row.id, &call.id).await? else { continue };
        let body = text(&whole.request_body);
        if body.contains("<Transaction") {
            return Ok(Some(Recorded { body, was_sent: call.ended != Ended::Unsent }));
        }
    }
    Ok(None)
}

/// What a translation depends on beside its order.
struct MadeWith {
    configuration: Configuration,
    at: Timestamp,
    token: String,
    debug: bool,
}

/// What the latest translation was made with; before the first, what it would be made with now.
async fn made_with(state: &AppState, beholder: &Beholder, found: &OperationRow) -> Result<MadeWith, ApiProblem> {
    if let Some(kept) = found.sent_with.as_deref().and_then(SentWith::read) {
        let configuration = kept.configuration();
        return Ok(MadeWith { configuration, at: kept.at, token: kept.token, debug: kept.debug });
    }
    let row = &beholder.row;
    let settings = match settings::read(state.store(), state.vault(), &row.id).await {
        Err(SettingsError::Store(error)) => return Err(error.into()),
        // Whoever sends reports it; to be looked at, the order is translated by the defaults.
        Err(SettingsError::Sealed(_) | SettingsError::Choices(_)) => {
            TillSettings { token: None, choices: BridgeChoices::default(), version: 0 }
        }
        Ok(settings) => settings,
    };
    let (deals, discounts) = (&settings.choices.deals, &settings.choices.discounts);
    let configuration = Configuration {
        deals: Deals { aggregate_prices: deals.aggregate_prices, refs_as_combo_ids: deals.refs_as_combo_ids },
        // The till's own list would have to be asked for.
        discounts: Discounts { default_ref: discounts.default_ref.clone(), ..Discounts::default() },
        zone: row.timezone.as_deref().and_then(|name| jiff::tz::TimeZone::get(name).ok()),
    };
    let token = settings.token.map_or_else(|| MASK.to_owned(), |token| token.masked());
    Ok(MadeWith { configuration, at: state.now(), token, debug: settings.choices.debug })
}

/// What a translation says: the request, if there is one, and what it knows of it.
#[derive(Default)]
struct Translated {
    request: Option<String>,
    origins: Vec<Origin>,
    fates: Vec<Fate>,
}

/// The translation, made once more. None of what is no order, or makes the bridge fail.
fn again(order: &str, made_with: &MadeWith, dialect: &Dialect) -> Option<Translated> {
    let order: Value = serde_json::from_str(order).ok()?;
    let order = Order::read(&order).ok()?;
    let translation = catch_unwind(AssertUnwindSafe(|| translate(&order, &made_with.configuration, made_with.at)));
    Some(match translation.ok()? {
        Ok(Translation { order, origins, fates, .. }) => Translated {
            request: Some(request::order(&order, &ApiToken::new(made_with.token.as_str()), made_with.debug, dialect)),
            origins: origins.into_iter().collect(),
            fates,
        },
        Err(Untranslatable { fates, .. }) => Translated { fates, ..Translated::default() },
    })
}

fn told(order: Option<&str>, recorded: Option<Recorded>, translated: Option<Translated>) -> Told {
    let Translated { request, origins, fates } = translated.unwrap_or_default();
    // A token that was changed since changes nothing of what came from where.
    let same = |one: &str, other: &str| masking::with_token(one, "") == masking::with_token(other, "");
    let exact = match (&recorded, &request) {
        (Some(recorded), Some(request)) => same(&recorded.body, request),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let was_sent = recorded.as_ref().is_some_and(|recorded| recorded.was_sent);
    Told {
        order: order.map(str::to_owned),
        total: None,
        request: recorded.map(|recorded| recorded.body).or(request),
        was_sent,
        exact,
        origins,
        fates,
    }
}

/// Nothing is made of a text but what was masked before.
fn hide(personal: &Personal, told: &mut Told, failure: &mut Failure) {
    let request = told.request.take();
    let personal = personal.clone().and(request.as_deref().unwrap_or_default());
    told.order = told.order.take().map(|order| personal.mask(&order));
    told.request = request.map(|request| personal.mask(&request));
    failure.detail = failure.detail.take().map(|detail| personal.mask(&detail));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(token: &str, item: &str) -> String {
        format!(
            "<Request><EOIAuthenticationToken>{token}</EOIAuthenticationToken><Transaction>{item}</Transaction></Request>"
        )
    }

    fn translated(request: Option<String>) -> Option<Translated> {
        Some(Translated { request, ..Translated::default() })
    }

    #[test]
    fn provenance_is_exact_where_the_request_is_the_translations_but_for_its_token() {
        let sent = |item: &str| Some(Recorded { body: request("•••5B", item), was_sent: true });
        let exact = told(Some("{}"), sent("a"), translated(Some(request("•••", "a"))));
        assert!(exact.exact && exact.was_sent);
        assert_eq!(exact.request, Some(request("•••5B", "a")), "what was sent is shown");
        for translation in [translated(Some(request("•••", "b"))), translated(None), None] {
            assert!(!told(Some("{}"), sent("a"), translation).exact);
        }
    }

    #[test]
    fn before_anything_is_sent_it_is_what_would_be() {
        let told = told(Some("{}"), None, translated(Some(request("•••", "a"))));
        assert_eq!((told.request, told.was_sent, told.exact), (Some(request("•••", "a")), false, true));
    }
}
