//! What the store keeps, as its callers see it: plain data. Owns no rule and no SQL.

mod attempt;
mod connection;
mod ids;
mod revocation;
mod sealed;
mod session;
mod sweep;

pub use attempt::{
    Attempt, AttemptPhase, Claim, DECLINED, EXPIRED, GrantedAccess, Held, NewAttempt, Settled, Settlement,
};
pub use connection::{Choice, Closing, ConnectionRow, ConnectionState, Level, NamedRef};
pub use ids::{AttemptId, ConnectionId, RevocationId, SessionId};
pub use revocation::Revocation;
pub use sealed::Sealed;
pub use session::{NewSession, Session};
pub use sweep::Swept;
