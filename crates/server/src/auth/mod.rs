//! Who calls: the browser's session, the proof that a changing call is its own, and the people signed in.
//!
//! Owns the cookie, the CSRF header and the check of `Origin`. What a session may touch is the store's to
//! say (grants): every read of a connection names the session that asks.

mod browser;
mod cookie;
mod guard;
mod people;

pub use browser::browser_label;
pub use cookie::{SessionCookie, cookie_name};
pub use guard::{Changing, Credential, CurrentSession, csrf_token, session_fingerprint};
pub use people::{person, signed_in, supporter};
