//! The one place where calls to HubRise are made for a connection.
//!
//! Owns opening the token for the length of a call, noting in the store what came of it, and telling those who watch.
//! Does not own what is asked, nor when: handlers, the prober and the check of permissions do. What an outcome says of a
//! connection's health is in `outcome`; who must wait is in `pauses`. Telling HubRise that a token must die is the
//! revoker's: its connection is over, and has no health.

mod outcome;
mod pauses;
mod taped;
mod verify;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::{AccessToken, Api, Error, LocationPath};
use passerelle_store::{ConnectionId, ConnectionRow, Level, Store};

use crate::crypto::{CryptoError, Vault};
use crate::live::Live;
use crate::state::Clock;

pub(crate) use outcome::health_of;
use pauses::Pauses;
pub(crate) use verify::word;

/// A connection whose last call is older than this is looked at when somebody opens its page.
const STALE: SignedDuration = SignedDuration::from_secs(60);

/// Why a call for a connection brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// HubRise failed or refused.
    #[error(transparent)]
    Hubrise(#[from] Error),
    /// The token does not open; no call was made.
    #[error(transparent)]
    Sealed(#[from] CryptoError),
}

/// Makes calls for connections; cloning shares it.
#[derive(Clone)]
pub struct Hub {
    store: Arc<dyn Store>,
    vault: Arc<Vault>,
    api: Api,
    live: Live,
    clock: Clock,
    pauses: Pauses,
    checking: Arc<Mutex<HashSet<ConnectionId>>>,
    recorded: Arc<HashSet<String>>,
}

impl Hub {
    /// A hub over these.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, vault: Arc<Vault>, api: Api, live: Live, clock: Clock) -> Self {
        let (pauses, checking, recorded) = (Pauses::default(), Arc::default(), Arc::default());
        Self { store, vault, api, live, clock, pauses, checking, recorded }
    }

    /// The same, keeping every call made for connections of these vendors.
    #[must_use]
    pub fn recording(self, vendors: impl IntoIterator<Item = String>) -> Self {
        Self { recorded: Arc::new(vendors.into_iter().collect()), ..self }
    }

    /// Makes one call with a connection's token, and notes what came of it: of a vendor whose calls are kept, all that was
    /// said. That a note fails never fails the call.
    ///
    /// # Errors
    /// What HubRise answered, or that the token does not open.
    pub async fn call<T, F>(&self, row: &ConnectionRow, make: impl FnOnce(Api, AccessToken) -> F) -> Result<T, HubError>
    where
        F: Future<Output = Result<T, Error>>,
    {
        if !self.recorded.contains(&row.vendor) {
            return self.call_on(self.api.clone(), row, make).await;
        }
        let (result, said) = self.call_taped(row, make).await;
        if let Err(error) = self.store.note_exchanges(&row.id, None, said).await {
            tracing::warn!(connection = row.id.as_str(), %error, "what was said to hubrise could not be kept");
        }
        result
    }

    async fn call_on<T, F>(
        &self,
        api: Api,
        row: &ConnectionRow,
        make: impl FnOnce(Api, AccessToken) -> F,
    ) -> Result<T, HubError>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let token = self.vault.open(&row.token)?;
        let result = make(api, token).await;
        self.note(&row.id, result.as_ref().err()).await;
        Ok(result?)
    }

    /// Asks the least that tells whether the token works: its location, whose time zone is noted, or at account level its
    /// account.
    ///
    /// # Errors
    /// As [`Hub::call`].
    pub async fn check(&self, row: &ConnectionRow) -> Result<(), HubError> {
        let level = row.level;
        let timezone = self
            .call(row, |api, token| async move {
                match level {
                    Level::Location => api.location(&token, LocationPath::Own).await.map(|location| location.timezone),
                    Level::Account => api.account(&token).await.map(|_| None),
                }
            })
            .await?;
        self.note_timezone(row, timezone.as_deref()).await;
        Ok(())
    }

    /// The clock the store's people live by: orders are wanted by it.
    async fn note_timezone(&self, row: &ConnectionRow, timezone: Option<&str>) {
        let Some(timezone) = timezone.filter(|name| row.timezone.as_deref() != Some(name)) else { return };
        if let Err(error) = self.store.note_timezone(&row.id, timezone).await {
            tracing::warn!(connection = row.id.as_str(), %error, "a location's time zone could not be noted");
        }
    }

    /// Somebody looks at this connection: checks it beside the answer, unless a call has told lately how it stands, one
    /// is under way for the same purpose, or HubRise asked to wait.
    pub fn freshen(&self, row: &ConnectionRow) {
        let now = (self.clock)();
        if !is_stale(row.last_ok_at.max(row.last_failed_at), now) || self.pauses.until(&row.id, now).is_some() {
            return;
        }
        let Some(turn) = Turn::take(&self.checking, &row.id) else { return };
        let (hub, row) = (self.clone(), row.clone());
        tokio::spawn(async move {
            if let Err(error) = hub.check(&row).await {
                tracing::debug!(connection = row.id.as_str(), %error, "a connection's check failed");
            }
            drop(turn);
        });
    }

    /// Until when HubRise asked this connection's calls to wait, if that is still to come.
    #[must_use]
    pub fn paused(&self, id: &ConnectionId) -> Option<Timestamp> {
        self.pauses.until(id, (self.clock)())
    }

    async fn note(&self, id: &ConnectionId, error: Option<&Error>) {
        let Some(health) = health_of(error) else { return };
        let now = (self.clock)();
        match error {
            Some(Error::RateLimited { retry_after }) => self.pauses.wait(id, *retry_after, now),
            _ => self.pauses.end(id),
        }
        match self.store.note_call(id, health, now).await {
            Ok(true) => self.live.connection_changed(id),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(connection = id.as_str(), %error, "what came of a call could not be noted");
            }
        }
    }
}

fn is_stale(last_call: Option<Timestamp>, now: Timestamp) -> bool {
    last_call.is_none_or(|last| now.duration_since(last) >= STALE)
}

/// The right to check a connection, so that ten open pages cause one check. Given back when dropped.
struct Turn {
    checking: Arc<Mutex<HashSet<ConnectionId>>>,
    id: ConnectionId,
}

impl Turn {
    fn take(checking: &Arc<Mutex<HashSet<ConnectionId>>>, id: &ConnectionId) -> Option<Self> {
        let taken = checking.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone());
        taken.then(|| Self { checking: checking.clone(), id: id.clone() })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.checking.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_stale_after_a_minute_without_a_call_and_before_the_first() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1);
        assert!(is_stale(None, now));
        assert!(is_stale(Some(now - SignedDuration::from_secs(60)), now));
        assert!(!is_stale(Some(now - SignedDuration::from_secs(59)), now));
    }

    #[test]
    fn one_check_at_a_time_a_connection() {
        let checking = Arc::default();
        let (one, two) = (ConnectionId::new("one"), ConnectionId::new("two"));
        let turn = Turn::take(&checking, &one);
        assert!(turn.is_some() && Turn::take(&checking, &one).is_none());
        assert!(Turn::take(&checking, &two).is_some());
        drop(turn);
        assert!(Turn::take(&checking, &one).is_some());
    }
}
