//! Catalogs: lists without data, one with ("Catalogs", sections 1.1 and 1.2).

use axum::{Json, extract::State, response::IntoResponse};
use serde_json::{Value, json};

use super::{caller::Caller, paging, problem::Answer};
use crate::{
    clock,
    oauth::scope::{Resource, Right},
    state::{
        App,
        directory::{Catalog, Directory, Owner},
    },
};

const READING: [Resource; 2] = [Resource::Catalog, Resource::AllCatalogs];

/// `GET /location/catalogs`, `GET /locations/:id/catalogs`: the location's and its account's. A connection bound to
/// one catalog sees that one (inferred).
pub(crate) async fn of_location(State(app): State<App>, caller: Caller) -> Answer {
    caller.needs_any(&READING, Right::Read)?;
    let state = app.state();
    let directory = &state.directory;
    let location = caller.location(directory)?;
    let mut catalogs: Vec<_> = directory.catalogs.iter().collect();
    catalogs.retain(|catalog| directory.serves(&catalog.owner, location) && caller.reads_catalog(catalog));
    paging::page(&caller.query, &catalogs, |catalog| &catalog.id, |catalog| summary(directory, catalog))
}

/// `GET /account/catalogs`, `GET /accounts/:id/catalogs`: the account level ones.
pub(crate) async fn of_account(State(app): State<App>, caller: Caller) -> Answer {
    caller.needs_any(&READING, Right::Read)?;
    let state = app.state();
    let directory = &state.directory;
    let account = caller.account(directory)?;
    let owner = Owner::Account(account.id.clone());
    let mut catalogs: Vec<_> = directory.catalogs.iter().collect();
    catalogs.retain(|catalog| catalog.owner == owner && caller.reads_catalog(catalog));
    paging::page(&caller.query, &catalogs, |catalog| &catalog.id, |catalog| summary(directory, catalog))
}

/// `GET /catalogs/:id[?hide_data=true]`
pub(crate) async fn retrieve(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let catalog = caller.catalog(&state.directory)?;
    let mut body = summary(&state.directory, catalog);
    if caller.query.get("hide_data") != Some("true") {
        body["data"] = catalog.data.clone();
    }
    Ok(Json(body).into_response())
}

fn summary(directory: &Directory, catalog: &Catalog) -> Value {
    let created_at = clock::iso_in(catalog.created_at, directory.zone_of(&catalog.owner));
    let mut body = json!({ "id": catalog.id, "name": catalog.name, "created_at": created_at });
    match &catalog.owner {
        Owner::Account(id) => body["account_id"] = json!(id),
        Owner::Location(id) => body["location_id"] = json!(id),
    }
    body
}
