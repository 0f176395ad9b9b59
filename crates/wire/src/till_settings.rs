//! What a till that cannot fetch its orders needs, and how orders are to reach it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `GET /api/v1/connections/{id}/till_settings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TillSettings {
    /// The last five characters of the till's API token; absent before the first run.
    pub api_token_tail: Option<String>,
    /// How orders are to reach the till.
    pub choices: BridgeChoices,
    /// Counts changes; to be handed back with the next.
    pub version: i64,
    /// Who changed it last: a name, or empty; text from outside.
    pub changed_by: String,
    /// When it was last changed.
    pub changed_at: Option<String>,
}

/// `PUT /api/v1/connections/{id}/till_settings`. Answers `conflict` when somebody changed it since `version`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TillSettingsChange {
    /// A new API token; left out, the former stays. 1 to 128 printable ASCII characters.
    #[serde(default)]
    pub api_token: Option<String>,
    /// How orders are to reach the till.
    pub choices: BridgeChoices,
    /// The version the change was made on.
    pub version: i64,
}

impl fmt::Debug for TillSettingsChange {
    /// The token is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TillSettingsChange")
            .field("choices", &self.choices)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// How orders are to reach the till.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct BridgeChoices {
    /// Whether the till is asked to work in debug mode.
    pub debug: bool,
    /// What HubRise is told when the till has taken an order.
    pub new_status: NewStatus,
    /// What becomes at HubRise of an order the till refuses for good.
    pub on_refusal: OnRefusal,
    /// What becomes of an order whose outcome is unknown.
    pub on_unknown: OnUnknown,
    /// How deals are sent.
    pub deals: Deals,
    /// How discounts are sent.
    pub discounts: Discounts,
}

/// What HubRise is told when the till has taken an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NewStatus {
    /// `received`; HubRise's bridge offers no other.
    #[default]
    Received,
}

/// What becomes at HubRise of an order the till refuses for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnRefusal {
    /// It stays `new`.
    #[default]
    StayNew,
    /// It becomes `rejected`, with the cause.
    Reject,
}

/// What becomes of an order whose outcome is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnUnknown {
    /// It waits for a person.
    #[default]
    Hold,
    /// It is sent again, and may be printed twice.
    Resend,
}

/// How deals are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Deals {
    /// The sum of a deal's prices moves to its coupon.
    pub aggregate_prices: bool,
    /// No coupon; each item carries the deal's ref (legacy).
    pub refs_as_combo_ids: bool,
}

/// How discounts are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Discounts {
    /// The ref of discounts that have none; 1 to 32 characters.
    pub default_ref: Option<String>,
    /// Whether missing refs are looked up by name in the till's list of discounts (PixelPoint 19.12 or later).
    pub fetch_refs: bool,
}
