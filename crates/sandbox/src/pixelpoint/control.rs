//! The control calls under `/_sandbox/pixelpoint`: what a test arranges and counts. The page over them is `page`'s.

use axum::{
    Json, Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    mode::{MAX_DELAY_MS, Mode},
    page,
};
use crate::{
    control::{Asked, Refused},
    state::App,
};

/// The page the calls lead back to when a form made them.
pub(super) const PAGE: &str = "/_sandbox/pixelpoint";
/// Stores there can be.
const MAX_STORES: usize = 2_000;

/// The routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(PAGE, get(page::show))
        .route("/_sandbox/pixelpoint/stores", get(stores).post(add_store))
        .route("/_sandbox/pixelpoint/mode", post(set_mode))
        .route("/_sandbox/pixelpoint/door", get(door).post(turn_door))
        .route("/_sandbox/pixelpoint/printed", get(printed))
        .route("/_sandbox/pixelpoint/requests", get(requests))
}

/// `GET …/stores`
async fn stores(State(app): State<App>) -> Json<Value> {
    Json(json!(app.pixelpoint.inside().stores.all()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewStore {
    token: String,
    name: Option<String>,
}

/// `POST …/stores {"token", "name"?}`: a store more, or a new name for one. Answers all.
async fn add_store(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let NewStore { token, name } = asked.read()?;
    let refused = |why: &str| Refused(StatusCode::UNPROCESSABLE_ENTITY, why.to_owned());
    if token.trim().is_empty() || token.len() > 128 {
        return Err(refused("a token has 1 to 128 characters"));
    }
    let mut inside = app.pixelpoint.inside();
    if inside.stores.all().len() >= MAX_STORES {
        return Err(refused("there are enough stores"));
    }
    inside.stores.add(&token, name.as_deref().unwrap_or(&token));
    Ok(asked.answer_at(PAGE, json!(inside.stores.all())))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModeChange {
    /// Left out: every store.
    token: Option<String>,
    mode: Mode,
    delay_ms: Option<u64>,
    times: Option<u32>,
}

/// `POST …/mode {"token"?, "mode", "delay_ms"?, "times"?}`: how a store behaves from now on, or for so many requests; all
/// of them where no token is given. Answers all.
async fn set_mode(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let change: ModeChange = asked.read()?;
    let mut inside = app.pixelpoint.inside();
    let mut found = false;
    for store in inside.stores.all_mut() {
        if change.token.as_ref().is_none_or(|token| *token == store.token) {
            found = true;
            store.behaviour.mode = change.mode;
            store.behaviour.times = change.times.filter(|times| *times > 0);
            if let Some(delay) = change.delay_ms {
                store.behaviour.delay_ms = delay.min(MAX_DELAY_MS);
            }
        }
    }
    if !found {
        let token = change.token.unwrap_or_default();
        return Err(Refused(StatusCode::NOT_FOUND, format!("no store has the token `{token}`")));
    }
    Ok(asked.answer_at(PAGE, json!(inside.stores.all())))
}

/// `GET …/door`
async fn door(State(app): State<App>) -> Json<Value> {
    Json(json!({ "open": *app.pixelpoint.open().borrow() }))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DoorChange {
    open: bool,
}

/// `POST …/door {"open"}`: closed, connections are refused and those there are break off.
async fn turn_door(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let DoorChange { open } = asked.read()?;
    app.pixelpoint.turn(open).await.map_err(|why| Refused(StatusCode::CONFLICT, why))?;
    Ok(asked.answer_at(PAGE, json!({ "open": open })))
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Wish {
    /// One line a receipt, and all of them.
    brief: bool,
    /// Only this store's.
    token: Option<String>,
    /// Only receipts above this number.
    after: u64,
}

/// `GET …/printed[?brief=true][&token=…][&after=n]`: how many orders came out, how many different ones, what came out
/// twice, and the receipts: the last thousand whole, or with `brief` one line each.
async fn printed(State(app): State<App>, Query(wish): Query<Wish>) -> Json<Value> {
    let inside = app.pixelpoint.inside();
    let printer = &inside.printer;
    let theirs =
        |token: &str, number: u64| number > wish.after && wish.token.as_deref().is_none_or(|wanted| wanted == token);
    let orders: Value = if wish.brief {
        printer.lines().filter(|line| theirs(&line.token, line.number)).map(|line| json!(line)).collect()
    } else {
        printer.whole().filter(|it| theirs(&it.line.token, it.line.number)).map(|it| json!(it)).collect()
    };
    Json(json!({
        "count": printer.count(),
        "different": printer.different(),
        "doubles": printer.doubles().collect::<Vec<_>>(),
        "orders": orders,
    }))
}

/// `GET …/requests`: the last 500, oldest first, with what was disliked of each.
async fn requests(State(app): State<App>) -> Json<Value> {
    let inside = app.pixelpoint.inside();
    Json(json!({ "count": inside.count(), "requests": inside.heard().collect::<Vec<_>>() }))
}
