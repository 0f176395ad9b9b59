//! Creating accounts and locations on the way to a consent, at `/signup` and in the little back office.

use reqwest::Method;

use super::{
    browser::Browser,
    stage::{Stage, TILL},
};

#[tokio::test]
async fn a_newcomer_signs_up_with_what_the_application_knew_and_connects() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "fr");
    let known = [("country", "BE"), ("account_name", "Aux Délices"), ("location_name", "Liège <3")];
    let page = browser.authorize(&[&[("scope", TILL)], &known[..]].concat()).await;
    let page = browser.open(&format!("{}/sign_up", page.at)).await;
    for text in [r#"value="Aux Délices""#, r#"value="Liège &lt;3""#, r#"<option value="BE" selected>Belgique"#] {
        assert!(page.html.contains(text), "{text}");
    }
    let name = [("first_name", "Anaïs"), ("last_name", "Peeters")];
    let wrong =
        browser.press(&page, "Créer le compte", &[&name[..], &[("email", "nina@bella-pizza.example")]].concat()).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("Un utilisateur a déjà cette adresse."));
    let page = browser.press(&wrong, "Créer le compte", &[("email", "anais@delices.example")]).await;
    assert!(page.html.contains("Anaïs Peeters"));
    assert_eq!(page.options("location"), ["Liège <3"]);
    let back = browser.press(&page, "Autoriser", &[]).await;
    let token = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!(token["account_name"], "Aux Délices");
    assert_eq!(token["catalog_name"], "Carte");
}

#[tokio::test]
async fn a_new_location_comes_back_selected() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL), ("location_name", "Annecy")]).await;
    let consent = browser.press(&page, "NCNina Costa", &[]).await;
    let page = browser.open(&format!("{}/new_location", consent.at)).await;
    assert_eq!(page.label("account_name").as_deref(), Some("Account"));
    let page = browser.press(&page, "Create", &[]).await;
    assert_eq!(page.options("location"), ["Choose a location", "Paris", "Annecy"]);
    assert!(page.html.contains(r#"<option value="3r4s3-2" selected>Annecy"#));
    let back = browser.press(&page, "Allow", &[]).await;
    assert_eq!(stage.exchange(&back.parameter("code").unwrap()).await.body["location_id"], "3r4s3-2");
}

#[tokio::test]
async fn lea_creates_the_catalog_and_list_her_location_lacks() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let consent = browser.press(&page, "LPLéa Petit", &[]).await;
    let page = browser.press(&consent, "Allow", &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.html.contains("There is no catalog here yet.") && page.html.contains(r#"href="/accounts/2n0uv""#));
    let page = browser.open("/accounts/2n0uv").await;
    for (action, name) in [("catalogs", "Carte"), ("customer_lists", "Habitués")] {
        let request = stage.request(Method::POST, &format!("/accounts/2n0uv/{action}"));
        assert_eq!(stage.send(request.form(&[("name", name)])).await.status, 303);
    }
    assert!(page.html.contains("There are none yet."));
    let back = browser.press(&consent, "Allow", &[]).await;
    assert_eq!(stage.exchange(&back.parameter("code").unwrap()).await.body["customer_list_name"], "Habitués");
}

#[tokio::test]
async fn the_sign_up_page_stands_on_its_own() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.open("/signup?account_name=Chez+Zo%C3%A9").await;
    assert!(page.html.contains(r#"value="Chez Zoé""#));
    let typed = [("first_name", "Zoé"), ("last_name", "B"), ("email", "zoe@zoe.example"), ("location_name", "Nice")];
    let page = browser.press(&page, "Create the account", &typed).await;
    assert_eq!((page.status, page.at.as_str()), (200, "/"));
    assert!(page.html.contains("Chez Zoé"));
    let wrong = browser.press(&browser.open("/signup").await, "Create the account", &[("email", "zoe")]).await;
    assert!(wrong.html.contains("This e-mail address is not complete."));
}

#[tokio::test]
async fn another_sites_page_can_create_nothing() {
    let stage = Stage::new().await;
    for path in ["/accounts/3r4s3/catalogs", "/signup", "/_sandbox/reset"] {
        let request = stage.request(Method::POST, path).header("Sec-Fetch-Site", "cross-site").form(&[("name", "x")]);
        assert_eq!(stage.send(request).await.status, 403, "{path}");
    }
}
