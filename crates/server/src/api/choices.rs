//! `/api/v1/connections/{id}/…`: what HubRise's page left to the console to choose.

use axum::extract::State;
use passerelle_hubrise::{AccessToken, Api, CatalogSummary, CustomerListSummary, Error, Location, LocationPath, Page};
use passerelle_store::{Choice as StoredChoice, ConnectionRow, NamedRef};
use passerelle_wire::{Choice, ChoiceOwner, ChoicePage, ChoiceRequest, Connected, Problem, ProblemCode};
use serde::Deserialize;

use super::connections::{connection_shown, granted, managed};
use crate::attempts::changes;
use crate::auth::{Changing, CurrentSession};
use crate::hub::HubError;
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// Pages of 100 read to check a choice or to list a location's catalogs: nobody has 2,000 of them.
const MOST_PAGES: usize = 20;

/// `?cursor=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paging {
    #[serde(default)]
    cursor: Option<String>,
}

/// `?location_id=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfLocation {
    location_id: String,
}

/// The locations of the connected account, a page of at most 100. At location level, the one there is.
///
/// Who may call: a session with a grant on the connection.
#[utoipa::path(get, path = "/connections/{connection}/locations", tag = "choices",
    params(("connection" = String, Path, description = "The connection's id"), ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before")),
    responses(
        (status = 200, description = "A page", body = ChoicePage),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`hubrise_token_dead`", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`hubrise_…`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn locations(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Json<ChoicePage>, ApiProblem> {
    let row = granted(&state, &caller, id).await?.connection;
    let (_, till) = state.vendors().till(&row.vendor, &row.till)?;
    if !till.asked.left.location {
        let items = row.location.into_iter().map(|place| choice(place.id, place.name, None, None)).collect();
        return Ok(Json(ChoicePage { items, next_cursor: None }));
    }
    let cursor = paging.cursor;
    let page =
        state.hub().call(&row, |api, token| async move { api.locations(&token, cursor.as_deref()).await }).await?;
    let shown = |location: Location| {
        let detail = [location.postal_code, location.city].into_iter().flatten().collect::<Vec<_>>().join(" ");
        choice(location.id, location.name, Some(detail).filter(|detail| !detail.is_empty()), None)
    };
    Ok(Json(ChoicePage { items: page.items.into_iter().map(shown).collect(), next_cursor: page.next_cursor }))
}

/// The catalogs a location may use: its own and its account's.
///
/// Who may call: a session with a grant on the connection.
#[utoipa::path(get, path = "/connections/{connection}/catalogs", tag = "choices",
    params(("connection" = String, Path, description = "The connection's id"), ("location_id" = String, Query, description = "HubRise's id of the location")),
    responses(
        (status = 200, description = "All of them", body = ChoicePage),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`hubrise_token_dead`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`choice_invalid`: no such location", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`hubrise_…`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn catalogs(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(of): Query<OfLocation>,
) -> Result<Json<ChoicePage>, ApiProblem> {
    let row = granted(&state, &caller, id).await?.connection;
    let items = all_catalogs(&state, &row, &of.location_id).await?;
    Ok(Json(ChoicePage { items, next_cursor: None }))
}

/// The customer lists a location may use: its own and its account's.
///
/// Who may call: a session with a grant on the connection.
#[utoipa::path(get, path = "/connections/{connection}/customer_lists", tag = "choices",
    params(("connection" = String, Path, description = "The connection's id"), ("location_id" = String, Query, description = "HubRise's id of the location")),
    responses(
        (status = 200, description = "All of them", body = ChoicePage),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`hubrise_token_dead`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`choice_invalid`: no such location", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`hubrise_…`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn customer_lists(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(of): Query<OfLocation>,
) -> Result<Json<ChoicePage>, ApiProblem> {
    let row = granted(&state, &caller, id).await?.connection;
    let items = all_customer_lists(&state, &row, &of.location_id).await?;
    Ok(Json(ChoicePage { items, next_cursor: None }))
}

/// Completes the connection. What is chosen is checked against HubRise; a catalog or list may be left out only where
/// HubRise has none to choose.
///
/// Who may call: a session with a grant to manage the connection, from our own pages.
#[utoipa::path(put, path = "/connections/{connection}/choice", tag = "choices", request_body = ChoiceRequest,
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "Connected", body = Connected),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`conflict`, `hubrise_token_dead`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`choice_invalid`: `fields` says which", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`hubrise_…`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn choose(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
    Json(wanted): Json<ChoiceRequest>,
) -> Result<Json<Connected>, ApiProblem> {
    let before = managed(&state, &caller, id).await?;
    let (_, till) = state.vendors().till(&before.vendor, &before.till)?;
    let left = till.asked.left;
    if left.is_empty() {
        return Err(invalid("location_id", "every choice of this till is made at HubRise"));
    }
    let (location, catalogs, lists) = tokio::try_join!(
        chosen_location(&state, &before, left.location, &wanted.location_id),
        async {
            if left.catalog { all_catalogs(&state, &before, &wanted.location_id).await.map(Some) } else { Ok(None) }
        },
        async {
            if left.customer_list {
                all_customer_lists(&state, &before, &wanted.location_id).await.map(Some)
            } else {
                Ok(None)
            }
        },
    )?;
    let choice = StoredChoice {
        location,
        catalog: chosen("catalog_id", wanted.catalog_id.as_deref(), catalogs, &before.catalog)?,
        customer_list: chosen("customer_list_id", wanted.customer_list_id.as_deref(), lists, &before.customer_list)?,
    };
    let after = state.store().choose(&before.id, &caller.session.id, before.version, choice, state.now()).await?;
    state.live().connection_changed(&after.id);
    let again = before.state == passerelle_store::ConnectionState::Connected;
    let changes = if again { changes(&before, &after) } else { Vec::new() };
    Ok(Json(Connected { connection: connection_shown(&after, &caller.session.id), again, changes }))
}

async fn chosen_location(
    state: &AppState,
    row: &ConnectionRow,
    left: bool,
    wanted: &str,
) -> Result<NamedRef, ApiProblem> {
    if !left {
        return row
            .location
            .clone()
            .filter(|location| location.id == wanted)
            .ok_or_else(|| invalid("location_id", "the location of this till is chosen at HubRise"));
    }
    let unknown = || invalid("location_id", "the account has no such location");
    let id = wanted.to_owned();
    let asked = state.hub().call(row, |api, token| async move { api.location(&token, LocationPath::Id(&id)).await });
    let location = match asked.await {
        Ok(location) => location,
        Err(HubError::Hubrise(Error::NotFound | Error::MalformedId { .. } | Error::Forbidden { .. })) => {
            return Err(unknown());
        }
        Err(error) => return Err(error.into()),
    };
    // An answer about another location than the one asked for must not be kept under its name.
    if location.id != wanted { Err(unknown()) } else { Ok(NamedRef { id: location.id, name: location.name }) }
}

/// Finds what is wanted among what there is; `there` is absent when HubRise's page made this choice.
fn chosen(
    field: &'static str,
    wanted: Option<&str>,
    there: Option<Vec<Choice>>,
    at_hubrise: &Option<NamedRef>,
) -> Result<Option<NamedRef>, ApiProblem> {
    match (wanted, there) {
        (None, None) => Ok(at_hubrise.clone()),
        (Some(_), None) => Err(invalid(field, "this till does not choose it here")),
        (None, Some(there)) if there.is_empty() => Ok(None),
        (None, Some(_)) => Err(invalid(field, "there is one to choose")),
        (Some(id), Some(there)) => there
            .into_iter()
            .find(|candidate| candidate.id == id)
            .map(|found| Some(NamedRef { id: found.id, name: found.name }))
            .ok_or_else(|| invalid(field, "the location has no such one")),
    }
}

#[track_caller]
fn invalid(field: &str, message: &str) -> ApiProblem {
    ApiProblem::of(ProblemCode::ChoiceInvalid).with_field(field, message)
}

async fn all_catalogs(state: &AppState, row: &ConnectionRow, location: &str) -> Result<Vec<Choice>, ApiProblem> {
    let page = |api: Api, token: AccessToken, cursor: Option<String>| async move {
        api.location_catalogs(&token, LocationPath::Id(location), cursor.as_deref()).await
    };
    let shown = |catalog: CatalogSummary| {
        let owner = owner(catalog.location_id.as_ref());
        choice(catalog.id, catalog.name, None, Some(owner))
    };
    Ok(every_page(state, row, page).await?.into_iter().map(shown).collect())
}

async fn all_customer_lists(state: &AppState, row: &ConnectionRow, location: &str) -> Result<Vec<Choice>, ApiProblem> {
    let page = |api: Api, token: AccessToken, cursor: Option<String>| async move {
        api.location_customer_lists(&token, LocationPath::Id(location), cursor.as_deref()).await
    };
    let shown = |list: CustomerListSummary| {
        let owner = owner(list.location_id.as_ref());
        choice(list.id, list.name, None, Some(owner))
    };
    Ok(every_page(state, row, page).await?.into_iter().map(shown).collect())
}

async fn every_page<T, F>(
    state: &AppState,
    row: &ConnectionRow,
    page: impl Fn(Api, AccessToken, Option<String>) -> F,
) -> Result<Vec<T>, HubError>
where
    F: Future<Output = Result<Page<T>, Error>>,
{
    let mut items = Vec::new();
    let mut cursor = None;
    for _ in 0..MOST_PAGES {
        let asked = cursor.take();
        let Page { items: more, next_cursor } = state.hub().call(row, |api, token| page(api, token, asked)).await?;
        items.extend(more);
        cursor = next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    Ok(items)
}

fn owner(location: Option<&String>) -> ChoiceOwner {
    if location.is_some() { ChoiceOwner::Location } else { ChoiceOwner::Account }
}

fn choice(id: String, name: String, detail: Option<String>, owner: Option<ChoiceOwner>) -> Choice {
    Choice { id, name, detail, owner }
}
