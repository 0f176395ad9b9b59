//! The tokens: what they say, how they are signed, and each way they can be wrong.

use std::{collections::HashSet, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use passerelle_sandbox::seeds::embed_secret;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};

use super::{CONSOLE, CONSOLES, Street};

/// A token taken apart.
struct Token {
    head: Value,
    claims: Value,
    signed: String,
    signature: Vec<u8>,
}

impl Token {
    fn read(text: &str) -> Self {
        let parts: Vec<_> = text.split('.').collect();
        let [head, claims, signature] = parts[..] else { panic!("{} parts", parts.len()) };
        let read = |part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        Self {
            head: read(head),
            claims: read(claims),
            signed: format!("{head}.{claims}"),
            signature: URL_SAFE_NO_PAD.decode(signature).unwrap(),
        }
    }

    fn is_signed_by(&self, vendor: &str) -> bool {
        let mut mac = Hmac::<Sha256>::new_from_slice(embed_secret(vendor).as_bytes()).unwrap();
        mac.update(self.signed.as_bytes());
        mac.verify_slice(&self.signature).is_ok()
    }

    fn number(&self, name: &str) -> i64 {
        self.claims[name].as_i64().unwrap()
    }
}

#[tokio::test]
async fn a_token_says_who_is_where_and_is_signed_with_the_vendors_secret() {
    let street = Street::new().await;
    let now = Timestamp::now().as_second();
    let token = Token::read(&street.token("pos-helper", "?user=viewer&merchant=resto-2&lang=en").await);
    assert_eq!(token.head, json!({ "alg": "HS256", "typ": "JWT" }));
    assert!(token.is_signed_by("pos-helper"));
    assert!(!token.is_signed_by("carre-pos"));
    for (claim, value) in [
        ("iss", json!("pos-helper")),
        ("aud", json!(CONSOLE)),
        ("sub", json!("u-102")),
        ("merchant", json!("resto-2")),
        ("tills", json!(["caisse", "comptoir"])),
        ("role", json!("viewer")),
        ("name", json!("Théo Girard")),
        ("locale", json!("en")),
    ] {
        assert_eq!(token.claims[claim], value, "{claim}");
    }
    assert!((token.number("iat") - now).abs() <= 60);
    assert_eq!(token.number("exp") - token.number("iat"), 300);
    assert_eq!(token.claims.as_object().unwrap().len(), 12);
}

#[tokio::test]
async fn every_token_is_new_and_short_enough() {
    let street = Street::new().await;
    let mut ids = HashSet::new();
    for (vendor, _) in CONSOLES {
        for user in ["manager", "viewer", "support"] {
            let text = street.token(vendor, &format!("?user={user}")).await;
            assert!(text.len() <= 4_096, "{}", text.len());
            let token = Token::read(&text);
            assert!(token.is_signed_by(vendor) && token.claims["role"] == user);
            let id = token.claims["jti"].as_str().unwrap().to_owned();
            assert!((16..=128).contains(&id.len()));
            assert!(ids.insert(id), "a token was given out twice");
        }
        assert!(embed_secret(vendor).len() >= 32);
    }
    let element = street.call(Method::POST, "/somm-it/token?as=json").await;
    let body: Value = element.json().await.unwrap();
    assert!(Token::read(body["token"].as_str().unwrap()).is_signed_by("somm-it"));
}

#[tokio::test]
async fn each_fault_makes_the_token_wrong_in_one_way() {
    let street = Street::new().await;
    let now = Timestamp::now().as_second();
    let fetch = async |fault: &str| street.token("carre-pos", &format!("?fault={fault}")).await;

    let expired = Token::read(&fetch("expired").await);
    assert!(expired.number("exp") < now && expired.is_signed_by("carre-pos"));
    let future = Token::read(&fetch("future").await);
    assert!(future.number("iat") > now + 600 && future.number("nbf") > now + 600);
    let lifetime = Token::read(&fetch("lifetime").await);
    assert!(lifetime.number("exp") - lifetime.number("iat") > 300);
    let audience = Token::read(&fetch("audience").await);
    assert!(audience.claims["aud"] != CONSOLE && audience.is_signed_by("carre-pos"));
    let vendor = Token::read(&fetch("vendor").await);
    assert!(vendor.claims["iss"] == "pos-helper" && vendor.is_signed_by("carre-pos"));
    assert_eq!(Token::read(&fetch("merchant-other").await).claims["merchant"], "resto-2");

    let none = Token::read(&fetch("none").await);
    assert_eq!((none.head["alg"].as_str(), none.signature.len()), (Some("none"), 0));
    let other = Token::read(&fetch("alg").await);
    let mut mac = Hmac::<Sha512>::new_from_slice(embed_secret("carre-pos").as_bytes()).unwrap();
    mac.update(other.signed.as_bytes());
    assert_eq!(other.head["alg"], "HS512");
    assert!(mac.verify_slice(&other.signature).is_ok());
    let signature = Token::read(&fetch("signature").await);
    assert_eq!(signature.head["alg"], "HS256");
    assert!(signature.signature.len() == Sha256::output_size() && !signature.is_signed_by("carre-pos"));

    let reused = fetch("reused").await;
    assert_eq!(reused, fetch("reused").await);
    assert!(Token::read(&reused).is_signed_by("carre-pos"));
    assert!(fetch("long").await.len() > 100_000);
    assert!(Token::read(&fetch("twice").await).is_signed_by("carre-pos"));
}

#[tokio::test]
async fn a_call_can_fail_hang_or_be_refused() {
    let street = Street::new().await;
    assert_eq!(street.call(Method::POST, "/pos-helper/token?fault=reject").await.status(), 500);
    let silent = street.call(Method::POST, "/pos-helper/token?fault=silent");
    assert!(tokio::time::timeout(Duration::from_millis(200), silent).await.is_err());
    assert_eq!(street.call(Method::POST, "/nobody/token").await.status(), 404);
    assert_eq!(street.call(Method::POST, "/pos-helper/token?fault=odd").await.status(), 400);
    assert_eq!(street.call(Method::GET, "/pos-helper/token").await.status(), 405);
    let foreign = street.stage.http.post(format!("{}/pos-helper/token", street.origin)).header("host", "localhost");
    assert_eq!(foreign.header("sec-fetch-site", "cross-site").send().await.unwrap().status(), 403);
}
