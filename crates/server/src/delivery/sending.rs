//! One turn: prepare, commit that a try begins, make the one call, commit what came of it.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use passerelle_pixelpoint::{Ask, Outcome};
use passerelle_store::{Ended, OperationState, StoreError, Telling, TryEnded, Turn};
use passerelle_wire::{BridgeChoices, Cause};

use super::prepared::{Prepared, Ready, Request};
use super::verdict::{Tried, ended};
use super::{LEASE, LEAST_LEFT, Shared, settings};
use crate::recorder;

/// The rest of a turn that the store failed.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_secs(5);

impl Shared {
    /// Takes a turn that this server has claimed, to its end.
    pub(super) async fn take_turn(&self, turn: &Turn) {
        let id = turn.operation.id.as_str();
        let ended = match turn.operation.state {
            OperationState::Sending => Ok(self.interrupted(turn).await),
            _ => self.send(turn).await,
        };
        match ended {
            Ok(ended) => {
                tracing::info!(operation = id, state = ?ended.state, cause = ended.cause, "an order's try is over");
                self.commit(turn, ended).await;
            }
            Err(error) => {
                tracing::warn!(operation = id, %error, "an order could not be prepared");
                let now = self.now();
                let back = TryEnded { due_at: Some(now + AFTER_FAILURE), ..self.as_before(turn) };
                // If it cannot be given back either, its lease ends.
                if let Err(error) = self.store.end_try(&turn.operation.id, &turn.lease, back, now).await {
                    tracing::warn!(operation = id, %error, "a turn could not be given back");
                }
            }
        }
    }

    /// A try of a server that is gone: nobody knows what became of it.
    async fn interrupted(&self, turn: &Turn) -> TryEnded {
        let operation = &turn.operation;
        let choices = match settings::read(&*self.store, &self.vault, &operation.connection).await {
            Ok(settings) => settings.choices,
            // To hold it is what nobody can regret.
            Err(_unreadable) => BridgeChoices::default(),
        };
        let tried = Tried { operation, choices: &choices, tries: operation.tries, now: self.now() };
        tried.unknown(Cause::Interrupted, None)
    }

    /// # Errors
    /// When the store failed before anything was sent.
    async fn send(&self, turn: &Turn) -> Result<TryEnded, StoreError> {
        if self.is_stopping() {
            return Ok(self.as_before(turn));
        }
        let ready = match self.prepare(turn).await? {
            Prepared::Ready(ready) => ready,
            Prepared::Over(ended) => return Ok(ended),
        };
        let asked = Instant::now();
        let now = self.now();
        let begun = self.store.begin_try(&turn.operation.id, &turn.lease, now, now + LEASE).await?;
        if !begun {
            // Withdrawn in between, or another server's by now. Either way the store knows better than we do.
            return Ok(TryEnded { exchanges: ready.exchanges, ..self.as_before(turn) });
        }
        self.live.connection_changed(&turn.operation.connection);
        if self.is_stopping() || left_of_lease(asked) < LEAST_LEFT.unsigned_abs() {
            return Ok(TryEnded { exchanges: ready.exchanges, ..self.as_before(turn) });
        }
        Ok(self.call(turn, *ready).await)
    }

    /// The call itself.
    async fn call(&self, turn: &Turn, ready: Ready) -> TryEnded {
        let Ready { choices, token, request, notes, sent_with, mut exchanges } = ready;
        let sent = match request {
            Request::Translated(order) => self.eoi.send(&token, choices.debug, &Ask::Order(order)).await,
            Request::Written(request) => self.eoi.send_written(&token, &request).await,
        };
        let operation = &turn.operation;
        let tried = Tried { operation, choices: &choices, tries: operation.tries.saturating_add(1), now: self.now() };
        let ended = tried.of(&sent.outcome);
        exchanges.push(recorder::of_till(sent.tape, how_it_ended(&sent.outcome)));
        TryEnded { notes, sent_with, exchanges, ..ended }
    }

    /// The operation as it was when its turn came, due at once: nothing was sent.
    fn as_before(&self, turn: &Turn) -> TryEnded {
        let operation = &turn.operation;
        TryEnded {
            cause: operation.cause.clone(),
            detail: operation.detail.clone(),
            due_at: Some(self.now()),
            telling: Telling::None,
            ..ended(OperationState::Queued, None, None)
        }
    }
}

/// What is left of the lease that was asked for then, by a clock that nobody sets.
fn left_of_lease(asked: Instant) -> Duration {
    LEASE.unsigned_abs().saturating_sub(asked.elapsed())
}

/// How a call to the till ended, for its exchange.
pub(crate) const fn how_it_ended(outcome: &Outcome) -> Ended {
    match outcome {
        Outcome::Unsent { .. } => Ended::Unsent,
        Outcome::NoAnswer { .. } => Ended::Unanswered,
        Outcome::Accepted(_) | Outcome::Refused(_) | Outcome::Nonsense { .. } => Ended::Answered,
    }
}
