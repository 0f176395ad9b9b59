//! The signature of HubRise's callbacks.
//!
//! Owns how a body and its header are compared: HMAC-SHA256 of the raw bytes with the client secret, written as 64
//! lower-case hexadecimal digits (not base64, which real integrations waited for in vain), compared in constant time.
//! Does not own what becomes of a body that is not HubRise's. No time is signed: a replay is caught by the event's id.
//! Source: <https://www.hubrise.com/developers/api/callbacks>, "HMAC Signature".

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::ClientSecret;

/// The header that carries it; names of headers compare without case.
pub const HEADER: &str = "x-hubrise-hmac-sha256";

/// Bytes of an HMAC-SHA256.
const LENGTH: usize = 32;

/// Whether `header`, the value of [`HEADER`], is what HubRise writes for this body. False for any other form of the
/// right signature: HubRise writes one.
#[must_use]
pub fn verify(secret: &ClientSecret, body: &[u8], header: &[u8]) -> bool {
    let (Some(signature), Ok(mut mac)) = (unhex(header), Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()))
    else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&signature).is_ok()
}

/// 64 lower-case hexadecimal digits as bytes. Takes its time from the header alone, which whoever calls knows.
fn unhex(header: &[u8]) -> Option<[u8; LENGTH]> {
    if header.len() != 2 * LENGTH {
        return None;
    }
    let mut bytes = [0; LENGTH];
    for (byte, pair) in bytes.iter_mut().zip(header.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    const JEFE: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    const WORDS: &[u8] = b"what do ya want for nothing?";

    fn jefe() -> ClientSecret {
        ClientSecret::new("Jefe")
    }

    #[test]
    fn takes_what_the_standards_own_example_gives() {
        assert!(verify(&jefe(), WORDS, JEFE.as_bytes()));
    }

    #[test]
    fn takes_a_secret_longer_than_the_hashs_block() {
        // printf x | openssl dgst -sha256 -hmac "$(printf 'a%.0s' $(seq 131))"
        let signature = "76f0801bdbc0ff29214ffdd6edce36467d4142a842d91a011c59c66d12693db0";
        assert!(verify(&ClientSecret::new("a".repeat(131)), b"x", signature.as_bytes()));
    }

    #[test]
    fn refuses_another_body_another_secret_and_no_secret() {
        assert!(!verify(&jefe(), b"what do ya want for nothing", JEFE.as_bytes()));
        assert!(!verify(&ClientSecret::new("jefe"), WORDS, JEFE.as_bytes()));
        assert!(!verify(&ClientSecret::new(""), WORDS, JEFE.as_bytes()));
    }

    #[test]
    fn refuses_every_form_but_hubrises_own() {
        let base64 = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
        let short = &JEFE[..62];
        let long = format!("{JEFE}00");
        let prefixed = format!("sha256={JEFE}");
        for form in [base64, "", short, &long, &prefixed, &JEFE.to_uppercase(), &JEFE.replace('5', "g"), " ", "é"] {
            assert!(!verify(&jefe(), WORDS, form.as_bytes()), "{form}");
        }
    }
}
