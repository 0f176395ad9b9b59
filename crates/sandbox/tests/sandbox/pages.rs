//! The pages around a consent: refused requests, signing in, languages, installed apps, headers.

use super::{
    browser::Browser,
    stage::{CALLBACK, Stage, TILL},
};

#[tokio::test]
async fn what_is_wrong_with_the_request_is_shown_and_never_redirected() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let good = format!("redirect_uri={CALLBACK}&scope={TILL}");
    let cases = [
        (format!("client_id=nobody&{good}"), "Unknown application"),
        (good.clone(), "Unknown application"),
        (
            format!("client_id=pos-helper-sandbox&redirect_uri=https://evil.example/&scope={TILL}"),
            "Redirect address refused",
        ),
        (format!("client_id=pos-helper-sandbox&redirect_uri={CALLBACK}/&scope={TILL}"), "Redirect address refused"),
        (format!("client_id=pos-helper-sandbox&scope={TILL}"), "Redirect address refused"),
        (format!("client_id=pos-helper-sandbox&redirect_uri={CALLBACK}&scope=everything"), "Malformed scope"),
        (format!("client_id=pos-helper-sandbox&redirect_uri={CALLBACK}"), "Malformed scope"),
        (format!("client_id=pos-helper-sandbox&{good}&device_id=a%20b"), "Device identifier refused"),
        (format!("client_id=pos-helper-sandbox&{good}&state={}", "s".repeat(3_000)), "State parameter too long"),
    ];
    for (query, heading) in cases {
        let page = browser.open(&format!("/oauth2/v1/authorize?{query}")).await;
        assert_eq!((page.status, page.heading().as_str()), (400, heading), "{query}");
    }
}

#[tokio::test]
async fn an_unknown_address_stays_on_the_sign_in_page() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let page = browser.press(&page, "Sign in", &[("email", "<b>nobody@x.example")]).await;
    assert_eq!(page.status, 422);
    assert!(page.html.contains("No HubRise user has this address."));
    assert!(page.html.contains("&lt;b&gt;nobody@x.example") && !page.html.contains("<b>nobody"));
}

#[tokio::test]
async fn another_user_can_take_over_and_the_language_can_be_switched() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let page = browser.press(&page, "NCNina Costa", &[]).await;
    let page = browser.press(&page, "Use another user", &[]).await;
    assert_eq!(page.heading(), "Sign in to HubRise");
    let page = browser.press(&page, "SPSupport POS HELPER", &[]).await;
    assert!(page.html.contains("Your user has access to no location."));
    let page = browser.open(&format!("{}?lang=fr", page.at)).await;
    assert_eq!(page.heading(), "POS HELPER souhaite accéder à un point de vente");
    let page = browser.authorize(&[("scope", TILL)]).await;
    assert!(page.html.contains(r#"<html lang="fr">"#), "the choice is remembered");
}

#[tokio::test]
async fn a_profile_is_asked_for_without_a_place() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", "profile_with_email")]).await;
    let page = browser.press(&page, "NCNina Costa", &[]).await;
    assert_eq!(page.heading(), "POS HELPER wishes to access your profile");
    assert_eq!(page.label("location"), None);
    let back = browser.press(&page, "Allow", &[]).await;
    let token = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!(token.get("account_id"), None);
    assert!(token["user_id"].is_string());
}

#[tokio::test]
async fn an_installed_app_shows_its_code() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let query = format!("client_id=pos-helper-sandbox&redirect_uri=urn:ietf:wg:oauth:2.0:oob&scope={TILL}");
    let page = browser.open(&format!("/oauth2/v1/authorize?{query}")).await;
    let page = browser.press(&page, "NCNina Costa", &[]).await;
    let page = browser.press(&page, "Allow", &[]).await;
    assert_eq!(page.heading(), "Access allowed");
    let code = page.html.split(r#"<code class="code">"#).nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(stage.exchange(code).await.status, 200);
}

#[tokio::test]
async fn pages_forbid_scripts_frames_and_caching_and_name_the_way_back() {
    let stage = Stage::new().await;
    let page = Browser::new(&stage, "en").authorize(&[("scope", TILL)]).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(policy.contains("form-action 'self' http://127.0.0.1:8080;"), "{policy}");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.html.contains("<script") && !page.html.contains(" style="));
    assert_eq!(page.headers.get("access-control-allow-origin"), None);
}
