//! From the queue to the till, and back to HubRise: what is sent, when, and what came of it.
//!
//! The queue is the store's. `engine` takes turns from it and gives each to `sending`, which prepares, has the store commit
//! that a try begins, makes the one call, and hands what came of it to `verdict`; `telling` lets HubRise hear. What can be
//! decided without I/O is in `verdict`, `waits`, `notes` and `rejection`.
//!
//! **Nothing is printed twice.** A call is made only after `begin_try` has committed [`OperationState::Sending`] under this
//! server's lease, and only while that lease outlasts the longest call. Whatever is found `Sending` later belonged to a
//! server that died: nobody knows what became of it.
//!
//! [`OperationState::Sending`]: passerelle_store::OperationState::Sending

pub(crate) mod cause;
mod committing;
mod discounts;
mod engine;
pub(crate) mod notes;
mod prepared;
mod rejection;
mod sending;
pub(crate) mod sent_with;
pub(crate) mod settings;
mod telling;
mod verdict;
mod waits;
mod wake;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use passerelle_pixelpoint::Eoi;
use passerelle_store::Store;
use tokio::sync::{Semaphore, watch};

use crate::crypto::Vault;
use crate::hub::Hub;
use crate::live::Live;
use crate::state::{AppState, Clock};
use discounts::DiscountLists;

pub use engine::GRACE;
pub(crate) use sending::how_it_ended;
pub use wake::Wake;

/// Tills that are sent to at the same time. A till that does not answer keeps one of them for half a minute.
const LANES: u32 = 256;
/// Orders HubRise is told of at the same time.
const TELLINGS: u32 = 32;
/// How long a lane is leased, from the moment it is claimed and again from the moment a try begins.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// What must be left of the lease when a call begins. The longest call takes 35 seconds: see `[pixelpoint]`.
const LEAST_LEFT: SignedDuration = SignedDuration::from_secs(40);
/// How long an order to be told is leased: more than HubRise's longest answer.
const TELLING_LEASE: SignedDuration = SignedDuration::from_secs(90);

/// The engine; cloning shares it.
#[derive(Clone)]
pub struct Delivery(Arc<Shared>);

struct Shared {
    store: Arc<dyn Store>,
    vault: Arc<Vault>,
    hub: Hub,
    eoi: Eoi,
    live: Live,
    clock: Clock,
    wake: Wake,
    discounts: DiscountLists,
    lanes: Arc<Semaphore>,
    tellings: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

impl Delivery {
    /// An engine over the parts of this server. Two over the same share nothing but the store and the bell.
    #[must_use]
    pub fn new(state: &AppState) -> Self {
        Self(Arc::new(Shared {
            store: state.store_shared(),
            vault: state.vault_shared(),
            hub: state.hub().clone(),
            eoi: state.eoi().clone(),
            live: state.live().clone(),
            clock: state.clock(),
            wake: state.wake().clone(),
            discounts: DiscountLists::default(),
            lanes: Arc::new(Semaphore::new(LANES as usize)),
            tellings: Arc::new(Semaphore::new(TELLINGS as usize)),
            stopping: watch::Sender::new(false),
        }))
    }
}

impl Shared {
    /// To the microsecond, as the store keeps it.
    fn now(&self) -> Timestamp {
        let now = (self.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }
}
