//! Rows of acts, shares, views and erasures. Owns their column lists.

use super::words::ACTS;
use super::{Cells, word};
use crate::{ActRow, ConnectionId, Erasure, Result, ShareRow, ViewRow};

/// Of `acts a`.
macro_rules! act_columns {
    () => {
        "a.kind, a.name, a.note, a.at"
    };
}

/// Of `shares s`.
macro_rules! share_columns {
    () => {
        "s.id, s.name, s.at, s.expires_at, s.ended_at, s.opened"
    };
}

pub(crate) use {act_columns, share_columns};

pub(crate) fn act(row: &impl Cells) -> Result<ActRow> {
    Ok(ActRow {
        kind: word(row, "kind", ACTS)?,
        by: row.text_or_null("name")?,
        note: row.text_or_null("note")?,
        at: row.instant("at")?,
    })
}

pub(crate) fn share(row: &impl Cells) -> Result<ShareRow> {
    Ok(ShareRow {
        id: row.text("id")?,
        by: row.text_or_null("name")?,
        at: row.instant("at")?,
        expires_at: row.instant("expires_at")?,
        ended_at: row.instant_or_null("ended_at")?,
        opened: row.count("opened")?,
    })
}

pub(crate) fn view(row: &impl Cells) -> Result<ViewRow> {
    Ok(ViewRow { id: row.text("id")?, name: row.text("name")?, query: row.text("query")? })
}

pub(crate) fn erasure(row: &impl Cells) -> Result<Erasure> {
    Ok(Erasure {
        id: row.integer("id")?,
        connection: ConnectionId::new(row.text("connection_id")?),
        customer_id: row.text("customer_id")?,
        lease: row.integer("lease")?.to_string(),
    })
}
