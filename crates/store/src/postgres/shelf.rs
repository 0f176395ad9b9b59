//! What looking through the log asks of PostgreSQL.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;

use super::PostgresStore;
use super::exchanges::first_packed;
use crate::looking::{Along, Heavy, Mark, NEIGHBOURS, Shelf, Sketch, Span, Worded, heavy};
use crate::rows::{self, Cells as _, kind_word, odd, operation_columns, operation_word};
use crate::text::storable;
use crate::time::to_micros;
use crate::{ConnectionId, OperationFilter, OperationRow, Result};

/// What of a filter follows the place ($1) and the span ($2 to $3). A channel by its hash as well: that is what the index of
/// places has of it.
macro_rules! wanted {
    () => {
        " AND ($4::text[] IS NULL OR o.kind = ANY ($4)) AND ($5::text[] IS NULL OR o.state = ANY ($5)) \
         AND ($6::text[] IS NULL OR o.cause = ANY ($6)) AND ($7::text IS NULL \
         OR (hashtext(coalesce(o.channel, '')) = hashtext($7) AND o.channel = $7)) \
         AND ($8::bigint IS NULL OR o.received_at >= $8) AND ($9::bigint IS NULL OR o.received_at < $9) \
         AND ($10::bigint = 0 OR o.handled_at IS NULL)"
    };
}

macro_rules! all {
    () => {
        " FROM operations o WHERE o.place_id = $1 AND o.seq BETWEEN $2 AND $3"
    };
}

macro_rules! few {
    () => {
        concat!(" FROM operations o WHERE o.place_id = $1 AND o.seq BETWEEN $2 AND $3 AND ", odd!())
    };
}

macro_rules! others {
    () => {
        " FROM operations o WHERE o.place_id = $1 AND o.seq BETWEEN $2 AND $3 AND o.kind <> 'order_created'"
    };
}

// Ordered by the place, too, though there is only one: so the index of places is the one that has the order.
macro_rules! scan {
    ($along:ident, $order:literal) => {
        concat!(
            "SELECT ",
            operation_columns!(),
            $along!(),
            wanted!(),
            " ORDER BY o.place_id ",
            $order,
            ", o.seq ",
            $order,
            " LIMIT $11"
        )
    };
}

// Of the table, only the row it ends at is read: those before it are counted in the index.
macro_rules! ahead {
    ($along:ident, $order:literal) => {
        concat!(
            "SELECT w.seq, m.received_at FROM (SELECT o.seq",
            $along!(),
            " ORDER BY o.place_id ",
            $order,
            ", o.seq ",
            $order,
            " LIMIT 1 OFFSET $4) AS w JOIN operations m ON m.seq = w.seq"
        )
    };
}

macro_rules! worded {
    ($along:ident) => {
        concat!(
            "SELECT o.seq, o.received_at, o.words, o.order_id",
            $along!(),
            wanted!(),
            " ORDER BY o.place_id DESC, o.seq DESC LIMIT $11"
        )
    };
}

type Asked = Query<'static, Postgres, PgArguments>;

/// A statement with its place, span and filter.
fn asked(text: &'static str, place: i64, span: Span, filter: &OperationFilter) -> Asked {
    let some = |list: Vec<String>| (!list.is_empty()).then_some(list);
    sqlx::query(text)
        .bind(place)
        .bind(span.first)
        .bind(span.last)
        .bind(some(filter.kinds.iter().map(|kind| kind_word(*kind).to_owned()).collect()))
        .bind(some(filter.states.iter().map(|state| operation_word(*state).to_owned()).collect()))
        .bind(some(filter.causes.iter().cloned().map(storable).collect()))
        .bind(filter.channel.clone().map(storable))
        .bind(filter.from.map(to_micros))
        .bind(filter.until.map(to_micros))
        .bind(i64::from(filter.not_handled_yet))
}

#[async_trait]
impl Shelf for PostgresStore {
    async fn place(&self, connection: &ConnectionId) -> Result<Option<i64>> {
        Ok(sqlx::query_scalar("SELECT place_id FROM connections WHERE id = $1")
            .bind(connection.as_str())
            .fetch_optional(&self.pool)
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
        let rows = asked(text, place, span, filter).bind(i64::from(limit)).fetch_all(&self.pool).await?;
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
            .bind(i64::from(skipped))
            .fetch_optional(&self.pool)
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
        let rows = asked(text, place, span, filter).bind(i64::from(limit)).fetch_all(&self.pool).await?;
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
        // Of ASCII alone, as SQLite's.
        let text = concat!(
            "SELECT o.seq",
            few!(),
            wanted!(),
            " AND strpos(lower(o.detail COLLATE \"C\"), $11) > 0 ORDER BY o.place_id DESC, o.seq DESC LIMIT $12"
        );
        let asked = asked(text, place, span, filter).bind(needle.to_owned()).bind(i64::from(limit));
        asked.fetch_all(&self.pool).await?.iter().map(|row| row.integer("seq")).collect()
    }

    async fn neighbours(&self, place: i64, at: Timestamp, later: bool) -> Result<Vec<i64>> {
        let text = if later {
            "SELECT seq::bigint FROM operations WHERE place_id = $1 AND kind = 'order_created' AND received_at >= $2 \
             ORDER BY place_id, received_at LIMIT $3"
        } else {
            "SELECT seq::bigint FROM operations WHERE place_id = $1 AND kind = 'order_created' AND received_at < $2 \
             ORDER BY place_id DESC, received_at DESC LIMIT $3"
        };
        let asked = sqlx::query_scalar(text).bind(place).bind(to_micros(at)).bind(i64::from(NEIGHBOURS));
        Ok(asked.fetch_all(&self.pool).await?)
    }

    async fn with_word(&self, place: i64, first: &str, end: &str, span: Span, limit: u32) -> Result<Vec<i64>> {
        let asked = sqlx::query_scalar(
            "SELECT seq::bigint FROM words WHERE place_id = $1 AND word >= $2 AND word < $3 AND seq BETWEEN $4 AND $5 \
             ORDER BY place_id, word LIMIT $6",
        );
        let asked = asked.bind(place).bind(storable(first.to_owned())).bind(end).bind(span.first).bind(span.last);
        Ok(asked.bind(i64::from(limit)).fetch_all(&self.pool).await?)
    }

    async fn with_order(&self, place: i64, first: &str, end: &str, span: Span, limit: u32) -> Result<Vec<i64>> {
        let asked = sqlx::query_scalar(
            "SELECT seq::bigint FROM operations WHERE place_id = $1 AND order_id >= $2 AND order_id < $3 \
             AND seq BETWEEN $4 AND $5 ORDER BY place_id, order_id LIMIT $6",
        );
        let asked = asked.bind(place).bind(storable(first.to_owned())).bind(end).bind(span.first).bind(span.last);
        Ok(asked.bind(i64::from(limit)).fetch_all(&self.pool).await?)
    }

    async fn these(&self, place: i64, filter: &OperationFilter, seqs: &[i64]) -> Result<Vec<Worded>> {
        if seqs.is_empty() {
            return Ok(Vec::new());
        }
        let text = concat!(
            "SELECT ",
            operation_columns!(),
            ", o.words FROM unnest($11::bigint[]) AS w (seq) CROSS JOIN LATERAL (SELECT * FROM operations WHERE seq = w.seq \
             LIMIT 1) AS o WHERE o.place_id = $1 AND o.seq BETWEEN $2 AND $3",
            wanted!()
        );
        let rows = asked(text, place, Span::ALL, filter).bind(seqs.to_vec()).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok(Worded { row: rows::operation(row)?, words: row.text_or_null("words")? })).collect()
    }

    async fn sketches(&self, operations: &[i64]) -> Result<Vec<Sketch>> {
        let rows = sqlx::query(
            "SELECT e.seq, w.seq AS operation_seq, e.id, e.facts FROM unnest($1::bigint[]) AS w (seq) CROSS JOIN LATERAL \
             (SELECT seq, id, facts FROM exchanges WHERE operation_seq = w.seq ORDER BY seq LIMIT 1000) AS e",
        )
        .bind(operations)
        .fetch_all(&self.pool)
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
        let (operations, seqs): (Vec<i64>, Vec<i64>) = exchanges.iter().copied().unzip();
        let rows = sqlx::query(concat!(
            "SELECT e.seq, e.packed, ",
            first_packed!(),
            " FROM (SELECT operation, array_agg(seq) AS seqs FROM unnest($1::bigint[], $2::bigint[]) AS n (operation, seq) \
             GROUP BY operation) AS w CROSS JOIN LATERAL (SELECT seq, operation_seq, packed FROM exchanges \
             WHERE operation_seq = w.operation AND seq = ANY (w.seqs) LIMIT 1000) AS e"
        ))
        .bind(operations)
        .bind(seqs)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(heavy).collect()
    }
}
