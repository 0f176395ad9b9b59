//! A till's stock, from what it says to what HubRise holds.
//!
//! `reading` reads what a till sends; `wanted` says what HubRise should hold of it, and what has to be sent; `pace` says
//! when. `engine` takes turns from the store's lanes and gives each to `turn`, which reads what has to be known, has the
//! store commit that a call begins, makes it, and commits what came of it; `sync` is a turn over the whole state. `board`
//! lays out what a page shows. Who may call is the API's.
//!
//! **One lane a connection.** A lane is leased to one server, so that nothing overtakes anything; what is sent is what
//! differs when the call begins, so that the latest state is what goes out, however long HubRise was away. Orders have lanes
//! of their own and never wait for stock.

pub(crate) mod board;
mod engine;
mod menu;
mod outcome;
mod pace;
mod quantity;
pub(crate) mod reading;
mod sync;
mod turn;
mod wanted;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use passerelle_store::Store;
use tokio::sync::{Notify, Semaphore, watch};

use crate::hub::Hub;
use crate::live::Live;
use crate::state::{AppState, Clock};

pub use engine::GRACE;
pub(crate) use menu::{Menus, Read};
pub(crate) use pace::GATHERING;

/// Lanes that are worked on at the same time.
const LANES: u32 = 64;
/// How long a lane is leased, from the moment it is claimed and again from the moment a call begins: HubRise's longest answer
/// takes half a minute.
const LEASE: SignedDuration = SignedDuration::from_secs(45);
/// A catalog that does not know a ref is read again after so long.
const CATALOG_BELIEVED: SignedDuration = SignedDuration::from_mins(10);

/// Has the engine look: something was committed that is to be sent. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Ringing twice before anybody looks is ringing once.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    async fn rung(&self) {
        self.0.notified().await;
    }
}

/// The engine; cloning shares it.
#[derive(Clone)]
pub struct Inventory(Arc<Shared>);

struct Shared {
    store: Arc<dyn Store>,
    hub: Hub,
    live: Live,
    clock: Clock,
    bell: Bell,
    menus: Menus,
    lanes: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

impl Inventory {
    /// An engine over the parts of this server. Two over the same share nothing but the store and the bell.
    #[must_use]
    pub fn new(state: &AppState) -> Self {
        Self(Arc::new(Shared {
            store: state.store_shared(),
            hub: state.hub().clone(),
            live: state.live().clone(),
            clock: state.clock(),
            bell: state.stock().bell.clone(),
            menus: state.stock().menus.clone(),
            lanes: Arc::new(Semaphore::new(LANES as usize)),
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

/// What handlers need of stock; cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct StockParts {
    /// Has the engine look.
    pub bell: Bell,
    /// Catalogs read lately.
    pub(crate) menus: Menus,
}
