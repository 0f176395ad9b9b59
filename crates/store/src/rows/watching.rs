//! Rows of those who watch: grants, the audit, permission checks, settings, the desk.

use super::words::{ACTIONS, HEALTHS, ROLES, VERDICTS};
use super::{Cells, token, word};
use crate::grants::Grant;
use crate::{Actor, AuditRow, CheckRow, ConnectionId, DeskRow, Granted, Result, TillSettingsRow, UserId};

macro_rules! audit_columns {
    () => {
        "seq, at, action, name, email, browser, support"
    };
}

/// Of `connections c`, with whether there is a grant as `granted`.
macro_rules! desk_columns {
    () => {
        "c.id, c.till, c.account_name, c.location_name, c.health, c.connected_at, c.health_since, c.last_order_at"
    };
}

pub(crate) use {audit_columns, desk_columns};

/// A connection with the `role` of the grant it was found by.
pub(crate) fn granted(row: &impl Cells) -> Result<Granted> {
    Ok(Granted { connection: super::connection(row)?, role: word(row, "role", ROLES)? })
}

pub(crate) fn grant(row: &impl Cells) -> Result<Grant> {
    Ok(Grant {
        role: word(row, "role", ROLES)?,
        granted_at: row.instant("granted_at")?,
        expires_at: row.instant("expires_at")?,
    })
}

/// Of `sessions` and, where the session has one, its user.
pub(crate) fn actor(row: &impl Cells) -> Result<Actor> {
    Ok(Actor {
        user: row.text_or_null("user_id")?.map(UserId::new),
        name: row.text_or_null("name")?,
        email: row.text_or_null("email")?,
        browser: row.text("browser")?,
        support: row.integer_or_null("support")? == Some(1),
    })
}

pub(crate) fn audit(row: &impl Cells) -> Result<AuditRow> {
    Ok(AuditRow {
        seq: row.integer("seq")?,
        at: row.instant("at")?,
        action: word(row, "action", ACTIONS)?,
        name: row.text_or_null("name")?,
        email: row.text_or_null("email")?,
        browser: row.text("browser")?,
        support: row.flag("support")?,
    })
}

pub(crate) fn check(row: &impl Cells) -> Result<CheckRow> {
    Ok(CheckRow {
        resource: row.text("resource")?,
        verdict: word(row, "verdict", VERDICTS)?,
        checked_at: row.instant("checked_at")?,
    })
}

pub(crate) fn till_settings(row: &impl Cells) -> Result<TillSettingsRow> {
    let token_tail = row.text_or_null("token_tail")?;
    Ok(TillSettingsRow {
        token: if token_tail.is_some() { Some(token(row)?) } else { None },
        token_tail,
        choices: row.text("choices")?,
        version: row.integer("version")?,
        changed_at: row.instant("changed_at")?,
        changed_by: row.text_or_null("changed_by")?,
    })
}

/// A line of the desk, and when the connection was made.
pub(crate) fn desk_row(row: &impl Cells) -> Result<(DeskRow, jiff::Timestamp)> {
    let connected_at = row.instant("connected_at")?;
    let line = DeskRow {
        id: ConnectionId::new(row.text("id")?),
        till: row.text("till")?,
        account_name: row.text("account_name")?,
        location_name: row.text_or_null("location_name")?,
        health: word(row, "health", HEALTHS)?,
        since: row.instant_or_null("health_since")?.unwrap_or(connected_at),
        last_order_at: row.instant_or_null("last_order_at")?,
        granted: row.flag("granted")?,
    };
    Ok((line, connected_at))
}
