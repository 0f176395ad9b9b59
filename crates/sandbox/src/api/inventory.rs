//! Inventories: reading, replacing and patching stock ("Inventories"). Storage is in `state::inventory`.

use std::collections::BTreeSet;

use axum::{Json, extract::State, response::IntoResponse};
use serde_json::{Map, Value};

use super::{
    caller::{Caller, JsonBody},
    problem::{Answer, Problem},
};
use crate::{
    clock, money,
    oauth::scope::Right,
    state::{
        App, State as Everything,
        directory::{Catalog, Location},
        inventory::{Ref, Stock, entry_json, refs_of},
        orders_json::Complaint,
    },
};

/// Entries read from one body at most (inferred: HubRise documents no limit).
const MAX_ENTRIES: usize = 25_000;

/// The place an inventory call is about, copied out so that the stock can be changed.
pub(crate) struct Target {
    catalog_id: String,
    location_id: String,
    zone: String,
    refs: BTreeSet<Ref>,
}

fn target(state: &Everything, caller: &Caller, right: Right) -> Result<Target, Problem> {
    let (catalog, location) = caller.inventory(&state.directory, right)?;
    Ok(Target::of(catalog, location))
}

impl Target {
    /// The stock of a location, as far as a catalog knows it.
    pub(crate) fn of(catalog: &Catalog, location: &Location) -> Self {
        Self {
            catalog_id: catalog.id.clone(),
            location_id: location.id.clone(),
            zone: location.timezone.clone(),
            refs: refs_of(catalog),
        }
    }
}

/// `GET /catalogs/:id/location/inventory`, `GET /catalogs/:id/locations/:id/inventory`
pub(crate) async fn retrieve(State(app): State<App>, caller: Caller) -> Answer {
    let mut state = app.state();
    let target = target(&state, &caller, Right::Read)?;
    Ok(Json(whole(&mut state, &target)).into_response())
}

/// What it is.
pub(crate) fn whole(state: &mut Everything, target: &Target) -> Value {
    state.end_shortages();
    let entries = state.inventories.of(&target.location_id, &target.refs);
    entries.into_iter().map(|(key, stock)| entry_json(&key, Some(stock), &target.zone)).collect()
}

/// `PUT …/inventory`: replaces the whole inventory of that catalog at that location; `null` entries are ignored.
pub(crate) async fn replace(State(app): State<App>, caller: Caller, JsonBody(body): JsonBody) -> Answer {
    let mut state = app.state();
    let target = target(&state, &caller, Right::Write)?;
    Ok(Json(replaced(&mut state, &target, &body, &caller.connection_id)?).into_response())
}

/// Replaces the whole of it for `cause`, which hears nothing of it; answers what it is then.
pub(crate) fn replaced(state: &mut Everything, target: &Target, body: &Value, cause: &str) -> Result<Value, Problem> {
    let entries = read(body, target, false)?;
    let fresh = entries.into_iter().filter_map(|(key, stock)| stock.map(|stock| (key, stock))).collect();
    state.inventories.replace(&target.location_id, &target.refs, fresh);
    state.tell_of_stock(&target.catalog_id, &target.location_id, "update", Map::new(), cause);
    Ok(whole(state, target))
}

/// `PATCH …/inventory`: changes only the entries sent; `stock: null` removes one. Answers the changed entries.
pub(crate) async fn patch(State(app): State<App>, caller: Caller, JsonBody(body): JsonBody) -> Answer {
    let mut state = app.state();
    let target = target(&state, &caller, Right::Write)?;
    Ok(Json(patched(&mut state, &target, &body, &caller.connection_id)?).into_response())
}

/// Changes some of it for `cause`, which hears nothing of it; answers what changed.
pub(crate) fn patched(state: &mut Everything, target: &Target, body: &Value, cause: &str) -> Result<Value, Problem> {
    let entries = read(body, target, true)?;
    state.end_shortages();
    state.inventories.patch(&target.location_id, &entries);
    let changed: Value = entries.iter().map(|(key, stock)| entry_json(key, *stock, &target.zone)).collect();
    let change = Map::from_iter([("state_change".to_owned(), changed.clone())]);
    state.tell_of_stock(&target.catalog_id, &target.location_id, "patch", change, cause);
    Ok(changed)
}

/// Reads the entries of a body; every mistake is named.
fn read(body: &Value, target: &Target, stock_required: bool) -> Result<Vec<(Ref, Option<Stock>)>, Problem> {
    let Some(list) = body.as_array() else { return Err(Problem::field("", "must be a list of entries")) };
    if list.len() > MAX_ENTRIES {
        return Err(Problem::field("", "has more than 25000 entries"));
    }
    let (mut entries, mut complaints) = (Vec::new(), Vec::new());
    for (at, entry) in list.iter().enumerate() {
        match read_entry(entry, target, stock_required) {
            Ok(entry) => entries.push(entry),
            Err((field, message)) => complaints.push(Complaint { field: format!("[{at}].{field}"), message }),
        }
    }
    if complaints.is_empty() { Ok(entries) } else { Err(Problem::Unprocessable(complaints)) }
}

fn read_entry(
    entry: &Value,
    target: &Target,
    stock_required: bool,
) -> Result<(Ref, Option<Stock>), (&'static str, String)> {
    let key = match (entry["sku_ref"].as_str(), entry["option_ref"].as_str()) {
        (Some(sku), None) => Ref::Sku(sku.to_owned()),
        (None, Some(option)) => Ref::Option(option.to_owned()),
        _ => return Err(("sku_ref", "exactly one of sku_ref and option_ref must be given".to_owned())),
    };
    if !target.refs.contains(&key) {
        return Err((key.key(), format!("'{}' does not exist in the catalog", key.value())));
    }
    let quantity = match &entry["stock"] {
        Value::Null if stock_required && entry.get("stock").is_none() => {
            return Err(("stock", "is missing".to_owned()));
        }
        Value::Null => return Ok((key, None)),
        Value::String(text) => money::parse_thousandths(text)
            .filter(|quantity| *quantity >= 0)
            .ok_or_else(|| ("stock", format!("'{text}' is not a positive decimal with up to 3 places")))?,
        other => return Err(("stock", format!("{other} is not a decimal in a string"))),
    };
    let expires_at = match &entry["expires_at"] {
        Value::Null => None,
        _ if quantity > 0 => return Err(("expires_at", "is only available when the stock is 0".to_owned())),
        value => Some(
            value
                .as_str()
                .and_then(clock::parse_iso)
                .ok_or_else(|| ("expires_at", format!("{value} is not an ISO 8601 time")))?,
        ),
    };
    Ok((key, Some(Stock { quantity, expires_at })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(entry: &Value) -> Result<(Ref, Option<Stock>), (&'static str, String)> {
        let refs = BTreeSet::from([Ref::Sku("COKE".into()), Ref::Option("EGG".into())]);
        let text = String::new;
        let target = Target { catalog_id: text(), location_id: text(), zone: text(), refs };
        read_entry(entry, &target, true)
    }

    #[test]
    fn takes_decimals_in_strings_and_null() {
        let quantity = |value: Value| entry(&value).map(|(_, stock)| stock.map(|stock| stock.quantity));
        assert_eq!(quantity(json!({"sku_ref": "COKE", "stock": "5"})), Ok(Some(5_000)));
        assert_eq!(quantity(json!({"option_ref": "EGG", "stock": "0.125"})), Ok(Some(125)));
        assert_eq!(quantity(json!({"sku_ref": "COKE", "stock": null})), Ok(None));
    }

    #[test]
    fn names_what_is_wrong() {
        let field = |value: Value| entry(&value).map_err(|(field, _)| field).err();
        assert_eq!(field(json!({"sku_ref": "COKE", "stock": 5})), Some("stock"));
        assert_eq!(field(json!({"sku_ref": "COKE", "stock": "-1"})), Some("stock"));
        assert_eq!(field(json!({"sku_ref": "COKE", "stock": "1.2345"})), Some("stock"));
        assert_eq!(field(json!({"sku_ref": "COKE"})), Some("stock"));
        assert_eq!(field(json!({"sku_ref": "PEPSI", "stock": "1"})), Some("sku_ref"));
        assert_eq!(field(json!({"sku_ref": "COKE", "option_ref": "EGG", "stock": "1"})), Some("sku_ref"));
        let expires = json!({"sku_ref": "COKE", "stock": "1", "expires_at": "2030-08-05T08:00:00+02:00"});
        assert_eq!(field(expires), Some("expires_at"));
        assert_eq!(field(json!({"sku_ref": "COKE", "stock": "0", "expires_at": "soon"})), Some("expires_at"));
    }
}
