//! What looking through the log asks of SQLite. Each statement names its index: a planner that knew better today would
//! read a year tomorrow.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};

use super::SqliteStore;
use super::batches::list;
use super::exchanges::first_packed;
use crate::looking::{Along, Heavy, Mark, NEIGHBOURS, Shelf, Sketch, Span, Worded, heavy};
use crate::rows::{self, Cells as _, kind_word, odd, operation_columns, operation_word};
use crate::text::storable;
use crate::time::to_micros;
use crate::{ConnectionId, OperationFilter, OperationRow, Result};

/// What of a filter follows the place ($1) and the span ($2 to $3); lists are `WORDS`.
macro_rules! wanted {
    () => {
        " AND ($4 IS NULL OR instr($4, char(31) || o.kind || char(31)) > 0) \
         AND ($5 IS NULL OR instr($5, char(31) || o.state || char(31)) > 0) \
         AND ($6 IS NULL OR instr($6, char(31) || o.cause || char(31)) > 0) \
         AND ($7 IS NULL OR o.channel = $7) AND ($8 IS NULL OR o.received_at >= $8) \
         AND ($9 IS NULL OR o.received_at < $9) AND ($10 = 0 OR o.handled_at IS NULL)"
    };
}

macro_rules! all {
    () => {
        " FROM operations o INDEXED BY operations_of_place WHERE o.place_id = $1 AND o.seq BETWEEN $2 AND $3"
    };
}

macro_rules! few {
    () => {
        concat!(
            " FROM operations o INDEXED BY operations_to_look_at WHERE o.place_id = $1 AND o.seq BETWEEN $2 AND $3 AND ",
            odd!()
        )
    };
}

macro_rules! others {
    () => {
        " FROM operations o INDEXED BY operations_but_orders WHERE o.place_id = $1 AND o.seq BETWEEN $2 AND $3 \
         AND o.kind <> 'order_created'"
    };
}

macro_rules! scan {
    ($along:ident, $order:literal) => {
        concat!("SELECT ", operation_columns!(), $along!(), wanted!(), " ORDER BY o.seq ", $order, " LIMIT $11")
    };
}

macro_rules! ahead {
    ($along:ident, $order:literal) => {
        concat!("SELECT o.seq, o.received_at", $along!(), " ORDER BY o.seq ", $order, " LIMIT 1 OFFSET $4")
    };
}

macro_rules! worded {
    ($along:ident) => {
        concat!(
            "SELECT o.seq, o.received_at, o.words, o.order_id",
            $along!(),
            wanted!(),
            " ORDER BY o.seq DESC LIMIT $11"
        )
    };
}

type Asked = Query<'static, Sqlite, SqliteArguments>;

/// A statement with its place, span and filter.
fn asked(text: &'static str, place: i64, span: Span, filter: &OperationFilter) -> Asked {
    sqlx::query(text)
        .bind(place)
        .bind(span.first)
        .bind(span.last)
        .bind(words(filter.kinds.iter().map(|kind| kind_word(*kind))))
        .bind(words(filter.states.iter().map(|state| operation_word(*state))))
        .bind(words(filter.causes.iter().map(String::as_str)))
        .bind(filter.channel.clone().map(storable))
        .bind(filter.from.map(to_micros))
        .bind(filter.until.map(to_micros))
        .bind(i64::from(filter.not_handled_yet))
}

/// Words between unit separators; none where any will do. A separator within a word would make two of it.
fn words<'a>(of: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut list = String::new();
    for word in of {
        if list.is_empty() {
            list.push('\u{1f}');
        }
        list.push_str(&word.replace(['\u{1f}', '\0'], "\u{fffd}"));
        list.push('\u{1f}');
    }
    (!list.is_empty()).then_some(list)
}

#[async_trait]
impl Shelf for SqliteStore {
    async fn place(&self, connection: &ConnectionId) -> Result<Option<i64>> {
        Ok(sqlx::query_scalar("SELECT place_id FROM connections WHERE id = $1")
            .bind(connection.as_str())
            .fetch_optional(&self.readers)
            .await?)
    }

    async fn scan(
        &self,
        place: i64,
        along: Along,
        filter: &OperationFilter,
        span: Span,
        up: bool,
        limit: u32,
    ) -> Result<Vec<OperationRow>> {
        let text = match (along, up) {
            (Along::All, false) => scan!(all, "DESC"),
            (Along::All, true) => scan!(all, "ASC"),
            (Along::Odd, false) => scan!(few, "DESC"),
            (Along::Odd, true) => scan!(few, "ASC"),
            (Along::Others, false) => scan!(others, "DESC"),
            (Along::Others, true) => scan!(others, "ASC"),
        };
        let rows = asked(text, place, span, filter).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(rows::operation).collect()
    }

    async fn ahead(&self, place: i64, along: Along, span: Span, up: bool, skipped: u32) -> Result<Option<Mark>> {
        let text = match (along, up) {
            (Along::All, false) => ahead!(all, "DESC"),
            (Along::All, true) => ahead!(all, "ASC"),
            (Along::Odd, false) => ahead!(few, "DESC"),
            (Along::Odd, true) => ahead!(few, "ASC"),
            (Along::Others, false) => ahead!(others, "DESC"),
            (Along::Others, true) => ahead!(others, "ASC"),
        };
        let row = sqlx::query(text)
            .bind(place)
            .bind(span.first)
            .bind(span.last)
            .bind(skipped)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok(Mark { seq: row.integer("seq")?, received_at: row.instant("received_at")? })).transpose()
    }

    async fn worded(
        &self,
        place: i64,
        along: Along,
        filter: &OperationFilter,
        span: Span,
        limit: u32,
    ) -> Result<Vec<(Mark, Option<String>, Option<String>)>> {
        let text = match along {
            Along::All => worded!(all),
            Along::Odd => worded!(few),
            Along::Others => worded!(others),
        };
        let rows = asked(text, place, span, filter).bind(limit).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let mark = Mark { seq: row.integer("seq")?, received_at: row.instant("received_at")? };
                Ok((mark, row.text_or_null("words")?, row.text_or_null("order_id")?))
            })
            .collect()
    }

    async fn detailed(
        &self,
        place: i64,
        filter: &OperationFilter,
        needle: &str,
        span: Span,
        limit: u32,
    ) -> Result<Vec<i64>> {
        let text = concat!(
            "SELECT o.seq",
            few!(),
            wanted!(),
            " AND instr(lower(o.detail), $11) > 0 ORDER BY o.seq DESC LIMIT $12"
        );
        let rows =
            asked(text, place, span, filter).bind(needle.to_owned()).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(|row| row.integer("seq")).collect()
    }

    async fn neighbours(&self, place: i64, at: Timestamp, later: bool) -> Result<Vec<i64>> {
        let text = if later {
            "SELECT seq FROM operations INDEXED BY orders_of_day WHERE place_id = $1 AND kind = 'order_created' \
             AND received_at >= $2 ORDER BY received_at LIMIT $3"
        } else {
            "SELECT seq FROM operations INDEXED BY orders_of_day WHERE place_id = $1 AND kind = 'order_created' \
             AND received_at < $2 ORDER BY received_at DESC LIMIT $3"
        };
        let asked = sqlx::query_scalar(text).bind(place).bind(to_micros(at)).bind(NEIGHBOURS);
        Ok(asked.fetch_all(&self.readers).await?)
    }

    async fn with_word(&self, place: i64, first: &str, end: &str, span: Span, limit: u32) -> Result<Vec<i64>> {
        let asked = sqlx::query_scalar(
            "SELECT seq FROM words WHERE place_id = $1 AND word >= $2 AND word < $3 AND seq BETWEEN $4 AND $5 LIMIT $6",
        );
        let asked = asked.bind(place).bind(first).bind(end).bind(span.first).bind(span.last).bind(limit);
        Ok(asked.fetch_all(&self.readers).await?)
    }

    async fn with_order(&self, place: i64, first: &str, end: &str, span: Span, limit: u32) -> Result<Vec<i64>> {
        let asked = sqlx::query_scalar(
            "SELECT seq FROM operations INDEXED BY operations_of_order WHERE place_id = $1 AND order_id >= $2 \
             AND order_id < $3 AND seq BETWEEN $4 AND $5 LIMIT $6",
        );
        let asked = asked.bind(place).bind(first).bind(end).bind(span.first).bind(span.last).bind(limit);
        Ok(asked.fetch_all(&self.readers).await?)
    }

    async fn these(&self, place: i64, filter: &OperationFilter, seqs: &[i64]) -> Result<Vec<Worded>> {
        let text = concat!(
            "SELECT ",
            operation_columns!(),
            ", o.words FROM operations o WHERE o.seq IN (SELECT value FROM json_each($11)) AND o.place_id = $1 \
             AND o.seq BETWEEN $2 AND $3",
            wanted!()
        );
        if seqs.is_empty() {
            return Ok(Vec::new());
        }
        let rows = asked(text, place, Span::ALL, filter).bind(list(seqs)).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(Worded { row: rows::operation(row)?, words: row.text_or_null("words")? })).collect()
    }

    async fn sketches(&self, operations: &[i64]) -> Result<Vec<Sketch>> {
        let rows = sqlx::query(
            "SELECT e.seq, e.operation_seq, e.id, e.facts FROM json_each($1) w CROSS JOIN exchanges e \
             ON e.seq IN (SELECT seq FROM exchanges WHERE operation_seq = w.value ORDER BY seq LIMIT 1000)",
        )
        .bind(list(operations))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Sketch {
                    seq: row.integer("seq")?,
                    operation: row.integer("operation_seq")?,
                    id: row.text("id")?,
                    facts: row.bytes("facts")?,
                })
            })
            .collect()
    }

    async fn packed(&self, exchanges: &[(i64, i64)]) -> Result<Vec<Heavy>> {
        let seqs: Vec<i64> = exchanges.iter().map(|(_, seq)| *seq).collect();
        let rows = sqlx::query(concat!(
            "SELECT e.seq, e.packed, ",
            first_packed!(),
            " FROM exchanges e WHERE e.seq IN (SELECT value FROM json_each($1))"
        ))
        .bind(list(&seqs))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(heavy).collect()
    }
}
