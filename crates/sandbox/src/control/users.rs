//! `/_sandbox/accounts/{id}/users`: what **CONFIGURATION** > **Permissions** does, for tests.

use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::calls::{Asked, Refused};
use crate::{
    lang::Lang,
    state::{App, State as Everything, roles::NotSo, roles::Role},
};

/// Whom to add.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    email: String,
    /// `Admin` or `Manager`.
    role: Role,
}

/// `GET`: the account's users with their roles.
pub(crate) async fn list(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    users(&app.state(), &id).map(Json)
}

/// `POST {"email", "role"}`: gives access at once. Answers all users.
pub(crate) async fn add(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refused> {
    let added: Added = asked.read()?;
    let mut state = app.state();
    users(&state, &id)?;
    state.give_access(&id, &added.email, added.role).map_err(refused)?;
    users(&state, &id).map(|users| asked.answer(users))
}

/// `DELETE …/{email}`: takes access away. Answers who is left.
pub(crate) async fn remove(
    State(app): State<App>,
    Path((id, email)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Refused> {
    let mut state = app.state();
    users(&state, &id)?;
    state.take_access(&id, &email).map_err(refused)?;
    users(&state, &id).map(|users| asked.answer(users))
}

fn users(state: &Everything, account_id: &str) -> Result<Value, Refused> {
    if state.directory.account(account_id).is_none() {
        return Err(Refused(StatusCode::NOT_FOUND, format!("no account has the id `{account_id}`")));
    }
    let users = state.directory.users.iter().filter_map(|user| {
        let role = user.role_in(account_id)?;
        Some(json!({ "id": user.id, "email": user.email, "name": user.name(), "role": role.word() }))
    });
    Ok(users.collect())
}

fn refused(not_so: NotSo) -> Refused {
    Refused(StatusCode::UNPROCESSABLE_ENTITY, not_so.words(Lang::En).to_owned())
}
