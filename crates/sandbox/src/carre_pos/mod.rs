//! A Carré POS till, as far as its stock is concerned: products that are sold and run out, the settings that have to be
//! ticked before anything leaves, and the calls by which it tells a console. Written from "Envoyer l'inventaire" of Carré
//! POS's documentation and from the console's public API; is steered under `/_sandbox/carre-pos`.
//!
//! What neither document says is guessed where it must be, and said to be "(inferred)".

mod calls;
mod control;
mod line;
mod page;
mod product;
mod setting;
mod settings_page;
mod shift;
mod till;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

pub(crate) use control::routes;
pub(crate) use line::work;

use self::till::Till;
use crate::state::State;

/// The catalog a fresh till sells from: Bella Pizza's.
const FIRST_CATALOG: &str = crate::seeds::bella::CATALOG;

/// The till behind its lock, and the bell that tells its line of something to do.
#[derive(Debug)]
pub(crate) struct Register {
    till: Mutex<Till>,
    bell: Arc<Notify>,
}

impl Register {
    /// A till as it is delivered: stocked, and sending nothing.
    pub(crate) fn delivered(state: &State) -> Self {
        Self { till: Mutex::new(Self::fresh(state, 0)), bell: Arc::default() }
    }

    /// As on the first day. What an earlier call of the till is answered is nobody's any more.
    pub(crate) fn reset(&self, state: &State) {
        let run = self.till().run + 1;
        *self.till() = Self::fresh(state, run);
        self.bell.notify_one();
    }

    fn fresh(state: &State, run: u64) -> Till {
        let data = state.directory.catalog(FIRST_CATALOG).map(|catalog| &catalog.data);
        Till::delivered(data.map(product::of_first_menu).unwrap_or_default(), run)
    }

    /// The till, locked. Nobody waits for anything while holding it.
    fn till(&self) -> MutexGuard<'_, Till> {
        self.till.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
