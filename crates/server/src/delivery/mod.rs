//! From the queue to the till, and back to HubRise: what is sent, when, and what came of it.

pub(crate) mod cause;
pub(crate) mod settings;
mod wake;

pub use wake::Wake;
