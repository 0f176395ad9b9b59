//! Housekeeping: deletes, in small steps, what is over. What that is, the store says.

use std::sync::Arc;
use std::time::Duration;

use passerelle_store::Store;

use crate::revoker::Revoker;
use crate::state::Clock;

/// Rows of each kind a step touches at most, so that no step holds up a writer.
const STEP: u32 = 200;
/// The rest between two sweeps.
const PERIOD: Duration = Duration::from_secs(60);

/// Sweeps for ever; ends when its task is dropped.
pub async fn run(store: Arc<dyn Store>, clock: Clock, revoker: Revoker) {
    loop {
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
