//! Sees to it that HubRise tells: registers each connection's callback, looks at it daily and whenever asked, puts it
//! right, and fetches what HubRise was not able to tell.
//!
//! Owns when a callback is looked at again; what it must be is in `wanted`. Which ones are due, and that no other server looks at the
//! same, is the store's; fetching is in `drain`.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::Error;
use passerelle_store::{ConnectionId, ConnectionRow, NewExchange, NewOperation, OperationKind, OperationState, Result};
use passerelle_wire::Cause;

use super::drain::{Drain, Drained, Undrained};
use super::errands::Missed;
use super::wanted::Wanted;
use crate::delivery::cause::stored;
use crate::hub::HubError;
use crate::recorder;
use crate::state::AppState;

/// The rest between two rounds, if nobody asks before.
const PERIOD: Duration = Duration::from_secs(15);
/// How long a claim holds; [`LONGEST_LOOK`], and room.
const LEASE: SignedDuration = SignedDuration::from_secs(150);
/// How long a look may take before it is left to a later one.
const LONGEST_LOOK: Duration = Duration::from_secs(120);
/// How many are looked at at once.
const BATCH: u32 = 16;
/// How long a callback found right is believed: a day, and less for some, so that not all are looked at in one minute.
const BELIEVED: SignedDuration = SignedDuration::from_hours(24);
/// The most taken off that.
const SPREAD_SECONDS: i64 = 2 * 60 * 60;
/// After a failure that may pass: HubRise out of reach, or in trouble.
const AGAIN: SignedDuration = SignedDuration::from_mins(2);
/// After one that takes a person to mend: no right, a dead token. Connecting again is looked at by itself.
const TIRED: SignedDuration = SignedDuration::from_hours(1);

/// The registrar.
pub struct Registrar {
    state: AppState,
    drain: Drain,
}

/// What a look has found.
struct Found {
    /// Whether the callback was put right.
    mended: bool,
    /// What HubRise was not able to tell, and whether there is more.
    drained: Drained,
}

impl Registrar {
    /// A registrar over this state.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        let drain = Drain::new(state.clone());
        Self { state, drain }
    }

    /// Looks, rests, for ever; ends when its task is dropped.
    pub async fn run(self) {
        loop {
            match self.round().await {
                // A full batch: there are more.
                Ok(claimed) if claimed >= BATCH as usize => continue,
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "callbacks to look at cannot be read"),
            }
            // Either way it is time to look again.
            let _asked_or_not = tokio::time::timeout(PERIOD, self.state.registrar().woken()).await;
        }
    }

    /// Looks at a batch of what is due, all at the same time; says how many were due.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn round(&self) -> Result<usize> {
        let vendors = self.state.registrar().listening();
        let now = self.state.now();
        self.see_to_missed(vendors, now).await?;
        let due = self.state.store().claim_registrations(vendors, now, now + LEASE, BATCH).await?;
        futures_util::future::join_all(due.iter().map(|id| self.look(id))).await;
        Ok(due.len())
    }

    /// Makes those due whose events may have been missed; what cannot be done now is not forgotten.
    async fn see_to_missed(&self, vendors: &[String], now: Timestamp) -> Result<()> {
        let (store, errands) = (self.state.store(), self.state.registrar());
        match errands.take_missed() {
            Missed::Anybodys => {
                let asked = store.ask_registrations(vendors, now).await;
                asked.inspect_err(|_| errands.missed(None))
            }
            Missed::Of(connections) => {
                let mut outcome = Ok(());
                for connection in connections {
                    if outcome.is_ok() {
                        outcome = store.ask_registration(&connection, now).await;
                    }
                    if outcome.is_err() {
                        errands.missed(Some(&connection));
                    }
                }
                outcome
            }
        }
    }

    async fn look(&self, id: &ConnectionId) {
        match tokio::time::timeout(LONGEST_LOOK, self.look_at(id)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(connection = id.as_str(), %error, "what came of looking at a callback could not be noted");
            }
            // The lease runs out, and it is looked at again.
            Err(_elapsed) => tracing::warn!(connection = id.as_str(), "looking at a callback took too long"),
        }
    }

    async fn look_at(&self, id: &ConnectionId) -> Result<()> {
        let store = self.state.store();
        // Closed in between: nothing to look at.
        let Some(row) = store.connection_bare(id).await? else { return Ok(()) };
        let before = store.registration(id).await?;
        let asked = self.state.registrar().take_asked(id);
        let Ok(vendor) = self.state.vendors().get(&row.vendor) else { return Ok(()) };
        let wanted = Wanted::of(super::address(&self.state, &row.vendor), &row.scope, vendor.purposes());
        let (mended, said) = {
            let wanted = wanted.clone();
            self.state.hub().call_taped(&row, |api, token| async move { wanted.see_to(&api, &token).await }).await
        };
        // Set up for the first time, nothing was wrong with it.
        let repaired = matches!(mended, Ok(true)) && before.verified_at.is_some();
        self.record(&row, asked || repaired, &mended, said).await?;
        let found = match mended {
            Ok(mended) => self.drain.drain(&row).await.map(|drained| Found { mended, drained }),
            Err(error) => Err(error.into()),
        };
        let now = self.state.now();
        let (error, due_at) = match &found {
            Ok(Found { drained: Drained { more: true, .. }, .. }) => (None, now + SignedDuration::from_mins(1)),
            Ok(_) => (None, now + believed(id)),
            Err(error) => (Some(error.to_string()), now + wait_after(error)),
        };
        match &found {
            Ok(found) if found.mended || found.drained.kept > 0 => {
                let (registered, events) = (found.mended, found.drained.kept);
                tracing::info!(connection = id.as_str(), registered, events, "a callback was seen to");
            }
            Ok(_) => tracing::debug!(connection = id.as_str(), "a callback is as it must be"),
            Err(error) => tracing::warn!(connection = id.as_str(), %error, "a callback could not be seen to"),
        }
        store.note_registration(id, now, error.as_deref(), repaired, due_at).await?;
        if error.is_none() && row.timezone.is_none() {
            // The first orders' times are the store's. That it cannot be asked now is noted with the connection's health.
            let _asked = self.state.hub().check(&row).await;
        }
        self.state.live().connection_changed(id);
        Ok(())
    }

    /// Keeps what was said: as an operation where a person asked or something was wrong, else as the connection's.
    async fn record(
        &self,
        row: &ConnectionRow,
        worth_a_line: bool,
        mended: &std::result::Result<bool, HubError>,
        mut said: Vec<NewExchange>,
    ) -> Result<()> {
        let store = self.state.store();
        if !worth_a_line {
            return store.note_exchanges(&row.id, None, said).await;
        }
        let (state, cause, detail) = match mended {
            Ok(false) => (OperationState::Noted, None, "the callback at hubrise is as it must be".to_owned()),
            Ok(true) => {
                (OperationState::Noted, None, "the callback at hubrise was wrong, and has been put right".to_owned())
            }
            Err(error) => (OperationState::Failed, Some(stored(Cause::HubriseRefused)), error.to_string()),
        };
        let operation = NewOperation {
            terms: Vec::new(),
            erases: None,
            id: recorder::operation_id(),
            connection: row.id.clone(),
            kind: OperationKind::System,
            event_id: None,
            order: None,
            state,
            cause,
            detail: Some(detail),
            received_at: self.state.now(),
            exchange: (!said.is_empty()).then(|| said.remove(0)),
        };
        let id = operation.id.clone();
        store.receive(vec![operation]).await?;
        store.note_exchanges(&row.id, Some(&id), said).await
    }
}

/// The same for one connection every day, and spread over all of them.
fn believed(id: &ConnectionId) -> SignedDuration {
    let spread = id.as_str().bytes().fold(0_i64, |sum, byte| (sum * 31 + i64::from(byte)) % SPREAD_SECONDS);
    BELIEVED - SignedDuration::from_secs(spread)
}

fn wait_after(error: &Undrained) -> SignedDuration {
    let Undrained::Hub(error) = error else { return AGAIN };
    match error {
        HubError::Hubrise(Error::RateLimited { retry_after }) => {
            let asked = retry_after.and_then(|wait| SignedDuration::try_from(wait).ok()).unwrap_or_default();
            asked.clamp(AGAIN, TIRED)
        }
        HubError::Hubrise(Error::TokenDead { .. } | Error::Forbidden { .. } | Error::Unprocessable { .. })
        | HubError::Sealed(_) => TIRED,
        HubError::Hubrise(_) => AGAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callback_is_believed_for_a_day_at_most_and_not_all_for_as_long() {
        let waits: Vec<_> = ["a", "k7Zq", "another one"].map(|id| believed(&ConnectionId::new(id))).to_vec();
        assert!(waits.iter().all(|wait| *wait <= BELIEVED && *wait > SignedDuration::from_hours(21)), "{waits:?}");
        assert_ne!(waits[1], waits[2]);
    }

    #[test]
    fn waits_as_long_as_hubrise_asks_within_reason_and_longer_for_what_takes_a_person() {
        let hub = |error: Error| Undrained::Hub(error.into());
        let limited = |seconds| {
            let retry_after = Some(Duration::from_secs(seconds));
            wait_after(&hub(Error::RateLimited { retry_after })).as_secs()
        };
        assert_eq!([limited(0), limited(300), limited(1_000_000)], [120, 300, 3600]);
        assert_eq!(wait_after(&hub(Error::Timeout)), AGAIN);
        assert_eq!(wait_after(&hub(Error::Forbidden { message: String::new() })), TIRED);
    }
}
