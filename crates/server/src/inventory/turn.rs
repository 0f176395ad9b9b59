//! One turn of a lane: know what HubRise holds, find what differs, commit that a call begins, make it, commit what came of
//! it. A turn over the whole state is `sync`'s.

use std::sync::Arc;

use jiff::Timestamp;
use passerelle_hubrise::catalog::Catalog;
use passerelle_hubrise::{AccessToken, Api, InventoryChange, InventoryEntry, InventoryKey, LocationPath};
use passerelle_store::{
    ConnectionRow, Level, NamedRef, NewExchange, OperationId, OperationState, StockCall, StockKind, StockLeave,
    StockLevel, StockRef, StockSend, StockSent, StockSyncState, StockSyncStep, StockTill, StockTurn, StockTurnEnded,
    StoreError,
};
use passerelle_wire::Cause;

use super::menu::{Menu, Read};
use super::outcome::{Follows, follows};
use super::pace::{LIMITS, again, bounded, earliest};
use super::quantity::canonical;
use super::wanted::{Difference, difference};
use super::{CATALOG_BELIEVED, GATHERING, LEASE, Shared};
use crate::delivery::cause::stored;
use crate::hub::HubError;
use crate::recorder;

/// Why a turn goes no further.
pub(super) enum Stop {
    /// It is over, in this way.
    Ended(Box<StockTurnEnded>),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What came of a call, and what was said.
type Called<T> = (Result<T, HubError>, Vec<NewExchange>);

/// What a turn works on.
pub(super) struct Work<'a> {
    pub(super) turn: &'a StockTurn,
    pub(super) row: ConnectionRow,
    pub(super) catalog: NamedRef,
    /// The operation under way, or the one to be made.
    pub(super) operation: OperationId,
    pub(super) began: Timestamp,
}

impl Shared {
    /// Takes a turn that this server has claimed, to its end.
    pub(super) async fn take_turn(&self, turn: &StockTurn) {
        let connection = turn.connection.as_str();
        let ended = match self.work(turn).await {
            Ok(ended) => ended,
            Err(Stop::Ended(ended)) => *ended,
            Err(Stop::Store(error)) => {
                // The lease ends, and what was put in doubt is sent again.
                tracing::warn!(connection, %error, "a turn of stock could not be finished");
                return;
            }
        };
        if let Some(sent) = &ended.sent {
            tracing::info!(connection, state = ?sent.state, cause = sent.cause, "stock was sent");
        }
        if let Err(error) = self.store.end_stock_turn(&turn.connection, &turn.lease, ended).await {
            tracing::error!(connection, %error, "what came of a send of stock could not be kept: it is sent again");
            return;
        }
        self.live.connection_changed(&turn.connection);
        self.bell.ring();
    }

    async fn work(&self, turn: &StockTurn) -> Result<StockTurnEnded, Stop> {
        let now = self.now();
        if self.is_stopping() {
            return Ok(nothing(now));
        }
        let Some(row) = self.store.connection_bare(&turn.connection).await? else { return Ok(nothing(now)) };
        let Some(head) = self.store.stock_head(&turn.connection).await? else { return Ok(nothing(now)) };
        let operation = turn.lane.operation.clone().unwrap_or_else(recorder::operation_id);
        let Some(catalog) = row.catalog.clone() else {
            // Nothing can be sent until one is chosen, which has the lane look.
            return Ok(StockTurnEnded {
                done: Some(head.till.changes),
                sync: failing(turn, Cause::HubriseRefused),
                ..nothing(now)
            });
        };
        let work = Work { turn, row, catalog, operation, began: now };
        if !head.till.sending {
            return Err(work.off(now));
        }
        let syncing = turn.lane.sync.as_ref().is_some_and(|sync| sync.state.is_under_way());
        if let Some(until) = self.hub.paused(&turn.connection) {
            return Err(work.limited(until, now));
        }
        if !syncing && turn.lane.failures == 0 {
            let earliest = earliest(turn.lane.calls, LIMITS, turn.lane.sent_at, now);
            if earliest > now {
                return Ok(StockTurnEnded { not_before: Some(bounded(earliest, now)), ..nothing(now) });
            }
        }
        if syncing {
            return self.synchronise(&work).await;
        }
        let mut menu = self.menu(&work).await?;
        if turn.lane.known_catalog.as_deref() != Some(&work.catalog.id) || turn.lane.looked < turn.lane.looks {
            self.look(&work).await?;
        }
        // Of another catalog than before, nothing was sent yet.
        let swapped = turn.lane.known_catalog.as_ref().is_some_and(|known| *known != work.catalog.id);
        if turn.lane.done >= head.till.changes && !swapped {
            return Ok(nothing(self.now()));
        }
        let (mut said, mut read_anew) = (Vec::new(), false);
        loop {
            let Some(view) = self.store.stock_differing(&turn.connection).await? else { return Ok(nothing(now)) };
            let found = difference(&view.entries, &view.held, &menu.menu, self.now());
            let old = menu.at + CATALOG_BELIEVED <= self.now();
            if !found.unknown.is_empty() && old && !read_anew {
                read_anew = true;
                menu = self.read_menu(&work).await?;
                continue;
            }
            if found.levels.is_empty() {
                return Ok(work.nothing_left(&view.till, said, self.now()));
            }
            let result = self.patch(&work, &found, &mut said).await?;
            let ended = match result.as_ref().map_err(|error| follows(error, self.now())) {
                Ok(()) => work.taken(false, found.levels, &view.till, said, self.now()),
                Err(Follows::Stale) if !read_anew => {
                    read_anew = true;
                    menu = self.read_menu(&work).await?;
                    continue;
                }
                Err(follows) => work.failed(&result, follows, false, &view.till, said, self.now()),
            };
            return Ok(ended);
        }
    }

    async fn patch(
        &self,
        work: &Work<'_>,
        found: &Difference,
        said: &mut Vec<NewExchange>,
    ) -> Result<Result<(), HubError>, Stop> {
        let send = StockSend {
            operation: work.operation.clone(),
            notes: serde_json::to_string(&found.facts(false)).unwrap_or_default(),
            whole: false,
            refs: found.levels.iter().map(|level| level.of.clone()).collect(),
        };
        let changes = changes(&found.levels);
        let (catalog, place) = (work.catalog.id.clone(), Place::of(&work.row));
        let (result, heard) = self
            .call(work, Some(send), |api, token| async move {
                api.patch_inventory(&token, &catalog, place.path(), &changes).await
            })
            .await?;
        said.extend(heard);
        Ok(result)
    }

    /// Commits that a call begins, and makes it.
    pub(super) async fn call<T, F>(
        &self,
        work: &Work<'_>,
        send: Option<StockSend>,
        make: impl FnOnce(Api, AccessToken) -> F,
    ) -> Result<Called<T>, Stop>
    where
        F: Future<Output = Result<T, passerelle_hubrise::Error>>,
    {
        let now = self.now();
        let sends = send.is_some();
        let call = StockCall {
            connection: work.row.id.clone(),
            lease: work.turn.lease.clone(),
            lease_until: now + LEASE,
            catalog: work.catalog.id.clone(),
            limits: LIMITS,
            at: now,
            send,
        };
        match self.store.begin_stock_call(call).await? {
            StockLeave::Given => {}
            StockLeave::Limited(until) => return Err(work.limited(until, now)),
            StockLeave::Off => return Err(work.off(now)),
            // Another catalog, another server, or nobody's any more: the store knows better.
            StockLeave::Lost => return Err(Stop::Ended(Box::new(nothing(now)))),
        }
        if sends {
            self.live.connection_changed(&work.row.id);
        }
        Ok(self.hub.call_taped(&work.row, make).await)
    }

    /// A call that reads: kept with the connection.
    async fn read<T, F>(&self, work: &Work<'_>, make: impl FnOnce(Api, AccessToken) -> F) -> Result<T, Stop>
    where
        F: Future<Output = Result<T, passerelle_hubrise::Error>>,
    {
        let (result, said) = self.call(work, None, make).await?;
        if let Err(error) = self.store.note_exchanges(&work.row.id, None, said).await {
            tracing::warn!(connection = work.row.id.as_str(), %error, "what was said to hubrise could not be kept");
        }
        result.map_err(|error| work.unread(&error, self.now()))
    }

    /// The connection's catalog, as it was last read; read now if it never was, or has changed.
    pub(super) async fn menu(&self, work: &Work<'_>) -> Result<Read, Stop> {
        match self.menus.get(&*self.store, &work.row.id, &work.catalog.id).await? {
            Some(read) => Ok(read),
            None => self.read_menu(work).await,
        }
    }

    /// The connection's catalog, as it is. A heavy call: ten a minute.
    pub(super) async fn read_menu(&self, work: &Work<'_>) -> Result<Read, Stop> {
        let id = work.catalog.id.clone();
        let catalog: Catalog = self.read(work, |api, token| async move { api.catalog(&token, &id).await }).await?;
        let kept = self.menus.keep(&*self.store, &work.row.id, &work.catalog.id, &catalog, self.now()).await?;
        Ok(kept.unwrap_or_else(|| Read { menu: Arc::new(Menu::default()), at: work.began }))
    }

    /// Reads what HubRise holds, and keeps it.
    pub(super) async fn look(&self, work: &Work<'_>) -> Result<Vec<StockLevel>, Stop> {
        let levels = self.inventory(work).await?;
        let (id, lease, looks) = (&work.row.id, &work.turn.lease, work.turn.lane.looks);
        let now = self.now();
        if self.store.note_stock_held(id, lease, &work.catalog.id, levels.clone(), looks, now).await? {
            Ok(levels)
        } else {
            Err(Stop::Ended(Box::new(nothing(now))))
        }
    }

    /// What HubRise holds.
    pub(super) async fn inventory(&self, work: &Work<'_>) -> Result<Vec<StockLevel>, Stop> {
        let (id, place) = (work.catalog.id.clone(), Place::of(&work.row));
        let entries =
            self.read(work, |api, token| async move { api.inventory(&token, &id, place.path()).await }).await?;
        Ok(entries.into_iter().filter_map(level).collect())
    }
}

impl Work<'_> {
    /// HubRise has taken it.
    pub(super) fn taken(
        &self,
        whole: bool,
        levels: Vec<StockLevel>,
        till: &StockTill,
        said: Vec<NewExchange>,
        now: Timestamp,
    ) -> StockTurnEnded {
        let sent = StockSent {
            state: OperationState::Delivered,
            cause: None,
            detail: None,
            whole,
            taken: Some(levels),
            ..self.sent(said)
        };
        let not_before = Some((self.began + GATHERING).max(now));
        StockTurnEnded { sent: Some(sent), done: Some(till.changes), not_before, ..nothing(now) }
    }

    /// It has not, or nobody knows.
    pub(super) fn failed(
        &self,
        result: &Result<(), HubError>,
        follows: Follows,
        whole: bool,
        till: &StockTill,
        said: Vec<NewExchange>,
        now: Timestamp,
    ) -> StockTurnEnded {
        let detail = result.as_ref().err().map(ToString::to_string);
        let (cause, asked, given_up) = match follows {
            Follows::Again(cause, asked) => (cause, asked, false),
            Follows::Dead => (Cause::HubriseRefused, None, false),
            Follows::Stale => (Cause::HubriseRefused, None, true),
        };
        let state = if given_up { OperationState::Failed } else { OperationState::Queued };
        let sent = StockSent { state, cause: Some(stored(cause)), detail, whole, taken: None, ..self.sent(said) };
        StockTurnEnded {
            sent: Some(sent),
            // Given up until something changes: it is in doubt, and goes with the next change.
            done: given_up.then_some(till.changes),
            cause: Some(stored(cause)),
            sync: None,
            not_before: Some(again(self.turn.lane.failures, asked, now)),
            at: now,
        }
    }

    /// There is nothing to send (any more).
    fn nothing_left(&self, till: &StockTill, said: Vec<NewExchange>, now: Timestamp) -> StockTurnEnded {
        // A send that failed before, and whose reason is gone.
        let open = self.turn.lane.operation.is_some() || !said.is_empty();
        let sent = open.then(|| StockSent {
            state: OperationState::Noted,
            cause: None,
            detail: None,
            whole: false,
            taken: None,
            ..self.sent(said)
        });
        StockTurnEnded { sent, done: Some(till.changes), ..nothing(now) }
    }

    fn sent(&self, exchanges: Vec<NewExchange>) -> StockSent {
        StockSent {
            operation: self.operation.clone(),
            state: OperationState::Noted,
            cause: None,
            detail: None,
            catalog: self.catalog.id.clone(),
            whole: false,
            taken: None,
            exchanges,
        }
    }

    /// What had to be read could not be.
    fn unread(&self, error: &HubError, now: Timestamp) -> Stop {
        let (cause, asked) = match follows(error, now) {
            Follows::Again(cause, asked) => (cause, asked),
            Follows::Stale | Follows::Dead => (Cause::HubriseRefused, None),
        };
        let sync = match cause {
            Cause::HubriseRefused => failing(self.turn, cause),
            _ => waiting(self.turn, cause),
        };
        let ended = StockTurnEnded {
            cause: Some(stored(cause)),
            sync,
            not_before: Some(again(self.turn.lane.failures, asked, now)),
            ..nothing(now)
        };
        Stop::Ended(Box::new(ended))
    }

    /// As many calls were made as HubRise allows, or it asked to wait.
    fn limited(&self, until: Timestamp, now: Timestamp) -> Stop {
        let cause = Cause::HubriseLimited;
        let ended = StockTurnEnded {
            cause: Some(stored(cause)),
            sync: waiting(self.turn, cause),
            not_before: Some(bounded(until, now)),
            ..nothing(now)
        };
        Stop::Ended(Box::new(ended))
    }

    /// Sending was switched off.
    fn off(&self, now: Timestamp) -> Stop {
        let sent = self.turn.lane.operation.is_some().then(|| StockSent {
            state: OperationState::Withdrawn,
            cause: Some(stored(Cause::SendingOff)),
            ..self.sent(Vec::new())
        });
        Stop::Ended(Box::new(StockTurnEnded { sent, sync: failing(self.turn, Cause::SendingOff), ..nothing(now) }))
    }
}

/// A turn in which nothing came about.
pub(super) fn nothing(at: Timestamp) -> StockTurnEnded {
    StockTurnEnded { sent: None, done: None, cause: None, sync: None, not_before: None, at }
}

fn step(turn: &StockTurn, state: StockSyncState, cause: Cause) -> Option<StockSyncStep> {
    let sync = turn.lane.sync.as_ref().filter(|sync| sync.state.is_under_way())?;
    Some(StockSyncStep { id: sync.id.clone(), state, cause: Some(stored(cause)), result: None, operation: None })
}

/// The synchronisation, if one is under way, is given up.
pub(super) fn failing(turn: &StockTurn, cause: Cause) -> Option<StockSyncStep> {
    step(turn, StockSyncState::Failed, cause)
}

/// The same, which begins anew with the lane's next turn.
pub(super) fn waiting(turn: &StockTurn, cause: Cause) -> Option<StockSyncStep> {
    step(turn, StockSyncState::Waiting, cause)
}

/// What is sent.
pub(super) fn changes(levels: &[StockLevel]) -> Vec<InventoryChange> {
    let change = |level: &StockLevel| InventoryChange {
        key: match level.of.kind {
            StockKind::Sku => InventoryKey::Sku,
            StockKind::Option => InventoryKey::Option,
        },
        reference: level.of.reference.clone(),
        stock: level.stock.clone(),
        expires_at: level.expires_at.map(|at| at.to_string()),
    };
    levels.iter().map(change).collect()
}

/// What was read. An entry that cannot be read as one is left out: it is nobody's ref.
fn level(entry: InventoryEntry) -> Option<StockLevel> {
    let of = match (entry.sku_ref, entry.option_ref) {
        (Some(reference), None) => StockRef { kind: StockKind::Sku, reference },
        (None, Some(reference)) => StockRef { kind: StockKind::Option, reference },
        _ => return None,
    };
    let stock = entry.stock?;
    let stock = canonical(&stock).unwrap_or(stock);
    let expires_at = entry.expires_at.and_then(|at| at.parse().ok());
    Some(StockLevel { of, stock: Some(stock), expires_at })
}

/// The location whose inventory it is.
pub(super) enum Place {
    Own,
    Id(String),
}

impl Place {
    pub(super) fn of(row: &ConnectionRow) -> Self {
        match (&row.location, row.level) {
            (Some(location), Level::Account) => Self::Id(location.id.clone()),
            _ => Self::Own,
        }
    }

    pub(super) fn path(&self) -> LocationPath<'_> {
        match self {
            Self::Own => LocationPath::Own,
            Self::Id(id) => LocationPath::Id(id),
        }
    }
}
