//! Keeping what is said to HubRise on a connection's behalf, for the length of one call.
//!
//! Owns the ear that listens. What belongs to an operation is kept by the caller, with what came of the call; the rest by
//! [`Hub::call`].

use std::sync::{Arc, Mutex, PoisonError};

use passerelle_hubrise::{AccessToken, Api, Call, Error, Observer, Tape, TracingObserver};
use passerelle_store::{ConnectionRow, NewExchange};

use super::{Hub, HubError};
use crate::recorder;

impl Hub {
    /// As [`Hub::call`], and gives back every call made on the way, masked, in order, whatever came of them.
    ///
    /// # Errors
    /// As [`Hub::call`].
    pub async fn call_taped<T, F>(
        &self,
        row: &ConnectionRow,
        make: impl FnOnce(Api, AccessToken) -> F,
    ) -> (Result<T, HubError>, Vec<NewExchange>)
    where
        F: Future<Output = Result<T, Error>>,
    {
        let ear = Arc::new(Ear::default());
        let api = self.api.observed_by(ear.clone());
        let result = self.call_on(api, row, make).await;
        (result, ear.heard())
    }
}

/// Hears the calls, and tells the log of them as ever.
#[derive(Default)]
struct Ear {
    tapes: Mutex<Vec<Tape>>,
}

impl Ear {
    fn heard(&self) -> Vec<NewExchange> {
        let tapes = std::mem::take(&mut *self.tapes.lock().unwrap_or_else(PoisonError::into_inner));
        tapes.into_iter().map(recorder::of_hubrise).collect()
    }
}

impl Observer for Ear {
    fn called(&self, call: &Call<'_>) {
        TracingObserver.called(call);
    }

    fn wants_tape(&self) -> bool {
        true
    }

    fn taped(&self, tape: Tape) {
        self.tapes.lock().unwrap_or_else(PoisonError::into_inner).push(tape);
    }
}
