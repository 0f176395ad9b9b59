//! What the app and the server say to each other: plain data, serde alone, no I/O, no rules.
//!
//! Every type here crosses the network as JSON under `/api/v1`. A resource bears one name here, in the
//! store, in `server/src/api` and in the app's `src/api`. Times are RFC 3339 strings in UTC
//! (`2026-11-21T19:31:02.123Z`); the browser's `Intl` shows them in the reader's zone.

pub mod attempt;
pub mod choice;
pub mod connection;
pub mod problem;
pub mod session;
pub mod vendor;

pub use attempt::{
    AttemptBegin, AttemptConfirm, AttemptFinish, AttemptOutcome, AttemptStarted, AttemptState, AttemptSummary,
};
pub use choice::{Choice, ChoiceOwner, ChoicePage, ChoiceRequest};
pub use connection::{
    Change, Connected, ConnectedBy, Connection, ConnectionState, Disconnected, NamedRef, Subject, TillStatus,
};
pub use problem::{FieldProblem, Problem, ProblemCode};
pub use session::Session;
pub use vendor::{Chosen, Level, Localized, Permission, Resource, Right, Support, Till, Vendor, VendorSummary};

/// The header that carries [`Session::csrf_token`] on every changing call.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// The header every answer carries, and every problem repeats: what to quote to support.
pub const REQUEST_ID_HEADER: &str = "x-request-id";
