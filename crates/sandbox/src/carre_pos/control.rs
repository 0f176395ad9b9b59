//! The control calls under `/_sandbox/carre-pos`: what happens at the till. The pages over them are `page`'s and
//! `settings_page`'s.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    calls::{Job, Kind},
    page,
    product::{self, Product},
    setting, settings_page,
    till::{self, Till},
};
use crate::{
    control::{Asked, Refused},
    random,
    state::App,
};

/// The till's screen.
pub(super) const PAGE: &str = "/_sandbox/carre-pos";
/// Its settings.
pub(super) const SETTINGS: &str = "/_sandbox/carre-pos/parametres";
/// The shortest time between two turns of a till that works by itself, in milliseconds.
const FASTEST: u64 = 20;

/// The routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(PAGE, get(page::show))
        .route(SETTINGS, get(settings_page::show))
        .route("/_sandbox/carre-pos/till", get(look))
        .route("/_sandbox/carre-pos/calls", get(calls))
        .route("/_sandbox/carre-pos/sell", post(sell))
        .route("/_sandbox/carre-pos/product", post(change_product))
        .route("/_sandbox/carre-pos/console", post(setting::set_console))
        .route("/_sandbox/carre-pos/user", post(setting::set_user))
        .route("/_sandbox/carre-pos/settings", post(setting::set_settings))
        .route("/_sandbox/carre-pos/restart", post(setting::restart))
        .route("/_sandbox/carre-pos/network", post(setting::set_network))
        .route("/_sandbox/carre-pos/call", post(call))
        .route("/_sandbox/carre-pos/shift", post(set_shift))
        .route("/_sandbox/carre-pos/menu", post(set_menu))
}

/// The till in JSON.
fn shown(till: &Till) -> Value {
    let product =
        |one: &Product| json!({ "id": one.id(), "category": one.category, "shown": one.shown(), "entry": one.entry() });
    json!({
        "till": till.id,
        "console": till.console,
        "has_key": !till.key.is_empty(),
        "admin": till.admin,
        "online": till.online,
        "settings": till.settings,
        "running": till.running,
        "sends": till.running.send(),
        "sequence": till.sequence(),
        "waiting": till.waiting(),
        "every_ms": till.shift.map(|shift| u64::try_from(shift.every.as_millis()).unwrap_or(u64::MAX)),
        "calls": till.calls.count(),
        "products": till.products.iter().map(product).collect::<Vec<_>>(),
    })
}

/// Does something at the till, and answers how it stands then.
pub(super) fn done(
    app: &App,
    asked: &Asked,
    page: &str,
    act: impl FnOnce(&mut Till) -> Result<(), Refused>,
) -> Result<Response, Refused> {
    let mut till = app.carre_pos.till();
    act(&mut till)?;
    let body = shown(&till);
    drop(till);
    app.carre_pos.bell.notify_one();
    Ok(asked.answer_at(page, body))
}

fn refused(why: impl Into<String>) -> Refused {
    Refused(StatusCode::UNPROCESSABLE_ENTITY, why.into())
}

fn found(till: &Till, id: &str) -> Result<usize, Refused> {
    till.find(id).ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("the till has no product `{id}`")))
}

/// `GET …/till`
async fn look(State(app): State<App>) -> Json<Value> {
    Json(shown(&app.carre_pos.till()))
}

/// `GET …/calls`: the last 200, oldest first, with what was answered.
async fn calls(State(app): State<App>) -> Json<Value> {
    let till = app.carre_pos.till();
    Json(json!(till.calls.list().collect::<Vec<_>>()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sale {
    product: String,
    count: Option<u32>,
}

/// `POST …/sell {"product": "sku:MAR-M", "count"?}`
async fn sell(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let Sale { product, count } = asked.read()?;
    done(&app, &asked, PAGE, |till| {
        let at = found(till, &product)?;
        till.sell(at, count.unwrap_or(1).min(1_000_000));
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductChange {
    product: String,
    /// A number, or text as it is typed.
    quantity: Option<Value>,
    managed: Option<bool>,
    available: Option<bool>,
    /// Until when it is unavailable (ISO 8601).
    expires_at: Option<String>,
}

/// `POST …/product {"product", "quantity"?, "managed"?, "available"?, "expires_at"?}`: counts it again, switches its stock
/// management, takes it off the menu or puts it back.
async fn change_product(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let change: ProductChange = asked.read()?;
    let quantity = match &change.quantity {
        None | Some(Value::Null) => None,
        Some(value) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some(till::quantity(&text).ok_or_else(|| refused(format!("`{text}` is not a quantity")))?)
        }
    };
    done(&app, &asked, PAGE, |till| {
        let at = found(till, &change.product)?;
        till.change(at, |product| {
            product.quantity = quantity.unwrap_or(product.quantity);
            product.managed = change.managed.unwrap_or(product.managed);
            product.available = change.available.unwrap_or(product.available);
            product.expires_at = change.expires_at.or(product.expires_at.take());
        });
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", deny_unknown_fields)]
enum Wish {
    /// Everything, by `PUT`.
    Whole {},
    /// What the console knows, by `GET`.
    Check {},
    /// One of the last calls once more, word for word; with another idempotency key if it is to count as another.
    Repeat { number: u64, fresh_key: Option<bool> },
    /// A body of one's own, right or wrong.
    Raw { method: String, body: String, idempotency_key: Option<String> },
}

/// `POST …/call {"what": "whole" | "check" | "repeat" | "raw", …}`: has the till make a call.
async fn call(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let wish: Wish = asked.read()?;
    let console = app.first_console();
    done(&app, &asked, PAGE, |till| {
        match wish {
            Wish::Whole {} => till.send_whole(),
            Wish::Check {} => till.make(till.job(Kind::Get, console, String::new(), 0)),
            Wish::Repeat { number, fresh_key } => {
                let job = till.calls.job(number).ok_or_else(|| refused("that call is not remembered whole"))?;
                let fresh = fresh_key.unwrap_or(false).then(|| random::secret(12));
                till.make(Job { idempotency_key: fresh.or(job.idempotency_key), ..job });
            }
            Wish::Raw { method, body, idempotency_key } => {
                let kind = match method.as_str() {
                    "PUT" => Kind::Put,
                    "PATCH" => Kind::Patch,
                    _ => return Err(refused("`method` is `PUT` or `PATCH`")),
                };
                till.make(Job { idempotency_key, ..till.job(kind, console, body, 0) });
            }
        }
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShiftChange {
    /// Left out: the till stops working by itself.
    every_ms: Option<u64>,
}

/// `POST …/shift {"every_ms"?}`: sells, runs out, deactivates and is restocked by itself.
async fn set_shift(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let ShiftChange { every_ms } = asked.read()?;
    let every = every_ms.filter(|every| *every > 0).map(|every| Duration::from_millis(every.max(FASTEST)));
    done(&app, &asked, PAGE, |till| {
        till.work(every, Instant::now());
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Menu {
    catalog: String,
}

/// `POST …/menu {"catalog"}`: sells what this catalog of HubRise's holds, with stocks of every kind.
async fn set_menu(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let Menu { catalog } = asked.read()?;
    let unknown = || Refused(StatusCode::NOT_FOUND, format!("no catalog has the id `{catalog}`"));
    let products = {
        let state = app.state();
        product::of_catalog(&state.directory.catalog(&catalog).ok_or_else(unknown)?.data)
    };
    done(&app, &asked, PAGE, |till| {
        till.stock(products);
        Ok(())
    })
}
