//! What HubRise calls: apart from the API, for it has no session, no origin and no CSRF token. Nothing that comes in
//! here is believed unless HubRise has signed it, or confirms it when asked.
//!
//! Events: `receive` takes them, `event` reads them, `place` finds whose they are, `ingest` keeps them; `registrar` sees to
//! it that HubRise tells, and `drain` fetches what it was not able to tell.

mod disconnect;
mod drain;
mod errands;
mod event;
mod guesses;
mod ingest;
mod place;
mod receive;
mod refused;
mod registrar;
mod stock;
mod wanted;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post};
use http::HeaderValue;
use http::header::CACHE_CONTROL;

use crate::state::AppState;
use guesses::Guesses;
use place::Places;
use receive::Receiving;
use refused::Refused;

pub use errands::Errands;
pub use ingest::{Ingest, NotKept};
pub use registrar::Registrar;
pub(crate) use wanted::Purposes;

/// HubRise's callbacks, under their full paths.
pub fn routes(state: AppState) -> Router {
    let asked = disconnect::Asked { state: state.clone(), guesses: Guesses::default() };
    let receiving = Receiving { state, places: Places::default(), refused: Refused::default() };
    let events = post(receive::told).layer(DefaultBodyLimit::max(receive::LARGEST));
    Router::new()
        .route("/callbacks/hubrise/{vendor}/disconnect", get(disconnect::told))
        .with_state(asked)
        .merge(Router::new().route("/callbacks/hubrise/{vendor}", events).with_state(receiving))
        .layer(map_response(never_kept))
}

/// Where HubRise tells of a vendor's events.
fn address(state: &AppState, vendor: &str) -> String {
    format!("{}/callbacks/hubrise/{vendor}", state.public_origin())
}

/// Nothing on the way may answer in our place.
async fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
