//! `/_sandbox/inventories` and `/_sandbox/catalogs`: stock changed by a hand that is no connection's, and catalogs that
//! grow, shrink and lose a ref, as their owners change them.

use axum::{
    Json,
    extract::{Path, Query, State},
    response::Response,
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::calls::{Asked, Refused};
use crate::{
    api::{
        inventory::{Target, patched, replaced, whole},
        problem::Problem,
    },
    clock,
    state::{App, State as Everything, callbacks::Happening},
};

/// Products a catalog can be filled with.
const MOST: usize = 25_000;
/// Products in a category of a catalog that was filled.
const IN_CATEGORY: usize = 120;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// Id of the catalog whose refs are meant.
    catalog: String,
}

fn target(state: &Everything, location: &str, catalog: &str) -> Result<Target, Refused> {
    let unknown = |what: &str, id: &str| Refused(StatusCode::NOT_FOUND, format!("no {what} has the id `{id}`"));
    let location = state.directory.location(location).ok_or_else(|| unknown("location", location))?;
    let catalog = state.directory.catalog(catalog).ok_or_else(|| unknown("catalog", catalog))?;
    Ok(Target::of(catalog, location))
}

/// `GET …/inventories/{location}?catalog=…`: what HubRise holds.
pub(crate) async fn list(
    State(app): State<App>,
    Path(location): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<Value>, Refused> {
    let mut state = app.state();
    let target = target(&state, &location, &which.catalog)?;
    Ok(Json(whole(&mut state, &target)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    catalog: String,
    /// As the API takes them.
    entries: Value,
    /// In place of all that there is.
    whole: Option<bool>,
}

/// `POST …/inventories/{location} {"catalog", "entries", "whole"?}`: somebody else changes the stock, and every connection
/// that listens hears of it.
pub(crate) async fn change(
    State(app): State<App>,
    Path(location): Path<String>,
    asked: Asked,
) -> Result<Response, Refused> {
    let change: Change = asked.read()?;
    let mut state = app.state();
    let target = target(&state, &location, &change.catalog)?;
    let act = if change.whole.unwrap_or(false) { replaced } else { patched };
    let body = act(&mut state, &target, &change.entries, "").map_err(|problem| match problem {
        Problem::Unprocessable(complaints) => {
            let told = complaints.iter().map(|one| format!("{} {}", one.field, one.message)).collect::<Vec<_>>();
            Refused(StatusCode::UNPROCESSABLE_ENTITY, told.join("; "))
        }
        _ => Refused(StatusCode::UNPROCESSABLE_ENTITY, "it cannot be".to_owned()),
    })?;
    Ok(asked.answer(body))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogChange {
    /// In place of what it holds: so many products of one sku each.
    products: Option<usize>,
    /// A sku's ref that is no more.
    without: Option<String>,
}

/// `POST …/catalogs/{id} {"products"?, "without"?}`: changes a catalog and tells of it. Answers how many products it has.
pub(crate) async fn change_catalog(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Refused> {
    let change: CatalogChange = asked.read()?;
    let mut state = app.state();
    let unknown = || Refused(StatusCode::NOT_FOUND, format!("no catalog has the id `{id}`"));
    let at = state.directory.catalogs.iter().position(|catalog| catalog.id == id).ok_or_else(unknown)?;
    let currency = "EUR";
    let data = &mut state.directory.catalogs[at].data;
    if let Some(count) = change.products {
        fill(data, count.min(MOST), currency);
    }
    if let Some(gone) = &change.without {
        for product in data["products"].as_array_mut().into_iter().flatten() {
            if let Some(skus) = product["skus"].as_array_mut() {
                skus.retain(|sku| sku["ref"] != *gone);
            }
        }
    }
    let count = data["products"].as_array().map_or(0, Vec::len);
    tell(&mut state, at);
    Ok(asked.answer(json!({ "id": id, "products": count })))
}

/// Puts so many products in the place of a catalog's; its other lists stay.
fn fill(data: &mut Value, count: usize, currency: &str) {
    let category = |at: usize| {
        json!({
            "id": format!("cat{at}"), "ref": format!("CAT-{at}"), "name": format!("Rayon {}", at + 1),
            "parent_id": null, "description": null, "tags": [],
        })
    };
    let product = |at: usize| {
        let (group, price) = (at / IN_CATEGORY, 100 + at % 900);
        json!({
            "id": format!("pro{at}"), "ref": format!("P-{at}"), "category_id": format!("cat{group}"),
            "category_ref": format!("CAT-{group}"), "name": format!("Produit {}", at + 1), "description": null,
            "tags": [], "image_ids": [],
            "skus": [{
                "id": format!("sku{at}"), "ref": format!("S-{at}"), "name": null, "product_id": format!("pro{at}"),
                "price": format!("{}.{:02} {currency}", price / 100, price % 100), "price_overrides": [], "tags": [],
                "option_list_ids": [], "option_list_refs": [],
            }],
        })
    };
    data["categories"] = (0..count.div_ceil(IN_CATEGORY)).map(category).collect();
    data["products"] = (0..count).map(product).collect();
    data["deals"] = json!([]);
}

/// Every location the catalog serves hears that it changed.
fn tell(state: &mut Everything, at: usize) {
    let directory = &state.directory;
    let catalog = &directory.catalogs[at];
    let now = state.clock.now();
    let places = directory.locations.iter().filter(|location| directory.serves(&catalog.owner, location));
    let happenings: Vec<_> = places
        .map(|location| Happening {
            resource: "catalog",
            event: "update",
            account_id: location.account_id.clone(),
            location_id: Some(location.id.clone()),
            catalog_id: Some(catalog.id.clone()),
            created_at: clock::iso_in(now, &location.timezone),
            states: Map::new(),
            ..Happening::default()
        })
        .collect();
    for happening in &happenings {
        state.tell("", happening);
    }
}
