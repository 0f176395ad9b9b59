//! A vendor as the app sees it: its profile without its secrets.

use serde::{Deserialize, Serialize};

/// A text a profile gives in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Localized {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

/// One line of `GET /api/v1/vendors`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VendorSummary {
    /// The vendor's name in URLs: lower-case letters, digits and hyphens.
    pub slug: String,
    /// The name its users know.
    pub name: String,
    /// Its brand colour, `#rrggbb`.
    pub brand: String,
}

/// `GET /api/v1/vendors/{vendor}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vendor {
    /// The vendor's name in URLs.
    pub slug: String,
    /// The name its users know.
    pub name: String,
    /// Its brand colour, `#rrggbb`; the app derives the rest.
    pub brand: String,
    /// One line: what connecting brings.
    pub promise: Localized,
    /// Where its users find this page in the vendor's own back office, outermost menu first.
    pub menu_path: Vec<String>,
    /// Who helps.
    pub support: Support,
    /// Where to open a HubRise account.
    pub signup_url: String,
    /// HubRise's back office.
    pub back_office_url: String,
    /// The tills that can be connected, in the order to show them; at least one.
    pub tills: Vec<Till>,
}

/// How a vendor's support is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Support {
    /// The address to which a manager gives access at HubRise.
    pub email: String,
    /// The role to give it at HubRise, as HubRise's page calls it (`Manager`).
    pub role: String,
    /// Telephone, if any.
    pub phone: Option<String>,
    /// The vendor's documentation, if any.
    pub docs_url: Option<String>,
}

/// A till of a vendor: the thing that gets connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Till {
    /// The till's name in URLs, unique within its vendor.
    pub id: String,
    /// The name its users know.
    pub name: Localized,
    /// What it asks of HubRise.
    pub permissions: Vec<Permission>,
    /// What is chosen in the console after HubRise's page; empty when HubRise's page makes every choice.
    pub chosen_here: Vec<Chosen>,
}

/// Something that HubRise's page leaves for the console to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// A location of the connected account.
    Location,
    /// A catalog of the location or of its account.
    Catalog,
    /// A customer list of the location or of its account.
    CustomerList,
}

/// One permission of an OAuth scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Permission {
    /// Over one location or over the whole account.
    pub level: Level,
    /// Over what.
    pub resource: Resource,
    /// To do what.
    pub right: Right,
}

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// One location.
    Location,
    /// Every location of an account.
    Account,
}

/// HubRise's resources, as its scopes name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// Orders.
    Orders,
    /// One customer list.
    CustomerList,
    /// One catalog.
    Catalog,
    /// The inventory of a catalog at a location.
    Inventory,
    /// Every customer list.
    AllCustomerLists,
    /// Every catalog.
    AllCatalogs,
}

/// What a permission allows. Writing includes reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See.
    Read,
    /// See and change.
    Write,
}
