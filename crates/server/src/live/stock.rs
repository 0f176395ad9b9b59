//! What a page shows of stock, for those who follow it: how the till's state and its sending stand.

use passerelle_store::{ConnectionRow, Result, StockCalls, StockLane, StockView};
use passerelle_vendors::Capability;

use crate::state::AppState;

/// A text that differs whenever what is shown may; empty where the vendor's stock is not sent to HubRise.
pub(super) async fn mark(state: &AppState, row: &ConnectionRow) -> Result<String> {
    if !state.vendors().get(&row.vendor).is_ok_and(|vendor| vendor.has(Capability::Inventory)) {
        return Ok(String::new());
    }
    Ok(state.store().stock_head(&row.id).await?.map(text).unwrap_or_default())
}

fn text(view: StockView) -> String {
    // That a call was counted is no news, nor that a lease was renewed.
    let lane = StockLane { calls: StockCalls::default(), lease_until: None, ..view.lane.clone() };
    format!("{:?} {lane:?} {}", view.till, view.lane.lease_until.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_state_of_the_till_is_news_and_another_call_is_not() {
        let quiet = StockView::default();
        let mut called = StockView::default();
        called.lane.calls.minute = (60, 1);
        assert_eq!(text(quiet.clone()), text(called));
        let mut told = StockView::default();
        told.till.changes = 1;
        assert_ne!(text(quiet), text(told));
    }
}
