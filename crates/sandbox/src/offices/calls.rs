//! What a back office's own pages ask its server for: a token.

use std::sync::PoisonError;

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use jiff::Timestamp;
use serde_json::json;

use super::{Offices, Shared, fault::Fault, token, vendor::Vendor, visit::Visit};
use crate::{control::is_cross_site, params::Params};

/// `POST /{vendor}/token`: a token as plain text, or with `as=json` as `{"token"}`, what the custom element expects. Who it
/// is for stands in the query; a real back office would take it from its session.
pub(super) async fn token(
    State(offices): State<Shared>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if is_cross_site(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(vendor) = Vendor::of(&slug) else { return StatusCode::NOT_FOUND.into_response() };
    let visit = match Visit::read(vendor, &uri) {
        Ok(visit) => visit,
        Err(problem) => return (StatusCode::BAD_REQUEST, problem).into_response(),
    };
    if !offices.app.quiet {
        let fault = visit.fault.map_or("", Fault::word);
        tracing::info!(vendor = vendor.slug, user = visit.person.id, fault, "asked for an embed token");
    }
    match visit.fault {
        // Until whoever asked hangs up.
        Some(Fault::Silent) => std::future::pending::<()>().await,
        Some(Fault::Reject) => return (StatusCode::INTERNAL_SERVER_ERROR, "no token today").into_response(),
        _ => {}
    }
    let token = offices.token(&visit);
    let mut response = match Params::of_query(&uri).get("as") {
        Some("json") => Json(json!({ "token": token })).into_response(),
        _ => token.into_response(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl Offices {
    /// A token for whom a page is open for: a fresh one, unless the same one is to be used again.
    pub(super) fn token(&self, visit: &Visit) -> String {
        let fresh = || token::mint(visit, &self.console, Timestamp::now());
        if visit.fault != Some(Fault::Reused) {
            return fresh();
        }
        let whom = [visit.vendor.slug, visit.person.key, visit.merchant.id, visit.lang.tag()].join(" ");
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.entry(whom).or_insert_with(fresh).clone()
    }
}
