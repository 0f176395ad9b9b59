//! From a row of either database to the model. Owns the column lists of connecting a till; those of people, of
//! watching, of operations and of acts are beside, and so are the words states are stored as.

mod acts;
mod operations;
mod people;
mod stock;
mod watching;
mod words;

pub(crate) use acts::{act, act_columns, erasure, share, share_columns, view};
pub(crate) use operations::{
    count_columns, counts, exchange, exchange_columns, odd, operation, operation_columns, operation_state,
    registration, tried, whole,
};
pub(crate) use people::{
    embedded, identity, identity_columns, lock, lock_columns, request, request_columns, user, user_columns,
};
pub(crate) use stock::{
    pos_key, pos_key_columns, stock_entry, stock_entry_columns, stock_held, stock_held_columns, stock_lane,
    stock_lane_columns, stock_point, stock_till, sync_word,
};
pub(crate) use watching::{actor, audit, audit_columns, check, desk_columns, desk_row, grant, granted, till_settings};
pub(crate) use words::{
    act_word, action_word, embed_role_word, ended_of, health_word, kind_word, level_word, operation_word, role_word,
    state_word, telling_word, verdict_word, way_of,
};

use jiff::Timestamp;
use sqlx::Row as _;

use self::words::{HEALTHS, LEVELS, PHASES, STATES};

use crate::time::from_micros;
use crate::{
    Attempt, AttemptId, ConnectionId, ConnectionRow, GrantedAccess, Held, NamedRef, RequestId, Result, Revocation,
    RevocationId, Sealed, Session, SessionId, StoreError,
};

macro_rules! session_columns {
    () => {
        "id, browser, created_at, last_seen_at, expires_at"
    };
}

/// Of `attempts a LEFT JOIN held_tokens h`.
macro_rules! attempt_columns {
    () => {
        "a.id, a.session_id, a.vendor, a.till, a.scope, a.replaces, a.arrival, a.request_id, a.phase, a.problem, \
         a.connection_id, a.created_at, a.expires_at, h.token_key_id, h.token_sealed, h.token_bound_to, h.token_fingerprint, \
         h.account_id, h.account_name, h.location_id, h.location_name, h.catalog_id, h.catalog_name, \
         h.customer_list_id, h.customer_list_name, h.app_instance_id"
    };
}

/// Unqualified, as SQLite's `RETURNING` wants them; none is also a column of `grants`.
macro_rules! connection_columns {
    () => {
        "id, vendor, till, state, level, hub_key, account_id, account_name, location_id, \
         location_name, catalog_id, catalog_name, customer_list_id, customer_list_name, scope, \
         device_id, app_instance_id, token_key_id, token_sealed, token_bound_to, token_fingerprint, \
         connected_at, connected_by, browser, reconnected_at, version, health, health_since, last_failed_at, \
         last_ok_at, support_verified_at, last_order_at, connected_by_name, checks_asked_at, timezone, \
         changed_at"
    };
}

macro_rules! revocation_columns {
    () => {
        "id, vendor, till, token_key_id, token_sealed, token_bound_to, caused_by, created_at, due_at, failures, \
         last_error"
    };
}

pub(crate) use {attempt_columns, connection_columns, revocation_columns, session_columns};

/// A row's cells by column name, whatever the database.
pub(crate) trait Cells {
    fn text(&self, column: &str) -> Result<String>;
    fn text_or_null(&self, column: &str) -> Result<Option<String>>;
    fn integer(&self, column: &str) -> Result<i64>;
    fn integer_or_null(&self, column: &str) -> Result<Option<i64>>;
    fn bytes(&self, column: &str) -> Result<Vec<u8>>;
    fn bytes_or_null(&self, column: &str) -> Result<Option<Vec<u8>>>;

    fn instant(&self, column: &str) -> Result<Timestamp> {
        from_micros(self.integer(column)?)
    }
    fn instant_or_null(&self, column: &str) -> Result<Option<Timestamp>> {
        self.integer_or_null(column)?.map(from_micros).transpose()
    }
    fn count(&self, column: &str) -> Result<u64> {
        Ok(u64::try_from(self.integer(column)?).unwrap_or(0))
    }
    fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.integer(column)? != 0)
    }
}

macro_rules! cells {
    ($row:ty, $integer:ident) => {
        impl Cells for $row {
            fn text(&self, column: &str) -> Result<String> {
                Ok(self.try_get(column)?)
            }
            fn text_or_null(&self, column: &str) -> Result<Option<String>> {
                Ok(self.try_get(column)?)
            }
            fn integer(&self, column: &str) -> Result<i64> {
                Ok(self.$integer(column)?)
            }
            fn integer_or_null(&self, column: &str) -> Result<Option<i64>> {
                Ok(self.$integer(column)?)
            }
            fn bytes(&self, column: &str) -> Result<Vec<u8>> {
                Ok(self.try_get(column)?)
            }
            fn bytes_or_null(&self, column: &str) -> Result<Option<Vec<u8>>> {
                Ok(self.try_get(column)?)
            }
        }
    };
}

cells!(sqlx::sqlite::SqliteRow, try_get);
// Numbers of 16 and 32 bits are numbers as well: sqlx reads them, and `try_get` would only refuse their type.
cells!(sqlx::postgres::PgRow, try_get_unchecked);

pub(crate) fn session(row: &impl Cells) -> Result<Session> {
    Ok(Session {
        id: SessionId::new(row.text("id")?),
        browser: row.text("browser")?,
        created_at: row.instant("created_at")?,
        last_seen_at: row.instant("last_seen_at")?,
        expires_at: row.instant("expires_at")?,
    })
}

pub(crate) fn attempt(row: &impl Cells) -> Result<Attempt> {
    let expires_at = row.instant("expires_at")?;
    let held = match row.text_or_null("token_key_id")? {
        None => None,
        Some(_) => Some(Held {
            token: token(row)?,
            token_fingerprint: fingerprint(row)?,
            access: GrantedAccess {
                account: NamedRef { id: row.text("account_id")?, name: row.text("account_name")? },
                location: named(row, "location_id", "location_name")?,
                catalog: named(row, "catalog_id", "catalog_name")?,
                customer_list: named(row, "customer_list_id", "customer_list_name")?,
                app_instance_id: row.text_or_null("app_instance_id")?,
            },
            expires_at,
        }),
    };
    Ok(Attempt {
        id: AttemptId::new(row.text("id")?),
        session: SessionId::new(row.text("session_id")?),
        vendor: row.text("vendor")?,
        till: row.text("till")?,
        scope: row.text("scope")?,
        replaces: row.text_or_null("replaces")?.map(ConnectionId::new),
        arrival: row.flag("arrival")?,
        request: row.text_or_null("request_id")?.map(RequestId::new),
        phase: word(row, "phase", PHASES)?,
        problem: row.text_or_null("problem")?,
        connection: row.text_or_null("connection_id")?.map(ConnectionId::new),
        held,
        created_at: row.instant("created_at")?,
        expires_at,
    })
}

pub(crate) fn connection(row: &impl Cells) -> Result<ConnectionRow> {
    Ok(ConnectionRow {
        id: ConnectionId::new(row.text("id")?),
        vendor: row.text("vendor")?,
        till: row.text("till")?,
        state: word(row, "state", STATES)?,
        level: word(row, "level", LEVELS)?,
        hub_key: row.text("hub_key")?,
        account: NamedRef { id: row.text("account_id")?, name: row.text("account_name")? },
        location: named(row, "location_id", "location_name")?,
        catalog: named(row, "catalog_id", "catalog_name")?,
        customer_list: named(row, "customer_list_id", "customer_list_name")?,
        scope: row.text("scope")?,
        device_id: row.text_or_null("device_id")?,
        app_instance_id: row.text_or_null("app_instance_id")?,
        token: token(row)?,
        token_fingerprint: fingerprint(row)?,
        connected_at: row.instant("connected_at")?,
        connected_by: SessionId::new(row.text("connected_by")?),
        browser: row.text("browser")?,
        reconnected_at: row.instant_or_null("reconnected_at")?,
        version: row.integer("version")?,
        health: word(row, "health", HEALTHS)?,
        health_since: row.instant_or_null("health_since")?,
        last_failed_at: row.instant_or_null("last_failed_at")?,
        last_ok_at: row.instant_or_null("last_ok_at")?,
        support_verified_at: row.instant_or_null("support_verified_at")?,
        last_order_at: row.instant_or_null("last_order_at")?,
        connected_by_name: row.text_or_null("connected_by_name")?,
        checks_asked_at: row.instant_or_null("checks_asked_at")?,
        timezone: row.text_or_null("timezone")?,
        changed_at: row.instant("changed_at")?,
    })
}

pub(crate) fn revocation(row: &impl Cells) -> Result<Revocation> {
    Ok(Revocation {
        id: RevocationId::new(row.text("id")?),
        vendor: row.text("vendor")?,
        till: row.text("till")?,
        token: token(row)?,
        caused_by: SessionId::new(row.text("caused_by")?),
        created_at: row.instant("created_at")?,
        due_at: row.instant("due_at")?,
        failures: u32::try_from(row.integer("failures")?).unwrap_or(u32::MAX),
        last_error: row.text_or_null("last_error")?,
    })
}

fn token(row: &impl Cells) -> Result<Sealed> {
    Ok(Sealed {
        key_id: row.text("token_key_id")?,
        bytes: row.bytes("token_sealed")?,
        bound_to: row.text("token_bound_to")?,
    })
}

fn fingerprint(row: &impl Cells) -> Result<[u8; 32]> {
    row.bytes("token_fingerprint")?
        .try_into()
        .map_err(|_| StoreError::Corrupt("`token_fingerprint` is not 32 bytes long".to_owned()))
}

fn named(row: &impl Cells, id: &str, name: &str) -> Result<Option<NamedRef>> {
    Ok(match (row.text_or_null(id)?, row.text_or_null(name)?) {
        (Some(id), Some(name)) => Some(NamedRef { id, name }),
        _ => None,
    })
}

fn word<T: Copy>(row: &impl Cells, column: &str, words: &[(&str, T)]) -> Result<T> {
    let text = row.text(column)?;
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| StoreError::Corrupt(format!("`{column}` holds `{text}`")))
}
