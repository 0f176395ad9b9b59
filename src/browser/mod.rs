//! What the app asks of the browser itself, in one place: storage, clock, clipboard, focus, the page's head.
//! Everything here may be refused by the browser and then does nothing; nothing here decides anything.

pub mod clipboard;
pub mod clock;
pub mod early;
pub mod explained;
pub mod file;
pub mod frame;
pub mod judge;
pub mod leaving;
pub mod page;
pub mod storage;
