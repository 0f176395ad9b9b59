//! The console at home in vendors' back offices: whose word for a user is taken, the sessions that begin with it, and the
//! windows in which HubRise is shown, as it cannot be framed.
//!
//! Owns what a token must satisfy and what a bearer is worth. What is kept of users and their merchants is the store's; what
//! runs in the browser is `public/embed`.

mod bearer;
mod claims;
mod keys;
mod popup;
mod sessions;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests;
mod token;

pub use bearer::Bearer;
pub use claims::Claims;
pub use keys::EmbedKeys;
pub use popup::{begin_in_popup, open};
pub use sessions::{Embedded, begin, code, exchange, may_begin, may_change};
pub use token::Refused;
