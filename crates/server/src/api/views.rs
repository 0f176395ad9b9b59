//! `/api/v1/vendors/{vendor}/views`: a list's filters under names of the user's own.

use axum::extract::State;
use http::StatusCode;
use passerelle_store::ViewRow;
use passerelle_wire::{Problem, View};

use crate::auth::{Changing, CurrentSession};
use crate::crypto::random_token;
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Characters of a name: at four bytes each, what the store takes.
const LONGEST_NAME: usize = 40;
/// Bytes of a query: what the store takes.
const LONGEST_QUERY: usize = 2_000;

/// The saved views of whoever calls, by name: the user's, or the session's where nobody is signed in at this vendor.
///
/// Who may call: a session; it sees its own.
#[utoipa::path(get, path = "/vendors/{vendor}/views", tag = "operations",
    params(("vendor" = String, Path, description = "The vendor's slug")),
    responses(
        (status = 200, description = "The views", body = Vec<View>),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(vendor): Path<String>,
) -> Result<Json<Vec<View>>, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    let views = state.store().views(&caller.session.id, vendor.slug()).await?;
    Ok(Json(views.into_iter().map(shown).collect()))
}

/// Saves a view; one of the same name is replaced. There may be 50.
///
/// Who may call: a session, for itself, from our own pages.
#[utoipa::path(post, path = "/vendors/{vendor}/views", tag = "operations", request_body = View,
    params(("vendor" = String, Path, description = "The vendor's slug")),
    responses(
        (status = 200, description = "Saved; with its id", body = View),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`conflict`: there are 50 already", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: a name of more than 40 characters, or a query that is none", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn keep(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(vendor): Path<String>,
    Json(wanted): Json<View>,
) -> Result<Json<View>, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    let view = ViewRow { id: random_token()?, name: name(&wanted.name)?, query: query(&wanted.query)? };
    let (session, kept) = (&caller.session.id, view.name.clone());
    state.store().keep_view(session, vendor.slug(), view, state.now()).await?;
    // One that replaced another may keep the other's id.
    let views = state.store().views(session, vendor.slug()).await?;
    let found = views.into_iter().find(|view| view.name == kept).map(shown);
    found.map(Json).ok_or_else(|| ApiProblem::internal("a view that was kept is not there"))
}

/// Forgets a view.
///
/// Who may call: a session, its own, from our own pages.
#[utoipa::path(delete, path = "/vendors/{vendor}/views/{view}", tag = "operations",
    params(("vendor" = String, Path, description = "The vendor's slug"), ("view" = String, Path, description = "The view's id")),
    responses(
        (status = 204, description = "Forgotten"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`; `not_found`: no such view, or not this caller's", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn forget(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((vendor, view)): Path<(String, String)>,
) -> Result<StatusCode, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    if state.store().forget_view(&caller.session.id, vendor.slug(), &view).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiProblem::not_found())
    }
}

fn shown(row: ViewRow) -> View {
    View { id: row.id, name: row.name, query: row.query }
}

fn name(typed: &str) -> Result<String, ApiProblem> {
    let name = typed.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(ApiProblem::invalid_field("name", format!("1 to {LONGEST_NAME} characters, on one line")))
}

/// What follows the `?` of an address: characters that an address writes as they are, or as `%41`.
fn query(given: &str) -> Result<String, ApiProblem> {
    let fits = given.len() <= LONGEST_QUERY && !given.starts_with('?');
    if fits && given.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        return Ok(given.to_owned());
    }
    Err(ApiProblem::invalid_field("query", format!("what follows `?` in an address, at most {LONGEST_QUERY} bytes")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_a_short_name_and_a_query_as_addresses_write_them() {
        assert_eq!(name("  Refusées ").ok().as_deref(), Some("Refusées"));
        for wide in ["é", "漢", "🍕"] {
            assert_eq!(name(&wide.repeat(40)).ok(), Some(wide.repeat(40)));
        }
        for odd in ["", " ", &"a".repeat(41), &"é".repeat(41), "a\nb"] {
            assert!(name(odd).is_err(), "{odd:?}");
        }
        for good in ["", "state=refused&period=7d", "q=caf%C3%A9"] {
            assert!(query(good).is_ok(), "{good:?}");
        }
        for odd in ["?state=refused", "q=a b", "q=é", "q=a#b", "q=a\n", &"a".repeat(2_001)] {
            assert!(query(odd).is_err(), "{odd:?}");
        }
    }
}
