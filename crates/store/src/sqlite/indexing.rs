//! What is written beside operations so that they are found: their words, and the channels of a place. Within a
//! transaction.

use std::sync::LazyLock;

use sqlx::SqliteConnection;

use super::batches::Rows;
use crate::Result;

static WORDS: LazyLock<Rows> =
    LazyLock::new(|| Rows::new("INSERT OR FAIL INTO words (place_id, word, seq) VALUES ", 3, ""));

static CHANNELS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new("INSERT OR FAIL INTO channels (place_id, channel) VALUES ", 2, " ON CONFLICT DO NOTHING")
});

/// Words of operations: place, word, operation.
pub(super) async fn words(tx: &mut SqliteConnection, found_by: &[(i64, &str, i64)]) -> Result<()> {
    for (text, piece) in WORDS.pieces(found_by) {
        let mut query = sqlx::query(text);
        for (place, word, seq) in piece {
            query = query.bind(*place).bind(*word).bind(*seq);
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Channels of places.
pub(super) async fn channels(tx: &mut SqliteConnection, channels: &[(i64, &str)]) -> Result<()> {
    for (text, piece) in CHANNELS.pieces(channels) {
        let mut query = sqlx::query(text);
        for (place, channel) in piece {
            query = query.bind(*place).bind(*channel);
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}
