//! What a till sends and hears, and the keys it does it with. The server reads a till's body by hand, entry by entry, so
//! that every wrong one is named; these types say how it is written.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ProblemCode;

/// `PUT` and `PATCH /api/v1/pos/tills/{till}/stock`: at most 20,000 entries and 8 MiB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TillStock {
    /// Grows with every state the till sends, by one or more: 0 to 9,007,199,254,740,991. A call whose number is not above
    /// the latest accepted one changes nothing (409, `stock_older`).
    pub sequence: u64,
    /// `PUT`: all the till has; what is left out is gone. `PATCH`: what has changed.
    pub entries: Vec<StockEntry>,
}

/// A product or an option on the till.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockEntry {
    /// The ref of the sku in HubRise's catalog, 1 to 200 characters; this or `option_ref`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku_ref: Option<String>,
    /// The ref of the option in HubRise's catalog, 1 to 200 characters; this or `sku_ref`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_ref: Option<String>,
    /// What the till calls it, at most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether its stock is managed.
    pub stock_managed: bool,
    /// How much there is: a decimal as text or as a JSON number, at most 12 digits before and 6 after the point, without
    /// exponent; may be negative. Required where the stock is managed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// False: *INACTIF*.
    pub available: bool,
    /// When what is unavailable or exhausted comes back: RFC 3339 with an offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// What came of a `PUT` or `PATCH`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TillStockTaken {
    /// The call's own number.
    pub sequence: u64,
    /// Entries known now.
    pub entries: u32,
    /// Entries that differ from before: new, changed or gone.
    pub changed: u32,
    /// Whether stock leaves for HubRise.
    pub sending: bool,
}

/// `GET /api/v1/pos/tills/{till}/stock`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TillStockState {
    /// The latest number accepted; absent before the first.
    pub sequence: Option<u64>,
    /// Entries known.
    pub entries: u32,
    /// Whether stock leaves for HubRise.
    pub sending: bool,
    /// When the latest state was accepted.
    pub received_at: Option<String>,
}

/// A problem of the till's routes: like every other, with what is wrong entry by entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockProblem {
    /// The HTTP status, repeated.
    pub status: u16,
    /// What kind of problem.
    pub code: ProblemCode,
    /// In English, lower case, for developers and support.
    pub detail: String,
    /// What is wrong, in the order of the entries; at most 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<StockEntryFault>,
    /// How much is wrong in all.
    #[serde(default, skip_serializing_if = "is_none")]
    pub errors_total: u32,
    /// Of `stock_older`: the latest number accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// What to quote to support.
    pub request_id: String,
}

/// One wrong part of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockEntryFault {
    /// Which entry, from 0.
    pub index: u32,
    /// The field; empty for the entry itself.
    pub field: String,
    /// What is wrong with it.
    pub code: StockFaultCode,
}

/// What can be wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockFaultCode {
    /// It must be given.
    Missing,
    /// Its JSON type is another.
    WrongType,
    /// It cannot be read: no such decimal, no such time, a ref that is empty or has control characters.
    Invalid,
    /// It is longer than allowed.
    TooLong,
    /// An earlier entry has the same ref.
    Duplicate,
    /// Both `sku_ref` and `option_ref` are given.
    BothRefs,
    /// There is no such field.
    UnknownField,
}

/// `POST /api/v1/connections/{id}/pos_keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PosKeyAsk {
    /// What tells it from others: at most 60 characters, may be empty.
    #[serde(default)]
    pub label: String,
}

/// A key that was just made; its secret is told this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPosKey {
    /// What its list shows.
    pub key: PosKey,
    /// What the till sends: `Authorization: Bearer psk_…`.
    pub secret: String,
}

impl fmt::Debug for NewPosKey {
    /// The secret is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPosKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// `GET /api/v1/connections/{id}/pos_keys`: a key of the till, without its secret; newest first. Revoked ones are shown
/// for 30 days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PosKey {
    /// Ours; opaque.
    pub id: String,
    /// What tells it from others; text from outside.
    pub label: String,
    /// The last four characters of its secret.
    pub tail: String,
    /// When it was made.
    pub created_at: String,
    /// By whom, where that is known; text from outside.
    pub created_by: Option<String>,
    /// When a till last used it, to the minute.
    pub last_used_at: Option<String>,
    /// When it was revoked.
    pub revoked_at: Option<String>,
}

fn is_none(count: &u32) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keys_secret_is_not_shown_by_accident() {
        let key = PosKey {
            id: "k".into(),
            label: String::new(),
            tail: "wxyz".into(),
            created_at: String::new(),
            created_by: None,
            last_used_at: None,
            revoked_at: None,
        };
        assert!(!format!("{:?}", NewPosKey { key, secret: "psk_hush".into() }).contains("hush"));
    }
}
