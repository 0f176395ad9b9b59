//! Persistence: one trait, [`Store`], with SQLite and PostgreSQL behind it.
//!
//! Owns every SQL statement of the project, the schema and its migrations, and what one transaction holds
//! together. Knows nothing of HTTP, of HubRise or of encryption: tokens come and go sealed.
//!
//! **Invariant: the two databases cannot be told apart through the trait.** The rules both obey are pure
//! functions (`rules`), the rows they read are mapped by the same code (`rows`), and one suite
//! (`conformance`) runs against each.
//!
//! **Invariant: a token is never lost.** From the moment it is handed over it is in exactly one place: in open
//! connections, in attempts that wait for a confirmation, or in a revocation still to be carried out.

#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod migrations;
mod model;
mod open;
mod postgres;
mod rows;
mod rules;
mod sqlite;
mod store;
#[cfg(feature = "conformance")]
pub mod testing;
mod text;
mod time;

pub use error::{Result, StoreError};
pub use model::{
    Attempt, AttemptId, AttemptPhase, Choice, Claim, Closing, ConnectionId, ConnectionRow, ConnectionState, DECLINED,
    EXPIRED, GrantedAccess, Held, Level, NamedRef, NewAttempt, NewSession, Revocation, RevocationId, Sealed, Session,
    SessionId, Settled, Settlement, Swept,
};
pub use open::{OpenOptions, open};
pub use store::Store;
