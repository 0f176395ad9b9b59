//! From the queue to the till, and back to HubRise: what is sent, when, and what came of it.

mod wake;

pub use wake::Wake;
