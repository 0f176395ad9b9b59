//! Who watches: health, changes, permission checks, the audit, a till's settings. Nothing here asks for a grant unless it
//! says so: whoever calls has asked for it.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Action, AuditRow, Changes, CheckRow, ConnectionId, ConnectionRow, Health, Result, Sealed, SessionId,
    TillSettingsRow,
};

/// How connections fare.
#[async_trait]
pub trait Watching {
    /// Notes how a call made at `at` ended, and says whether the state differs from before. Older than what is noted
    /// already, it is left out; a success within a minute of another writes nothing. Nothing happens when the connection
    /// is not open.
    async fn note_call(&self, id: &ConnectionId, health: Health, at: Timestamp) -> Result<bool>;

    /// Leases up to `limit` connections whose last call failed, at `stale_before` or earlier; the longest ago first. No two
    /// callers get the same one before its lease has ended, or another call was noted.
    async fn claim_unhealthy(
        &self,
        now: Timestamp,
        stale_before: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConnectionRow>>;

    /// Notes when an order was created; an older one than is known changes nothing.
    async fn note_order(&self, id: &ConnectionId, created_at: Timestamp) -> Result<()>;

    /// Notes the IANA name of the location's time zone; the same as before changes nothing, and nothing happens when the
    /// connection is not open. At most 200 bytes are kept.
    async fn note_timezone(&self, id: &ConnectionId, timezone: &str) -> Result<()>;

    /// What changed after `since`, which is the `until` of an earlier answer or, to begin with, the present; up to about
    /// `limit` changes, 16 at least. The last ones may come again in the next answer.
    async fn changed_since(&self, since: Timestamp, limit: u32) -> Result<Changes>;
}

/// What was verified of a connection's permissions.
#[async_trait]
pub trait Checks {
    /// What the last checks found, by resource.
    async fn permission_checks(&self, id: &ConnectionId) -> Result<Vec<CheckRow>>;

    /// Asks to check: none lets the caller, and nobody else before `not_after_last` has passed; else the instant to ask
    /// again. `Conflict` when the connection is not open.
    async fn claim_permission_check(
        &self,
        id: &ConnectionId,
        now: Timestamp,
        not_after_last: SignedDuration,
    ) -> Result<Option<Timestamp>>;

    /// Notes what checks found, each in the place of what was known of its resource. Nothing happens when the connection is
    /// not open.
    async fn note_permission_checks(&self, id: &ConnectionId, checks: Vec<CheckRow>) -> Result<()>;
}

/// Who did what.
#[async_trait]
pub trait Audits {
    /// Notes that this session did something to a connection. Nothing happens when there never was such a connection.
    async fn audit(&self, id: &ConnectionId, session: &SessionId, action: Action, now: Timestamp) -> Result<()>;

    /// What was done to a connection, and to the former ones of the same till at the same place: the newest first, at most
    /// `limit`, before the row numbered `cursor`.
    async fn audit_page(&self, id: &ConnectionId, cursor: Option<i64>, limit: u32) -> Result<Vec<AuditRow>>;
}

/// What a till itself needs.
#[async_trait]
pub trait Settings {
    /// The settings of an open connection's till; none before they were first set.
    async fn till_settings(&self, id: &ConnectionId) -> Result<Option<TillSettingsRow>>;

    /// Sets them: a token and its last characters, or the token there is stays. `expected_version` is that of the settings
    /// the change was made on, 0 when there were none. They are forgotten with the connection. `Conflict` when they are at
    /// another version, or the session has no unexpired grant to manage the connection.
    async fn set_till_settings(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        expected_version: i64,
        token: Option<(Sealed, String)>,
        choices: &str,
        now: Timestamp,
    ) -> Result<()>;
}
