//! Tokens signed by public keys: what `tests/flows/embedding.rs` does not show with a shared secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passerelle_vendors::{EmbedKey, KeyAlgorithm};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};

use super::{EmbedKeys, Refused, token};
use crate::config::Secret;

fn ed25519() -> Ed25519KeyPair {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap()
}

fn p256() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap()
}

fn key(id: &str, algorithm: KeyAlgorithm, public_key: &[u8]) -> EmbedKey {
    EmbedKey { id: id.to_owned(), algorithm, public_key: public_key.to_vec() }
}

fn message(header: &str) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(r#"{"a":1}"#))
}

fn joined(message: &str, signed: &[u8]) -> String {
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signed))
}

#[test]
fn a_token_is_verified_by_the_key_it_names() {
    let (old, new, point) = (ed25519(), ed25519(), p256());
    let keys = EmbedKeys::new(
        vec![
            key("old", KeyAlgorithm::EdDsa, old.public_key().as_ref()),
            key("new", KeyAlgorithm::EdDsa, new.public_key().as_ref()),
            key("point", KeyAlgorithm::Es256, point.public_key().as_ref()),
        ],
        None,
    );
    assert_eq!(keys.algorithms(), ["ES256", "EdDSA"]);
    let by_new = message(r#"{"alg":"EdDSA","kid":"new"}"#);
    let token = joined(&by_new, new.sign(by_new.as_bytes()).as_ref());
    assert_eq!(token::verified(&token, &keys), Ok(br#"{"a":1}"#.to_vec()));
    // The other key's signature, whatever the token says.
    let forged = joined(&by_new, old.sign(by_new.as_bytes()).as_ref());
    assert_eq!(token::verified(&forged, &keys), Err(Refused::Signature));
    // Two keys would fit: none is tried out.
    let unnamed = message(r#"{"alg":"EdDSA"}"#);
    let unnamed = joined(&unnamed, new.sign(unnamed.as_bytes()).as_ref());
    assert_eq!(token::verified(&unnamed, &keys), Err(Refused::NoKey));
    // The only one of its algorithm needs no name.
    let by_point = message(r#"{"alg":"ES256"}"#);
    let signed = point.sign(&SystemRandom::new(), by_point.as_bytes()).unwrap();
    assert!(token::verified(&joined(&by_point, signed.as_ref()), &keys).is_ok());
}

#[test]
fn a_public_key_is_never_taken_for_a_shared_secret() {
    let pair = ed25519();
    let public = pair.public_key().as_ref().to_vec();
    let keys = EmbedKeys::new(vec![key("a", KeyAlgorithm::EdDsa, &public)], None);
    for header in [r#"{"alg":"HS256","kid":"a"}"#, r#"{"alg":"none"}"#, r#"{"alg":"ES256","kid":"a"}"#] {
        let text = message(header);
        let mac = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &public), text.as_bytes());
        assert_eq!(token::verified(&joined(&text, mac.as_ref()), &keys), Err(Refused::NoKey), "{header}");
    }
    // Nor the other way round: a shared secret verifies its own kind alone.
    let shared = EmbedKeys::new(Vec::new(), Some(Secret::new("0123456789abcdef0123456789abcdef")));
    let text = message(r#"{"alg":"EdDSA"}"#);
    let signed = joined(&text, pair.sign(text.as_bytes()).as_ref());
    assert_eq!(token::verified(&signed, &shared), Err(Refused::NoKey));
}

#[test]
fn what_is_no_token_is_refused_unread() {
    let keys = EmbedKeys::default();
    assert_eq!(token::verified(&"a".repeat(4097), &keys), Err(Refused::TooLong));
    for text in ["", ".", "..", "a.b.c", "e30.e30", "e30=.e30.e30", "ZQ.e30.e30", "\u{0}.\u{0}.\u{0}"] {
        assert_eq!(token::verified(text, &keys), Err(Refused::Malformed), "{text:?}");
    }
}

#[test]
fn a_key_that_is_no_point_verifies_nothing() {
    let keys =
        EmbedKeys::new(vec![key("a", KeyAlgorithm::EdDsa, &[7; 32]), key("b", KeyAlgorithm::Es256, &[4; 65])], None);
    for header in [r#"{"alg":"EdDSA"}"#, r#"{"alg":"ES256"}"#] {
        assert_eq!(token::verified(&joined(&message(header), &[0; 64]), &keys), Err(Refused::Signature));
    }
}
