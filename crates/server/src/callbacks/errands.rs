//! What the registrar is asked to do before its time.
//!
//! Owns who was asked about, and whose events may have been missed, until the registrar has seen to it. Kept in memory: at
//! the start everybody's may have been missed, so nothing is lost with it. When a callback is due by itself is the store's.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use passerelle_store::{ConnectionId, ConnectionRow, Result, Store};
use passerelle_vendors::Capability;
use tokio::sync::Notify;

use crate::served::Vendors;

/// Asks the registrar; cloning shares it.
#[derive(Clone)]
pub struct Errands {
    store: Arc<dyn Store>,
    listening: Arc<[String]>,
    stocking: Arc<[String]>,
    waiting: Arc<Mutex<Waiting>>,
    woken: Arc<Notify>,
}

struct Waiting {
    missed: Missed,
    asked: HashSet<ConnectionId>,
}

/// Whose events HubRise could not tell.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missed {
    /// These ones'; nobody's when there is none.
    Of(HashSet<ConnectionId>),
    /// Anybody's.
    Anybodys,
}

impl Errands {
    /// Nobody has asked yet; everybody's events may have been missed while the server was not there.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, vendors: &Vendors) -> Self {
        let told = |capability| {
            let having = vendors.iter().filter(move |vendor| vendor.has(capability));
            having.map(|vendor| vendor.slug().to_owned()).collect::<Vec<_>>()
        };
        let stocking = told(Capability::Inventory);
        let mut listening = told(Capability::OrderBridge);
        listening.extend(stocking.iter().filter(|slug| !listening.contains(slug)).cloned().collect::<Vec<_>>());
        let waiting = Waiting { missed: Missed::Anybodys, asked: HashSet::new() };
        let (listening, stocking) = (listening.into(), stocking.into());
        Self { store, listening, stocking, waiting: Arc::new(Mutex::new(waiting)), woken: Arc::default() }
    }

    /// The vendors whose orders are bridged or whose stock is sent; nobody else's connections have callbacks.
    pub(super) fn listening(&self) -> &[String] {
        &self.listening
    }

    /// A person asks whether a connection's callback is as it must be: it is looked at at once, and what comes of it is
    /// among the connection's operations.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn ask(&self, connection: &ConnectionId, now: Timestamp) -> Result<()> {
        self.with(|waiting| waiting.asked.insert(connection.clone()));
        self.due(connection, now).await
    }

    /// A connection was made, made again, or works again: its callback, where it has one, is looked at at once. Beside
    /// whatever was asked for, which is none the worse for it: one that nobody has ever looked at is due by itself, and the
    /// others are looked at daily.
    pub async fn look(&self, row: &ConnectionRow, now: Timestamp) {
        // A catalog may have been swapped: of the new one nothing is known.
        if self.stocking.contains(&row.vendor)
            && let Err(error) = self.store.ask_look(&row.id, now).await
        {
            tracing::warn!(connection = row.id.as_str(), %error, "what hubrise holds could not be asked for");
        }
        if self.listening.contains(&row.vendor)
            && let Err(error) = self.due(&row.id, now).await
        {
            tracing::warn!(connection = row.id.as_str(), %error, "a callback could not be asked for");
        }
    }

    async fn due(&self, connection: &ConnectionId, now: Timestamp) -> Result<()> {
        self.store.ask_registration(connection, now).await?;
        self.woken.notify_one();
        Ok(())
    }

    /// An event could not be kept: this connection's, or whoever's it was.
    pub(super) fn missed(&self, connection: Option<&ConnectionId>) {
        self.with(|waiting| match (&mut waiting.missed, connection) {
            (Missed::Of(some), Some(connection)) => {
                some.insert(connection.clone());
            }
            (missed, None) => *missed = Missed::Anybodys,
            (Missed::Anybodys, Some(_)) => {}
        });
    }

    /// Takes over whose events may have been missed. Not woken for it: while the store fails, looking is in vain.
    pub(super) fn take_missed(&self) -> Missed {
        self.with(|waiting| std::mem::replace(&mut waiting.missed, Missed::Of(HashSet::new())))
    }

    /// Whether a person has asked about a connection; the answer is given once.
    pub(super) fn take_asked(&self, connection: &ConnectionId) -> bool {
        self.with(|waiting| waiting.asked.remove(connection))
    }

    /// Until somebody asks.
    pub(super) async fn woken(&self) {
        self.woken.notified().await;
    }

    fn with<T>(&self, change: impl FnOnce(&mut Waiting) -> T) -> T {
        change(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
