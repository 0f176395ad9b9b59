//! What SQLite has of what a batch names: connections, events, orders.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sqlx::SqliteConnection;

use super::batches::Rows;
use crate::Result;
use crate::intake::{At, Draft, Known, Standing};
use crate::rows::Cells as _;

static CONNECTIONS: LazyLock<Rows> = LazyLock::new(|| {
    let tail = ") SELECT c.id, c.place_id, r.heard_at, r.refused FROM wanted w CROSS JOIN connections c ON c.id = w.id \
                LEFT JOIN registrations r ON r.connection_id = c.id WHERE c.closed_at IS NULL";
    Rows::new("WITH wanted (id) AS (VALUES ", 1, tail)
});

static IDS: LazyLock<Rows> = LazyLock::new(|| {
    let tail = ") SELECT o.id FROM wanted w CROSS JOIN operations o ON o.id = w.id";
    Rows::new("WITH wanted (id) AS (VALUES ", 1, tail)
});

static EVENTS: LazyLock<Rows> = LazyLock::new(|| {
    let tail = ") SELECT o.place_id, o.event_id FROM wanted w CROSS JOIN operations o \
                ON o.place_id = w.place_id AND o.event_id = w.event_id AND o.event_id IS NOT NULL";
    Rows::new("WITH wanted (place_id, event_id) AS (VALUES ", 2, tail)
});

static ORDERS: LazyLock<Rows> = LazyLock::new(|| {
    let tail = ") SELECT o.place_id, o.order_id, max(o.kind = 'order_created') AS created, \
                max(o.kind = 'order_updated' AND coalesce(o.status, '') IN ('cancelled', 'rejected')) AS cancelled \
                FROM wanted w CROSS JOIN operations o ON o.place_id = w.place_id AND o.order_id = w.order_id \
                AND o.order_id IS NOT NULL GROUP BY o.place_id, o.order_id";
    Rows::new("WITH wanted (place_id, order_id) AS (VALUES ", 2, tail)
});

pub(super) async fn look_up(tx: &mut SqliteConnection, drafts: &[Draft]) -> Result<Known> {
    let mut known = Known::default();
    let connections: BTreeSet<_> = drafts.iter().map(|draft| draft.connection.as_str()).collect();
    let connections: Vec<_> = connections.into_iter().collect();
    for (text, piece) in CONNECTIONS.pieces(&connections) {
        let mut query = sqlx::query(text);
        for connection in piece {
            query = query.bind(*connection);
        }
        for row in query.fetch_all(&mut *tx).await? {
            let standing = Standing {
                place: row.integer("place_id")?,
                heard_at: row.instant_or_null("heard_at")?,
                refused: row.count("refused")?,
            };
            known.open.insert(row.text("id")?, standing);
        }
    }
    let own: Vec<_> = drafts.iter().filter(|draft| draft.event_id.is_none()).collect();
    for (text, piece) in IDS.pieces(&own) {
        let mut query = sqlx::query(text);
        for draft in piece {
            query = query.bind(draft.id.as_str());
        }
        for row in query.fetch_all(&mut *tx).await? {
            known.ids.insert(row.text("id")?);
        }
    }
    let named = |what: fn(&Draft) -> Option<&str>| -> Vec<At> {
        let named = drafts.iter().filter_map(|draft| {
            let standing = known.open.get(draft.connection.as_str())?;
            Some((standing.place, what(draft)?.to_owned()))
        });
        named.collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (events, orders) = (named(|draft| draft.event_id.as_deref()), named(Draft::order_id));
    for (text, piece) in EVENTS.pieces(&events) {
        for row in bound(text, piece).fetch_all(&mut *tx).await? {
            known.events.insert((row.integer("place_id")?, row.text("event_id")?));
        }
    }
    for (text, piece) in ORDERS.pieces(&orders) {
        for row in bound(text, piece).fetch_all(&mut *tx).await? {
            let order = (row.integer("place_id")?, row.text("order_id")?);
            if row.flag("cancelled")? {
                known.cancelled.insert(order.clone());
            }
            if row.flag("created")? {
                known.created.insert(order);
            }
        }
    }
    Ok(known)
}

fn bound<'t>(
    text: &'static str,
    piece: &'t [At],
) -> sqlx::query::Query<'t, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    piece.iter().fold(sqlx::query(text), |query, (place, what)| query.bind(*place).bind(what.as_str()))
}
