//! What PostgreSQL has of what a batch names: connections, events, orders. Looked up one by one within each statement
//! (`LATERAL`): a plan made while the tables were small would read them whole later on.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use crate::Result;
use crate::intake::{At, Draft, Known, Standing};
use crate::rows::Cells as _;

/// Makes others wait who receive the same events or news of the same orders: what is known of them stays so until the
/// transaction ends. In one order, so that nobody waits in a circle.
pub(super) async fn lock(tx: &mut PgConnection, drafts: &[Draft]) -> Result<()> {
    let names = drafts.iter().flat_map(|draft| {
        let order = draft.order_id().map(|order| format!("order {order}"));
        let own = draft.event_id.as_ref().map_or_else(|| format!("id {}", draft.id), |event| format!("event {event}"));
        [Some(own), order].into_iter().flatten()
    });
    sqlx::query(
        "SELECT pg_advisory_xact_lock(name) FROM (SELECT DISTINCT hashtextextended(n, 4) AS name \
         FROM unnest($1::text[]) AS n ORDER BY name) AS names",
    )
    .bind(names.collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn look_up(tx: &mut PgConnection, drafts: &[Draft]) -> Result<Known> {
    let mut known = Known::default();
    let connections: BTreeSet<_> = drafts.iter().map(|draft| draft.connection.as_str()).collect();
    let rows = sqlx::query(
        "SELECT c.id, c.place_id, r.heard_at, coalesce(r.refused, 0) AS refused FROM connections c \
         LEFT JOIN registrations r ON r.connection_id = c.id WHERE c.id = ANY ($1) AND c.closed_at IS NULL",
    )
    .bind(connections.into_iter().collect::<Vec<_>>())
    .fetch_all(&mut *tx)
    .await?;
    for row in rows {
        let standing = Standing {
            place: row.integer("place_id")?,
            heard_at: row.instant_or_null("heard_at")?,
            refused: row.count("refused")?,
        };
        known.open.insert(row.text("id")?, standing);
    }
    let own: Vec<_> = drafts.iter().filter(|draft| draft.event_id.is_none()).map(|draft| draft.id.as_str()).collect();
    if !own.is_empty() {
        let rows = sqlx::query("SELECT id FROM operations WHERE id = ANY ($1)").bind(own).fetch_all(&mut *tx).await?;
        for row in rows {
            known.ids.insert(row.text("id")?);
        }
    }
    let named = |what: fn(&Draft) -> Option<&str>| -> BTreeSet<At> {
        let named = drafts.iter().filter_map(|draft| {
            let standing = known.open.get(draft.connection.as_str())?;
            Some((standing.place, what(draft)?.to_owned()))
        });
        named.collect()
    };
    let (events, orders) = (named(|draft| draft.event_id.as_deref()), named(Draft::order_id));
    if !events.is_empty() {
        let (places, events): (Vec<i64>, Vec<String>) = events.into_iter().unzip();
        let rows = sqlx::query(
            "SELECT w.place_id, w.event_id FROM unnest($1::bigint[], $2::text[]) AS w (place_id, event_id) \
             CROSS JOIN LATERAL (SELECT 1 FROM operations o \
             WHERE o.place_id = w.place_id AND o.event_id = w.event_id LIMIT 1) AS o",
        )
        .bind(places)
        .bind(events)
        .fetch_all(&mut *tx)
        .await?;
        for row in rows {
            known.events.insert((row.integer("place_id")?, row.text("event_id")?));
        }
    }
    if !orders.is_empty() {
        let (places, orders): (Vec<i64>, Vec<String>) = orders.into_iter().unzip();
        let rows = sqlx::query(
            "SELECT w.place_id, w.order_id, o.created, o.cancelled \
             FROM unnest($1::bigint[], $2::text[]) AS w (place_id, order_id) \
             CROSS JOIN LATERAL (SELECT max(CASE WHEN kind = 'order_created' THEN 1::bigint ELSE 0 END) AS created, \
             max(CASE WHEN kind = 'order_updated' AND status IN ('cancelled', 'rejected') THEN 1::bigint ELSE 0 END) \
             AS cancelled FROM operations o WHERE o.place_id = w.place_id AND o.order_id = w.order_id) AS o \
             WHERE o.created IS NOT NULL",
        )
        .bind(places)
        .bind(orders)
        .fetch_all(&mut *tx)
        .await?;
        for row in rows {
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
