//! A turn over the whole state: everything the till has, in one `PUT`, and a look afterwards whether it is there.
//!
//! A run that is cut off, or that HubRise does not answer, begins anew with the lane's next turn.

use jiff::SignedDuration;
use passerelle_store::{StockHeld, StockLevel, StockSend, StockSyncState, StockSyncStep, StockTurnEnded, StockView};
use passerelle_wire::{Cause, StockDifference, StockKind, StockRef, StockSyncResult};

use super::Shared;
use super::menu::Menu;
use super::outcome::{Follows, follows};
use super::turn::{Place, Stop, Work, changes, failing, nothing, waiting};
use super::wanted::{Difference, count, difference, holds, whole};

/// Refs that are named in a result.
const NAMED: usize = 100;
/// A catalog read so lately is not read again for a run.
const FRESH: SignedDuration = SignedDuration::from_mins(1);

impl Shared {
    pub(super) async fn synchronise(&self, work: &Work<'_>) -> Result<StockTurnEnded, Stop> {
        let turn = work.turn;
        let Some(run) = turn.lane.sync.as_ref().map(|sync| sync.id.clone()) else { return Ok(nothing(self.now())) };
        self.tell(work, &run, StockSyncState::Reading).await?;
        let mut menu = self.menu(work).await?;
        if menu.at + FRESH <= self.now() {
            menu = self.read_menu(work).await?;
        }
        if turn.lane.known_catalog.as_deref() != Some(&work.catalog.id) {
            // What is removed is counted by it.
            self.look(work).await?;
        }
        let Some(view) = self.store.stock(&turn.connection).await? else { return Ok(nothing(self.now())) };
        if view.till.sequence.is_none() {
            // Without a word of the till's, HubRise's inventory would be emptied.
            return Ok(StockTurnEnded { sync: failing(turn, Cause::NothingToSend), ..nothing(self.now()) });
        }
        let state = whole(&view.entries, &menu.menu, self.now());
        let mut facts = state.facts(true);
        facts.removed = self.removed(&view, &state, &menu.menu);
        self.tell(work, &run, StockSyncState::Sending).await?;
        let send = StockSend {
            operation: work.operation.clone(),
            notes: serde_json::to_string(&facts).unwrap_or_default(),
            whole: true,
            refs: Vec::new(),
        };
        let entries = changes(&state.levels);
        let (catalog, place) = (work.catalog.id.clone(), Place::of(&work.row));
        let (result, said) = self
            .call(work, Some(send), |api, token| async move {
                api.put_inventory(&token, &catalog, place.path(), &entries).await
            })
            .await?;
        if let Err(error) = &result {
            let now = self.now();
            let follows = follows(error, now);
            let sync = match &follows {
                Follows::Again(cause, _) => waiting(turn, *cause),
                Follows::Stale | Follows::Dead => failing(turn, Cause::HubriseRefused),
            };
            return Ok(StockTurnEnded { sync, ..work.failed(&result, follows, true, &view.till, said, now) });
        }
        self.tell(work, &run, StockSyncState::Comparing).await?;
        let there = match self.inventory(work).await {
            Ok(there) => there,
            Err(Stop::Ended(ended)) => {
                // It was taken, and cannot be compared now: the run begins anew later.
                let taken = work.taken(true, state.levels, &view.till, said, self.now());
                let StockTurnEnded { cause, sync, not_before, .. } = *ended;
                return Ok(StockTurnEnded { cause, sync, not_before, ..taken });
            }
            Err(store) => return Err(store),
        };
        let left = self.left(&view, &there, &menu.menu);
        let result = StockSyncResult {
            sent: facts.sent,
            zeroed: facts.zeroed,
            removed: facts.removed,
            unknown: facts.unknown,
            unknown_refs: state.unknown.iter().take(NAMED).map(shown).collect(),
            left: count(left.len()),
            differences: left.into_iter().take(NAMED).collect(),
        };
        let step = StockSyncStep {
            id: run,
            state: StockSyncState::Done,
            cause: None,
            result: serde_json::to_string(&result).ok(),
            operation: Some(work.operation.clone()),
        };
        // What is there is what was read, whatever was sent.
        Ok(StockTurnEnded { sync: Some(step), ..work.taken(true, there, &view.till, said, self.now()) })
    }

    async fn tell(&self, work: &Work<'_>, run: &str, state: StockSyncState) -> Result<(), Stop> {
        self.store.note_sync(&work.row.id, &work.turn.lease, run, state).await?;
        self.live.connection_changed(&work.row.id);
        Ok(())
    }

    /// Entries HubRise holds and will hold no more.
    fn removed(&self, view: &StockView, state: &Difference, menu: &Menu) -> u32 {
        let now = self.now();
        let stays = |held: &StockHeld| state.levels.binary_search_by(|level| level.of.cmp(&held.of)).is_ok();
        let held = view.held.iter().filter(|held| menu.knows(&held.of) && holds(held, now).0.is_some());
        count(held.filter(|held| !stays(held)).count())
    }

    /// What HubRise holds otherwise than it should.
    fn left(&self, view: &StockView, there: &[StockLevel], menu: &Menu) -> Vec<StockDifference> {
        let held = |level: &StockLevel| StockHeld {
            of: level.of.clone(),
            stock: level.stock.clone(),
            expires_at: level.expires_at,
            doubt: false,
            known_at: None,
            others_at: None,
            sent_at: None,
            operation: None,
        };
        let held: Vec<_> = there.iter().map(held).collect();
        let left = difference(&view.entries, &held, menu, self.now());
        let difference = |level: StockLevel| {
            let held = held.iter().find(|held| held.of == level.of).and_then(|held| held.stock.clone());
            let StockRef { kind, reference } = shown(&level.of);
            StockDifference { kind, reference, wanted: level.stock, held }
        };
        left.levels.into_iter().map(difference).collect()
    }
}

/// A ref as the app sees it.
pub(super) fn shown(of: &passerelle_store::StockRef) -> StockRef {
    let kind = match of.kind {
        passerelle_store::StockKind::Sku => StockKind::Sku,
        passerelle_store::StockKind::Option => StockKind::Option,
    };
    StockRef { kind, reference: of.reference.clone() }
}
