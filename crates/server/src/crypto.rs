//! Secrets at rest and secrets by hash: sealing tokens, random identifiers, fingerprints.
//!
//! Owns the cipher and nothing of where its output is kept. A token is sealed with XChaCha20-Poly1305 under
//! the server's key and bound, as associated data, to the record it belongs to: moved to another record it
//! no longer opens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use passerelle_hubrise::AccessToken;
use passerelle_store::Sealed;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// XChaCha20's nonce: 24 bytes, so that random ones never meet.
const NONCE_BYTES: usize = 24;

/// Why something could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum CryptoError {
    /// Sealed under a key this server does not have.
    #[error("sealed under key `{found}`, this server has `{ours}`")]
    OtherKey {
        /// The key id on the sealed value.
        found: String,
        /// This server's key id.
        ours: String,
    },
    /// Damaged, or moved to a record it was not sealed for.
    #[error("the sealed value does not open: damaged, or not of this record")]
    DoesNotOpen,
    /// The operating system gives no randomness.
    #[error("the system's random source failed: {0}")]
    NoRandomness(getrandom::Error),
}

impl From<getrandom::Error> for CryptoError {
    fn from(error: getrandom::Error) -> Self {
        Self::NoRandomness(error)
    }
}

/// The server's key for tokens at rest.
pub struct Vault {
    key_id: String,
    cipher: XChaCha20Poly1305,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault under this 32-byte key. The key's id, kept beside every sealed value, is eight hex digits of its hash.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        let key_id = hex(&Sha256::new().chain_update(b"passerelle key id").chain_update(key).finalize()[..4]);
        Self { key_id, cipher: XChaCha20Poly1305::new(&Key::from(*key)) }
    }

    /// Seals a token for the record `bound_to`.
    pub fn seal(&self, token: &AccessToken, bound_to: &str) -> Result<Sealed, CryptoError> {
        self.seal_text(token.expose(), bound_to)
    }

    /// Seals a secret that is no access token of HubRise's. `bound_to` must say so, lest it be taken for one.
    pub fn seal_text(&self, secret: &str, bound_to: &str) -> Result<Sealed, CryptoError> {
        let nonce = random::<NONCE_BYTES>()?;
        let payload = Payload { msg: secret.as_bytes(), aad: bound_to.as_bytes() };
        let sealed =
            self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_too_long| CryptoError::DoesNotOpen)?;
        let mut bytes = nonce.to_vec();
        bytes.extend(sealed);
        Ok(Sealed { key_id: self.key_id.clone(), bytes, bound_to: bound_to.to_owned() })
    }

    /// Opens what [`Vault::seal`] made.
    pub fn open(&self, sealed: &Sealed) -> Result<AccessToken, CryptoError> {
        if sealed.key_id != self.key_id {
            return Err(CryptoError::OtherKey { found: sealed.key_id.clone(), ours: self.key_id.clone() });
        }
        let (nonce, bytes) = sealed.bytes.split_first_chunk::<NONCE_BYTES>().ok_or(CryptoError::DoesNotOpen)?;
        let payload = Payload { msg: bytes, aad: sealed.bound_to.as_bytes() };
        let plain = Zeroizing::new(
            self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_opaque| CryptoError::DoesNotOpen)?,
        );
        let text = std::str::from_utf8(&plain).map_err(|_not_text| CryptoError::DoesNotOpen)?;
        Ok(AccessToken::new(text))
    }

    /// Re-seals a value for another record.
    pub fn rebind(&self, sealed: &Sealed, bound_to: &str) -> Result<Sealed, CryptoError> {
        self.seal(&self.open(sealed)?, bound_to)
    }
}

/// `N` bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// 128 random bits as 22 URL-safe characters: a session's cookie, an attempt's `state`, a record's id.
pub fn random_token() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(random::<16>()?))
}

/// 256 random bits as 43 URL-safe characters: for what outlives a session.
pub fn long_random_token() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// What is stored in place of a secret that only ever has to be recognised.
#[must_use]
pub fn fingerprint(purpose: &str, secret: &str) -> [u8; 32] {
    Sha256::new().chain_update(purpose).chain_update([0]).chain_update(secret).finalize().into()
}

/// A value derived from a secret that may be shown without giving the secret away.
#[must_use]
pub fn derived(purpose: &str, secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(fingerprint(purpose, secret))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn vault() -> Vault {
        Vault::new(&[7; 32])
    }

    #[test]
    fn opens_what_it_sealed() {
        let sealed = vault().seal(&AccessToken::new("s3cret"), "connection-1").unwrap();
        assert_eq!(vault().open(&sealed).unwrap().expose(), "s3cret");
    }

    #[test]
    fn keeps_the_token_out_of_the_sealed_bytes() {
        let sealed = vault().seal(&AccessToken::new("s3cret-token-value"), "c").unwrap();
        assert!(!sealed.bytes.windows(6).any(|window| window == b"s3cret"));
    }

    #[test]
    fn refuses_a_value_moved_to_another_record() {
        let mut sealed = vault().seal(&AccessToken::new("s3cret"), "connection-1").unwrap();
        sealed.bound_to = "connection-2".into();
        assert!(matches!(vault().open(&sealed), Err(CryptoError::DoesNotOpen)));
    }

    #[test]
    fn refuses_every_damaged_byte() {
        let sealed = vault().seal(&AccessToken::new("s3cret"), "c").unwrap();
        for at in 0..sealed.bytes.len() {
            let mut damaged = sealed.clone();
            damaged.bytes[at] ^= 1;
            assert!(vault().open(&damaged).is_err(), "byte {at}");
        }
        let mut short = sealed;
        short.bytes.truncate(10);
        assert!(vault().open(&short).is_err());
    }

    #[test]
    fn names_the_key_it_lacks() {
        let sealed = Vault::new(&[8; 32]).seal(&AccessToken::new("s3cret"), "c").unwrap();
        assert!(matches!(vault().open(&sealed), Err(CryptoError::OtherKey { .. })));
    }

    #[test]
    fn never_seals_the_same_way_twice() {
        let token = AccessToken::new("s3cret");
        assert_ne!(vault().seal(&token, "c").unwrap().bytes, vault().seal(&token, "c").unwrap().bytes);
    }

    #[test]
    fn random_tokens_are_22_url_safe_characters_and_differ() {
        let (a, b) = (random_token().unwrap(), random_token().unwrap());
        assert_ne!(a, b);
        assert_eq!(a.len(), 22);
        assert!(a.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    }

    #[test]
    fn a_fingerprint_depends_on_its_purpose() {
        assert_ne!(fingerprint("session", "x"), fingerprint("state", "x"));
        assert_ne!(fingerprint("ab", "c"), fingerprint("a", "bc"));
    }
}
