//! Fetches what HubRise was not able to tell: the events that wait there, one by one, each kept before HubRise may forget
//! it.
//!
//! Owns the order (fetch, keep, delete) and how often HubRise is asked. An event that is being delivered at the same moment
//! is kept once, as any that comes twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::Error;
use passerelle_store::{ConnectionId, ConnectionRow, NewExchange, OperationId, OperationState, Receipt};

use super::event::Event;
use super::ingest::NotKept;
use super::stock;
use crate::hub::HubError;
use crate::state::AppState;

/// The most fetched at once: two calls each, of the 500 a minute HubRise allows a connection.
const MOST: usize = 150;
/// HubRise asks not to be asked more often for one connection.
const APART: SignedDuration = SignedDuration::from_secs(30);

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Drained {
    /// Events that were not known yet.
    pub(super) kept: usize,
    /// Whether there is more to fetch.
    pub(super) more: bool,
}

/// Why events are left where they are.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undrained {
    /// HubRise does not give them out.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// They cannot be kept.
    #[error("events cannot be kept: {0}")]
    Unkept(#[from] NotKept),
}

/// Fetches; knows whom it asked when.
pub(super) struct Drain {
    state: AppState,
    asked: Mutex<HashMap<ConnectionId, Timestamp>>,
}

impl Drain {
    pub(super) fn new(state: AppState) -> Self {
        Self { state, asked: Mutex::default() }
    }

    /// Keeps what waits for a connection at HubRise.
    ///
    /// # Errors
    /// What HubRise answered, or that nothing can be kept; what was kept until then is.
    pub(super) async fn drain(&self, row: &ConnectionRow) -> Result<Drained, Undrained> {
        if !self.may_ask(&row.id) {
            // What was missed since is told by HubRise again, and fetched with the next look.
            return Ok(Drained { kept: 0, more: true });
        }
        let mut drained = Drained::default();
        let (listed, said) =
            self.state.hub().call_taped(row, |api, token| async move { api.callback_events(&token, None).await }).await;
        self.note(row, None, said).await;
        let page = listed?;
        // The rest moves up when these are gone: it is read from its beginning again.
        drained.more = page.next_cursor.is_some() || page.items.len() > MOST;
        let mut left_behind = None;
        for event in page.items.into_iter().take(MOST) {
            match self.fetch(row, &event.id).await {
                Ok(Some(true)) => drained.kept += 1,
                Ok(Some(false)) => {}
                // The connection is no more: nobody is left to keep anything for.
                Ok(None) => return Ok(Drained { more: false, ..drained }),
                Err(error) if concerns_all(&error) => return Err(error),
                Err(error) => {
                    tracing::warn!(connection = row.id.as_str(), event = event.id, %error, "an event could not be fetched");
                    left_behind = Some(error);
                }
            }
        }
        left_behind.map_or(Ok(drained), Err)
    }

    /// Fetches one event, keeps it, has HubRise forget it. Says whether it was new; none when the connection is closed.
    async fn fetch(&self, row: &ConnectionRow, event: &str) -> Result<Option<bool>, Undrained> {
        let (began, at) = (Instant::now(), self.state.now());
        let (fetched, mut said) = {
            let event = event.to_owned();
            let fetch =
                self.state.hub().call_taped(row, |api, token| async move { api.callback_event(&token, &event).await });
            fetch.await
        };
        let body = match fetched {
            Ok(body) => body,
            // Told in between, or by another server.
            Err(HubError::Hubrise(Error::NotFound)) => return Ok(Some(false)),
            Err(error) => {
                self.note(row, None, said).await;
                return Err(error.into());
            }
        };
        let Some(exchange) = said.pop() else { return Ok(Some(false)) };
        let told = Event::read(&body);
        let stocks = self.state.vendors().get(&row.vendor).is_ok_and(|vendor| vendor.purposes().stock);
        if let Some(news) = told.stock.as_ref().filter(|_| stocks) {
            stock::told(&self.state, &row.id, news).await.map_err(|error| NotKept::Store(Arc::new(error)))?;
            self.note(row, None, vec![exchange]).await;
            self.forget(row, event, None).await?;
            return Ok(Some(true));
        }
        if told.is_idle() {
            self.forget(row, event, None).await?;
            return Ok(Some(false));
        }
        let operation = told.operation(row.id.clone(), at, exchange);
        let id = operation.id.clone();
        let new = match self.state.ingest().keep(operation, began).await {
            Ok(Receipt::Kept(state)) => {
                if state == OperationState::Queued {
                    self.state.wake().wake();
                }
                true
            }
            Ok(Receipt::Repeated) => false,
            Ok(Receipt::NoConnection) => return Ok(None),
            Err(error) => {
                self.state.registrar().missed(Some(&row.id));
                return Err(error.into());
            }
        };
        self.forget(row, event, new.then_some(&id)).await?;
        Ok(Some(new))
    }

    /// Has HubRise forget an event that is kept here, or of which nothing is to be kept.
    async fn forget(&self, row: &ConnectionRow, event: &str, operation: Option<&OperationId>) -> Result<(), Undrained> {
        let event = event.to_owned();
        let delete = self
            .state
            .hub()
            .call_taped(row, |api, token| async move { api.delete_callback_event(&token, &event).await });
        let (deleted, said) = delete.await;
        self.note(row, operation, said).await;
        Ok(deleted?)
    }

    /// Keeps what was said; that it is not kept is no reason to leave events where they are.
    async fn note(&self, row: &ConnectionRow, operation: Option<&OperationId>, said: Vec<NewExchange>) {
        if let Err(error) = self.state.store().note_exchanges(&row.id, operation, said).await {
            tracing::warn!(connection = row.id.as_str(), %error, "calls to hubrise could not be kept");
        }
    }

    fn may_ask(&self, id: &ConnectionId) -> bool {
        let now = self.state.now();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody else tidies up here; a clock that was set back since counts as long ago.
        asked.retain(|_, at| now >= *at && now.duration_since(*at) < APART);
        if asked.contains_key(id) {
            return false;
        }
        asked.insert(id.clone(), now);
        true
    }
}

/// Whether the next event would fare no better: what is wrong with one must not hold up those behind it.
fn concerns_all(error: &Undrained) -> bool {
    match error {
        Undrained::Unkept(_) | Undrained::Hub(HubError::Sealed(_)) => true,
        Undrained::Hub(HubError::Hubrise(error)) => !matches!(
            error,
            Error::Nonsense { .. } | Error::MalformedId { .. } | Error::NotFound | Error::Unprocessable { .. }
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_odd_event_does_not_hold_up_the_others() {
        let hub = |error: Error| Undrained::Hub(error.into());
        for error in [Error::Nonsense { what: String::new() }, Error::MalformedId { what: "event id" }] {
            assert!(!concerns_all(&hub(error)));
        }
        for error in [Error::Timeout, Error::Failed { status: 503 }, Error::RateLimited { retry_after: None }] {
            assert!(concerns_all(&hub(error)));
        }
        assert!(concerns_all(&NotKept::Full.into()));
    }
}
