//! Somebody else changed what HubRise holds: what there is now is asked, not believed from the event. Events come late, twice
//! and in any order; what HubRise answers is how it stands.
//!
//! Owns no answer: what is wanted is committed before HubRise hears 200.

use passerelle_store::{ConnectionId, Result};

use super::event::StockNews;
use crate::inventory::GATHERING;
use crate::state::AppState;

/// Has the connection's lane look, and forgets the catalog that has changed.
///
/// # Errors
/// When the store cannot be written: HubRise is to tell again.
pub(super) async fn told(state: &AppState, connection: &ConnectionId, news: &StockNews) -> Result<()> {
    let store = state.store();
    if let Some(catalog) = &news.catalog {
        store.forget_stock_catalog(connection, catalog).await?;
    }
    store.ask_look(connection, state.now() + GATHERING).await?;
    state.stock().bell.ring();
    Ok(())
}
