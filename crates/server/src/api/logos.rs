//! Logos: drawings from profiles, served so that they can only be looked at.
//!
//! The address given out carries the drawing's version, so a browser asks for it once; any other address is asked for
//! again each time, and answered 304 while nothing changed.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use passerelle_wire::Problem;
use serde::Deserialize;

use crate::openapi::BASE;
use crate::problem::{ApiProblem, Path, Query};
use crate::served::{ServedLogo, ServedTill, ServedVendor};
use crate::state::AppState;

/// Where a vendor's logo is.
pub(super) fn of_vendor(vendor: &ServedVendor) -> String {
    format!("{BASE}/vendors/{}/logo?v={}", vendor.slug(), vendor.logo().version())
}

/// Where a till's logo is, if it has one.
pub(super) fn of_till(vendor: &ServedVendor, till: &ServedTill) -> Option<String> {
    let logo = till.logo()?;
    Some(format!("{BASE}/vendors/{}/tills/{}/logo?v={}", vendor.slug(), till.id(), logo.version()))
}

/// The version an address names.
#[derive(Debug, Deserialize)]
pub(super) struct Version {
    v: Option<String>,
}

/// A vendor's logo: its own, or a monogram.
///
/// Who may call: anyone.
#[utoipa::path(get, path = "/vendors/{vendor}/logo", tag = "vendors",
    params(
        ("vendor" = String, Path, description = "The vendor's slug"),
        ("v" = Option<String>, Query, description = "The version, as `logo_url` gives it: then it is kept for good"),
    ),
    responses(
        (status = 200, description = "The drawing", body = String, content_type = "image/svg+xml"),
        (status = 304, description = "The caller has it already"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn vendor(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    Ok(answer(state.vendors().get(&slug)?.logo(), version.v.as_deref(), &headers))
}

/// A till's own logo.
///
/// Who may call: anyone.
#[utoipa::path(get, path = "/vendors/{vendor}/tills/{till}/logo", tag = "vendors",
    params(
        ("vendor" = String, Path, description = "The vendor's slug"),
        ("till" = String, Path, description = "The till"),
        ("v" = Option<String>, Query, description = "The version, as `logo_url` gives it: then it is kept for good"),
    ),
    responses(
        (status = 200, description = "The drawing", body = String, content_type = "image/svg+xml"),
        (status = 304, description = "The caller has it already"),
        (status = 404, description = "`vendor_unknown`, `till_unknown`, or a till without a logo: `not_found`",
            body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn till(
    State(state): State<AppState>,
    Path((vendor, till)): Path<(String, String)>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let (_, till) = state.vendors().till(&vendor, &till)?;
    let logo = till.logo().ok_or_else(ApiProblem::not_found)?;
    Ok(answer(logo, version.v.as_deref(), &headers))
}

/// Even opened by itself, as a page, a logo runs nothing and reaches nothing.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");

fn answer(logo: &ServedLogo, version: Option<&str>, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", logo.version());
    let kept = if version == Some(logo.version()) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == tag);
    let mut fields = HeaderMap::from_iter([
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]);
    // Quotes and URL-safe base64: a header's value whatever the drawing.
    fields.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
    if known {
        return (StatusCode::NOT_MODIFIED, fields).into_response();
    }
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    (fields, logo.svg()).into_response()
}
