//! The loops: whose turn it is, how many at once, when to look again, and how the engine stops.
//!
//! Owns no decision about an order. Each turn runs in a task of its own, which nothing but the end of the process cuts off:
//! a call under way is never abandoned because somebody else is done.

use std::time::Duration;

use jiff::Timestamp;
use passerelle_store::{StoreError, Turn};

use super::{Delivery, LANES, LEASE, Shared, TELLING_LEASE, TELLINGS};

/// How long tries under way are waited for when the server stops: the longest call, and its outcome committed.
pub const GRACE: Duration = Duration::from_secs(37);
/// The longest the loops sleep: another server may have died, leaving turns behind.
const PERIOD: Duration = Duration::from_secs(5);
/// The shortest, when something is said to be due that nobody can claim: another server has it.
const BREATH: Duration = Duration::from_millis(200);
/// How long orders to be told of are gathered: nobody waits for them, and one claim serves many.
const GATHERING: Duration = Duration::from_millis(20);
/// The rest after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

impl Delivery {
    /// Sends and tells until [`Delivery::stop`]. Tries under way may outlast it: see [`Delivery::ended`].
    pub async fn run(self) {
        tokio::join!(self.send_all(), self.tell_all());
    }

    /// From now on no try begins.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Until what is under way has ended, for up to `grace`. Whatever outlasts it is found by the next server, and nobody
    /// knows what became of it.
    pub async fn ended(&self, grace: Duration) {
        let all = async {
            let _lanes = self.0.lanes.acquire_many(LANES).await;
            let _tellings = self.0.tellings.acquire_many(TELLINGS).await;
        };
        if tokio::time::timeout(grace, all).await.is_err() {
            tracing::warn!(seconds = grace.as_secs(), "orders under way were cut off: their outcome is unknown");
        }
    }

    /// Does what is due, once, and says how much that was: for tests, whose clock does not run by itself.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn step(&self) -> passerelle_store::Result<usize> {
        let turns = self.claim(LANES).await?;
        let mut done = turns.len();
        futures_util::future::join_all(turns.iter().map(|turn| self.0.take_turn(turn))).await;
        let now = self.0.now();
        let tellings = self.0.store.claim_tellings(now, now + TELLING_LEASE, TELLINGS).await?;
        done += tellings.len();
        futures_util::future::join_all(tellings.iter().map(|telling| self.0.tell(telling))).await;
        Ok(done)
    }

    async fn claim(&self, limit: u32) -> Result<Vec<Turn>, StoreError> {
        let now = self.0.now();
        self.0.store.claim_turns(now, now + LEASE, limit).await
    }

    async fn send_all(&self) {
        let lanes = &self.0.lanes;
        while !self.0.is_stopping() {
            // One at least is free before anything is claimed: what is claimed begins at once.
            let Ok(first) = lanes.clone().acquire_owned().await else { return };
            let free = u32::try_from(lanes.available_permits()).unwrap_or(LANES).saturating_add(1);
            drop(first);
            let turns = match self.claim(free).await {
                Ok(turns) => turns,
                Err(error) => {
                    tracing::warn!(%error, "orders to be sent cannot be read");
                    self.0.pause(AFTER_FAILURE, self.0.wake.turns()).await;
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
                self.0.pause(self.0.rest().await, self.0.wake.turns()).await;
            }
        }
    }

    async fn tell_all(&self) {
        let seats = &self.0.tellings;
        while !self.0.is_stopping() {
            let Ok(first) = seats.clone().acquire_owned().await else { return };
            let free = u32::try_from(seats.available_permits()).unwrap_or(TELLINGS).saturating_add(1);
            drop(first);
            let now = self.0.now();
            let due = match self.0.store.claim_tellings(now, now + TELLING_LEASE, free).await {
                Ok(due) => due,
                Err(error) => {
                    tracing::warn!(%error, "orders to be told of cannot be read");
                    self.0.pause(AFTER_FAILURE, self.0.wake.tellings()).await;
                    continue;
                }
            };
            let full = due.len() >= free as usize;
            for telling in due {
                let Ok(seat) = seats.clone().acquire_owned().await else { return };
                let shared = self.0.clone();
                tokio::spawn(async move {
                    shared.tell(&telling).await;
                    drop(seat);
                });
            }
            if !full {
                self.0.pause(self.0.rest().await, self.0.wake.tellings()).await;
                self.0.pause(GATHERING, std::future::pending()).await;
            }
        }
    }
}

impl Shared {
    /// Until the bell rings, the engine stops, or the time is up.
    async fn pause(&self, time: Duration, bell: impl Future<Output = ()>) {
        let mut stopping = self.stopping.subscribe();
        tokio::select! {
            () = bell => {}
            () = tokio::time::sleep(time) => {}
            _stopping = stopping.wait_for(|stopping| *stopping) => {}
        }
    }

    /// How long there is nothing to do, as far as this server's store and clock can tell.
    async fn rest(&self) -> Duration {
        match self.store.next_due().await {
            Ok(due) => until(due, self.now()),
            Err(error) => {
                tracing::warn!(%error, "when the next order is due cannot be read");
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
        assert_eq!(due(1_500), Duration::from_millis(1_500));
        assert_eq!(due(0), BREATH);
        assert_eq!(due(-3_600_000), BREATH, "a clock set back, or another server's");
        assert_eq!(due(3_600_000), PERIOD);
        assert_eq!(until(None, now), PERIOD);
    }
}
