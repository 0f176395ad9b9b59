//! Committing what came of a call that was made: it is known, and must not be lost for a database that is away a moment.
//!
//! Owns the patience. What is committed late still counts: the store lets the end of a try replace the `Unknown` of one that
//! was given up for dead.

use std::time::{Duration, Instant};

use passerelle_store::{StoreError, TryEnded, Turn};

use super::Shared;

/// How long an outcome waits for the database.
const PATIENCE: Duration = Duration::from_mins(10);
/// The first wait between two tries to commit; it doubles, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(50);
/// The longest wait between two.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

impl Shared {
    /// Commits what came of a try, tells who watches, and has the engine look for what waits behind.
    pub(super) async fn commit(&self, turn: &Turn, ended: TryEnded) {
        let (id, lease, state) = (&turn.operation.id, &turn.lease, ended.state);
        let committed = patiently(|| self.store.end_try(id, lease, ended.clone(), self.now())).await;
        if let Err(error) = committed {
            tracing::error!(operation = id.as_str(), ?state, %error, "what came of a try could not be kept");
            return;
        }
        self.live.connection_changed(&turn.operation.connection);
        self.wake.wake();
    }
}

/// Does it again and again while the database is away.
pub(super) async fn patiently<F>(mut write: impl FnMut() -> F) -> Result<(), StoreError>
where
    F: Future<Output = Result<(), StoreError>>,
{
    let begun = Instant::now();
    let mut wait = FIRST_WAIT;
    loop {
        match write().await {
            Err(StoreError::Unavailable(why)) if begun.elapsed() < PATIENCE => {
                tracing::warn!(why, "what came of a call waits for the database");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
            written => return written,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waits_for_a_database_that_comes_back() {
        let tries = Cell::new(0);
        let written = patiently(|| {
            tries.set(tries.get() + 1);
            let away = tries.get() < 5;
            async move { if away { Err(StoreError::Unavailable("away".into())) } else { Ok(()) } }
        });
        assert!(written.await.is_ok());
        assert_eq!(tries.get(), 5);
    }

    #[tokio::test]
    async fn does_not_insist_where_the_database_has_said_no() {
        let tries = Cell::new(0);
        let refused = patiently(|| {
            tries.set(tries.get() + 1);
            async { Err(StoreError::Conflict) }
        });
        assert!(refused.await.is_err());
        assert_eq!(tries.get(), 1);
    }
}
