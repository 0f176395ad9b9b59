//! `/_sandbox/callbacks`: how events are sent, and what came of those that were.

use axum::{Json, extract::State, response::Response};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    calls::{Asked, Refused},
    orders::PAGE,
};
use crate::state::{App, State as Everything};

/// Copies sent at once, at most.
const MOST_COPIES: u32 = 100;

/// `GET /_sandbox/callbacks`: the manner of sending, how many events wait at all connections, and the last thousand
/// deliveries, oldest first.
pub(crate) async fn show(State(app): State<App>) -> Json<Value> {
    Json(told(&app.state()))
}

fn told(state: &Everything) -> Value {
    let waiting: usize = state.connections.iter().map(|connection| connection.events.len()).sum();
    let mut body = json!(state.deliveries.manner);
    body["waiting"] = json!(waiting);
    body["deliveries"] = state.deliveries.log.list().map(|delivery| json!(delivery)).collect();
    body
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    acceleration: Option<u32>,
    answer_limit_ms: Option<u64>,
    copies: Option<u32>,
    paused: Option<bool>,
}

/// `POST /_sandbox/callbacks {"acceleration"?, "answer_limit_ms"?, "copies"?, "paused"?}`: divides the waits that begin
/// from now on, shortens the limit of 20 s, sends every event several times at once, or none for now. Answers as `GET`.
pub(crate) async fn change(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let change: Change = asked.read()?;
    let refused = |why: String| Err(Refused(StatusCode::UNPROCESSABLE_ENTITY, why));
    if change.copies.is_some_and(|copies| !(1..=MOST_COPIES).contains(&copies)) {
        return refused(format!("1 to {MOST_COPIES} copies"));
    }
    if change.acceleration == Some(0) || change.answer_limit_ms == Some(0) {
        return refused("neither the acceleration nor the limit can be 0".to_owned());
    }
    let mut state = app.state();
    let manner = &mut state.deliveries.manner;
    manner.acceleration = change.acceleration.unwrap_or(manner.acceleration);
    manner.answer_limit_ms = change.answer_limit_ms.unwrap_or(manner.answer_limit_ms);
    manner.copies = change.copies.unwrap_or(manner.copies);
    manner.paused = change.paused.unwrap_or(manner.paused);
    state.deliveries.bell().notify_one();
    Ok(asked.answer_at(PAGE, told(&state)))
}
