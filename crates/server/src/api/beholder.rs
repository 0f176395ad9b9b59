//! Who looks at a connection's operations, and whose names they get to see. The vendor's support sees them masked until it
//! asks for those of one operation, which is kept (`names.rs`).

use jiff::tz::TimeZone;
use passerelle_store::{ConnectionRow, ExchangeWhole, OperationId, SessionId};

use super::bridging::logged;
use crate::auth::{CurrentSession, person};
use crate::masking::Personal;
use crate::problem::ApiProblem;
use crate::state::AppState;

/// Somebody with a grant on a connection that bridges orders.
#[derive(Clone)]
pub(super) struct Beholder {
    /// The connection.
    pub(super) row: ConnectionRow,
    /// Whether it is the vendor's support.
    pub(super) support: bool,
    session: SessionId,
}

impl Beholder {
    /// Of a call.
    ///
    /// # Errors
    /// `connection_unknown` without a grant, `not_found` where the vendor bridges no orders.
    pub(super) async fn of(state: &AppState, caller: &CurrentSession, connection: String) -> Result<Self, ApiProblem> {
        let row = logged(state, caller, connection).await?;
        let support = person(state, &caller.session, &row.vendor).await?.is_some_and(|user| user.support);
        Ok(Self { row, support, session: caller.session.id.clone() })
    }

    /// The clock the store's people live by; UTC where it is not known.
    pub(super) fn zone(&self) -> TimeZone {
        self.row.timezone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
    }

    /// Whether the names in an operation are hidden from them.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn hides(&self, state: &AppState, operation: &OperationId) -> Result<bool, ApiProblem> {
        if !self.support {
            return Ok(false);
        }
        let shown = state.store().names_shown(&self.row.id, operation, &self.session, state.now()).await?;
        Ok(!shown)
    }

    /// What is hidden in an operation from them; none when nothing is.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn hidden(
        &self,
        state: &AppState,
        operation: &OperationId,
    ) -> Result<Option<Personal>, ApiProblem> {
        if self.hides(state, operation).await? {
            personal(state, &self.row, operation).await.map(Some)
        } else {
            Ok(None)
        }
    }
}

/// What is personal in an operation: in the call that brought it stands whose order it is.
async fn personal(state: &AppState, row: &ConnectionRow, operation: &OperationId) -> Result<Personal, ApiProblem> {
    let calls = state.store().exchanges(&row.id, operation).await?;
    let Some(first) = calls.first() else { return Ok(Personal::default()) };
    let whole = state.store().exchange(&row.id, &first.id).await?;
    Ok(whole.map(|whole| of_call(Personal::default(), &whole)).unwrap_or_default())
}

/// What is known to be personal, and what a call adds to that: a request that a person wrote names whom they want.
pub(super) fn of_call(known: Personal, call: &ExchangeWhole) -> Personal {
    known.and(&String::from_utf8_lossy(&call.request_body)).and(&String::from_utf8_lossy(&call.response_body))
}
