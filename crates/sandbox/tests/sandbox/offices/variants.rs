//! The ways a page embeds the console.

use std::sync::{Arc, Mutex};

use axum::{Json, Router, extract::State, routing::post};
use serde_json::{Value, json};

use super::{CONSOLES, Street};

const HELPER: &str = "/pos-helper/ventes/hubrise-integration";

#[tokio::test]
async fn the_custom_element_fetches_its_own_tokens() {
    let street = Street::new().await;
    let page = street.open(&format!("{HELPER}?variant=element&user=viewer&theme=dark")).await;
    page.has(&[
        r#"<passerelle-console vendor="pos-helper" till="caisse" page="connection" locale="fr" theme="dark""#,
        r#"token-url="/pos-helper/token?user=viewer&amp;variant=element&amp;theme=dark&amp;as=json""#,
        r#"<html lang="fr" data-theme="dark">"#,
    ]);
    page.lacks(&["data-console"]);
    let overview = street.open(&format!("{}?variant=element", CONSOLES[2].1)).await;
    overview.has(&[r#"<passerelle-console vendor="somm-it" page="overview""#]);
}

#[tokio::test]
async fn mounted_twice_or_in_a_view_or_in_a_page_within_a_page() {
    let street = Street::new().await;
    let twice = street.open(&format!("{HELPER}?variant=twice")).await;
    twice.has(&[r#"data-till="caisse""#, r#"data-till="comptoir""#]);
    let views = street.open(&format!("{HELPER}?variant=spa")).await;
    views.has(&[r#"data-view="other" hidden"#, r#"variant=spa&amp;view=other" data-to="other""#]);
    let nested = street.open(&format!("{HELPER}?variant=nested&user=support&fault=twice")).await;
    nested.has(&[&format!(r#"<iframe class="nested" src="{HELPER}?user=support&amp;fault=twice&amp;inner=1""#)]);
    nested.lacks(&["<script", "data-console"]);
    assert!(nested.header("content-security-policy").contains("frame-src http://127.0.0.1:8080 'self';"));
    let inner = street.open(&format!("{HELPER}?user=support&fault=twice&inner=1")).await;
    inner.has(&["data-console", r#"data-fault="twice""#]);
    inner.lacks(&["<header", r#"class="menu""#, "<h1"]);
}

#[tokio::test]
async fn a_plain_iframe_is_opened_by_a_code_that_the_server_fetched() {
    let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
    let codes = async |State(asked): State<Arc<Mutex<Vec<Value>>>>, Json(body): Json<Value>| {
        asked.lock().unwrap().push(body);
        Json(json!({ "code": "one time", "expires_at": "2030-01-01T00:00:00Z" }))
    };
    let console = Router::new().route("/api/v1/embed/codes", post(codes)).with_state(Arc::clone(&asked));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, console).await.unwrap() });

    let street = Street::showing(&origin).await;
    let page = street.open(&format!("{HELPER}?variant=iframe&till=comptoir")).await;
    page.has(&[&format!(r#"src="{origin}/pos-helper/comptoir#passerelle-code=one+time?locale=fr&amp;theme=auto""#)]);
    page.lacks(&["<script", "data-act"]);
    let asked = asked.lock().unwrap().clone();
    assert_eq!((asked.len(), asked[0]["vendor"].as_str()), (1, Some("pos-helper")));
    let token = asked[0]["token"].as_str().unwrap();
    assert_eq!(token.split('.').count(), 3);
    page.lacks(&[token]);
    let failing = street.open(&format!("{HELPER}?variant=iframe&fault=reject")).await;
    failing.has(&["La console n'a pas donné de code", r#"role="alert""#]);
}

#[tokio::test]
async fn a_console_that_is_not_there_gives_no_code() {
    // Nobody listens where a listener has just been dropped.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let street = Street::showing(&format!("http://{gone}")).await;
    let page = street.open(&format!("{HELPER}?variant=iframe&lang=en")).await;
    page.has(&["The console gave no code:", "no answer"]);
    page.lacks(&["<iframe"]);
}
