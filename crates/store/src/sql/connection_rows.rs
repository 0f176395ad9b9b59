//! Rows of `connections`, within a transaction. Owns how a connection is found and written.

use jiff::Timestamp;

use super::SqlConnection;
use crate::grants::holders;
use crate::rows::{self, connection_columns, health_word, level_word, state_word};
use crate::search::searched;
use crate::time::to_micros;
use crate::{Attempt, ConnectionId, ConnectionRow, Granted, NamedRef, Result, Role, SessionId};

macro_rules! by_key {
    () => {
        concat!(
            "SELECT ",
            connection_columns!(),
            " FROM connections c WHERE c.vendor = $1 AND c.till = $2 AND c.hub_key = $3 AND c.closed_at IS NULL"
        )
    };
}

macro_rules! by_id {
    () => {
        concat!("SELECT ", connection_columns!(), " FROM connections c WHERE c.id = $1 AND c.closed_at IS NULL")
    };
}

macro_rules! granted {
    () => {
        concat!(
            "SELECT ",
            connection_columns!(),
            ", g.role FROM grants g JOIN connections c ON c.id = g.connection_id \
             WHERE c.id = $1 AND c.closed_at IS NULL AND g.expires_at > $3 AND g.holder IN ",
            holders!("$2", "c.vendor"),
            " ORDER BY g.role LIMIT 1"
        )
    };
}

pub(crate) async fn find_by_key(
    db: &mut SqlConnection,
    vendor: &str,
    till: &str,
    hub_key: &str,
) -> Result<Option<ConnectionRow>> {
    by_key(by_key!(), db, vendor, till, hub_key).await
}

/// [`find_by_key`], and nobody else can write the row before the transaction ends.
pub(crate) async fn lock_by_key(
    db: &mut SqlConnection,
    vendor: &str,
    till: &str,
    hub_key: &str,
) -> Result<Option<ConnectionRow>> {
    by_key(concat!(by_key!(), locked!("c")), db, vendor, till, hub_key).await
}

async fn by_key(
    statement: &'static str,
    db: &mut SqlConnection,
    vendor: &str,
    till: &str,
    hub_key: &str,
) -> Result<Option<ConnectionRow>> {
    let row = sqlx::query(statement).bind(vendor).bind(till).bind(hub_key).fetch_optional(db).await?;
    row.as_ref().map(rows::connection).transpose()
}

/// An open connection, whoever asks.
pub(crate) async fn find_open(db: &mut SqlConnection, id: &ConnectionId) -> Result<Option<ConnectionRow>> {
    by_id(by_id!(), db, id).await
}

/// [`find_open`], and nobody else can write the row before the transaction ends.
pub(crate) async fn lock_open(db: &mut SqlConnection, id: &ConnectionId) -> Result<Option<ConnectionRow>> {
    by_id(concat!(by_id!(), locked!("c")), db, id).await
}

async fn by_id(statement: &'static str, db: &mut SqlConnection, id: &ConnectionId) -> Result<Option<ConnectionRow>> {
    let row = sqlx::query(statement).bind(id.as_str()).fetch_optional(db).await?;
    row.as_ref().map(rows::connection).transpose()
}

/// An open connection on which the session has a grant that lasts beyond `at`; of two, the one to manage.
pub(crate) async fn find_granted(
    db: &mut SqlConnection,
    id: &ConnectionId,
    session: &SessionId,
    at: Timestamp,
) -> Result<Option<Granted>> {
    granted(granted!(), db, id, session, at).await
}

/// [`find_granted`], and nobody else can write the row before the transaction ends.
pub(crate) async fn lock_granted(
    db: &mut SqlConnection,
    id: &ConnectionId,
    session: &SessionId,
    at: Timestamp,
) -> Result<Option<Granted>> {
    granted(concat!(granted!(), locked!("c")), db, id, session, at).await
}

async fn granted(
    statement: &'static str,
    db: &mut SqlConnection,
    id: &ConnectionId,
    session: &SessionId,
    at: Timestamp,
) -> Result<Option<Granted>> {
    let row =
        sqlx::query(statement).bind(id.as_str()).bind(session.as_str()).bind(to_micros(at)).fetch_optional(db).await?;
    row.as_ref().map(rows::granted).transpose()
}

/// [`lock_granted`], if the grant is one to manage.
pub(crate) async fn lock_managed(
    db: &mut SqlConnection,
    id: &ConnectionId,
    session: &SessionId,
    at: Timestamp,
) -> Result<Option<ConnectionRow>> {
    let found = lock_granted(db, id, session, at).await?;
    Ok(found.filter(|found| found.role == Role::Manage).map(|found| found.connection))
}

/// The open connection a settlement takes the place of, if it is the same till's and the attempt's session had the
/// right to it when the attempt began.
pub(crate) async fn lock_replaced(
    db: &mut SqlConnection,
    attempt: &Attempt,
    id: Option<&ConnectionId>,
) -> Result<Option<ConnectionRow>> {
    let Some(id) = id else { return Ok(None) };
    let found = lock_managed(db, id, &attempt.session, attempt.created_at).await?;
    Ok(found.filter(|other| other.vendor == attempt.vendor && other.till == attempt.till))
}

/// A new connection, with its place and with a callback that has yet to be looked at.
pub(crate) async fn insert(db: &mut SqlConnection, connection: &ConnectionRow) -> Result<()> {
    sqlx::query("INSERT INTO places (vendor, till, hub_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(&connection.vendor)
        .bind(&connection.till)
        .bind(&connection.hub_key)
        .execute(&mut *db)
        .await?;
    write(
        "INSERT INTO connections \
         (id, vendor, till, state, level, hub_key, account_id, account_name, location_id, location_name, \
          catalog_id, catalog_name, customer_list_id, customer_list_name, scope, device_id, app_instance_id, \
          token_key_id, token_sealed, token_bound_to, token_fingerprint, connected_at, connected_by, browser, \
          reconnected_at, version, health, health_since, last_failed_at, last_ok_at, support_verified_at, \
          last_order_at, connected_by_name, checks_asked_at, changed_at, searched, timezone, place_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, \
                 $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, \
                 (SELECT id FROM places WHERE vendor = $2 AND till = $3 AND hub_key = $6))",
        db,
        connection,
    )
    .await?;
    sqlx::query("INSERT INTO registrations (connection_id) VALUES ($1)")
        .bind(connection.id.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// Writes every column over an existing row.
pub(crate) async fn write_over(db: &mut SqlConnection, connection: &ConnectionRow) -> Result<()> {
    write(
        "UPDATE connections SET vendor = $2, till = $3, state = $4, level = $5, hub_key = $6, account_id = $7, \
         account_name = $8, location_id = $9, location_name = $10, catalog_id = $11, catalog_name = $12, \
         customer_list_id = $13, customer_list_name = $14, scope = $15, device_id = $16, app_instance_id = $17, \
         token_key_id = $18, token_sealed = $19, token_bound_to = $20, token_fingerprint = $21, \
         connected_at = $22, connected_by = $23, browser = $24, reconnected_at = $25, version = $26, \
         health = $27, health_since = $28, last_failed_at = $29, last_ok_at = $30, support_verified_at = $31, \
         last_order_at = $32, connected_by_name = $33, checks_asked_at = $34, changed_at = $35, searched = $36, \
         timezone = $37 WHERE id = $1",
        db,
        connection,
    )
    .await
}

/// Runs a statement whose parameters are a connection's columns in the order of [`insert`].
async fn write(statement: &'static str, db: &mut SqlConnection, connection: &ConnectionRow) -> Result<()> {
    let id = |named: &Option<NamedRef>| named.as_ref().map(|named| named.id.clone());
    let name = |named: &Option<NamedRef>| named.as_ref().map(|named| named.name.clone());
    sqlx::query(statement)
        .bind(connection.id.as_str())
        .bind(&connection.vendor)
        .bind(&connection.till)
        .bind(state_word(connection.state))
        .bind(level_word(connection.level))
        .bind(&connection.hub_key)
        .bind(&connection.account.id)
        .bind(&connection.account.name)
        .bind(id(&connection.location))
        .bind(name(&connection.location))
        .bind(id(&connection.catalog))
        .bind(name(&connection.catalog))
        .bind(id(&connection.customer_list))
        .bind(name(&connection.customer_list))
        .bind(&connection.scope)
        .bind(&connection.device_id)
        .bind(&connection.app_instance_id)
        .bind(&connection.token.key_id)
        .bind(&connection.token.bytes)
        .bind(&connection.token.bound_to)
        .bind(connection.token_fingerprint.as_slice())
        .bind(to_micros(connection.connected_at))
        .bind(connection.connected_by.as_str())
        .bind(&connection.browser)
        .bind(connection.reconnected_at.map(to_micros))
        .bind(connection.version)
        .bind(health_word(connection.health))
        .bind(connection.health_since.map(to_micros))
        .bind(connection.last_failed_at.map(to_micros))
        .bind(connection.last_ok_at.map(to_micros))
        .bind(connection.support_verified_at.map(to_micros))
        .bind(connection.last_order_at.map(to_micros))
        .bind(&connection.connected_by_name)
        .bind(connection.checks_asked_at.map(to_micros))
        .bind(to_micros(connection.changed_at))
        .bind(searched(connection))
        .bind(&connection.timezone)
        .execute(db)
        .await?;
    Ok(())
}
