//! HubRise's OAuth server (`/oauth2/v1`): the pages a user sees and the two calls a client's server makes. It answers
//! no other origin's scripts: no CORS header is ever sent from here.

pub(crate) mod authorize;
mod choices_page;
pub(crate) mod consent;
pub(crate) mod consent_pages;
pub(crate) mod credentials;
pub(crate) mod granting;
pub(crate) mod opening;
pub(crate) mod permissions;
pub(crate) mod scope;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod token;

use axum::{
    Router,
    routing::{get, post},
};

use crate::state::App;

/// The routes under `/oauth2/v1`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/oauth2/v1/authorize", get(authorize::begin))
        .route("/oauth2/v1/authorize/{transaction}", get(consent::show))
        .route("/oauth2/v1/authorize/{transaction}/consent", post(consent::decide))
        .route("/oauth2/v1/authorize/{transaction}/sign_in", post(sign_in::sign_in))
        .route("/oauth2/v1/authorize/{transaction}/sign_out", post(sign_in::sign_out))
        .route("/oauth2/v1/authorize/{transaction}/sign_up", get(opening::sign_up_form).post(opening::sign_up))
        .route(
            "/oauth2/v1/authorize/{transaction}/new_location",
            get(opening::location_form).post(opening::open_location),
        )
        .route("/oauth2/v1/token", post(token::exchange))
        .route("/oauth2/v1/revoke", post(token::revoke))
}
