//! Housekeeping: deletes, in small steps, what is over. What that is, the store says.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_store::Store;

use crate::revoker::Revoker;
use crate::state::Clock;

/// Rows of each kind a step touches at most, so that no step holds up a writer.
const STEP: u32 = 200;
/// Operations a step forgets at most, with all that was said of them: some two hundred rows.
const FORGET_STEP: u32 = 20;
/// The rest between two such steps, in which orders go first.
const BREATH: Duration = Duration::from_millis(50);
/// What is told of a product is kept so long.
const HISTORY: SignedDuration = SignedDuration::from_hours(24 * 30);
/// The rest between two sweeps.
const PERIOD: Duration = Duration::from_secs(60);

/// Sweeps for ever; ends when its task is dropped. Operations are kept for `retention`.
pub async fn run(store: Arc<dyn Store>, clock: Clock, revoker: Revoker, retention: SignedDuration) {
    loop {
        if let Err(error) = forget(&*store, clock(), retention).await {
            tracing::warn!(%error, "forgetting old operations failed");
        }
        if let Err(error) = forget_stock(&*store, clock()).await {
            tracing::warn!(%error, "forgetting old stock failed");
        }
        match store.sweep(clock(), STEP).await {
            Ok(swept) => {
                if swept.unanswered > 0 {
                    revoker.wake();
                }
                if swept.is_full(STEP) {
                    tokio::task::yield_now().await;
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "sweeping failed"),
        }
        tokio::time::sleep(PERIOD).await;
    }
}

/// Forgets the history of stock that is older than a page shows, and idempotency keys of yesterday; says how much.
///
/// # Errors
/// When the store fails.
pub async fn forget_stock(store: &dyn Store, now: Timestamp) -> passerelle_store::Result<u64> {
    let mut forgotten = 0;
    loop {
        match store.forget_stock(now - HISTORY, now, STEP).await? {
            0 => break Ok(forgotten),
            some => forgotten += some,
        }
        tokio::time::sleep(BREATH).await;
    }
}

/// Forgets every operation that is over and has been kept long enough; says how many.
///
/// # Errors
/// When the store fails; what was forgotten before stays forgotten.
pub async fn forget(store: &dyn Store, now: Timestamp, retention: SignedDuration) -> passerelle_store::Result<u64> {
    let Ok(before) = now.checked_sub(retention) else { return Ok(0) };
    let mut forgotten = 0;
    loop {
        match store.forget_operations(before, FORGET_STEP).await? {
            0 => break Ok(forgotten),
            some => forgotten += some,
        }
        tokio::time::sleep(BREATH).await;
    }
}
