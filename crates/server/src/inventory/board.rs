//! What a page shows of a till's stock: head, tiles, a product's history. Plain functions of what is kept.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use passerelle_store as store;
use passerelle_store::{NamedRef, StockEntry, StockHeld, StockPoint, StockView};
use passerelle_wire::{
    NamedRef as ShownRef, StockBoard, StockHead, StockRef, StockSays, StockSync, StockSyncState, StockTile, StockWay,
};

use super::menu::{Menu, Read};
use super::sync::shown;
use super::wanted::{holds, is_held, wanted};
use crate::delivery::cause::from_stored;

/// A due time further ahead than changes are gathered is one that something else has put off.
const GATHERED: SignedDuration = SignedDuration::from_secs(2);

/// All a board is made of.
pub(crate) struct Seen<'a> {
    /// What is kept.
    pub(crate) view: &'a StockView,
    /// The connection's catalog.
    pub(crate) catalog: Option<&'a NamedRef>,
    /// The same, if it was read.
    pub(crate) read: Option<&'a Read>,
    /// Keys that work.
    pub(crate) keys: u32,
    /// Now.
    pub(crate) now: Timestamp,
}

impl Seen<'_> {
    /// All of it.
    pub(crate) fn board(&self) -> StockBoard {
        let mut tiles = self.tiles();
        let nothing = Menu::default();
        let menu = self.read.map_or(&nothing, |read| &*read.menu);
        tiles.sort_by(|(a, _), (b, _)| {
            let place = |of| menu.line(of).map_or(usize::MAX, |line| line.place);
            (place(a), *a).cmp(&(place(b), *b))
        });
        StockBoard {
            head: self.head(),
            categories: menu.categories.clone(),
            tiles: tiles.into_iter().map(|(_, tile)| tile).collect(),
        }
    }

    fn tiles(&self) -> Vec<(&store::StockRef, StockTile)> {
        let mut held: HashMap<_, _> = self.view.held.iter().map(|held| (&held.of, held)).collect();
        let said = self.view.entries.iter().map(|entry| (&entry.of, Some(entry), held.remove(&entry.of)));
        let mut tiles: Vec<_> = said.collect::<Vec<_>>();
        let alone = held.into_values().filter(|held| holds(held, self.now).0.is_some());
        tiles.extend(alone.map(|held| (&held.of, None, Some(held))));
        tiles.into_iter().map(|(of, entry, held)| (of, self.tile(of, entry, held))).collect()
    }

    /// One product.
    pub(crate) fn tile(&self, of: &store::StockRef, entry: Option<&StockEntry>, held: Option<&StockHeld>) -> StockTile {
        let line = self.read.and_then(|read| read.menu.line(of));
        let unknown = line.is_none() && self.read.is_some();
        let wanted = entry.map(|entry| wanted(entry, self.now)).unwrap_or_default();
        let known = self.is_known();
        let right = is_held(&wanted, held, self.now);
        let StockRef { kind, reference } = shown(of);
        let name = line.map(|line| line.name.clone()).filter(|name| !name.is_empty());
        let name = name.or_else(|| entry.and_then(|entry| entry.name.clone())).unwrap_or_default();
        StockTile {
            kind,
            reference,
            name,
            category: line.and_then(|line| line.category),
            says: entry.map_or(StockSays::Nothing, says),
            quantity: entry.and_then(|entry| entry.quantity.clone()),
            expires_at: entry.and_then(|entry| entry.expires_at).map(Timestamp::as_second),
            reason: wanted.reason.filter(|_| entry.is_some()),
            held: held.and_then(|held| holds(held, self.now).0).map(str::to_owned),
            differs: known && !unknown && !right,
            unknown,
            doubt: held.is_some_and(|held| held.doubt),
            others_at: held.and_then(|held| held.others_at).map(Timestamp::as_second),
            sent_at: held.and_then(|held| held.sent_at).map(Timestamp::as_second),
            wanted: wanted.stock,
        }
    }

    /// Whether all that HubRise holds is known.
    fn is_known(&self) -> bool {
        let catalog = self.catalog.map(|catalog| catalog.id.as_str());
        catalog.is_some() && self.view.lane.known_catalog.as_deref() == catalog
    }

    /// How it stands as a whole.
    pub(crate) fn head(&self) -> StockHead {
        let StockView { till, lane, .. } = self.view;
        let way = self.way();
        let of_catalog = |sync: &&store::StockSync| sync.catalog.as_deref() == self.catalog.map(|catalog| &*catalog.id);
        let sync = lane.sync.as_ref().filter(of_catalog);
        let was = sync.is_some_and(|sync| sync.state != store::StockSyncState::Failed);
        let named = |catalog: &NamedRef| {
            let read = self.read.map(|read| read.menu.name.clone()).filter(|name| !name.is_empty());
            ShownRef { id: catalog.id.clone(), name: read.unwrap_or_else(|| catalog.name.clone()) }
        };
        StockHead {
            sending: till.sending,
            sequence: till.sequence.and_then(|sequence| u64::try_from(sequence).ok()),
            received_at: till.received_at.map(moment),
            entries: till.entries,
            catalog: self.catalog.map(named),
            catalog_read_at: self.read.map(|read| moment(read.at)),
            known_at: lane.known_at.filter(|_| self.is_known()).map(moment),
            way,
            next_at: match way {
                StockWay::Gathering | StockWay::Limited | StockWay::Retrying => lane.due_at.map(moment),
                StockWay::Rest | StockWay::Sending | StockWay::Off => None,
            },
            cause: lane.cause.as_deref().and_then(from_stored),
            sent_at: lane.sent_at.map(moment),
            operation: lane.last_operation.as_ref().map(|id| id.as_str().to_owned()),
            sync: sync.map(sync_shown),
            sync_advised: till.sequence.is_some() && self.catalog.is_some() && !was,
            keys: self.keys,
        }
    }

    fn way(&self) -> StockWay {
        let StockView { till, lane, .. } = self.view;
        if !till.sending {
            return if lane.done < till.changes && till.sequence.is_some() { StockWay::Off } else { StockWay::Rest };
        }
        let Some(due_at) = lane.due_at else { return StockWay::Rest };
        if lane.lease_until.is_some_and(|until| until > self.now) {
            return StockWay::Sending;
        }
        match lane.cause.as_deref() {
            Some("hubrise_limited") => StockWay::Limited,
            Some(_) => StockWay::Retrying,
            None if due_at > self.now + GATHERED => StockWay::Limited,
            None => StockWay::Gathering,
        }
    }
}

/// What a till says of a product.
pub(crate) fn says(entry: &StockEntry) -> StockSays {
    stands(true, entry.managed, entry.available)
}

/// What a till said of it then.
pub(crate) fn said(point: &StockPoint) -> StockSays {
    stands(point.named, point.managed, point.available)
}

fn stands(named: bool, managed: bool, available: bool) -> StockSays {
    match (named, available, managed) {
        (false, ..) => StockSays::Nothing,
        (true, false, _) => StockSays::Inactive,
        (true, true, true) => StockSays::Counted,
        (true, true, false) => StockSays::Unmanaged,
    }
}

/// A synchronisation as the app sees it.
pub(crate) fn sync_shown(sync: &store::StockSync) -> StockSync {
    use store::StockSyncState as S;
    StockSync {
        id: sync.id.clone(),
        state: match sync.state {
            S::Waiting => StockSyncState::Waiting,
            S::Reading => StockSyncState::Reading,
            S::Sending => StockSyncState::Sending,
            S::Comparing => StockSyncState::Comparing,
            S::Done => StockSyncState::Done,
            S::Failed => StockSyncState::Failed,
        },
        asked_at: moment(sync.asked_at),
        asked_by: sync.asked_by.clone(),
        ended_at: sync.ended_at.map(moment),
        cause: sync.cause.as_deref().and_then(from_stored),
        result: sync.result.as_deref().and_then(|result| serde_json::from_str(result).ok()),
        operation: sync.operation.as_ref().map(|id| id.as_str().to_owned()),
    }
}

pub(crate) fn moment(at: Timestamp) -> String {
    at.to_string()
}
