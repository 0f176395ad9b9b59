//! The whole site in one router: the API, the health questions, the app's files, and what every request passes.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    api,
    app_files::AppFiles,
    callbacks, case,
    config::{ServerSettings, Settings},
    health::{self, Readiness},
    middleware::{access_log, headers, is_api, limits, request_id},
    openapi,
    problem::ApiProblem,
    served::ServedVendor,
    state::AppState,
};

/// Puts the site together. `api` holds the API's routes under their full paths, its state already given.
pub fn site(api: Router, readiness: impl Readiness, app: AppFiles, settings: &ServerSettings) -> Router {
    let security = headers::Security { https: settings.public_url.is_https() };
    // The last layer is the first that a request passes.
    api.merge(health::routes(readiness))
        .fallback(move |request: Request| async move { unrouted(&app, &request) })
        .method_not_allowed_fallback(limits::method_not_allowed)
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(CatchPanicLayer::custom(limits::panicked))
        .layer(from_fn_with_state(settings.request_timeout, limits::time))
        .layer(from_fn_with_state(security, headers::add))
        .layer(from_fn(access_log::log))
        .layer(from_fn(request_id::assign))
}

/// The site of these settings: our API on this state, the app as built, ready when the store answers.
pub fn router(settings: &Settings, state: AppState) -> Router {
    let (routes, document) = openapi::describe(api::router());
    let routes = openapi::serve(routes, document).with_state(state.clone()).merge(callbacks::routes(state.clone()));
    let routes = routes.merge(case::routes(state.clone())).merge(embedding::routes());
    let vendors = state.vendors_shared();
    let ready = move || {
        let state = state.clone();
        async move { state.store().ping().await.map_err(|error| error.to_string()) }
    };
    let origins = |vendor: &ServedVendor| (vendor.slug().to_owned(), vendor.embed_origins().to_vec());
    let hosts = vendors.iter().map(origins).collect();
    site(routes, ready, AppFiles::built(&hosts), &settings.server)
}

/// What no route has taken: a problem for programs, the app for people.
fn unrouted(app: &AppFiles, request: &Request) -> Response {
    if is_api(request.uri().path()) { ApiProblem::not_found().into_response() } else { app.answer(request) }
}

pub(crate) mod embedding;
#[cfg(test)]
mod tests;
