//! Looks again at connections whose last call failed, so that one which HubRise takes again recovers by itself.
//!
//! Owns how often and how many at once. Which ones are due, and that no other server looks at the same, is the store's;
//! the look itself, and noting what came of it, is the hub's.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_store::{ConnectionRow, Health, Store};

use crate::callbacks::Errands;
use crate::hub::Hub;
use crate::state::Clock;

/// The rest between two rounds. With [`AGAIN`] each failing connection is looked at every 30 seconds: the minute within
/// which a recovery shows holds two looks.
const PERIOD: Duration = Duration::from_secs(15);
/// A connection is due this long after its last look; a little less than two rounds, so that none slips to a third.
const AGAIN: SignedDuration = SignedDuration::from_secs(25);
/// A revoked token does not come back: HubRise gives a new one. Looked at all the same, in case its message misled us.
const REVOKED_AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// How long a claim holds: a call of ten seconds, and room.
const LEASE: SignedDuration = SignedDuration::from_secs(20);
/// How many are looked at at once.
const BATCH: u32 = 32;

/// The prober.
pub struct Prober {
    store: Arc<dyn Store>,
    hub: Hub,
    registrar: Errands,
    clock: Clock,
}

impl Prober {
    /// A prober over these.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, hub: Hub, registrar: Errands, clock: Clock) -> Self {
        Self { store, hub, registrar, clock }
    }

    /// Looks, rests, for ever; ends when its task is dropped.
    pub async fn run(self) {
        loop {
            match self.round().await {
                // A full batch: there are more.
                Ok(claimed) if claimed >= BATCH as usize => continue,
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "failing connections cannot be read"),
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// Looks once at a batch of what is due, all at the same time; says how many were due.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn round(&self) -> passerelle_store::Result<usize> {
        let now = (self.clock)();
        let due = self.store.claim_unhealthy(now, now - AGAIN, now + LEASE, BATCH).await?;
        futures_util::future::join_all(
            due.iter().filter(|row| self.is_worth_a_call(row, now)).map(|row| self.look(row)),
        )
        .await;
        Ok(due.len())
    }

    async fn look(&self, row: &ConnectionRow) {
        match self.hub.check(row).await {
            Ok(()) => {
                tracing::info!(connection = row.id.as_str(), was = ?row.health, "a connection has recovered");
                // What HubRise could not tell in the meantime waits there.
                self.registrar.look(row, (self.clock)()).await;
            }
            Err(error) => tracing::debug!(connection = row.id.as_str(), %error, "a connection still fails"),
        }
    }

    fn is_worth_a_call(&self, row: &ConnectionRow, now: Timestamp) -> bool {
        let tired = row.health == Health::Revoked
            && row.last_failed_at.is_some_and(|last| now.duration_since(last) < REVOKED_AGAIN);
        !tired && self.hub.paused(&row.id).is_none()
    }
}
