//! Everything this PixelPoint holds, behind one lock of its own: stores, printer, what was heard, whether it can be
//! reached. Nobody waits for anything while holding the lock.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use tokio::sync::{mpsc, oneshot, watch};

use super::{mode::Mode, printer::Printer, stores::Stores};

/// Requests remembered.
const HEARD: usize = 500;

/// A request as it is shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Heard {
    pub(crate) number: u64,
    /// When it had arrived, in microseconds since 1970.
    pub(crate) at_us: i64,
    /// What it wanted (`order`, `products`…); none when it could not be understood.
    pub(crate) wanted: Option<&'static str>,
    /// The store's name, where its token is one's.
    pub(crate) store: Option<String>,
    pub(crate) debug: bool,
    /// What it met.
    pub(crate) mode: Mode,
    /// The receipt, where it was printed.
    pub(crate) printed: Option<u64>,
    /// What was said to be wrong with it.
    pub(crate) refused: Option<String>,
}

/// What changes.
#[derive(Debug, Default)]
pub(crate) struct Inside {
    pub(crate) stores: Stores,
    pub(crate) printer: Printer,
    heard: VecDeque<Heard>,
    count: u64,
}

impl Inside {
    /// Remembers a request.
    pub(crate) fn note(&mut self, mut heard: Heard) {
        self.count += 1;
        heard.number = self.count;
        if self.heard.len() >= HEARD {
            self.heard.pop_front();
        }
        self.heard.push_back(heard);
    }

    /// The last requests, oldest first.
    pub(crate) fn heard(&self) -> impl DoubleEndedIterator<Item = &Heard> {
        self.heard.iter()
    }

    /// How many there were.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }
}

/// A wish to open or close the door, and where to say that it is done.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) open: bool,
    pub(crate) done: oneshot::Sender<Result<(), String>>,
}

/// The PixelPoint of a sandbox.
#[derive(Debug)]
pub(crate) struct Site {
    inside: Mutex<Inside>,
    open: watch::Sender<bool>,
    turns: Mutex<Option<mpsc::UnboundedSender<Turn>>>,
}

impl Default for Site {
    fn default() -> Self {
        Self { inside: Mutex::default(), open: watch::Sender::new(true), turns: Mutex::default() }
    }
}

impl Site {
    /// What changes, locked.
    pub(crate) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As on the first day. A closed door stays closed: opening it takes time, and is asked for by itself.
    pub(crate) fn reset(&self) {
        *self.inside() = Inside::default();
    }

    /// Whether it can be reached, and every change of that.
    pub(crate) fn open(&self) -> watch::Receiver<bool> {
        self.open.subscribe()
    }

    /// Makes this the door that `turn` opens and closes.
    pub(crate) fn hang_door(&self) -> mpsc::UnboundedReceiver<Turn> {
        let (sender, receiver) = mpsc::unbounded_channel();
        *self.turns.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        receiver
    }

    /// Opens the door, or closes it and cuts every conversation: from then on, connections are refused.
    pub(crate) async fn turn(&self, open: bool) -> Result<(), String> {
        let (done, turned) = oneshot::channel();
        {
            let turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            let sender = turns.as_ref().ok_or("this sandbox was started without a PixelPoint")?;
            sender.send(Turn { open, done }).map_err(|_| "it has stopped")?;
        }
        turned.await.map_err(|_| "it has stopped")??;
        self.open.send_replace(open);
        Ok(())
    }
}
