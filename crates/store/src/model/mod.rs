//! What the store keeps, as its callers see it: plain data. Owns no rule and no SQL.

mod act;
mod attempt;
mod audit;
mod check;
mod connection;
mod desk;
mod embedding;
mod exchange;
mod health;
mod identity;
mod ids;
mod lock;
mod log;
mod operation;
mod request;
mod revocation;
mod sealed;
mod session;
mod settings;
mod stock;
mod sweep;
mod user;

pub use act::{ActKind, ActRow, Erasure, NewShare, Resend, Retold, Rewritten, ShareRow, ViewRow};
pub use attempt::{
    Attempt, AttemptPhase, Claim, DECLINED, EXPIRED, GrantedAccess, Held, LOCKED, NewAttempt, Settled, Settlement,
    Unwanted,
};
pub(crate) use audit::Actor;
pub use audit::{Action, AuditRow};
pub use check::{CheckRow, Verdict};
pub use connection::{Choice, Closing, ConnectionRow, ConnectionState, Granted, Level, NamedRef, Role};
pub use desk::{Desk, DeskPage, DeskQuery, DeskRow};
pub use embedding::{EmbedRole, EmbedToken, Embedded, NewEmbedded, NewPopup, PopupOpening};
pub use exchange::{Ended, ExchangeRow, ExchangeWhole, NewExchange, Way};
pub use health::{Changes, Health};
pub use identity::{Identity, IdentityClaim, NewIdentity};
pub use ids::{
    AttemptId, ConnectionId, ExchangeId, IdentityId, LockId, OperationId, RequestId, RevocationId, SessionId, UserId,
};
pub use lock::Lock;
pub use log::{
    BodiesPage, BodyMatch, FailureGroup, FoundPage, LogPage, Match, OperationFilter, Start, Tally, Term, TermKind,
};
pub use operation::{
    NewOperation, OperationCounts, OperationKind, OperationPage, OperationRow, OperationState, OrderFacts, Receipt,
    Registration, Telling, ToTell, TryEnded, Turn,
};
pub use request::{NewRequest, Request, RequestState};
pub use revocation::Revocation;
pub use sealed::Sealed;
pub use session::{NewSession, Session};
pub use settings::TillSettingsRow;
pub use stock::{
    NewPosKey, PosKeyRow, StockCall, StockCalls, StockCatalog, StockEntry, StockHeld, StockKind, StockLane, StockLeave,
    StockLevel, StockLimits, StockPoint, StockReceipt, StockRef, StockReport, StockSend, StockSent, StockSync,
    StockSyncState, StockSyncStep, StockTaken, StockTill, StockTurn, StockTurnEnded, StockView,
};
pub use sweep::Swept;
pub use user::{NewUser, User};
