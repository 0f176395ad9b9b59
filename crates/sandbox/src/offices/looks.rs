//! The style sheets: what all back offices share, and each one's own look.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use http::StatusCode;

use super::asset;

/// What all share.
pub(super) const SHARED: &str = include_str!("looks/shared.css");

/// `GET /{vendor}/style.css`
pub(super) async fn show(Path(slug): Path<String>) -> Response {
    let own = match slug.as_str() {
        "carre-pos" => include_str!("looks/carre-pos.css"),
        "pos-helper" => include_str!("looks/pos-helper.css"),
        "somm-it" => include_str!("looks/somm-it.css"),
        "pixelpoint-bridge" => include_str!("looks/hubrise.css"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    asset("text/css; charset=utf-8", own)
}
