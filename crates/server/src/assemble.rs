//! Puts the server together from its settings: store, vault, HubRise, vendors, and the work done beside requests.

use std::sync::Arc;

use anyhow::Context as _;
use jiff::Timestamp;
use passerelle_hubrise::{Api, Base, Http, Limits, OAuth};
use passerelle_pixelpoint::{Eoi, EoiOptions};
use passerelle_store::{OpenOptions, Receiving, Store};
use passerelle_vendors::{Capability, Registry};
use tokio::task::JoinSet;

use crate::callbacks::{Errands, Ingest, Registrar};
use crate::config::{DatabaseUrl, PixelpointSettings, Settings};
use crate::crypto::Vault;
use crate::delivery::{Delivery, Wake};
use crate::erasing::Eraser;
use crate::hub::Hub;
use crate::inventory::{Inventory, StockParts};
use crate::live::{Live, Watch};
use crate::pace::Paces;
use crate::prober::Prober;
use crate::revoker::Revoker;
use crate::served::{self, ServedVendor, Vendors};
use crate::state::{AppState, Clock, Parts, Rules};
use crate::sweeper;

/// The vendors these settings serve.
///
/// # Errors
/// Everything wrong with the profiles and the vendors' settings, a line each.
pub fn vendors(settings: &Settings) -> anyhow::Result<(Vendors, Api)> {
    let limits = Limits { whole: settings.hubrise.timeout, ..Limits::default() };
    let http = Http::new(limits)?;
    let base = |url: &str, key: &str| url.parse::<Base>().with_context(|| format!("hubrise.{key} `{url}`"));
    let oauth = OAuth::new(http.clone(), base(&settings.hubrise.oauth_url, "oauth_url")?);
    let api = Api::new(http, base(&settings.hubrise.api_url, "api_url")?);
    let lines = |errors: Vec<String>| anyhow::Error::msg(errors.join("\n"));
    let registry = Registry::load(settings.server.profiles_dir.as_deref(), served::scope_rule)
        .map_err(|errors| lines(errors.into_iter().map(|error| error.to_string()).collect()))?;
    Ok((Vendors::new(&registry, &settings.vendors, &oauth).map_err(lines)?, api))
}

/// Opens the store and joins everything into the state handlers see.
///
/// # Errors
/// A sentence for the operator: a vendor without its client, a key that cannot be read, a database out of reach.
pub async fn state(settings: &Settings) -> anyhow::Result<AppState> {
    let (vendors, hubrise) = vendors(settings)?;
    let key = settings.encryption_key()?;
    let store = passerelle_store::open(settings.database.url.to_url().expose(), OpenOptions::default())
        .await
        .context("the database cannot be opened")?;
    join(settings, vendors, hubrise, store, Vault::new(&key), Arc::new(Timestamp::now))
}

/// The same from parts already at hand: for tests that bring their own store and clock.
///
/// # Errors
/// When no HTTP client can be built on this machine.
pub fn join(
    settings: &Settings,
    vendors: Vendors,
    hubrise: Api,
    store: Arc<dyn Store>,
    vault: Vault,
    clock: Clock,
) -> anyhow::Result<AppState> {
    let (vendors, vault) = (Arc::new(vendors), Arc::new(vault));
    let revoker = Revoker::new(store.clone(), vault.clone(), hubrise.clone(), vendors.clone(), clock.clone());
    let live = Live::default();
    let logged = |vendor: &&ServedVendor| vendor.has(Capability::OrderBridge) || vendor.has(Capability::Inventory);
    let logged = vendors.iter().filter(logged).map(|vendor| vendor.slug().to_owned());
    let hub = Hub::new(store.clone(), vault.clone(), hubrise.clone(), live.clone(), clock.clone());
    let hub = hub.recording(logged);
    // SQLite has one writer, whoever asks; PostgreSQL prepares one commit while it waits for the disk with another.
    let lanes = if matches!(settings.database.url, DatabaseUrl::Sqlite(_)) { 1 } else { 2 };
    let keeper: Arc<dyn Receiving + Send + Sync> = store.clone();
    let (ingest, registrar) = (Ingest::start(&keeper, lanes), Errands::new(store.clone(), &vendors));
    Ok(AppState::new(Parts {
        store,
        vault,
        hubrise,
        vendors,
        public_url: settings.server.public_url.clone(),
        signup_url: settings.hubrise.signup_url.clone(),
        back_office_url: settings.hubrise.back_office_url.clone(),
        rules: Rules::of(settings),
        clock,
        revoker,
        hub,
        live,
        wake: Wake::default(),
        ingest,
        registrar,
        eoi: eoi(&settings.pixelpoint)?,
        paces: Paces::default(),
        stock: StockParts::default(),
    }))
}

fn eoi(settings: &PixelpointSettings) -> anyhow::Result<Eoi> {
    let url = settings.eoi_url.parse().with_context(|| format!("pixelpoint.eoi_url `{}`", settings.eoi_url))?;
    let (connect, answer) = (settings.connect_timeout, settings.answer_timeout);
    Ok(Eoi::new(EoiOptions { url, connect, answer, dialect: settings.dialect.clone() })?)
}

/// What sends orders to the tills: run beside requests, and stopped before all else.
#[must_use]
pub fn delivery(state: &AppState) -> Delivery {
    Delivery::new(state)
}

/// What sends stock to HubRise: run beside requests, and stopped before all else.
#[must_use]
pub fn inventory(state: &AppState) -> Inventory {
    Inventory::new(state)
}

/// What looks again at connections that fail.
#[must_use]
pub fn prober(state: &AppState) -> Prober {
    Prober::new(state.store_shared(), state.hub().clone(), state.registrar().clone(), state.clock())
}

/// What sees to it that HubRise tells of orders.
#[must_use]
pub fn registrar(state: &AppState) -> Registrar {
    Registrar::new(state.clone())
}

/// What forgets customers whom HubRise anonymised.
#[must_use]
pub fn eraser(state: &AppState) -> Eraser {
    Eraser::new(state.clone())
}

/// What finds changes for open pages.
#[must_use]
pub fn watch(state: &AppState) -> Watch {
    Watch::new(state.store_shared(), state.live().clone(), state.clock())
}

/// Starts the work done beside requests; it ends when the set is dropped.
#[must_use]
pub fn background(state: &AppState) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(state.revoker().clone().run());
    tasks.spawn(prober(state).run());
    tasks.spawn(registrar(state).run());
    tasks.spawn(eraser(state).run());
    tasks.spawn(watch(state).run());
    let retention = state.rules().retention;
    tasks.spawn(sweeper::run(state.store_shared(), state.clock(), state.revoker().clone(), retention));
    tasks
}
