//! The bearer of an embedded page's session: its form, its fingerprint, and how it is read from a call.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::crypto::{fingerprint, long_random_token};

/// What every bearer begins with, so that whoever finds one knows what it is.
const PREFIX: &str = "pes_";
/// Characters after it: 32 random bytes.
const LENGTH: usize = 43;

/// A bearer; lives in a page's memory and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer(String);

impl std::fmt::Debug for Bearer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bearer(********)")
    }
}

impl Bearer {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn fresh() -> Result<Self, getrandom::Error> {
        Ok(Self(format!("{PREFIX}{}", long_random_token()?)))
    }

    /// The one a call carries (`Authorization: Bearer pes_…`); none when it carries none of that form, or two.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let mut given = headers.get_all(AUTHORIZATION).iter();
        let header = given.next().filter(|_| given.next().is_none())?.to_str().ok()?;
        let (scheme, secret) = header.split_once(' ')?;
        let rest = secret.trim().strip_prefix(PREFIX)?;
        let shaped =
            rest.len() == LENGTH && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (scheme.eq_ignore_ascii_case("bearer") && shaped).then(|| Self(secret.trim().to_owned()))
    }

    /// What is stored of it.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        fingerprint("embed bearer", &self.0)
    }

    /// The secret itself, to be told once.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}
