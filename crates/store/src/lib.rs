//! Persistence: one trait, [`Store`], with SQLite and PostgreSQL behind it.
//!
//! Owns every SQL statement of the project, the schema and its migrations, and what one transaction holds
//! together. Knows nothing of HTTP, of HubRise or of encryption: tokens come and go sealed.
//!
//! **Invariant: the two databases cannot be told apart through the trait.** The rules both obey are pure
//! functions (`rules`, `care`, `grants`, `search`), what both are asked in the same words is written once (`sql`), the rows
//! they read are mapped by the same code (`rows`), and one suite (`conformance`) runs against each.
//!
//! **Invariant: a token is never lost.** From the moment it is handed over it is in exactly one place: in open
//! connections, in attempts that wait for a confirmation, or in a revocation still to be carried out. Only one that
//! HubRise itself calls revoked is forgotten without being revoked.
//!
//! **Invariant: what changes is told in the order it was committed.** Every transaction that changes a connection, a
//! request or a lock takes the row of `last_change` first.

#![expect(clippy::duplicate_mod, reason = "`sql` is a module of either driver: its types are the driver's own")]

mod care;
#[cfg(feature = "conformance")]
pub mod conformance;
mod embedding;
mod erasing;
mod error;
mod grants;
mod intake;
mod looking;
mod migrations;
mod model;
mod open;
mod packing;
mod postgres;
mod rows;
mod rules;
mod search;
mod sqlite;
mod stock;
mod store;
#[cfg(feature = "conformance")]
pub mod testing;
mod text;
mod time;
mod turns;
mod words;

pub use error::{Result, StoreError};
pub use intake::Draft;
pub(crate) use model::Actor;
pub use model::{
    ActKind, ActRow, Action, Attempt, AttemptId, AttemptPhase, AuditRow, BodiesPage, BodyMatch, Changes, CheckRow,
    Choice, Claim, Closing, ConnectionId, ConnectionRow, ConnectionState, DECLINED, Desk, DeskPage, DeskQuery, DeskRow,
    EXPIRED, Ended, Erasure, ExchangeId, ExchangeRow, ExchangeWhole, FailureGroup, FoundPage, Granted, GrantedAccess,
    Health, Held, Identity, IdentityClaim, IdentityId, LOCKED, Level, Lock, LockId, LogPage, Match, NamedRef,
    NewAttempt, NewExchange, NewIdentity, NewOperation, NewPosKey, NewRequest, NewSession, NewShare, NewUser,
    OperationCounts, OperationFilter, OperationId, OperationKind, OperationPage, OperationRow, OperationState,
    OrderFacts, Receipt, Registration, Request, RequestId, RequestState, Resend, Retold, Revocation, RevocationId,
    Rewritten, Role, Sealed, Session, SessionId, Settled, Settlement, ShareRow, Start, Swept, Tally, Telling, Term,
    TermKind, TillSettingsRow, ToTell, TryEnded, Turn, Unwanted, User, UserId, Verdict, ViewRow, Way,
};
pub use model::{EmbedRole, EmbedToken, Embedded, NewEmbedded, NewPopup, PopupOpening};
pub use model::{
    PosKeyRow, StockCall, StockCalls, StockCatalog, StockEntry, StockHeld, StockKind, StockLane, StockLeave,
    StockLevel, StockLimits, StockPoint, StockReceipt, StockRef, StockReport, StockSend, StockSent, StockSync,
    StockSyncState, StockSyncStep, StockTaken, StockTill, StockTurn, StockTurnEnded, StockView,
};
pub use open::{OpenOptions, open};
pub use store::{
    Acts, Audits, Checks, Delivering, Desks, Embedding, Erasing, Identities, KeyTries, Locks, Log, Operations, PosKeys,
    Receiving, Requests, Settings, StockLanes, Stocks, Store, Users, Watching,
};
