//! What of a menu a till that orders are pushed to would not take.

use serde::{Deserialize, Serialize};

/// `POST /api/v1/connections/{id}/menu_check`: what of the connected catalog the till would not take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuCheck {
    /// The catalog's name.
    pub catalog: String,
    /// When it was read.
    pub checked_at: String,
    /// Skus, options, deals, discounts and charges looked at.
    pub looked_at: u32,
    /// What is wrong, in the catalog's order; at most 2,000.
    pub findings: Vec<MenuFinding>,
    /// Findings beyond those.
    pub more: u32,
}

/// One thing of a catalog that the till would not take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuFinding {
    /// What it is.
    pub part: MenuPart,
    /// Its name, with its product's or list's before it; text from outside.
    pub name: String,
    /// Its ref, if it has one; text from outside.
    pub reference: Option<String>,
    /// What is wrong.
    pub fault: MenuFault,
}

/// A part of a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MenuPart {
    /// A product's sku.
    Sku,
    /// An option.
    Option,
    /// A deal.
    Deal,
    /// A discount.
    Discount,
    /// A charge.
    Charge,
}

/// What is wrong with a part of a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MenuFault {
    /// It has no ref: it would be skipped.
    NoRef,
    /// Another part of the same kind has the same ref.
    Duplicate,
    /// The till's codes are numbers, and this is none.
    NotANumber,
}
