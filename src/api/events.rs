//! `…/events`: the streams by which the server says that something has changed; never what. Owns opening and closing one.
//! When to open one, and what to do while there is none, is decided by `logic::live`.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::EventSource;

use super::call::BASE;
use crate::logic::{live::Heard, query::encode};

/// What a stream is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// One connection: whatever of it changes.
    Connection(String),
    /// One till as this session sees it: its connection, its request, its lock.
    Till {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
}

impl Topic {
    fn url(&self) -> String {
        match self {
            Self::Connection(id) => format!("{BASE}/connections/{}/events", encode(id)),
            Self::Till { vendor, till } => format!("{BASE}/vendors/{}/tills/{}/events", encode(vendor), encode(till)),
        }
    }
}

/// An open stream; dropping it closes it.
pub struct Stream {
    source: EventSource,
    // The browser calls these for as long as the stream is open.
    _listeners: [Closure<dyn FnMut()>; 3],
}

impl Stream {
    /// Opens one; nothing where the browser has no such thing.
    pub fn open(topic: &Topic, hear: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(&topic.url()).ok()?;
        let listen = |name: &str, heard: Box<dyn Fn() -> Heard>| {
            let hear = hear.clone();
            let listener = Closure::<dyn FnMut()>::new(move || hear(heard()));
            _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            listener
        };
        let broken = source.clone();
        let listeners = [
            listen("open", Box::new(|| Heard::Opened)),
            listen("changed", Box::new(|| Heard::Changed)),
            listen("error", Box::new(move || Heard::Broke { closed: broken.ready_state() == EventSource::CLOSED })),
        ];
        Some(Self { source, _listeners: listeners })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
