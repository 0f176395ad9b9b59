//! What is written beside operations so that they are found: their words, and the channels of a place. Within a
//! transaction.

use sqlx::PgConnection;

use crate::Result;

/// Words of operations: place, word, operation.
pub(super) async fn words(tx: &mut PgConnection, found_by: &[(i64, &str, i64)]) -> Result<()> {
    if found_by.is_empty() {
        return Ok(());
    }
    sqlx::query("INSERT INTO words (place_id, word, seq) SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[])")
        .bind(found_by.iter().map(|(place, ..)| *place).collect::<Vec<_>>())
        .bind(found_by.iter().map(|(_, word, _)| *word).collect::<Vec<_>>())
        .bind(found_by.iter().map(|(.., seq)| *seq).collect::<Vec<_>>())
        .execute(tx)
        .await?;
    Ok(())
}

/// Channels of places, in an order that is the same for everybody: a channel heard of for the first time, by two at once,
/// makes one wait for the other.
pub(super) async fn channels(tx: &mut PgConnection, channels: &[(i64, &str)]) -> Result<()> {
    if channels.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO channels (place_id, channel) SELECT * FROM unnest($1::bigint[], $2::text[]) ON CONFLICT DO NOTHING",
    )
    .bind(channels.iter().map(|(place, _)| *place).collect::<Vec<_>>())
    .bind(channels.iter().map(|(_, channel)| *channel).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}
