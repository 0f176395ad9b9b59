//! An answer on its way: none yet, then what came or why nothing did; asked for again on demand.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};

use super::{ApiError, until_cleanup};

/// What a call has brought so far.
pub struct Answer<T: Send + Sync + 'static> {
    now: RwSignal<Option<Result<T, ApiError>>>,
    ask: StoredValue<Box<dyn Fn() + Send + Sync>>,
}

impl<T: Send + Sync + 'static> Clone for Answer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Answer<T> {}

impl<T: Clone + Send + Sync + 'static> Answer<T> {
    /// Asks at once. The call is abandoned when the reactive owner goes.
    pub fn to<F>(call: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let now = RwSignal::new(None);
        let owner = Owner::current();
        let ask = move || {
            let call = call();
            let asked = async move {
                let answer = call.await;
                _ = now.try_set(Some(answer));
            };
            match &owner {
                Some(owner) => spawn_local(owner.with(|| until_cleanup(asked))),
                None => spawn_local(asked),
            }
        };
        ask();
        Self { now, ask: StoredValue::new(Box::new(ask)) }
    }

    /// What has come; tracked.
    pub fn get(self) -> Option<Result<T, ApiError>> {
        self.now.get()
    }

    /// Takes what another call has brought.
    pub fn put(self, answer: T) {
        _ = self.now.try_set(Some(Ok(answer)));
    }

    /// Asks again and keeps what is here until then.
    pub fn refresh(self) {
        // A timer may come after the page has gone.
        _ = self.ask.try_with_value(|ask| ask());
    }

    /// Forgets what is here and asks again.
    pub fn retry(self) {
        self.now.set(None);
        self.refresh();
    }
}
