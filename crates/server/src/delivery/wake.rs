//! The bell that tells the engine to look at once. Owns no queue: what is to be done is in the store, and a ring that
//! nobody hears costs the engine's next look by itself.

use std::sync::Arc;

use tokio::sync::Notify;

/// Has the engine look at once; cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Wake(Arc<Bells>);

#[derive(Debug, Default)]
struct Bells {
    turns: Notify,
    tellings: Notify,
}

impl Wake {
    /// Something was committed that is to be sent or told. Ringing twice before anybody looks is ringing once.
    pub fn wake(&self) {
        self.0.turns.notify_one();
        self.0.tellings.notify_one();
    }

    /// Until there may be something to send.
    pub(super) async fn turns(&self) {
        self.0.turns.notified().await;
    }

    /// Until there may be something to tell HubRise.
    pub(super) async fn tellings(&self) {
        self.0.tellings.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_ring_before_anybody_listens_is_heard_once_by_each() {
        let wake = Wake::default();
        wake.clone().wake();
        wake.wake();
        wake.turns().await;
        wake.tellings().await;
        let rung_again = tokio::select! {
            biased;
            () = wake.turns() => true,
            () = std::future::ready(()) => false,
        };
        assert!(!rung_again);
    }
}
