//! Tells HubRise of tokens that must die, until HubRise has heard.
//!
//! Owns the order (callback first, then the token), the waits between tries and the loop that runs beside the
//! server. What waits is in the store; a token is opened only for the length of a try.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::{Api, Error};
use passerelle_store::{Revocation, Store};
use tokio::sync::Notify;

use crate::crypto::Vault;
use crate::served::Vendors;
use crate::state::Clock;

/// How long a claim holds: two calls to HubRise of ten seconds each, and room.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// How many are claimed at once.
const BATCH: u32 = 20;
/// How often the loop looks by itself, beside being woken.
const PERIOD: Duration = Duration::from_secs(15);
/// The first wait after a failure; it doubles with each, up to [`LONGEST_WAIT`].
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(15);
/// The longest wait between two tries.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

/// Why a try did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// HubRise could not be told.
    #[error("{0}")]
    Hubrise(#[from] Error),
    /// The vendor is not served here any more, so its client is not at hand.
    #[error("vendor `{0}` is not served")]
    VendorGone(String),
    /// The token does not open.
    #[error("{0}")]
    Sealed(#[from] crate::crypto::CryptoError),
}

/// The revoker; cloning shares it.
#[derive(Clone)]
pub struct Revoker {
    store: Arc<dyn Store>,
    vault: Arc<Vault>,
    hubrise: Api,
    vendors: Arc<Vendors>,
    clock: Clock,
    woken: Arc<Notify>,
}

impl Revoker {
    /// A revoker over these.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, vault: Arc<Vault>, hubrise: Api, vendors: Arc<Vendors>, clock: Clock) -> Self {
        Self { store, vault, hubrise, vendors, clock, woken: Arc::new(Notify::new()) }
    }

    /// Has the loop look at once.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// Looks, tries, waits, for ever; ends when its task is dropped.
    pub async fn run(self) {
        loop {
            match self.round().await {
                // A full batch: there is more.
                Ok(tried) if tried >= BATCH as usize => {}
                Ok(_) => self.rest().await,
                Err(error) => {
                    tracing::warn!(%error, "revocations cannot be read");
                    self.rest().await;
                }
            }
        }
    }

    async fn rest(&self) {
        // Either way it is time to look again.
        let _woken_or_not = tokio::time::timeout(PERIOD, self.woken.notified()).await;
    }

    /// Tries everything that is due, once, all at the same time; says how many.
    pub async fn round(&self) -> passerelle_store::Result<usize> {
        let now = (self.clock)();
        let due = self.store.claim_revocations(now, now + LEASE, BATCH).await?;
        let tried = due.len();
        futures_util::future::join_all(due.iter().map(|revocation| self.attempt(revocation))).await;
        Ok(tried)
    }

    /// Tries one that the caller has claimed, and notes what came of it. True when HubRise knows.
    pub async fn attempt(&self, revocation: &Revocation) -> bool {
        let noted = match self.tell(revocation).await {
            Ok(()) => {
                tracing::info!(vendor = revocation.vendor, till = revocation.till, "token revoked");
                return self.note(self.store.revocation_done(&revocation.id).await);
            }
            Err(error) => {
                let due_at = next_try((self.clock)(), revocation.failures);
                tracing::warn!(vendor = revocation.vendor, till = revocation.till, %error, %due_at, "token not revoked");
                self.store.revocation_failed(&revocation.id, due_at, &error.to_string()).await
            }
        };
        self.note(noted);
        false
    }

    /// Should the note fail, the lease runs out and the try is made again: both calls may be repeated.
    fn note(&self, noted: passerelle_store::Result<()>) -> bool {
        if let Err(error) = &noted {
            tracing::warn!(%error, "what came of a revocation could not be noted");
        }
        noted.is_ok()
    }

    async fn tell(&self, revocation: &Revocation) -> Result<(), RevokeError> {
        let vendor = self
            .vendors
            .get(&revocation.vendor)
            .map_err(|_unknown| RevokeError::VendorGone(revocation.vendor.clone()))?;
        let token = self.vault.open(&revocation.token)?;
        match self.hubrise.delete_callback(&token).await {
            // A dead token has no callback any more; one that may not have callbacks never had one. It is
            // revoked all the same: blocked and unpaid tokens come back to life.
            Ok(()) | Err(Error::TokenDead { .. } | Error::Forbidden { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        match vendor.oauth.revoke(&vendor.credentials, &token).await {
            // HubRise does not know it: there is nothing left to revoke.
            Ok(()) | Err(Error::NotFound) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn next_try(now: Timestamp, failures: u32) -> Timestamp {
    let doubled = FIRST_WAIT.checked_mul(1 << failures.min(16)).unwrap_or(LONGEST_WAIT);
    now + doubled.min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_after_each_failure_but_never_over_an_hour() {
        let now = Timestamp::UNIX_EPOCH;
        let waits = [0, 1, 2, 3, 7, 8, 16, 1000].map(|failures| next_try(now, failures).as_second());
        assert_eq!(waits, [15, 30, 60, 120, 1920, 3600, 3600, 3600]);
    }
}
