//! What HubRise calls: apart from the API, for it has no session, no origin and no CSRF token. Nothing that comes in
//! here is believed before HubRise has confirmed it.

mod disconnect;
mod guesses;

use axum::Router;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use http::HeaderValue;
use http::header::CACHE_CONTROL;

use crate::state::AppState;
use guesses::Guesses;

/// HubRise's callbacks, under their full paths.
pub fn routes(state: AppState) -> Router {
    let asked = disconnect::Asked { state, guesses: Guesses::default() };
    Router::new()
        .route("/callbacks/hubrise/{vendor}/disconnect", get(disconnect::told))
        .layer(map_response(never_kept))
        .with_state(asked)
}

/// Being told is a GET: nothing on the way may answer it in our place.
async fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
