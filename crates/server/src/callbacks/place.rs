//! Whose event it is: the open connection that an installation, or a location, has at a vendor.
//!
//! Owns the search and what of it is remembered. That the connection is still open when the event is kept is the store's
//! to say: what is remembered may be a minute old.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use passerelle_store::{ConnectionId, ConnectionRow, Level, Result};

use super::event::Names;
use crate::served::ServedVendor;
use crate::state::AppState;

/// How long a finding is believed.
const BELIEVED: Duration = Duration::from_secs(60);
/// The most findings remembered; then all are forgotten.
const MOST: usize = 10_000;

/// Vendor, and what an event says of its place.
type Asked = (String, Names);

/// What was found lately; cloning shares it. Only connections there are are ever in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    found: Arc<Mutex<HashMap<Asked, (ConnectionId, Instant)>>>,
    /// Held by whoever searches: of a thousand events of one place that come at once, one asks the store.
    searching: Arc<tokio::sync::Mutex<()>>,
}

impl Places {
    /// The connection these names mean; none when there is no such open connection.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) async fn find(
        &self,
        state: &AppState,
        vendor: &ServedVendor,
        names: &Names,
    ) -> Result<Option<ConnectionId>> {
        let asked = (vendor.slug().to_owned(), names.clone());
        if let Some(known) = self.known(&asked) {
            return Ok(Some(known));
        }
        let _turn = self.searching.lock().await;
        if let Some(known) = self.known(&asked) {
            return Ok(Some(known));
        }
        let Some(row) = search(state, vendor, names).await? else { return Ok(None) };
        // Which location an account's connection means can be changed by its users at any time.
        if row.level == Level::Location {
            self.remember(asked, row.id.clone());
        }
        Ok(Some(row.id))
    }

    /// What was found is not so any more.
    pub(super) fn forget(&self, vendor: &ServedVendor, names: &Names) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).remove(&(vendor.slug().to_owned(), names.clone()));
    }

    fn known(&self, asked: &Asked) -> Option<ConnectionId> {
        let places = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        places.get(asked).filter(|(_, at)| at.elapsed() < BELIEVED).map(|(id, _)| id.clone())
    }

    fn remember(&self, asked: Asked, id: ConnectionId) {
        let mut places = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST {
            places.clear();
        }
        places.insert(asked, (id, Instant::now()));
    }
}

async fn search(state: &AppState, vendor: &ServedVendor, names: &Names) -> Result<Option<ConnectionRow>> {
    let store = state.store();
    if let Some(installation) = &names.app_instance_id {
        let rows = store.connections_of_installation(vendor.slug(), installation).await?;
        if !rows.is_empty() {
            return Ok(rows.into_iter().find(|row| covers(row, names)));
        }
    }
    for till in &vendor.tills {
        for key in [&names.location_id, &names.account_id].into_iter().flatten() {
            if let Some(row) = store.open_connection(vendor.slug(), till.id(), key).await?
                && covers(&row, names)
                // One that has an installation has another one than the event's.
                && (names.app_instance_id.is_none() || row.app_instance_id.is_none())
            {
                return Ok(Some(row));
            }
        }
    }
    Ok(None)
}

/// Whether the event's place is the connection's; what an event does not say is no contradiction.
fn covers(row: &ConnectionRow, names: &Names) -> bool {
    let same = |named: &Option<String>, mine: Option<&str>| named.as_deref().is_none_or(|named| mine == Some(named));
    let chosen = row.location.as_ref().map(|location| location.id.as_str());
    match row.level {
        Level::Location => {
            same(&names.location_id, Some(&row.hub_key)) && same(&names.account_id, Some(&row.account.id))
        }
        Level::Account => same(&names.account_id, Some(&row.hub_key)) && same(&names.location_id, chosen),
    }
}
