//! The whole of this HubRise in memory: one value behind one lock. Handlers take the lock, do their work and let go;
//! nobody waits for anything while holding it.

pub(crate) mod apps;
pub(crate) mod callbacks;
mod customers;
pub(crate) mod deliveries;
pub(crate) mod delivery_log;
pub(crate) mod directory;
pub(crate) mod grants;
pub(crate) mod ids;
pub(crate) mod inventory;
mod order_changes;
mod order_statuses;
pub(crate) mod orders;
mod orders_as_given;
pub(crate) mod orders_json;
pub(crate) mod places;
pub(crate) mod reopening;
pub(crate) mod roles;
mod stock_events;
pub(crate) mod streams;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::{
    carre_pos::Register,
    clock::Clock,
    faults::Faults,
    oauth::session::{Session, Transaction},
    pixelpoint::Site,
    recorder::Recorder,
    seeds,
    teller::Teller,
};

/// Everything that changes.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) ids: ids::IdSource,
    pub(crate) directory: directory::Directory,
    pub(crate) codes: Vec<grants::Code>,
    pub(crate) connections: Vec<grants::Connection>,
    pub(crate) inventories: inventory::Inventories,
    pub(crate) orders: Vec<orders::Order>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) transactions: Vec<Transaction>,
    pub(crate) deliveries: deliveries::Deliveries,
    pub(crate) streams: streams::Streams,
    /// Orders made by the generator.
    pub(crate) generated: u64,
    pub(crate) faults: Faults,
    pub(crate) recorder: Recorder,
}

/// What every handler is given.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Origins of the consoles whose callback is registered.
    consoles: Vec<String>,
    /// Whether requests go unlogged.
    pub(crate) quiet: bool,
    /// Calls what apps asked to be called.
    pub(crate) teller: Teller,
    /// The till beside this HubRise.
    pub(crate) pixelpoint: Arc<Site>,
    /// The till that tells a console of its stock.
    pub(crate) carre_pos: Register,
    /// Where the vendors' back offices are, where there are any.
    pub(crate) offices: OnceLock<String>,
}

/// A handle on the one sandbox.
pub(crate) type App = Arc<Shared>;

impl Shared {
    /// A freshly seeded sandbox.
    pub(crate) fn seeded(consoles: Vec<String>, quiet: bool, teller: Teller) -> Self {
        let state = seeds::sown(&consoles);
        let carre_pos = Register::delivered(&state);
        let (state, pixelpoint, offices) = (Mutex::new(state), Arc::default(), OnceLock::new());
        Self { state, consoles, quiet, teller, pixelpoint, carre_pos, offices }
    }

    /// The origin of the first console.
    pub(crate) fn first_console(&self) -> &str {
        self.consoles.first().map_or("http://127.0.0.1:8080", String::as_str)
    }

    /// The state, locked. A panic elsewhere does not take the sandbox down with it.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts again from the seeds: tokens, sessions, orders, faults and the clock are as on the first day.
    pub(crate) fn reset(&self) {
        self.pixelpoint.reset();
        let mut state = self.state();
        let fresh = seeds::sown(&self.consoles);
        self.carre_pos.reset(&fresh);
        let former = std::mem::replace(&mut *state, fresh);
        state.deliveries = deliveries::Deliveries::after(&former.deliveries);
        state.streams = streams::Streams::after(&former.streams);
    }
}
