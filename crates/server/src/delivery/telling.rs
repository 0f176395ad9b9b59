//! Letting HubRise hear what became of an order, until it has. Never sends the order again.

use jiff::Timestamp;
use passerelle_hubrise::{Error, LocationPath};
use passerelle_store::{ConnectionRow, Level, NewExchange, OperationState, StoreError, Telling, ToTell};
use serde_json::{Value, json};

use super::committing::patiently;
use super::{Shared, rejection, waits};
use crate::hub::HubError;

/// The status of an order that nobody has dealt with.
const NEW: &str = "new";

/// What came of telling.
struct Told {
    telling: Telling,
    due_at: Option<Timestamp>,
    exchanges: Vec<NewExchange>,
}

impl Told {
    fn over(telling: Telling) -> Self {
        Self { telling, due_at: None, exchanges: Vec::new() }
    }
}

impl Shared {
    /// Tells HubRise of one order that this server has claimed, and commits what came of it.
    pub(super) async fn tell(&self, to_tell: &ToTell) {
        let operation = &to_tell.operation;
        let id = operation.id.as_str();
        let Told { telling, due_at, exchanges } = match self.told(to_tell).await {
            Ok(told) => told,
            Err(error) => return tracing::warn!(operation = id, %error, "an order to be told of could not be read"),
        };
        tracing::info!(operation = id, ?telling, "hubrise was to hear of an order");
        let (lease, now) = (&to_tell.lease, self.now());
        let write = || self.store.end_telling(&operation.id, lease, telling, due_at, exchanges.clone(), now);
        match patiently(write).await {
            Ok(()) => self.live.connection_changed(&operation.connection),
            Err(error) => tracing::error!(operation = id, %error, "what hubrise has heard could not be kept"),
        }
    }

    async fn told(&self, to_tell: &ToTell) -> Result<Told, StoreError> {
        let operation = &to_tell.operation;
        let Some(order) = &operation.order else { return Ok(Told::over(Telling::Failed)) };
        let change = match operation.state {
            OperationState::Delivered => json!({"status": "received"}),
            OperationState::Refused => rejection::change(operation.cause.as_deref(), operation.detail.as_deref()),
            // Whatever it is now, it is nothing HubRise has to hear.
            _ => return Ok(Told::over(Telling::Skipped)),
        };
        // HubRise has told of another status by now, or never had it as new: it has moved the order on by itself.
        if to_tell.status.as_deref().is_some_and(|status| status != NEW) {
            return Ok(Told::over(Telling::Skipped));
        }
        // The connection is over: HubRise would not listen.
        let Some(row) = self.store.connection_bare(&operation.connection).await? else {
            return Ok(Told::over(Telling::Failed));
        };
        if let Some(paused) = self.hub.paused(&row.id) {
            return Ok(self.later(to_tell, Some(paused), Vec::new()));
        }
        let (result, exchanges) = self.patch(&row, &order.order_id, &change).await;
        Ok(match result {
            Ok(()) => Told { exchanges, ..Told::over(Telling::Told) },
            Err(HubError::Hubrise(Error::Unprocessable { status: 409 | 422, .. })) => {
                Told { exchanges, ..Told::over(Telling::Skipped) }
            }
            Err(HubError::Hubrise(
                Error::TokenDead { .. }
                | Error::Forbidden { .. }
                | Error::NotFound
                | Error::Unprocessable { .. }
                | Error::MalformedId { .. }
                | Error::CodeRejected
                | Error::ClientRejected,
            )) => Told { exchanges, ..Told::over(Telling::Failed) },
            Err(HubError::Hubrise(Error::RateLimited { retry_after })) => {
                let wished = retry_after.and_then(|after| self.now().checked_add(after).ok());
                self.later(to_tell, wished, exchanges)
            }
            Err(
                HubError::Hubrise(
                    Error::Unreachable { .. } | Error::Timeout | Error::Failed { .. } | Error::Nonsense { .. },
                )
                | HubError::Sealed(_),
            ) => self.later(to_tell, None, exchanges),
        })
    }

    async fn patch(
        &self,
        row: &ConnectionRow,
        order: &str,
        change: &Value,
    ) -> (Result<(), HubError>, Vec<NewExchange>) {
        let location = match (row.level, &row.location) {
            (Level::Account, Some(location)) => Some(location.id.clone()),
            (Level::Location, _) | (Level::Account, None) => None,
        };
        self.hub
            .call_taped(row, |api, token| async move {
                let path = location.as_deref().map_or(LocationPath::Own, LocationPath::Id);
                api.patch_order(&token, path, order, change).await
            })
            .await
    }

    fn later(&self, to_tell: &ToTell, not_before: Option<Timestamp>, exchanges: Vec<NewExchange>) -> Told {
        let operation = &to_tell.operation;
        match waits::next_telling(operation, operation.told_tries, not_before, self.now()) {
            Some(due_at) => Told { telling: Telling::Due, due_at: Some(due_at), exchanges },
            None => Told { exchanges, ..Told::over(Telling::Failed) },
        }
    }
}
