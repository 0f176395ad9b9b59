//! `/connections/{id}/menu_check`: what of the connected catalog the till would not take.

use passerelle_wire::MenuCheck;

use super::{ApiError, call};
use crate::logic::query::encode;

/// Reads the catalog now.
pub async fn run(connection: &str) -> Result<MenuCheck, ApiError> {
    call::post_patiently(&format!("/connections/{}/menu_check", encode(connection))).await
}
