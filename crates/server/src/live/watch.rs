//! Finds in the store what was changed by others: other handlers, and other servers of the same console.
//!
//! Looks once a second while anybody listens, and not at all otherwise.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_store::{Changes, Store};

use super::Live;
use crate::state::Clock;

/// The rest between two looks.
const PERIOD: Duration = Duration::from_secs(1);
/// How far the first look reaches back: another server's clock may be behind ours. What is found without need is told
/// without harm, for a stream passes on only what it shows otherwise.
const REACH: SignedDuration = SignedDuration::from_secs(5);
/// Changes taken at once; those beyond are left to the next look.
const BATCH: u32 = 500;

/// The look at the store.
pub struct Watch {
    store: Arc<dyn Store>,
    live: Live,
    clock: Clock,
    since: Option<Timestamp>,
}

impl Watch {
    /// A watch over these.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, live: Live, clock: Clock) -> Self {
        Self { store, live, clock, since: None }
    }

    /// Looks for ever; ends when its task is dropped.
    pub async fn run(mut self) {
        loop {
            if self.live.is_empty() {
                // Each stream looks by itself when it begins: what happened before is none of its concern.
                self.since = None;
                self.live.0.sat_down.notified().await;
            }
            if let Err(error) = self.round().await {
                tracing::warn!(%error, "changes cannot be read");
            }
            // Either way it is time to look again.
            let _asked_or_not = tokio::time::timeout(PERIOD, self.live.0.look.notified()).await;
        }
    }

    /// Looks once, and tells what it finds; says how much that is.
    ///
    /// # Errors
    /// When the store cannot be read: the next look reaches back as far.
    pub async fn round(&mut self) -> passerelle_store::Result<usize> {
        let since = self.since.unwrap_or_else(|| (self.clock)() - REACH);
        let Changes { connections, tills, until } = self.store.changed_since(since, BATCH).await?;
        self.since = Some(until);
        for id in &connections {
            self.live.connection_changed(id);
        }
        for (vendor, till) in &tills {
            self.live.till_changed(vendor, till);
        }
        Ok(connections.len() + tills.len())
    }
}
