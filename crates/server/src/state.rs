//! What every handler can reach: the store, the vault, HubRise, the vendors, the clock and the rules of time.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::Api;
use passerelle_pixelpoint::Eoi;
use passerelle_store::Store;

use crate::callbacks::{Errands, Ingest};
use crate::config::{PublicUrl, Settings};
use crate::crypto::Vault;
use crate::delivery::Wake;
use crate::hub::Hub;
use crate::inventory::StockParts;
use crate::live::Live;
use crate::pace::Paces;
use crate::revoker::Revoker;
use crate::served::Vendors;

/// How long things last, and how large what is taken away may be. All in the operator's settings but the grant.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// A session ends after this long without a call.
    pub session_idle: SignedDuration,
    /// A session ends after this long whatever happens.
    pub session_max: SignedDuration,
    /// An attempt is void after this long.
    pub attempt_lifetime: SignedDuration,
    /// A grant ends after this long: HubRise asks applications to prove a user's right anew each day.
    pub grant_lifetime: SignedDuration,
    /// Operations that are over are kept so long.
    pub retention: SignedDuration,
    /// The most lines of a spreadsheet.
    pub csv_lines: usize,
    /// The most bytes of a HAR file.
    pub har_bytes: usize,
}

impl Rules {
    /// As configured.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let signed = |duration: Duration| SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
        Self {
            session_idle: signed(settings.sessions.idle),
            session_max: signed(settings.sessions.max),
            attempt_lifetime: signed(settings.attempts.lifetime),
            grant_lifetime: SignedDuration::from_hours(24),
            retention: signed(settings.operations.retention),
            csv_lines: settings.operations.csv_lines,
            har_bytes: settings.operations.har_bytes,
        }
    }
}

/// Where the time comes from: the system's clock, or a test's.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The parts an [`AppState`] is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Seals tokens.
    pub vault: Arc<Vault>,
    /// HubRise's API.
    pub hubrise: Api,
    /// The vendors served.
    pub vendors: Arc<Vendors>,
    /// The console's own origin.
    pub public_url: PublicUrl,
    /// Where a user opens a HubRise account.
    pub signup_url: String,
    /// HubRise's back office.
    pub back_office_url: String,
    /// How long things last.
    pub rules: Rules,
    /// The clock.
    pub clock: Clock,
    /// Tells HubRise of tokens that must die.
    pub revoker: Revoker,
    /// Makes calls for connections.
    pub hub: Hub,
    /// Tells open pages of changes.
    pub live: Live,
    /// Has the engine that sends orders look at once.
    pub wake: Wake,
    /// Keeps what comes in.
    pub ingest: Ingest,
    /// Has the callbacks looked at.
    pub registrar: Errands,
    /// PixelPoint's interface.
    pub eoi: Eoi,
    /// How often people may have somebody called.
    pub paces: Paces,
    /// What handlers need of stock.
    pub stock: StockParts,
}

/// Shared by all handlers; cloning is cheap.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Where everything is kept.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    /// The same, to be kept by work beside requests.
    #[must_use]
    pub fn store_shared(&self) -> Arc<dyn Store> {
        self.0.store.clone()
    }

    /// The clock itself.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.0.clock.clone()
    }

    /// Seals and opens tokens.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// The same, to be kept by work beside requests.
    #[must_use]
    pub fn vault_shared(&self) -> Arc<Vault> {
        self.0.vault.clone()
    }

    /// HubRise's API.
    #[must_use]
    pub fn hubrise(&self) -> &Api {
        &self.0.hubrise
    }

    /// The vendors served.
    #[must_use]
    pub fn vendors(&self) -> &Vendors {
        &self.0.vendors
    }

    /// The same, to be kept beside requests.
    #[must_use]
    pub fn vendors_shared(&self) -> Arc<Vendors> {
        self.0.vendors.clone()
    }

    /// The console's own origin, as browsers write it in `Origin`.
    #[must_use]
    pub fn public_origin(&self) -> &str {
        self.0.public_url.origin()
    }

    /// Whether browsers come by https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.0.public_url.is_https()
    }

    /// Where a user opens a HubRise account.
    #[must_use]
    pub fn signup_url(&self) -> &str {
        &self.0.signup_url
    }

    /// HubRise's back office.
    #[must_use]
    pub fn back_office_url(&self) -> &str {
        &self.0.back_office_url
    }

    /// How long things last.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.0.rules
    }

    /// Now, to the microsecond: as fine as the store keeps it, so that what is answered at once reads the same later.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = (self.0.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Makes calls for connections.
    #[must_use]
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// Tells open pages of changes.
    #[must_use]
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// Tells HubRise of tokens that must die.
    #[must_use]
    pub fn revoker(&self) -> &Revoker {
        &self.0.revoker
    }
    /// Has the engine that sends orders look at once: to be rung after something to send was committed.
    #[must_use]
    pub fn wake(&self) -> &Wake {
        &self.0.wake
    }
    /// PixelPoint's interface.
    #[must_use]
    pub fn eoi(&self) -> &Eoi {
        &self.0.eoi
    }

    /// How often people may have somebody called.
    #[must_use]
    pub fn paces(&self) -> &Paces {
        &self.0.paces
    }

    /// Has the engine that sends stock look, and knows the catalogs it read.
    #[must_use]
    pub fn stock(&self) -> &StockParts {
        &self.0.stock
    }

    /// Keeps what comes in.
    #[must_use]
    pub fn ingest(&self) -> &Ingest {
        &self.0.ingest
    }

    /// Has the callbacks at HubRise looked at.
    #[must_use]
    pub fn registrar(&self) -> &Errands {
        &self.0.registrar
    }
}
