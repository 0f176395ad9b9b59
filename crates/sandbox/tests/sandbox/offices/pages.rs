//! What is on the pages: menus in the vendors' words, users and restaurants, headers, and what is not part of it.

use serde_json::json;

use super::{CONSOLES, Street};

#[tokio::test]
async fn the_first_page_lists_the_four_with_their_menu_paths() {
    let street = Street::new().await;
    let page = street.open("/").await;
    assert_eq!(page.status, 200);
    page.has(&[
        r#"<html lang="fr">"#,
        "HubRise &gt; Configuration",
        "Ventes &gt; HUBRISE INTEGRATION",
        "Paramètres &gt; DONNÉES &gt; Caisse enregistreuse",
        "PixelPoint Bridge (HubRise)",
        "SOMM&#39;IT",
        "/_sandbox",
    ]);
    for (slug, path) in CONSOLES {
        page.has(&[&format!(r#"href="/{slug}""#), &format!(r#"href="{path}""#)]);
        assert_eq!(street.open(&format!("/{slug}")).await.status, 200);
    }
    street.open("/?lang=en").await.has(&[r#"<html lang="en">"#, "back offices", r#"href="/pos-helper?lang=en""#]);
    let controls = street.stage.send(street.stage.request(reqwest::Method::GET, "/_sandbox")).await;
    assert!(controls.body.as_str().unwrap().contains(street.stage.sandbox.offices_url.as_deref().unwrap()));
}

#[tokio::test]
async fn each_console_is_under_its_vendors_own_menu() {
    let street = Street::new().await;
    let carre = street.open("/carre-pos/hubrise/configuration").await;
    carre.has(&["<summary>HubRise</summary>", r#"aria-current="page">Configuration</a>"#, "<h1>Configuration</h1>"]);
    carre.has(&[r#"data-page="connection" data-till="caisse""#, r#"href="/carre-pos/hubrise/stocks""#]);
    let stock = street.open("/carre-pos/hubrise/stocks").await;
    stock.has(&[r#"data-page="stock" data-till="caisse""#]);
    let helper = street.open("/pos-helper/ventes/hubrise-integration").await;
    helper.has(&[r#"aria-current="true">Ventes</a>"#, r#"aria-current="page">HUBRISE INTEGRATION</a>"#]);
    helper.has(&["Caisse principale", "Caisse du comptoir"]);
    let sommit = street.open("/somm-it/parametres/donnees/caisse-enregistreuse").await;
    sommit.has(&[r#"id="s-donnees">DONNÉES</p>"#, r#"aria-current="page">Caisse enregistreuse</a>"#]);
    sommit.has(&[r#"data-page="overview" data-title"#]);
    let bridge = street.open("/pixelpoint-bridge/operations").await;
    bridge.has(&["CONNEXIONS", r#"data-page="operations" data-till="pixelpoint""#]);
}

#[tokio::test]
async fn every_page_keeps_a_strict_policy_and_names_the_console_alone() {
    let street = Street::new().await;
    let console = super::CONSOLE;
    for (_, path) in CONSOLES {
        let page = street.open(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(
            page.header("content-security-policy"),
            format!(
                "default-src 'none'; script-src 'self' {console}; style-src 'self'; frame-src {console}; \
                 connect-src 'self' {console}; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
                 frame-ancestors 'self'"
            )
        );
        assert_eq!((page.header("cache-control"), page.header("cross-origin-opener-policy")), ("no-store", ""));
        page.has(&[&format!(r#"<script src="{console}/embed/1/embed.js" defer></script>"#)]);
        page.lacks(&[" style=", "<style", "onclick"]);
        let cut_off = street.open(&format!("{path}?coop=1")).await;
        assert_eq!(cut_off.header("cross-origin-opener-policy"), "same-origin");
    }
    for asset in ["/office.css", "/office.js", "/icon.svg", "/somm-it/style.css"] {
        assert_eq!(street.open(asset).await.status, 200, "{asset}");
    }
}

#[tokio::test]
async fn users_and_restaurants_are_switched_by_links_that_keep_the_rest() {
    let street = Street::new().await;
    let usual = street.open("/pos-helper/ventes/hubrise-integration").await;
    usual.has(&["Bella Pizza</span>", "Nina Costa <small>gérante</small>"]);
    let odd = street.open("/pos-helper/ventes/hubrise-integration?lang=en&user=support&merchant=resto-2").await;
    odd.has(&[
        "Dubois Restos</span>",
        "Support POS HELPER <small>vendor&#39;s support</small>",
        r#"data-token="/pos-helper/token?lang=en&amp;user=support&amp;merchant=resto-2""#,
        r#"data-locale="en""#,
        r#"href="/pos-helper/ventes/hubrise-integration?lang=en&amp;merchant=resto-2""#,
        r#"href="/pos-helper/produits?lang=en&amp;user=support&amp;merchant=resto-2""#,
    ]);
    let counter = street.open("/pos-helper/ventes/hubrise-integration?till=comptoir").await;
    counter.has(&[r#"data-till="comptoir""#, r#"aria-current="true">Caisse du comptoir</a>"#]);
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let street = Street::new().await;
    street.open("/carre-pos/ventes").await.has(&["Cette page ne fait pas partie de cette démonstration."]);
    let english = street.open("/somm-it/parametres?lang=en").await;
    english.has(&["This page is not part of this demonstration.", "Cash register"]);
    for missing in ["/nobody", "/carre-pos/nowhere", "/carre-pos/ventes/hubrise", "/a/b/c", "/nobody/style.css"] {
        assert_eq!(street.open(missing).await.status, 404, "{missing}");
    }
    let wrong = street.open("/carre-pos?user=%3Cb%3E").await;
    assert_eq!((wrong.status, wrong.header("content-type")), (400, "text/plain; charset=utf-8"));
}

#[tokio::test]
async fn who_comes_by_number_is_sent_to_the_name() {
    let street = Street::new().await;
    let answer = street.stage.http.get(format!("{}/somm-it?lang=en", street.origin)).send().await.unwrap();
    assert_eq!(answer.status(), 307);
    let named = street.stage.sandbox.offices_url.clone().unwrap();
    assert!(named.starts_with("http://localhost:"), "{named}");
    assert_eq!(answer.headers()["location"], format!("{named}/somm-it?lang=en").as_str());
}

#[tokio::test]
async fn pixelpoint_bridge_is_opened_from_hubrises_connections() {
    let street = Street::new().await;
    let none = street.open("/pixelpoint-bridge/connexions?lang=en").await;
    none.has(&["is not connected at this restaurant", "/accounts/6h4rb/connections"]);
    let code = json!({
        "client_id": "pixelpoint-bridge-sandbox",
        "email": "kate@harbor-grill.example",
        "scope": "location[orders.write,customer_list.read,catalog.read]",
    });
    let code = street.stage.control("grant", code).await["code"].as_str().unwrap().to_owned();
    let request = street.stage.request(reqwest::Method::POST, "/oauth2/v1/token").form(&[("code", code)]);
    let client = ("pixelpoint-bridge-sandbox", "pixelpoint-bridge-sandbox-secret");
    let granted = street.stage.send(request.basic_auth(client.0, Some(client.1))).await;
    let id = granted.body["app_instance_id"].as_str().unwrap();
    let page = street.open("/pixelpoint-bridge/connexions").await;
    page.has(&[&format!("{}/pixelpoint-bridge/hubrise/open?app_instance_id={id}", super::CONSOLE), "OUVRIR<span"]);
    let other = street.open("/pixelpoint-bridge/connexions?merchant=resto-2").await;
    other.lacks(&["OUVRIR"]);
}
