//! The order generator's calls under `/_sandbox/orders`: orders of a shape or as given, changes by somebody who is no
//! connection, rushes and trickles. The page over them is `orders_page`'s.

use axum::{
    Json,
    extract::{Path, Query, State},
    response::Response,
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use std::time::Duration;

use super::calls::{Asked, Refused};
use crate::{
    generator::{self, shapes},
    state::{
        App, State as Everything,
        streams::{FASTEST, Kind, MOST_ORDERS, Stream, Wanted},
    },
};

/// The page the calls lead back to when a form made them.
pub(super) const PAGE: &str = "/_sandbox/orders/page";
/// Orders one call makes at most.
const MOST_AT_ONCE: u32 = 1_000;
/// Orders listed.
const LISTED: usize = 500;

fn refused(why: impl Into<String>) -> Refused {
    Refused(StatusCode::UNPROCESSABLE_ENTITY, why.into())
}

/// `GET …/shapes`: every shape's name, and what is particular about it.
pub(crate) async fn shapes() -> Json<Value> {
    Json(shapes::all().map(|shape| json!({ "name": shape.name, "what": shape.what })).collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Filter {
    /// Id or name of a location, or of an account.
    location: Option<String>,
}

/// `GET …[?location=…]`: the last 500 orders, oldest first.
pub(crate) async fn list(State(app): State<App>, Query(filter): Query<Filter>) -> Json<Value> {
    let state = app.state();
    let places = filter.location.map(|text| state.locations_meant(&text));
    let meant = |location: &String| places.as_ref().is_none_or(|places| places.contains(location));
    let mut last: Vec<_> = state.orders.iter().rev().filter(|order| meant(&order.location_id)).take(LISTED).collect();
    last.reverse();
    Json(last.into_iter().map(|order| order.seen_by("")).collect())
}

/// `GET …/{id}`
pub(crate) async fn retrieve(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    let state = app.state();
    Ok(Json(state.orders[position(&state, &id)?].seen_by("")))
}

fn position(state: &Everything, id: &str) -> Result<usize, Refused> {
    let at = state.orders.iter().rposition(|order| order.id == id);
    at.ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("no order has the id `{id}`")))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    /// Id or name of a location, or of an account: its locations in turn.
    location: String,
    /// `plain` unless said.
    shape: Option<String>,
    /// An order as it is to be, in place of a shape; a bare amount is in the place's currency.
    order: Option<Map<String, Value>>,
    count: Option<u32>,
}

/// `POST … {"location", "shape"?, "order"?, "count"?}`: makes orders, as an application nobody here knows would. Answers
/// them.
pub(crate) async fn make(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let asking: Asking = asked.read()?;
    let mut state = app.state();
    let places = places(&state, &asking.location)?;
    let shape = shape_named(asking.shape.as_deref().unwrap_or("plain"))?;
    let count = asking.count.unwrap_or(1);
    if count > MOST_AT_ONCE {
        return Err(refused(format!("at most {MOST_AT_ONCE} at once; a rush makes more")));
    }
    let mut made = Vec::new();
    for place in places.iter().cycle().take(usize::try_from(count).unwrap_or(0)) {
        let at = match &asking.order {
            Some(order) => Some(state.put_order(place, order.clone(), &[])),
            None => generator::make(&mut state, place, shape).and_then(|id| position(&state, &id).ok()),
        };
        made.extend(at.map(|at| state.orders[at].seen_by("")));
    }
    Ok(asked.answer_at(PAGE, Value::Array(made)))
}

/// `POST …/{id}` with the fields of a PATCH: changes an order as somebody who is no connection would, so that every
/// connection hears of it. Answers the order.
pub(crate) async fn change(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refused> {
    let change: Value = asked.read()?;
    let mut state = app.state();
    let at = position(&state, &id)?;
    state.change_order(at, &change).map_err(|complaints| {
        let told: Vec<_> = complaints.iter().map(|one| format!("{}: {}", one.field, one.message)).collect();
        refused(told.join("; "))
    })?;
    Ok(asked.answer_at(PAGE, state.orders[at].seen_by("")))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rush {
    location: String,
    per_second: u32,
    seconds: u32,
    shape: Option<String>,
    shapes: Option<Vec<String>>,
}

/// `POST …/rush {"location", "per_second", "seconds", "shapes"?}`: so many orders a second for so long, at a location or
/// at all of an account's in turn. Answers the stream.
pub(crate) async fn rush(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let rush: Rush = asked.read()?;
    let count = u64::from(rush.per_second) * u64::from(rush.seconds);
    if !(1..=FASTEST).contains(&rush.per_second) || !(1..=MOST_ORDERS).contains(&count) {
        return Err(refused(format!("1 to {FASTEST} orders a second, and 1 to {MOST_ORDERS} in all")));
    }
    let every = generator::apart(rush.per_second);
    begin(&app, &asked, Kind::Rush, (rush.location, rush.shape, rush.shapes), every, Some(count))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trickle {
    location: String,
    every_seconds: u32,
    shape: Option<String>,
    shapes: Option<Vec<String>>,
}

/// `POST …/trickle {"location", "every_seconds", "shapes"?}`: an order now, and one every so often until it is stopped.
/// Answers the stream.
pub(crate) async fn trickle(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let trickle: Trickle = asked.read()?;
    if trickle.every_seconds == 0 {
        return Err(refused("at least a second lies between two orders of a trickle"));
    }
    let every = Duration::from_secs(u64::from(trickle.every_seconds));
    begin(&app, &asked, Kind::Trickle, (trickle.location, trickle.shape, trickle.shapes), every, None)
}

fn begin(
    app: &App,
    asked: &Asked,
    kind: Kind,
    (location, shape, shapes): (String, Option<String>, Option<Vec<String>>),
    every: Duration,
    count: Option<u64>,
) -> Result<Response, Refused> {
    let mut state = app.state();
    let locations = places(&state, &location)?;
    let named: Vec<String> = shape.into_iter().chain(shapes.into_iter().flatten()).collect();
    let shapes = match &named[..] {
        [] => shapes::ORDINARY.to_vec(),
        names => names.iter().map(|name| shape_named(name)).collect::<Result<_, _>>()?,
    };
    let id = state.streams.begin(Wanted { kind, locations, shapes, every, count }, Instant::now());
    let stream = state.streams.list().iter().find(|stream| stream.id == id);
    Ok(asked.answer_at(PAGE, stream.map_or(Value::Null, shown)))
}

/// `GET …/streams`: rushes and trickles, those that are over as well.
pub(crate) async fn streams(State(app): State<App>) -> Json<Value> {
    Json(app.state().streams.list().iter().map(shown).collect())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stop {
    id: Option<u64>,
}

/// `POST …/stop {"id"?}`: ends a stream, or all. Answers how many were under way.
pub(crate) async fn stop(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let Stop { id } = asked.read()?;
    let stopped = app.state().streams.stop(id);
    Ok(asked.answer_at(PAGE, json!({ "stopped": stopped })))
}

/// A stream as it is told.
pub(super) fn shown(stream: &Stream) -> Value {
    let Wanted { kind, locations, shapes, every, count } = &stream.wanted;
    json!({
        "id": stream.id,
        "kind": kind,
        "locations": locations.len(),
        "location": locations.first(),
        "shapes": shapes,
        "every_ms": u64::try_from(every.as_millis()).unwrap_or(u64::MAX),
        "count": count,
        "made": stream.made,
        "over": stream.is_over(),
    })
}

fn places(state: &Everything, text: &str) -> Result<Vec<String>, Refused> {
    let places = state.locations_meant(text);
    if places.is_empty() { Err(refused(format!("no location or account is called `{text}`"))) } else { Ok(places) }
}

fn shape_named(name: &str) -> Result<&'static str, Refused> {
    let shape = shapes::named(name).ok_or_else(|| refused(format!("no shape is called `{name}`")))?;
    Ok(shape.name)
}
