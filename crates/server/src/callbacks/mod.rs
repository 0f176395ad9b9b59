//! What HubRise calls: apart from the API, for it has no session, no origin and no CSRF token. Nothing that comes in
//! here is believed before HubRise has confirmed it.

mod disconnect;
mod guesses;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;
use guesses::Guesses;

/// HubRise's callbacks, under their full paths.
pub fn routes(state: AppState) -> Router {
    let asked = disconnect::Asked { state, guesses: Guesses::default() };
    Router::new().route("/callbacks/hubrise/{vendor}/disconnect", get(disconnect::told)).with_state(asked)
}
