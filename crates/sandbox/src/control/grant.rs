//! `POST /_sandbox/grant`: a code as if a user had pressed **Autoriser**, so that a server can be tested without
//! walking through pages. The rules are the consent page's own.

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::calls::{Asked, Refused};
use crate::{
    lang::Lang,
    oauth::{
        granting::{self, Wish},
        scope::{Level, Scope},
    },
    state::{App, State as Everything, directory::Directory, reopening::Reopened},
};

/// What the user would have picked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picked {
    pub(super) client_id: String,
    pub(super) email: String,
    /// May be left out with an `app_instance_id`: the scope granted before.
    pub(super) scope: Option<String>,
    /// Id or name, as the three below; needed where there is more than one.
    pub(super) location: Option<String>,
    pub(super) account: Option<String>,
    pub(super) catalog: Option<String>,
    pub(super) customer_list: Option<String>,
    pub(super) device_id: Option<String>,
    pub(super) app_instance_id: Option<String>,
}

/// Answers what HubRise would have returned with: `{"code": …}`, or `{"error": "access_denied"}` for an
/// `app_instance_id` that is unknown or not the user's.
pub(crate) async fn grant(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let picked: Picked = asked.read()?;
    let mut state = app.state();
    let returned = match code_for(&mut state, &picked)? {
        Some(code) => json!({ "code": code }),
        None => json!({ "error": "access_denied" }),
    };
    Ok(asked.answer(returned))
}

/// The code, or `None` where HubRise answers `access_denied`.
pub(super) fn code_for(state: &mut Everything, picked: &Picked) -> Result<Option<String>, Refused> {
    let directory = &state.directory;
    let client = directory.client(&picked.client_id);
    let client = client.ok_or_else(|| refused(format!("no client has the id `{}`", picked.client_id)))?;
    let user = directory.user_by_email(&picked.email);
    let user = user.ok_or_else(|| refused(format!("no user has the e-mail `{}`", picked.email)))?;
    let installation = picked.app_instance_id.as_deref();
    let scope: Scope = match (&picked.scope, installation) {
        (Some(scope), _) => scope.parse().map_err(|_| refused(format!("`{scope}` is not a scope")))?,
        (None, Some(id)) => {
            state.scope_of_installation(id, &client.id).ok_or_else(|| refused("a scope is needed".to_owned()))?
        }
        (None, None) => return Err(refused("a scope is needed".to_owned())),
    };
    let before = match installation.map(|id| state.reopened(id, &client.id, user, &scope)) {
        Some(Reopened::Refused) => return Ok(None),
        Some(Reopened::Unseen(grant)) => return Ok(Some(state.issue_code(*grant))),
        Some(Reopened::ToBeAsked(grant)) => Some(grant),
        None => None,
    };
    // What was granted before stands selected on the page.
    let location = picked.location.as_deref().or_else(|| before.as_ref()?.location_id.as_deref());
    let account = picked.account.as_deref().or_else(|| before.as_ref()?.account_id.as_deref());
    let catalog = picked.catalog.as_deref().or_else(|| before.as_ref()?.catalog_id.as_deref());
    let list = picked.customer_list.as_deref().or_else(|| before.as_ref()?.customer_list_id.as_deref());
    let place = match scope.level() {
        Some(Level::Location) => location.map(|text| location_id(directory, text)),
        Some(Level::Account) => account.map(|text| account_id(directory, text)),
        None => None,
    };
    // A name can be borne by catalogs of several accounts: the one that can be picked here is meant.
    let reachable = scope.level().and_then(|level| granting::place_of(directory, level, user, place).ok());
    let catalogs = reachable.map(|place| granting::catalogs(directory, place)).unwrap_or_default();
    let lists = reachable.map(|place| granting::customer_lists(directory, place)).unwrap_or_default();
    let catalog = catalog.map(|text| catalogs.iter().find(|one| one.name == text).map_or(text, |one| one.id.as_str()));
    let customer_list = list.map(|text| lists.iter().find(|one| one.name == text).map_or(text, |one| one.id.as_str()));
    let wish = Wish {
        client_id: &client.id,
        user,
        scope: &scope,
        device_id: picked.device_id.as_deref(),
        place,
        catalog,
        customer_list,
    };
    let grant = granting::grant_of(directory, wish).map_err(|refusal| refused(refusal.words(Lang::En).to_owned()))?;
    Ok(Some(state.issue_code(grant)))
}

fn refused(message: String) -> Refused {
    Refused(StatusCode::UNPROCESSABLE_ENTITY, message)
}

fn location_id<'a>(directory: &'a Directory, text: &'a str) -> &'a str {
    let named = directory.locations.iter().find(|location| location.name == text);
    named.map_or(text, |location| location.id.as_str())
}

fn account_id<'a>(directory: &'a Directory, text: &'a str) -> &'a str {
    directory.accounts.iter().find(|account| account.name == text).map_or(text, |account| account.id.as_str())
}
