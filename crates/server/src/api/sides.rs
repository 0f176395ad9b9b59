//! `/api/v1/connections/{id}/operations/{operation}/sides`: HubRise's order and the till's request beside each other, and what
//! belongs to what. Provenance is not kept: the translation is a function, and is made again with what it was made with.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::extract::State;
use jiff::Timestamp;
use passerelle_bridge::{
    Became as Fated, Configuration, Deals, Discounts, Reason, Translation, Untranslatable, translate,
};
use passerelle_hubrise::order::Order;
use passerelle_pixelpoint::{ApiToken, Dialect, request};
use passerelle_store::{Ended, ExchangeRow, OperationId, OperationKind, OperationRow, Way};
use passerelle_wire::{Became, BridgeChoices, Fate, FateReason, Note, Origin, Problem, Sides};
use serde_json::Value;

use super::beholder::Beholder;
use super::operation_shown::text;
use super::operations::mask_notes;
use crate::auth::CurrentSession;
use crate::delivery::notes;
use crate::delivery::sent_with::SentWith;
use crate::delivery::settings::{self, SettingsError, TillSettings};
use crate::masking::{self, MASK, Personal};
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Calls to a till that are looked through for the latest request, the newest first: the others ask for lists.
const MOST_CALLS: usize = 20;

/// What the request of an order came from, and what became of each part of the order.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations/{operation}/sides", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "Both sides; of an operation without an order, neither", body = Sides),
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
        OperationKind::OrderUpdated | OperationKind::Unhandled | OperationKind::System => None,
    };
    let translated = match (found.kind, order) {
        (OperationKind::OrderCreated, Some(order)) => {
            again(order, &made_with(&state, &beholder, &found).await?, state.eoi().dialect())
        }
        _ => None,
    };
    let mut sides = sides(order, recorded, translated);
    if let Some(personal) = beholder.hidden(&state, &id).await? {
        hide(&personal, &mut sides);
    }
    Ok(Json(sides))
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
    notes: Vec<Note>,
}

/// The translation, made once more. None of what is no order, or makes the bridge fail.
fn again(order: &str, made_with: &MadeWith, dialect: &Dialect) -> Option<Translated> {
    let order: Value = serde_json::from_str(order).ok()?;
    let order = Order::read(&order).ok()?;
    let translation = catch_unwind(AssertUnwindSafe(|| translate(&order, &made_with.configuration, made_with.at)));
    Some(match translation.ok()? {
        Ok(Translation { order, origins, fates, notes }) => Translated {
            request: Some(request::order(&order, &ApiToken::new(made_with.token.as_str()), made_with.debug, dialect)),
            origins: origins.into_iter().map(|origin| Origin { node: origin.node, from: origin.from }).collect(),
            fates: fates.into_iter().map(fate).collect(),
            notes: notes.iter().map(notes::shown).collect(),
        },
        Err(Untranslatable { fates, notes, .. }) => Translated {
            fates: fates.into_iter().map(fate).collect(),
            notes: notes.iter().map(notes::shown).collect(),
            ..Translated::default()
        },
    })
}

fn sides(order: Option<&str>, recorded: Option<Recorded>, translated: Option<Translated>) -> Sides {
    let Translated { request, origins, fates, notes } = translated.unwrap_or_default();
    // A token that was changed since changes nothing of what came from where.
    let same = |one: &str, other: &str| masking::with_token(one, "") == masking::with_token(other, "");
    let exact = match (&recorded, &request) {
        (Some(recorded), Some(request)) => same(&recorded.body, request),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let was_sent = recorded.as_ref().is_some_and(|recorded| recorded.was_sent);
    Sides {
        order: order.map(str::to_owned),
        request: recorded.map(|recorded| recorded.body).or(request),
        was_sent,
        exact,
        origins,
        fates,
        notes,
    }
}

fn hide(personal: &Personal, sides: &mut Sides) {
    let request = sides.request.take();
    let personal = personal.clone().and(request.as_deref().unwrap_or_default());
    sides.order = sides.order.take().map(|order| personal.mask(&order));
    sides.request = request.map(|request| personal.mask(&request));
    mask_notes(&personal, &mut sides.notes);
}

fn fate(fate: passerelle_bridge::Fate) -> Fate {
    let (became, node, reason) = match fate.became {
        Fated::Sent { node } => (Became::Sent, Some(node), None),
        Fated::Merged { into } => (Became::Merged, Some(into), None),
        Fated::Skipped { reason } => (Became::Skipped, None, Some(why(reason))),
        Fated::Ignored { reason } => (Became::Ignored, None, Some(why(reason))),
    };
    Fate { part: fate.part, became, node, reason }
}

const fn why(reason: Reason) -> FateReason {
    match reason {
        Reason::NoRef => FateReason::NoRef,
        Reason::WithItem => FateReason::WithItem,
        Reason::Unreadable => FateReason::Unreadable,
        Reason::OddShape => FateReason::OddShape,
        Reason::Deleted => FateReason::Deleted,
        Reason::Nothing => FateReason::Nothing,
        Reason::NoItems => FateReason::NoItems,
        Reason::NoSuchDeal => FateReason::NoSuchDeal,
        Reason::NotPaidOnline => FateReason::NotPaidOnline,
        Reason::DueSoon => FateReason::DueSoon,
        Reason::NotSupported => FateReason::NotSupported,
        Reason::NotNeeded => FateReason::NotNeeded,
    }
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
        let exact = sides(Some("{}"), sent("a"), translated(Some(request("•••", "a"))));
        assert!(exact.exact && exact.was_sent);
        assert_eq!(exact.request, Some(request("•••5B", "a")), "what was sent is shown");
        for translation in [translated(Some(request("•••", "b"))), translated(None), None] {
            assert!(!sides(Some("{}"), sent("a"), translation).exact);
        }
    }

    #[test]
    fn before_anything_is_sent_it_is_what_would_be() {
        let sides = sides(Some("{}"), None, translated(Some(request("•••", "a"))));
        assert_eq!((sides.request, sides.was_sent, sides.exact), (Some(request("•••", "a")), false, true));
    }
}
