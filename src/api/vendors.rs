//! `/vendors`: the vendors of this console, one vendor's profile, how a till stands.

use passerelle_wire::{Overview, TillStatus, Vendor, VendorSummary};

use super::{ApiError, call};
use crate::logic::{query::encode, standing::Standing};

/// Every vendor of this console.
pub async fn list() -> Result<Vec<VendorSummary>, ApiError> {
    call::get("/vendors").await
}

/// One vendor's profile.
pub async fn get(vendor: &str) -> Result<Vendor, ApiError> {
    call::get(&format!("/vendors/{}", encode(vendor))).await
}

/// What a vendor's product is.
pub async fn overview(vendor: &str) -> Result<Overview, ApiError> {
    call::get(&format!("/vendors/{}/overview", encode(vendor))).await
}

/// What this session may know of a till.
pub async fn status(vendor: &str, till: &str) -> Result<TillStatus, ApiError> {
    call::get(&status_path(vendor, till)).await
}

/// The same, as far as the pages of a bridge ask.
pub async fn standing(vendor: &str, till: &str) -> Result<Standing, ApiError> {
    call::get(&status_path(vendor, till)).await
}

fn status_path(vendor: &str, till: &str) -> String {
    format!("/vendors/{}/tills/{}/status", encode(vendor), encode(till))
}

/// Where a vendor's logo is, for whoever has no profile to ask.
pub fn logo(vendor: &str) -> String {
    format!("/api/v1/vendors/{}/logo", encode(vendor))
}
