//! A till's settings, as those who send to it need them: its token opened, its choices read.

use passerelle_pixelpoint::ApiToken;
use passerelle_store::{ConnectionId, Store, StoreError};
use passerelle_wire::BridgeChoices;

use crate::crypto::{CryptoError, Vault};
use crate::till_token;

/// What is set.
#[derive(Debug)]
pub(crate) struct TillSettings {
    /// The till's own API token, if it was given.
    pub(crate) token: Option<ApiToken>,
    /// How orders are to reach it; the defaults before it was first set.
    pub(crate) choices: BridgeChoices,
    /// Counts changes; 0 before the first.
    pub(crate) version: i64,
}

/// Why they cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The token does not open.
    #[error("the till's token does not open: {0}")]
    Sealed(#[from] CryptoError),
    /// The choices are not ours, or a later program's.
    #[error("the till's choices cannot be read: {0}")]
    Choices(#[from] serde_json::Error),
}

/// The settings of an open connection's till.
///
/// # Errors
/// When the store fails, or what it holds cannot be understood by this server.
pub(crate) async fn read(
    store: &dyn Store,
    vault: &Vault,
    connection: &ConnectionId,
) -> Result<TillSettings, SettingsError> {
    let Some(kept) = store.till_settings(connection).await? else {
        return Ok(TillSettings { token: None, choices: BridgeChoices::default(), version: 0 });
    };
    let token = kept.token.as_ref().map(|sealed| till_token::open(vault, connection, sealed)).transpose()?;
    Ok(TillSettings {
        token: token.map(|token| ApiToken::new(token.expose())),
        choices: serde_json::from_str(&kept.choices)?,
        version: kept.version,
    })
}
