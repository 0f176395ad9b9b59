//! Takes the place of `wasm-streams` in the app. Leptos's server functions ask for that crate, and it exports the classes of its
//! streams to JavaScript, so that no linker can leave them out: five kilobytes of each first load. The app has no server
//! functions and streams nothing; what stands here is the part of the interface that must compile, and is never run.

use futures_util::{Stream, stream};
use wasm_bindgen::JsValue;

/// A stream of JavaScript's.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Would make one of a stream of Rust's.
    ///
    /// # Panics
    /// Always.
    pub fn from_stream(_stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        unimplemented_here()
    }

    /// Wraps one.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// What is wrapped.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Would read it.
    ///
    /// # Panics
    /// Always.
    pub fn into_stream(self) -> stream::Pending<Result<JsValue, JsValue>> {
        unimplemented_here()
    }
}

fn unimplemented_here() -> ! {
    panic!("this app streams nothing: see crates/streams")
}
