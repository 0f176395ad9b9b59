//! What HubRise's page leaves to the console: choosing a location, a catalog and a customer list.

use serde::{Deserialize, Serialize};

/// To whom a catalog or customer list belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChoiceOwner {
    /// To the location alone.
    Location,
    /// To the account: all its locations may share it.
    Account,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// HubRise's id.
    pub id: String,
    /// HubRise's name; text from outside.
    pub name: String,
    /// What tells it from its namesakes: a location's postal code and city.
    pub detail: Option<String>,
    /// Whose it is; absent for locations.
    pub owner: Option<ChoiceOwner>,
}

/// `GET /api/v1/connections/{id}/locations`, `…/catalogs?location_id=…`, `…/customer_lists?location_id=…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoicePage {
    /// In HubRise's order; at most 100.
    pub items: Vec<Choice>,
    /// Ask again with `?cursor=…` for what follows; absent on the last page.
    pub next_cursor: Option<String>,
}

/// `PUT /api/v1/connections/{id}/choice`. A catalog or list may be left out only where there is none to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoiceRequest {
    /// The location.
    pub location_id: String,
    /// The catalog, where the till uses one.
    #[serde(default)]
    pub catalog_id: Option<String>,
    /// The customer list, where the till uses one.
    #[serde(default)]
    pub customer_list_id: Option<String>,
}
