//! A till's key: its form, its hash, and how it is read from a call. Owns no store.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use sha2::{Digest as _, Sha256};

use crate::crypto::long_random_token;

/// What every key begins with, so that whoever finds one knows what it is.
const PREFIX: &str = "psk_";
/// Characters after it: 32 random bytes.
const LENGTH: usize = 43;

/// A key's secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PosSecret(String);

impl std::fmt::Debug for PosSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PosSecret(********)")
    }
}

impl PosSecret {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub(crate) fn fresh() -> Result<Self, getrandom::Error> {
        Ok(Self(format!("{PREFIX}{}", long_random_token()?)))
    }

    /// The one a call carries (`Authorization: Bearer psk_…`); none when it carries none of that form, or two.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let mut given = headers.get_all(AUTHORIZATION).iter();
        let header = given.next().filter(|_| given.next().is_none())?.to_str().ok()?;
        let (scheme, secret) = header.split_once(' ')?;
        let secret = secret.trim();
        let rest = secret.strip_prefix(PREFIX)?;
        let shaped =
            rest.len() == LENGTH && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (scheme.eq_ignore_ascii_case("bearer") && shaped).then(|| Self(secret.to_owned()))
    }

    /// What the store knows it by.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// What tells it from others without giving it away.
    pub(crate) fn tail(&self) -> String {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default().to_owned()
    }

    /// The secret itself, to be told once.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(values: &[&str]) -> Option<PosSecret> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        PosSecret::read(&headers)
    }

    #[test]
    fn a_key_is_read_as_it_was_made_and_nothing_else_is() {
        let secret = PosSecret::fresh().unwrap();
        assert_eq!(read(&[&format!("Bearer {}", secret.expose())]), Some(secret.clone()));
        assert_eq!(read(&[&format!("bearer  {}", secret.expose())]), Some(secret.clone()));
        let twice = format!("Bearer {}", secret.expose());
        let twice = twice.as_str();
        let short = twice.get(..twice.len() - 1).unwrap();
        for wrong in [&[][..], &[twice, twice], &[short], &["Bearer psk_"], &["Basic x"], &[secret.expose()]] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
        assert_eq!(secret.tail().len(), 4);
        assert!(!format!("{secret:?}").contains(&secret.tail()));
        assert_ne!(secret.hash(), PosSecret::fresh().unwrap().hash());
    }
}
