//! The Carré POS till: what leaves it, when, and what it makes of the answers.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    browser::Browser,
    console::{Console, Told},
    stage::Stage,
};

const KEY: &str = "psk_of-a-test";

async fn at_till(stage: &Stage, path: &str, body: Value) -> Value {
    stage.control(&format!("carre-pos/{path}"), body).await
}

/// The seed's steps, and a key.
async fn enable(stage: &Stage) {
    at_till(stage, "console", json!({ "key": KEY })).await;
    at_till(stage, "user", json!({ "admin": true })).await;
    at_till(stage, "settings", json!({ "web_post": true, "enabled": true, "order_events": true })).await;
    at_till(stage, "restart", json!({})).await;
}

/// A sandbox whose till sends, and the console that has had the whole state.
async fn sending() -> (Stage, Console, Told) {
    let mut console = Console::new().await;
    let stage = Stage::with_console(&console.url).await;
    enable(&stage).await;
    let whole = console.next().await;
    (stage, console, whole)
}

#[tokio::test]
async fn nothing_leaves_before_the_settings_are_ticked_and_the_till_was_restarted() {
    let mut console = Console::new().await;
    let stage = Stage::with_console(&console.url).await;
    at_till(&stage, "console", json!({ "key": KEY })).await;
    let settings = json!({ "web_post": true, "enabled": true, "order_events": true });
    let request = stage.request(Method::POST, "/_sandbox/carre-pos/settings").json(&settings);
    assert_eq!(stage.send(request).await.status, 403, "a user without administration rights");
    at_till(&stage, "user", json!({ "admin": true })).await;
    at_till(&stage, "settings", settings).await;
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    let state = at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    assert_eq!((&state["sends"], &state["waiting"]), (&json!(false), &json!(1)));
    assert!(console.is_empty(), "ticked, and not restarted");

    let state = at_till(&stage, "restart", json!({})).await;
    assert_eq!((&state["sends"], &state["admin"]), (&json!(true), &json!(false)));
    let whole = console.next().await;
    assert_eq!((whole.method.as_str(), whole.path.as_str()), ("PUT", "/api/v1/pos/tills/caisse/stock"));
    assert_eq!(whole.bearer, format!("Bearer {KEY}"));
    let quantities = whole.quantities();
    assert!(quantities.contains(&("MAR-M".to_owned(), json!("6"))), "{quantities:?}");
    assert!(quantities.contains(&("MAR-L".to_owned(), json!("-19"))));
    assert!(quantities.contains(&("TRUFFE".to_owned(), json!("3"))), "which HubRise's catalog does not know");

    at_till(&stage, "user", json!({ "admin": true })).await;
    at_till(&stage, "settings", json!({ "order_events": false })).await;
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    assert_eq!(console.next().await.method, "PATCH", "the setting counts after the next restart");
    at_till(&stage, "restart", json!({})).await;
    let state = at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    assert_eq!((&state["sends"], console.is_empty()), (&json!(false), true));
}

#[tokio::test]
async fn changes_are_told_by_themselves_with_a_growing_sequence_and_keys_that_differ() {
    let (stage, mut console, whole) = sending().await;
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M", "count": 10 })).await;
    let sold = console.next().await;
    assert_eq!((sold.method.as_str(), sold.quantities()), ("PATCH", vec![("MAR-M".to_owned(), json!("-2"))]));
    at_till(
        &stage,
        "product",
        json!({ "product": "option:OEUF", "available": false, "expires_at": "2099-01-01T00:00:00Z" }),
    )
    .await;
    let off = console.next().await;
    let entry = json!({
        "option_ref": "OEUF", "name": "Œuf", "stock_managed": true, "quantity": "30", "available": false,
        "expires_at": "2099-01-01T00:00:00Z",
    });
    assert_eq!(off.body["entries"], json!([entry]));
    at_till(&stage, "product", json!({ "product": "option:OEUF", "available": true, "managed": false })).await;
    let plain = console.next().await;
    assert_eq!(
        plain.body["entries"],
        json!([{ "option_ref": "OEUF", "name": "Œuf", "stock_managed": false, "available": true }])
    );
    let sequences: Vec<_> = [&whole, &sold, &off, &plain].map(|told| told.body["sequence"].as_u64().unwrap()).into();
    assert!(sequences.windows(2).all(|pair| pair[0] < pair[1]), "{sequences:?}");
    assert_ne!(sold.idempotency_key, off.idempotency_key);
}

#[tokio::test]
async fn without_a_network_changes_are_kept_and_told_once_it_is_back() {
    let (stage, mut console, _) = sending().await;
    at_till(&stage, "network", json!({ "online": false })).await;
    for product in ["sku:MAR-M", "sku:COK-33", "sku:MAR-M"] {
        at_till(&stage, "sell", json!({ "product": product })).await;
    }
    assert!(console.is_empty());
    at_till(&stage, "network", json!({ "online": true })).await;
    let told = console.next().await;
    assert_eq!(told.quantities(), [("MAR-M".to_owned(), json!("6")), ("COK-33".to_owned(), json!("47"))]);
}

#[tokio::test]
async fn what_was_not_taken_in_is_told_again_and_a_newer_state_elsewhere_brings_the_whole() {
    let (stage, mut console, _) = sending().await;
    console.answer(503, "later");
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    assert_eq!(console.next().await.quantities(), [("MAR-M".to_owned(), json!("7"))]);
    at_till(&stage, "sell", json!({ "product": "sku:COK-33" })).await;
    console.answer(200, "{}");
    let again = console.next().await;
    assert_eq!(again.quantities(), [("MAR-M".to_owned(), json!("7")), ("COK-33".to_owned(), json!("47"))]);

    console.answer(409, "older");
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    assert_eq!(console.next().await.method, "PATCH");
    console.answer(200, "{}");
    assert_eq!(console.next().await.method, "PUT");
}

#[tokio::test]
async fn a_call_can_be_made_again_word_for_word() {
    let (stage, mut console, _) = sending().await;
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    let first = console.next().await;
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    console.next().await;
    // Noted once its answer is there: asking the till to check goes after it.
    at_till(&stage, "call", json!({ "what": "check" })).await;
    assert_eq!(console.next().await.method, "GET");
    at_till(&stage, "call", json!({ "what": "repeat", "number": 2 })).await;
    let second = console.next().await;
    assert_eq!((&second.body, &second.idempotency_key), (&first.body, &first.idempotency_key));
    at_till(&stage, "call", json!({ "what": "repeat", "number": 2, "fresh_key": true })).await;
    let third = console.next().await;
    assert_eq!(third.body, first.body);
    assert_ne!(third.idempotency_key, first.idempotency_key);
    at_till(&stage, "call", json!({ "what": "raw", "method": "PATCH", "body": "{\"entries\":1e400}" })).await;
    let raw = console.next().await;
    assert_eq!((raw.method.as_str(), raw.idempotency_key.as_str()), ("PATCH", ""));
}

#[tokio::test]
async fn a_till_can_work_by_itself() {
    let (stage, mut console, _) = sending().await;
    at_till(&stage, "shift", json!({ "every_ms": 20 })).await;
    let mut touched = std::collections::BTreeSet::new();
    while touched.len() < 5 {
        touched.extend(console.next().await.quantities().into_iter().map(|(name, _)| name));
    }
    let state = at_till(&stage, "shift", json!({})).await;
    assert_eq!(state["every_ms"], Value::Null);
}

#[tokio::test]
async fn a_till_sells_what_another_catalog_holds() {
    let (stage, mut console, _) = sending().await;
    let filled = stage.control("catalogs/psmlf", json!({ "products": 5_000 })).await;
    assert_eq!(filled["products"], 5_000);
    at_till(&stage, "menu", json!({ "catalog": "psmlf" })).await;
    let whole = console.next().await;
    assert_eq!((whole.method.as_str(), whole.quantities().len()), ("PUT", 5_007), "and seven options");
}

#[tokio::test]
async fn a_reset_delivers_the_till_anew() {
    let (stage, mut console, _) = sending().await;
    stage.control("reset", json!({})).await;
    let state = stage.look("carre-pos/till").await;
    let fresh = (&state["sends"], &state["has_key"], &state["calls"]);
    assert_eq!(fresh, (&json!(false), &json!(false), &json!(0)));
    at_till(&stage, "sell", json!({ "product": "sku:MAR-M" })).await;
    assert!(console.is_empty());
}

#[tokio::test]
async fn a_person_follows_the_documents_steps_on_its_pages() {
    let mut console = Console::new().await;
    let stage = Stage::with_console(&console.url).await;
    let browser = Browser::new(&stage, "fr");
    let page = browser.open("/_sandbox/carre-pos").await;
    assert!(page.html.contains(r#"<html lang="fr">"#) && page.html.contains("désactivé : rien ne part de la caisse"));
    assert!(page.html.contains(r#"<span class="stock in">8</span> <small>en stock</small>"#));
    assert!(page.html.contains(r#"<span class="stock out">-19</span> <small>épuisé</small>"#));
    assert!(page.html.contains(r#"<span class="stock off">INACTIF</span>"#));

    let page = browser.open("/_sandbox/carre-pos/parametres").await;
    assert!(page.html.contains("droits d'administration") && !page.html.contains("WEB POST - Envoi de données"));
    let page = browser.press(&page, "ADMIN", &[]).await;
    let page = browser.press(&page, "Enregistrer", &[("web_post", "true")]).await;
    let boxes = [("boxes", "true"), ("enabled", "true"), ("order_events", "true")];
    let page = browser.press(&page, "Valider", &boxes).await;
    assert!(page.html.contains("redémarrez Carré POS"));
    at_till(&stage, "console", json!({ "key": KEY })).await;
    let page = browser.press(&page, "Redémarrer Carré POS", &[]).await;
    assert!(page.html.contains(r#"<span class="state good">activé</span>"#));
    assert_eq!(console.next().await.method, "PUT");
    let page = browser.open("/_sandbox/carre-pos?q=tiramisu").await;
    assert!(page.html.contains("1 produit.") && page.html.contains("TIR-1") && !page.html.contains("MAR-M"));
}
