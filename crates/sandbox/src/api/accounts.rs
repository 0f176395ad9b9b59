//! Users, accounts and locations ("Locations, Accounts and Users").

use axum::{Json, extract::State, response::IntoResponse};
use serde_json::{Value, json};

use super::{
    caller::Caller,
    paging,
    problem::{Answer, Problem},
};
use crate::{
    oauth::scope::Profile,
    state::{
        App,
        directory::{Account, Directory, Location},
    },
};

/// `GET /user`
pub(crate) async fn user(State(app): State<App>, caller: Caller) -> Answer {
    let profile = caller.grant.scope.profile().ok_or(Problem::Forbidden("The scope includes no profile"))?;
    let state = app.state();
    let user = state.directory.user(&caller.grant.user_id).ok_or(Problem::NotFound)?;
    let mut body = json!({
        "id": user.id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "timezone": { "name": "Europe/Paris" },
        "locales": user.locales,
    });
    if profile == Profile::WithEmail {
        body["email"] = json!(user.email);
    }
    Ok(Json(body).into_response())
}

/// `GET /account`, `GET /accounts/:id`
pub(crate) async fn account(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    Ok(Json(account_json(caller.account(&state.directory)?)).into_response())
}

/// `GET /locations`
pub(crate) async fn locations(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let account = caller.account(&state.directory)?;
    let locations = state.directory.locations_of(&account.id);
    paging::page(
        &caller.query,
        &locations,
        |location| &location.id,
        |location| location_json(&state.directory, location),
    )
}

/// `GET /location`, `GET /locations/:id`
pub(crate) async fn location(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let location = caller.location(&state.directory)?;
    Ok(Json(location_json(&state.directory, location)).into_response())
}

fn account_json(account: &Account) -> Value {
    json!({ "id": account.id, "name": account.name, "currency": account.currency })
}

fn location_json(directory: &Directory, location: &Location) -> Value {
    let lunch = json!({ "from": "12:00", "to": "14:30" });
    let dinner = json!({ "from": "19:00", "to": "22:30" });
    json!({
        "id": location.id,
        "name": location.name,
        "account": directory.account(&location.account_id).map(account_json),
        "address": location.address,
        "postal_code": location.postal_code,
        "city": location.city,
        "country": location.country,
        "timezone": { "name": location.timezone },
        "cutoff_time": "06:00",
        "opening_hours": {
            "tuesday": [lunch, dinner],
            "wednesday": [lunch, dinner],
            "thursday": [lunch, dinner],
            "friday": [lunch, { "from": "19:00", "to": "00:30" }],
            "saturday": [lunch, { "from": "19:00", "to": "00:30" }],
            "sunday": [dinner],
        },
        "preparation_time": location.preparation_time,
        "order_acceptance": { "mode": "online" },
        "custom_fields": {},
    })
}
