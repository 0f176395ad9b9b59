//! Stock: what a till says, what HubRise holds, and what went between. For vendors whose till's stock is sent to HubRise.
//!
//! Quantities are decimal texts (`"12"`, `"-0.5"`): never floating point. A board has thousands of tiles, so a tile leaves
//! out what is as usual, and tells times as whole seconds since 1970 (UTC).

use serde::{Deserialize, Serialize};

use crate::{Cause, NamedRef};

mod pos;

pub use pos::{
    NewPosKey, PosKey, PosKeyAsk, StockEntry, StockEntryFault, StockFaultCode, StockProblem, TillStock, TillStockState,
    TillStockTaken,
};

/// What a stock is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockKind {
    /// A product's sku.
    #[default]
    Sku,
    /// An option.
    Option,
}

/// `GET /api/v1/connections/{id}/stock`: the till's stock as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockBoard {
    /// How it stands as a whole.
    pub head: StockHead,
    /// The catalog's categories, in the catalog's order; a tile names one by its place here. Text from outside.
    pub categories: Vec<String>,
    /// In the catalog's order; then what the catalog does not know, by its ref. What neither the till nor HubRise has an
    /// entry of has no tile.
    pub tiles: Vec<StockTile>,
}

/// How a till's stock and its sending stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockHead {
    /// *Envoi de données*: off, nothing leaves.
    pub sending: bool,
    /// The number the till gave to the latest state that was accepted; absent before the first.
    pub sequence: Option<u64>,
    /// When that came.
    pub received_at: Option<String>,
    /// Products and options the till names.
    pub entries: u32,
    /// The catalog stock is sent for; absent where none was chosen.
    pub catalog: Option<NamedRef>,
    /// When that catalog was read; absent before the first time: then nothing is known of unknown refs.
    pub catalog_read_at: Option<String>,
    /// Since when all that HubRise holds is known; absent where it has yet to be asked.
    pub known_at: Option<String>,
    /// Whether the next send is under way, and what it waits for.
    pub way: StockWay,
    /// When the lane goes on; of [`StockWay::Gathering`], [`StockWay::Limited`] and [`StockWay::Retrying`].
    pub next_at: Option<String>,
    /// Why the latest try failed; cleared by the next that does not.
    pub cause: Option<Cause>,
    /// When something was last sent, and HubRise took it.
    pub sent_at: Option<String>,
    /// The operation of the latest send, whatever became of it.
    pub operation: Option<String>,
    /// The latest synchronisation; absent before the first of this connection and catalog.
    pub sync: Option<StockSync>,
    /// Synchronising is advised: this connection and catalog never were, and the till's stock is known.
    pub sync_advised: bool,
    /// Keys of the till that work.
    pub keys: u32,
}

/// What a connection's sending waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockWay {
    /// Nothing: there is nothing to send.
    #[default]
    Rest,
    /// Changes are gathered for up to two seconds.
    Gathering,
    /// A call to HubRise is under way.
    Sending,
    /// As many calls were made as HubRise allows, or HubRise asked to wait.
    Limited,
    /// The latest try failed, and another follows.
    Retrying,
    /// Sending is switched off, and there is something to send.
    Off,
}

/// One product or option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockTile {
    /// What it is.
    #[serde(default, skip_serializing_if = "is_sku")]
    pub kind: StockKind,
    /// Its ref; text from outside.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The catalog's name, else the till's, else empty; text from outside.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Its place in [`StockBoard::categories`]; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<u32>,
    /// What the till says.
    #[serde(default, skip_serializing_if = "is_counted")]
    pub says: StockSays,
    /// The till's quantity, where it gave one, also of what is inactive or not managed. May be negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// When what is unavailable comes back, as the till said it; seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// What HubRise should hold; absent: no entry, that is unlimited. Always absent of [`StockSays::Nothing`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// Why `wanted` is not simply the quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<StockReason>,
    /// What HubRise holds, as far as is known; absent: no entry, that is unlimited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    /// What HubRise holds is not what it should hold. Never of what the catalog does not know.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub differs: bool,
    /// The catalog does not know this ref: nothing is sent for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unknown: bool,
    /// A send of it is under way, or ended in a way that says nothing: what HubRise holds is not certain.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubt: bool,
    /// Since when it is known that somebody else changed it at HubRise, after us; seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others_at: Option<i64>,
    /// When it was last sent and HubRise took it; seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<i64>,
}

/// What a till says of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockSays {
    /// Available, and its stock is managed: there is a quantity.
    #[default]
    Counted,
    /// Available, and its stock is not managed.
    Unmanaged,
    /// Unavailable (*INACTIF*).
    Inactive,
    /// Nothing: HubRise alone has an entry.
    Nothing,
}

/// Why HubRise should hold something else than the till's quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockReason {
    /// `0`: it is unavailable on the till.
    Unavailable,
    /// `0`: the quantity is below zero.
    BelowZero,
    /// Rounded down to three decimals.
    Rounded,
    /// No entry: its stock is not managed, so it is unlimited.
    Unmanaged,
}

/// `POST /api/v1/connections/{id}/stock/sync`, and in [`StockHead`]: one run over the whole state. Asked for while one is
/// under way, that one is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockSync {
    /// Names the run.
    pub id: String,
    /// How far it has come.
    pub state: StockSyncState,
    /// When it was asked for.
    pub asked_at: String,
    /// By whom, where that is known; text from outside.
    pub asked_by: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Why it failed; or, while it is under way, why its latest try did.
    pub cause: Option<Cause>,
    /// What it did, once it is done.
    pub result: Option<StockSyncResult>,
    /// Its operation, once it has sent something.
    pub operation: Option<String>,
}

/// How far a synchronisation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockSyncState {
    /// Asked for.
    Waiting,
    /// The catalog and what HubRise holds are being read.
    Reading,
    /// The whole state is being sent.
    Sending,
    /// What HubRise holds is compared with what it should.
    Comparing,
    /// Over.
    Done,
    /// Given up: HubRise refused it for good, or sending was switched off.
    Failed,
}

/// What a synchronisation did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct StockSyncResult {
    /// Entries sent, those at `0` among them.
    pub sent: u32,
    /// Of them, those sent as `0`.
    pub zeroed: u32,
    /// Entries HubRise held before and holds no more.
    pub removed: u32,
    /// Refs the catalog does not know.
    pub unknown: u32,
    /// The first hundred of them.
    pub unknown_refs: Vec<StockRef>,
    /// Entries that differ all the same, when compared afterwards.
    pub left: u32,
    /// The first hundred of them.
    pub differences: Vec<StockDifference>,
}

/// A product or option by its ref.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockRef {
    /// What it is.
    pub kind: StockKind,
    /// Its ref; text from outside.
    #[serde(rename = "ref")]
    pub reference: String,
}

/// What HubRise holds beside what it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockDifference {
    /// What it is.
    pub kind: StockKind,
    /// Its ref; text from outside.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What HubRise should hold; absent: no entry.
    pub wanted: Option<String>,
    /// What it holds; absent: no entry.
    pub held: Option<String>,
}

/// `PUT /api/v1/connections/{id}/stock/sending`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StockSending {
    /// Whether stock leaves for HubRise.
    pub sending: bool,
}

/// `GET /api/v1/connections/{id}/stock/history?kind=sku&ref=…`: one product, closely.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockHistory {
    /// What the board shows of it; a tile that says nothing where neither side has an entry.
    pub tile: StockTile,
    /// The operation that last sent it.
    pub operation: Option<String>,
    /// The last 30 days, oldest first: the last value of each hour in which it changed.
    pub points: Vec<StockPoint>,
}

/// How a product stood from an hour on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockPoint {
    /// When it changed to this; seconds since 1970.
    pub at: i64,
    /// What the till said; [`StockSays::Nothing`] once it no longer named it.
    pub says: StockSays,
    /// The till's quantity, where it gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
}

fn is_sku(kind: &StockKind) -> bool {
    *kind == StockKind::Sku
}

fn is_counted(says: &StockSays) -> bool {
    *says == StockSays::Counted
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_tile_leaves_out_what_is_as_usual() {
        let tile = StockTile {
            reference: "COKE".into(),
            quantity: Some("3".into()),
            wanted: Some("3".into()),
            held: Some("3".into()),
            ..StockTile::default()
        };
        let text = serde_json::to_string(&tile).unwrap();
        assert_eq!(text, r#"{"ref":"COKE","quantity":"3","wanted":"3","held":"3"}"#);
        assert_eq!(serde_json::from_str::<StockTile>(&text).unwrap(), tile);
    }

    #[test]
    fn a_tile_tells_what_is_not() {
        let tile = StockTile {
            kind: StockKind::Option,
            reference: "EGG".into(),
            says: StockSays::Inactive,
            wanted: Some("0".into()),
            reason: Some(StockReason::Unavailable),
            differs: true,
            others_at: Some(1_700_000_000),
            ..StockTile::default()
        };
        let text = serde_json::to_string(&tile).unwrap();
        assert!(text.starts_with(r#"{"kind":"option","ref":"EGG","says":"inactive""#), "{text}");
        assert_eq!(serde_json::from_str::<StockTile>(&text).unwrap(), tile);
    }

    #[test]
    fn a_result_of_former_days_may_lack_what_is_new() {
        let result: StockSyncResult = serde_json::from_str(r#"{"sent":3}"#).unwrap();
        assert_eq!(result, StockSyncResult { sent: 3, ..StockSyncResult::default() });
    }
}
