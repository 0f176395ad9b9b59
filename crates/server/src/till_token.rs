//! A till's own API token at rest: what it is sealed for, and what of it may be shown.
//!
//! Owns no rule of what a token looks like: the API says what is taken, PixelPoint what is right.

use passerelle_hubrise::AccessToken;
use passerelle_store::{ConnectionId, Sealed};

use crate::crypto::{CryptoError, Vault};

/// Characters of a token that are shown: its last ones, and never more than half of it.
const TAIL: usize = 5;

/// Seals a till's token for its connection, and gives the end that may be shown.
///
/// # Errors
/// When the system gives no randomness.
pub(crate) fn seal(vault: &Vault, connection: &ConnectionId, token: &str) -> Result<(Sealed, String), CryptoError> {
    Ok((vault.seal_text(token, &purpose(connection))?, tail(token).to_owned()))
}

/// Opens it.
///
/// # Errors
/// When it was sealed under another key, is damaged, or was sealed for anything but this connection's till.
pub(crate) fn open(vault: &Vault, connection: &ConnectionId, sealed: &Sealed) -> Result<AccessToken, CryptoError> {
    if sealed.bound_to != purpose(connection) {
        return Err(CryptoError::DoesNotOpen);
    }
    vault.open(sealed)
}

/// What a till's token is sealed for: its connection, and not as the connection's own token for HubRise.
fn purpose(connection: &ConnectionId) -> String {
    format!("till token of {connection}")
}

/// The end of a token, to recognise it by: whole characters.
fn tail(token: &str) -> &str {
    let shown = TAIL.min(token.chars().count() / 2);
    let at = token.char_indices().rev().take(shown).last().map_or(token.len(), |(at, _)| at);
    &token[at..]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn shows_the_end_of_a_token_and_never_more_than_half() {
        for (token, shown) in
            [("PX-1234567890-abcde", "abcde"), ("123456789", "6789"), ("12", "2"), ("1", ""), ("", ""), ("éàù", "ù")]
        {
            assert_eq!(tail(token), shown);
        }
    }

    #[test]
    fn opens_for_its_connection_alone() {
        let (vault, one) = (Vault::new(&[7; 32]), ConnectionId::new("one"));
        let (sealed, _) = seal(&vault, &one, "YT6eR2-CEED65AD33823A5B").unwrap();
        assert_eq!(open(&vault, &one, &sealed).unwrap().expose(), "YT6eR2-CEED65AD33823A5B");
        assert!(open(&vault, &ConnectionId::new("two"), &sealed).is_err());
    }

    #[test]
    fn a_connections_own_token_is_not_taken_for_its_tills() {
        let (vault, one) = (Vault::new(&[7; 32]), ConnectionId::new("one"));
        let own = vault.seal(&AccessToken::new("b9922a78"), "one").unwrap();
        assert!(open(&vault, &one, &own).is_err());
    }
}
