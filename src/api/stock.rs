//! `/connections/{id}/stock` and `…/pos_keys`: what a till has and what HubRise holds, having it sent, and the keys of the
//! till. A key's secret comes out once, when it is made.

use gloo_net::http::Method;
use passerelle_wire::{NewPosKey, PosKey, PosKeyAsk, StockBoard, StockHistory, StockKind, StockSending};

use super::{ApiError, call};
use crate::logic::query::encode;

/// The board.
pub async fn board(connection: &str) -> Result<StockBoard, ApiError> {
    call::get(&path(connection, "stock")).await
}

/// One product, closely.
pub async fn history(connection: &str, kind: StockKind, reference: &str) -> Result<StockHistory, ApiError> {
    let kind = if kind == StockKind::Sku { "sku" } else { "option" };
    call::get(&path(connection, &format!("stock/history?kind={kind}&ref={}", encode(reference)))).await
}

/// Has the whole state sent and compared; the board says how far that has come. Asked for while it is under way, it is the
/// same run.
pub async fn synchronise(connection: &str) -> Result<(), ApiError> {
    call::change_silently(Method::POST, &path(connection, "stock/sync")).await
}

/// Switches sending on or off.
pub async fn send(connection: &str, sending: bool) -> Result<(), ApiError> {
    call::tell(Method::PUT, &path(connection, "stock/sending"), &StockSending { sending }).await
}

/// The till's keys, newest first.
pub async fn keys(connection: &str) -> Result<Vec<PosKey>, ApiError> {
    call::get(&path(connection, "pos_keys")).await
}

/// Makes a key.
pub async fn make_key(connection: &str, label: &str) -> Result<NewPosKey, ApiError> {
    let ask = PosKeyAsk { label: label.to_owned() };
    call::change(Method::POST, &path(connection, "pos_keys"), Some(&ask)).await
}

/// Ends a key.
pub async fn revoke_key(connection: &str, key: &str) -> Result<(), ApiError> {
    call::change_silently(Method::DELETE, &path(connection, &format!("pos_keys/{}", encode(key)))).await
}

fn path(connection: &str, rest: &str) -> String {
    format!("/connections/{}/{rest}", encode(connection))
}
