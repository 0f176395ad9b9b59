//! Reading an embed token (RFC 7519): form and signature. What it says is `claims`' to judge.
//!
//! The key decides the algorithm, never the token: one that names another finds no key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::EmbedKeys;

/// The longest token that is looked at, in bytes. One with 32 tills and names as long as allowed has 3,300.
pub(super) const LONGEST: usize = 4096;

/// Why a token is not taken; the sentence goes to whoever integrates, and repeats nothing of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Longer than any token is.
    #[error("the token is longer than 4096 bytes")]
    TooLong,
    /// No JWT.
    #[error("the token is no JWT: three parts of base64url with dots between, the first two of JSON")]
    Malformed,
    /// No key of that algorithm and id.
    #[error("no key of this vendor fits the token's `alg` and `kid`")]
    NoKey,
    /// Signed by somebody else, or changed since.
    #[error("the signature does not fit")]
    Signature,
    /// A claim is missing, of another type, or too long.
    #[error("the token's claims cannot be read: one is missing, of another type, or longer than it may be")]
    Claims,
    /// For another vendor.
    #[error("`iss` is not the vendor it is for")]
    Issuer,
    /// For another console.
    #[error("`aud` is not this console's origin")]
    Audience,
    /// Too late.
    #[error("the token has expired: `exp` has passed")]
    Expired,
    /// Too soon.
    #[error("the token is from the future: `iat` or `nbf` has not come yet; compare the clocks")]
    Early,
    /// Good for longer than a token may be.
    #[error("the token is made for longer than 5 minutes: `exp` is too far from `iat`")]
    TooLasting,
    /// For no till, or one there is not.
    #[error("`tills` names none, or one that the vendor does not have")]
    Tills,
    /// Used up.
    #[error("the token was used before: each serves once, make a new one each time")]
    Reused,
}

/// What stands before the claims.
#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// Extensions that must be understood (RFC 7515, section 4.1.11): none is.
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// The claims' bytes, once the signature is known to fit.
pub(super) fn verified(token: &str, keys: &EmbedKeys) -> Result<Vec<u8>, Refused> {
    if token.len() > LONGEST {
        return Err(Refused::TooLong);
    }
    let (message, signed) = token.rsplit_once('.').ok_or(Refused::Malformed)?;
    let (header, claims) = message.split_once('.').ok_or(Refused::Malformed)?;
    let header: Header = serde_json::from_slice(&part(header)?).map_err(|_| Refused::Malformed)?;
    let (claims, signed) = (part(claims)?, part(signed)?);
    if header.crit.is_some() {
        return Err(Refused::Malformed);
    }
    let key = keys.find(&header.alg, header.kid.as_deref()).ok_or(Refused::NoKey)?;
    if key.verifies(message.as_bytes(), &signed) { Ok(claims) } else { Err(Refused::Signature) }
}

fn part(text: &str) -> Result<Vec<u8>, Refused> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Refused::Malformed)
}
