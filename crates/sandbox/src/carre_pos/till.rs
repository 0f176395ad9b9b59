//! The till itself: its products, its settings, what waits to be sent and when. Pure but for the clock it is handed: the
//! sending is `line`'s.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    calls::{Calls, Heard, Job, Kind},
    product::Product,
    shift::{self, Happens},
};
use crate::{money, random, state::inventory::Ref};

/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: u64 = 30;

/// The settings of "Activer l'envoi de l'inventaire vers HubRise".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Settings {
    /// **WEB POST - Envoi de données** is on **OUI**.
    pub(super) web_post: bool,
    /// **ACTIVER LES ENVOIS**.
    pub(super) enabled: bool,
    /// **ENVOYER EVENEMENTS COMMANDES**.
    pub(super) order_events: bool,
}

impl Settings {
    /// Whether anything leaves: the documentation asks for all three.
    pub(super) fn send(self) -> bool {
        self.web_post && self.enabled && self.order_events
    }
}

/// A till that works by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift {
    pub(super) every: Duration,
    next: Instant,
    turn: u64,
}

/// The till.
#[derive(Debug)]
pub(super) struct Till {
    /// Counts its lives.
    pub(super) run: u64,
    /// Its id at the console.
    pub(super) id: String,
    /// Where its console is; none: the first one the sandbox was told of.
    pub(super) console: Option<String>,
    /// What the console gave it.
    pub(super) key: String,
    /// Whether somebody with administration rights stands before it.
    pub(super) admin: bool,
    pub(super) products: Vec<Product>,
    /// As they are ticked.
    pub(super) settings: Settings,
    /// As they were when it was last started: these count.
    pub(super) running: Settings,
    /// Whether it has a network.
    pub(super) online: bool,
    pub(super) calls: Calls,
    pub(super) shift: Option<Shift>,
    sequence: u64,
    changed: BTreeSet<Ref>,
    whole: bool,
    by_hand: VecDeque<Job>,
    failures: u32,
    not_before: Option<Instant>,
}

impl Till {
    /// As it is delivered: nothing leaves.
    pub(super) fn delivered(products: Vec<Product>, run: u64) -> Self {
        Self {
            run,
            id: "caisse".to_owned(),
            console: None,
            key: String::new(),
            admin: false,
            products,
            settings: Settings::default(),
            running: Settings::default(),
            online: true,
            calls: Calls::default(),
            shift: None,
            sequence: 0,
            changed: BTreeSet::new(),
            whole: false,
            by_hand: VecDeque::new(),
            failures: 0,
            not_before: None,
        }
    }

    /// The place of a product, by what controls call it.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.products.iter().position(|product| product.id() == id)
    }

    /// Changes a product, which is then to be told of.
    pub(super) fn change(&mut self, at: usize, with: impl FnOnce(&mut Product)) {
        if let Some(product) = self.products.get_mut(at) {
            with(product);
            if product.available {
                product.expires_at = None;
            }
            self.changed.insert(product.key.clone());
        }
    }

    /// Sells so many of a product. What is not counted is sold all the same; below zero too, as a till does.
    pub(super) fn sell(&mut self, at: usize, count: u32) {
        let sold = i128::from(count) * 1_000;
        self.change(at, |product| product.quantity -= if product.managed { sold } else { 0 });
    }

    /// Puts other products in the place of those there were: all of them are to be told of.
    pub(super) fn stock(&mut self, products: Vec<Product>) {
        self.products = products;
        self.changed.clear();
        self.whole = true;
    }

    /// **Redémarrez Carré POS**: the settings count from now on, and everything is sent once if they say so.
    pub(super) fn restart(&mut self) {
        self.running = self.settings;
        self.whole = self.running.send();
        self.changed.clear();
        self.admin = false;
        self.retry();
    }

    /// Has the network, or has it not.
    pub(super) fn connect(&mut self, online: bool) {
        self.online = online;
        self.retry();
    }

    /// Sends everything once more.
    pub(super) fn send_whole(&mut self) {
        self.whole = true;
        self.retry();
    }

    /// Tries at once again, whatever failed before.
    pub(super) fn retry(&mut self) {
        self.failures = 0;
        self.not_before = None;
    }

    /// Has a call made as it is, before all others.
    pub(super) fn make(&mut self, job: Job) {
        self.by_hand.push_back(Job { by_hand: true, ..job });
    }

    /// Works by itself from now on; or no longer.
    pub(super) fn work(&mut self, every: Option<Duration>, now: Instant) {
        let turn = self.shift.map_or(0, |shift| shift.turn);
        self.shift = every.map(|every| Shift { every, next: now, turn });
    }

    /// How many products wait to be told of.
    pub(super) fn waiting(&self) -> usize {
        if self.whole { self.products.len() } else { self.changed.len() }
    }

    /// The number of the last state.
    pub(super) fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Lets happen what is due, and hands out the call to make next, if there is one; else when to look again, if that is
    /// known.
    pub(super) fn due(&mut self, now: Instant, clock_ms: u64, console: &str) -> (Option<Job>, Option<Instant>) {
        self.take_turns(now);
        let next_turn = self.shift.map(|shift| shift.next);
        if !self.online {
            return (None, next_turn);
        }
        if let Some(job) = self.by_hand.pop_front() {
            return (Some(job), None);
        }
        if !self.running.send() || self.key.is_empty() || (!self.whole && self.changed.is_empty()) {
            return (None, next_turn);
        }
        match self.not_before.filter(|at| *at > now) {
            Some(at) => (None, Some(next_turn.map_or(at, |turn| turn.min(at)))),
            None => (Some(self.next_job(clock_ms, console)), None),
        }
    }

    fn take_turns(&mut self, now: Instant) {
        while let Some(Shift { every, next, turn }) = self.shift.filter(|shift| shift.next <= now) {
            if let Some((at, happens)) = shift::next(turn, &self.products) {
                match happens {
                    Happens::Sold => self.sell(at, 1),
                    Happens::Restocked => self.change(at, |product| product.quantity = shift::DELIVERED),
                    Happens::Deactivated => self.change(at, |product| product.available = false),
                    Happens::Activated => self.change(at, |product| product.available = true),
                }
            }
            // Late by more than one turn, it does not catch up.
            self.shift = Some(Shift { every, next: (next + every).max(now), turn: turn + 1 });
        }
    }

    fn next_job(&mut self, clock_ms: u64, console: &str) -> Job {
        // Grows over restarts of the sandbox too, which forgets what it had come to.
        self.sequence = clock_ms.max(self.sequence + 1);
        let whole = self.whole;
        let told = |product: &&Product| whole || self.changed.contains(&product.key);
        let entries: Vec<Value> = self.products.iter().filter(told).map(Product::entry).collect();
        let kind = if whole { Kind::Put } else { Kind::Patch };
        let count = entries.len();
        let body = json!({ "sequence": self.sequence, "entries": entries }).to_string();
        self.whole = false;
        self.changed.clear();
        let idempotency_key = Some(random::secret(12));
        Job { idempotency_key, sequence: self.sequence, ..self.job(kind, console, body, count) }
    }

    /// A call of this till's.
    pub(super) fn job(&self, kind: Kind, console: &str, body: String, entries: usize) -> Job {
        let console = self.console.as_deref().unwrap_or(console);
        Job {
            run: self.run,
            by_hand: false,
            kind,
            url: format!("{console}/api/v1/pos/tills/{}/stock", self.id),
            key: self.key.clone(),
            idempotency_key: None,
            body,
            sequence: self.sequence,
            entries,
        }
    }

    /// Takes what came of a call: what was not taken in is to be told again, with whatever changes meanwhile.
    pub(super) fn answered(&mut self, job: Job, heard: &Heard, at: String, now: Instant) {
        if job.run != self.run {
            return;
        }
        let (kind, by_hand, keys) = (job.kind, job.by_hand, told(&job.body));
        self.calls.note(job, heard, at);
        if by_hand {
            return;
        }
        let untold = |till: &mut Self| {
            till.whole |= kind == Kind::Put;
            till.changed.extend(keys);
        };
        match heard.status {
            Some(200..=299) => self.retry(),
            // The console has a newer state than this till remembers to have sent: all of it is sent anew.
            Some(409) => {
                self.whole = true;
                self.wait(1, now);
            }
            // It will not be taken in by being said again.
            Some(400 | 413 | 415 | 422) => self.retry(),
            Some(401 | 403 | 404) => {
                untold(self);
                self.wait(LONGEST_WAIT, now);
            }
            None | Some(_) => {
                untold(self);
                self.wait(heard.retry_after.unwrap_or(1 << self.failures.min(5)), now);
            }
        }
    }

    fn wait(&mut self, seconds: u64, now: Instant) {
        self.failures += 1;
        self.not_before = Some(now + Duration::from_secs(seconds.min(LONGEST_WAIT)));
    }
}

/// The products a body tells of.
fn told(body: &str) -> Vec<Ref> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let key = |entry: &Value| {
        let sku = entry["sku_ref"].as_str().map(|text| Ref::Sku(text.to_owned()));
        sku.or_else(|| entry["option_ref"].as_str().map(|text| Ref::Option(text.to_owned())))
    };
    body["entries"].as_array().into_iter().flatten().filter_map(key).collect()
}

/// Reads a quantity as it is typed at a French till: `12`, `-3`, `1,5`.
pub(super) fn quantity(text: &str) -> Option<i128> {
    money::parse_thousandths(&text.trim().replace(',', "."))
}
