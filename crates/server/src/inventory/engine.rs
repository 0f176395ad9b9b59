//! The loop: whose turn it is, how many at once, when to look again, and how the engine stops. Owns no decision about stock.

use std::time::Duration;

use jiff::Timestamp;
use passerelle_store::StockTurn;

use super::{Inventory, LANES, LEASE, Shared};

/// How long calls under way are waited for when the server stops: the longest call, and its outcome committed. What outlasts
/// it is in doubt, and is sent again.
pub const GRACE: Duration = Duration::from_secs(32);
/// The longest the loop sleeps: another server may have died, leaving turns behind.
const PERIOD: Duration = Duration::from_secs(5);
/// The shortest, when something is said to be due that nobody can claim: another server has it.
const BREATH: Duration = Duration::from_millis(50);
/// The rest after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

impl Inventory {
    /// Sends until [`Inventory::stop`]. Calls under way may outlast it: see [`Inventory::ended`].
    pub async fn run(self) {
        let lanes = &self.0.lanes;
        while !self.0.is_stopping() {
            // One at least is free before anything is claimed: what is claimed begins at once.
            let Ok(first) = lanes.clone().acquire_owned().await else { return };
            let free = u32::try_from(lanes.available_permits()).unwrap_or(LANES).saturating_add(1);
            drop(first);
            let turns = match self.claim(free).await {
                Ok(turns) => turns,
                Err(error) => {
                    tracing::warn!(%error, "stock to be sent cannot be read");
                    self.0.pause(AFTER_FAILURE).await;
                    continue;
                }
            };
            let full = turns.len() >= free as usize;
            for turn in turns {
                let Ok(lane) = lanes.clone().acquire_owned().await else { return };
                let shared = self.0.clone();
                tokio::spawn(async move {
                    shared.take_turn(&turn).await;
                    drop(lane);
                });
            }
            if !full {
                self.0.pause(self.0.rest().await).await;
            }
        }
    }

    /// From now on no call begins.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Until what is under way has ended, for up to `grace`.
    pub async fn ended(&self, grace: Duration) {
        let all = async {
            let _lanes = self.0.lanes.acquire_many(LANES).await;
        };
        if tokio::time::timeout(grace, all).await.is_err() {
            tracing::warn!(seconds = grace.as_secs(), "stock under way was cut off: it is sent again");
        }
    }

    /// Does what is due, once, and says how many turns that was: for tests, whose clock does not run by itself.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn step(&self) -> passerelle_store::Result<usize> {
        let turns = self.claim(LANES).await?;
        futures_util::future::join_all(turns.iter().map(|turn| self.0.take_turn(turn))).await;
        Ok(turns.len())
    }

    async fn claim(&self, limit: u32) -> passerelle_store::Result<Vec<StockTurn>> {
        let now = self.0.now();
        self.0.store.claim_stock(now, now + LEASE, limit).await
    }
}

impl Shared {
    /// Until the bell rings, the engine stops, or the time is up.
    async fn pause(&self, time: Duration) {
        let mut stopping = self.stopping.subscribe();
        tokio::select! {
            () = self.bell.rung() => {}
            () = tokio::time::sleep(time) => {}
            _stopping = stopping.wait_for(|stopping| *stopping) => {}
        }
    }

    /// How long there is nothing to do, as far as this server's store and clock can tell.
    async fn rest(&self) -> Duration {
        match self.store.next_stock_due().await {
            Ok(due) => until(due, self.now()),
            Err(error) => {
                tracing::warn!(%error, "when stock is due next cannot be read");
                AFTER_FAILURE
            }
        }
    }
}

fn until(due: Option<Timestamp>, now: Timestamp) -> Duration {
    let Some(due) = due else { return PERIOD };
    Duration::try_from(due.duration_since(now)).unwrap_or(Duration::ZERO).clamp(BREATH, PERIOD)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn rests_until_the_next_is_due_and_never_long_nor_not_at_all() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(9);
        let due = |millis| until(Some(now + SignedDuration::from_millis(millis)), now);
        assert_eq!(
            [due(1_800), due(0), due(-9_000), due(60_000)],
            [Duration::from_millis(1_800), BREATH, BREATH, PERIOD]
        );
        assert_eq!(until(None, now), PERIOD);
    }
}
