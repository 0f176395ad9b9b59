//! What the app and the server say to each other: plain data, serde alone, no I/O, no rules.
//!
//! Every type here crosses the network as JSON under `/api/v1`. A resource bears one name here, in the
//! store, in `server/src/api` and in the app's `src/api`. Times are RFC 3339 strings in UTC
//! (`2026-11-21T19:31:02.123Z`); the browser's `Intl` shows them in the reader's zone.

pub mod attempt;
pub mod audit;
pub mod choice;
pub mod connection;
pub mod desk;
pub mod embed;
pub mod log;
pub mod menu;
pub mod operation;
pub mod permission;
pub mod problem;
pub mod session;
pub mod sides;
pub mod stock;
pub mod till_settings;
pub mod vendor;

pub use attempt::{
    Arrival, AttemptBegin, AttemptConfirm, AttemptFinish, AttemptOutcome, AttemptStarted, AttemptState, AttemptSummary,
    Purpose,
};
pub use audit::{AuditAction, AuditLine, AuditPage};
pub use choice::{Choice, ChoiceOwner, ChoicePage, ChoiceRequest};
pub use connection::{
    Change, Connected, ConnectedBy, Connection, ConnectionState, Disconnected, Health, HealthState, Lock, NamedRef,
    RequestSend, RequestState, Role, Subject, SupportRequest, TillStatus,
};
pub use desk::{Desk, DeskLine, DeskPage, RequestDecline};
pub use embed::{EmbedBegin, EmbedCode, EmbedCodeAsk, EmbedFacts, EmbedSession, PopupAsk, PopupOpened};
pub use log::{
    Act, ActKind, Actor, CauseStats, DayStats, HandledMark, MatchKind, Matched, NewShare, OperationStats, ResendAsk,
    Resendable, Share, ShareAsk, View,
};
pub use menu::{MenuCheck, MenuFault, MenuFinding, MenuPart};
pub use operation::{
    CallbackState, Cause, Exchange, ExchangeLine, Flag, Note, NoteCode, Operation, OperationCounts, OperationKind,
    OperationLine, OperationPage, OperationState, OrderFacts, StockSent, Telling, TillTest, Way,
};
pub use permission::{PermissionCheck, Permissions, Verdict};
pub use problem::{FieldProblem, Problem, ProblemCode};
pub use session::{EmbedRole, Session, SessionLine, SignedIn};
pub use sides::{
    CellRole, FateReason, Point, Section, Side, SideCell, SideLine, SideRow, Sides, Spot, Sum, TicketLine, Total, Via,
};
pub use stock::{
    NewPosKey, PosKey, PosKeyAsk, StockBoard, StockDifference, StockEntry, StockEntryFault, StockFaultCode, StockHead,
    StockHistory, StockKind, StockPoint, StockProblem, StockReason, StockRef, StockSays, StockSending, StockSync,
    StockSyncResult, StockSyncState, StockTile, StockWay, TillStock, TillStockState, TillStockTaken,
};
pub use till_settings::{
    BridgeChoices, Deals, Discounts, NewStatus, OnRefusal, OnUnknown, TillSettings, TillSettingsChange,
};
pub use vendor::{
    Block, BlockKind, Capability, Chosen, Connects, Direction, Ending, Flow, Layout, Level, Localized, Look, Overview,
    Permission, Prerequisite, Resource, Right, Run, Setup, Support, Theme, Till, Vendor, VendorSummary,
};

/// The header that carries [`Session::csrf_token`] on every changing call.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// The header every answer carries, and every problem repeats: what to quote to support.
pub const REQUEST_ID_HEADER: &str = "x-request-id";
