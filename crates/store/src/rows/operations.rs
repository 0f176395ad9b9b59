//! Rows of operations, exchanges and registrations. Owns their column lists.

use super::words::{KINDS, OPERATION_STATES, TELLINGS};
use super::{Cells, word};
use crate::packing::{Facts, Parts, unpack_text};
use crate::turns::Tried;
use crate::{
    ConnectionId, ExchangeId, ExchangeRow, ExchangeWhole, OperationCounts, OperationId, OperationRow, OperationState,
    OrderFacts, Registration, Result, StoreError,
};

/// Of `operations o`.
macro_rules! operation_columns {
    () => {
        "o.seq, o.id, o.connection_id, o.kind, o.event_id, o.order_id, o.reference, o.channel, o.total, o.status, \
         o.ordered_at, o.expected_at, o.state, o.cause, o.detail, o.flag, o.tries, o.due_at, o.telling, \
         o.told_tries, o.received_at, o.changed_at, o.notes, o.sent_with, o.may_be_printed, o.manual, \
         o.resends, o.handled_at"
    };
}

/// Of `exchanges e LEFT JOIN operations o`.
macro_rules! exchange_columns {
    () => {
        "e.seq, e.id, o.id AS operation_id, coalesce(e.connection_id, o.connection_id) AS connection_id, e.started_at, \
         e.facts"
    };
}

/// Of `operations`, over those of a connection's last day.
macro_rules! count_columns {
    () => {
        "count(CASE WHEN state IN ('queued', 'sending') THEN 1 END) AS under_way, \
         count(CASE WHEN state = 'delivered' THEN 1 END) AS delivered, \
         count(CASE WHEN state IN ('attention', 'unknown', 'refused', 'failed') THEN 1 END) AS to_look_at"
    };
}

/// Of `operations o`: what is under way or needs somebody, or says why it stands so. As the index has it, to the letter.
macro_rules! odd {
    () => {
        "(o.state NOT IN ('delivered', 'noted') OR o.cause IS NOT NULL OR o.detail IS NOT NULL)"
    };
}

pub(crate) use {count_columns, exchange_columns, odd, operation_columns};

pub(crate) fn operation_state(row: &impl Cells) -> Result<OperationState> {
    word(row, "state", OPERATION_STATES)
}

pub(crate) fn operation(row: &impl Cells) -> Result<OperationRow> {
    let order = match row.text_or_null("order_id")? {
        None => None,
        Some(order_id) => Some(OrderFacts {
            order_id,
            reference: row.text_or_null("reference")?,
            channel: row.text_or_null("channel")?,
            total: row.text_or_null("total")?,
            status: row.text_or_null("status")?,
            ordered_at: row.instant_or_null("ordered_at")?,
            expected_at: row.instant_or_null("expected_at")?,
        }),
    };
    Ok(OperationRow {
        seq: row.integer("seq")?,
        id: OperationId::new(row.text("id")?),
        connection: ConnectionId::new(row.text("connection_id")?),
        kind: word(row, "kind", KINDS)?,
        event_id: row.text_or_null("event_id")?,
        order,
        state: word(row, "state", OPERATION_STATES)?,
        cause: row.text_or_null("cause")?,
        detail: row.text_or_null("detail")?,
        flag: row.text_or_null("flag")?,
        tries: small(row, "tries")?,
        due_at: row.instant_or_null("due_at")?,
        telling: word(row, "telling", TELLINGS)?,
        told_tries: small(row, "told_tries")?,
        notes: row.text_or_null("notes")?,
        received_at: row.instant("received_at")?,
        changed_at: row.instant("changed_at")?,
        sent_with: row.bytes_or_null("sent_with")?.map(|packed| unpack_text(&packed)).transpose()?,
        may_be_printed: row.flag("may_be_printed")?,
        manual: row.flag("manual")?,
        resends: small(row, "resends")?,
        handled_at: row.instant_or_null("handled_at")?,
    })
}

pub(crate) fn tried(row: &impl Cells) -> Result<Tried> {
    Ok(Tried {
        seq: row.integer("seq")?,
        place: row.integer("place_id")?,
        connection: row.text("connection_id")?,
        state: word(row, "state", OPERATION_STATES)?,
        flag: row.text_or_null("flag")?,
        may_be_printed: row.flag("may_be_printed")?,
        try_lease: row.integer_or_null("try_lease")?,
    })
}

pub(crate) fn exchange(row: &impl Cells) -> Result<ExchangeRow> {
    let facts = Facts::unpack(&row.bytes("facts")?)?;
    Ok(ExchangeRow {
        seq: row.integer("seq")?,
        id: ExchangeId::new(row.text("id")?),
        operation: row.text_or_null("operation_id")?.map(OperationId::new),
        connection: ConnectionId::new(row.text("connection_id")?),
        way: facts.way,
        method: facts.method,
        url: facts.url,
        status: facts.status,
        ended: facts.ended,
        started_at: row.instant("started_at")?,
        duration_us: facts.duration_us,
        error: facts.error,
        request_size: facts.request_size,
        response_size: facts.response_size,
    })
}

pub(crate) fn whole(row: ExchangeRow, parts: Parts) -> Result<ExchangeWhole> {
    let text = |bytes| {
        String::from_utf8(bytes).map_err(|_| StoreError::Corrupt("an exchange's headers are no text".to_owned()))
    };
    Ok(ExchangeWhole {
        row,
        request_headers: text(parts.request_headers)?,
        request_body: parts.request_body,
        response_headers: text(parts.response_headers)?,
        response_body: parts.response_body,
    })
}

pub(crate) fn counts(row: &impl Cells) -> Result<OperationCounts> {
    Ok(OperationCounts {
        under_way: row.count("under_way")?,
        delivered: row.count("delivered")?,
        to_look_at: row.count("to_look_at")?,
    })
}

/// One that was never looked at is due since 1970, which is nobody's business.
pub(crate) fn registration(row: &impl Cells) -> Result<Registration> {
    let due_at = row.instant("due_at")?;
    Ok(Registration {
        verified_at: row.instant_or_null("verified_at")?,
        repaired_at: row.instant_or_null("repaired_at")?,
        error: row.text_or_null("error")?,
        due_at: Some(due_at).filter(|due| *due > jiff::Timestamp::UNIX_EPOCH),
        refused: row.count("refused")?,
        refused_at: row.instant_or_null("refused_at")?,
        heard_at: row.instant_or_null("heard_at")?,
    })
}

fn small(row: &impl Cells, column: &str) -> Result<u32> {
    Ok(u32::try_from(row.integer(column)?).unwrap_or(u32::MAX))
}
