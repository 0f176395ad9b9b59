//! The embed token: a JWT (RFC 7519) that says who is at which restaurant's page, signed with the secret a vendor shares
//! with the console. Mints good ones, and ones that are wrong in the way asked for. Sends none.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Sha256, Sha512};

use super::{fault::Fault, visit::Visit};
use crate::{random, seeds};

/// How long a token is good for, in seconds: the most the console takes.
const LIFETIME: i64 = 300;
/// How far off a wrong time is, in seconds.
const FAR: i64 = 3_600;
/// Characters of a name that make a token of more than 100 kB.
const LONG: usize = 80_000;

/// A fresh token for whom a page is open for.
pub(super) fn mint(visit: &Visit, console: &str, now: Timestamp) -> String {
    let algorithm = match visit.fault {
        Some(Fault::Unsigned) => "none",
        Some(Fault::Algorithm) => "HS512",
        _ => "HS256",
    };
    let head = json!({ "alg": algorithm, "typ": "JWT" });
    let text = format!("{}.{}", encoded(&head), encoded(&claims(visit, console, now.as_second())));
    let secret = seeds::embed_secret(visit.vendor.slug);
    let signature = match visit.fault {
        Some(Fault::Unsigned) => String::new(),
        Some(Fault::Algorithm) => URL_SAFE_NO_PAD.encode(hs512(&secret, &text)),
        Some(Fault::Signature) => URL_SAFE_NO_PAD.encode(hs256(&secret, &format!("{text}."))),
        _ => URL_SAFE_NO_PAD.encode(hs256(&secret, &text)),
    };
    format!("{text}.{signature}")
}

fn claims(visit: &Visit, console: &str, now: i64) -> Value {
    let issued = match visit.fault {
        Some(Fault::Expired) => now - FAR,
        Some(Fault::Future) => now + FAR,
        _ => now,
    };
    let lifetime = if visit.fault == Some(Fault::Lifetime) { FAR } else { LIFETIME };
    let issuer = match visit.fault {
        Some(Fault::Vendor) => another(visit.vendor.slug),
        _ => visit.vendor.slug,
    };
    let audience = if visit.fault == Some(Fault::Audience) { "https://console.example" } else { console };
    let merchant = match visit.fault {
        Some(Fault::MerchantOther) => visit.other_merchant(),
        _ => visit.merchant,
    };
    let name = if visit.fault == Some(Fault::Long) { "N".repeat(LONG) } else { visit.person.name.to_owned() };
    let tills: Vec<_> = visit.vendor.tills.iter().map(|(id, _)| *id).collect();
    json!({
        "iss": issuer,
        "aud": audience,
        "sub": visit.person.id,
        "merchant": merchant.id,
        "tills": tills,
        "role": visit.person.role,
        "name": name,
        "locale": visit.lang.tag(),
        "iat": issued,
        "nbf": issued,
        "exp": issued + lifetime,
        "jti": random::secret(16),
    })
}

/// A vendor that is not this one.
fn another(slug: &str) -> &'static str {
    seeds::CLIENTS.iter().map(|(known, _)| *known).find(|known| *known != slug).unwrap_or_default()
}

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn hs256(secret: &str, text: &str) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        unreachable!("an HMAC takes a key of any length")
    };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hs512(secret: &str, text: &str) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(secret.as_bytes()) else {
        unreachable!("an HMAC takes a key of any length")
    };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_hmac_sha256_of_both_parts() {
        // printf 'a.b' | openssl dgst -sha256 -hmac key
        let hexadecimal: String = hs256("key", "a.b").iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hexadecimal, "dd17e3f2c79de32e3f3fa66503e34c711b58d419eb910f5e29d1505ce73aae08");
    }
}
