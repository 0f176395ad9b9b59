//! Who is served, in which words, and with which logo.

use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH};
use serde_json::{Value, json};

use crate::world::World;

flow!(tells_vendors_and_tills_to_anyone, |world| {
    let anyone = world.newcomer();
    let list = anyone.get("/vendors").await.ok();
    let slugs: Vec<_> = list.as_array().unwrap().iter().map(|vendor| vendor["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["carre-pos", "pixelpoint-bridge", "pos-helper", "somm-it"]);
    assert_eq!(list[3]["category"]["fr"], "Gestion et inventaire");

    let vendor = anyone.get("/vendors/pos-helper").await.ok();
    assert_eq!(vendor["support"]["email"], "support@poshelper.fr");
    assert_eq!(vendor["tills"][0]["chosen_here"], json!([]));
    assert_eq!(vendor["tills"][1]["chosen_here"], json!(["location", "catalog", "customer_list"]));
    assert_eq!((&vendor["connects"], &vendor["layout"]), (&json!("self"), &json!("page")));
    for slug in slugs {
        let text = anyone.get(&format!("/vendors/{slug}")).await.ok().to_string();
        assert!(
            !text.contains("secret") && !text.contains(&format!("{slug}-sandbox")),
            "no client in what anyone reads"
        );
        assert!(!text.contains(crate::world::TILL_KEY), "nor a key");
        assert!(!text.contains("users"), "nor who its support is");
    }
});

flow!(each_vendor_speaks_its_own_words, |world| {
    let anyone = world.newcomer();
    let cards = anyone.get("/vendors/somm-it").await.ok();
    assert_eq!((&cards["layout"], &cards["ending"]["locks"]), (&json!("cards"), &json!(true)));
    assert_eq!(cards["ending"]["title"]["fr"], "Supprimer la connexion");
    assert_eq!(cards["tills"][1]["asks_key"], true);
    assert!(cards["tills"][2]["disabled"]["fr"].as_str().unwrap().contains("support de SOMM'IT"));
    assert_eq!(cards["tills"][0]["disabled"], Value::Null);

    let support = anyone.get("/vendors/carre-pos").await.ok();
    assert_eq!((&support["connects"], &support["capabilities"]), (&json!("support"), &json!(["inventory"])));
    assert_eq!(support["prerequisites"][0]["otherwise"]["fr"], "Contactez l'éditeur de Carré POS.");
    let told = anyone.get("/vendors/carre-pos/overview").await.ok();
    let runs = told["setup"]["fr"][1]["runs"].as_array().unwrap();
    assert_eq!(told["setup"]["fr"][0]["kind"], "heading");
    assert_eq!(runs[0]["bold"], Value::Null, "plain text says nothing of boldness");
    let label = json!({"text": "HubRise", "bold": true});
    assert!(told["setup"]["fr"].as_array().unwrap().iter().any(|block| block["runs"][1] == label));

    let bridge = anyone.get("/vendors/pixelpoint-bridge").await.ok();
    assert_eq!((&bridge["connects"], &bridge["capabilities"]), (&json!("hubrise"), &json!(["order_bridge"])));
    let flows = bridge["flows"].as_array().unwrap();
    assert!(flows.iter().all(|flow| flow["direction"] == "to_till"), "push only");
    assert_eq!(bridge["never"].as_array().unwrap().len(), 2);
});

flow!(knows_no_other_vendor_or_till, |world| {
    let browser = world.browser().await;
    for path in
        ["/vendors/nobody", "/vendors/nobody/tills/caisse/status", "/vendors/nobody/logo", "/vendors/nobody/overview"]
    {
        browser.get(path).await.problem(404, "vendor_unknown");
    }
    for path in ["/vendors/pos-helper/tills/nothing/status", "/vendors/pos-helper/tills/nothing/logo"] {
        browser.get(path).await.problem(404, "till_unknown");
    }
    browser.get("/vendors/pos-helper/tills/caisse/logo").await.problem(404, "not_found");
    browser.post("/attempts", json!({"vendor": "pos-helper", "till": "nothing"})).await.problem(404, "till_unknown");
});

/// What a logo's address answers, and with which headers.
async fn logo(world: &World, path: &str, known: Option<&str>) -> (StatusCode, HeaderMap, String) {
    let mut request = world.http.get(format!("{}{path}", world.origin));
    if let Some(known) = known {
        request = request.header(IF_NONE_MATCH, known);
    }
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    (status, headers, answer.text().await.unwrap())
}

flow!(a_logo_can_only_be_looked_at_and_is_asked_for_once, |world| {
    let vendor = world.newcomer().get("/vendors/somm-it").await.ok();
    for address in [&vendor["logo_url"], &vendor["tills"][0]["logo_url"]] {
        let address = address.as_str().unwrap();
        let (status, headers, body) = logo(&world, address, None).await;
        assert_eq!((status, &headers[CONTENT_TYPE]), (StatusCode::OK, &"image/svg+xml".parse().unwrap()));
        assert!(body.starts_with("<svg ") && body.contains("<title>"), "{body}");
        assert_eq!(headers[CONTENT_SECURITY_POLICY], "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers[CACHE_CONTROL], "public, max-age=31536000, immutable");
        let tag = headers[ETAG].to_str().unwrap();
        for known in [tag.to_owned(), format!("\"x\", W/{tag}")] {
            let (status, headers, body) = logo(&world, address, Some(&known)).await;
            assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
            assert_eq!(headers[ETAG], tag);
            assert!(headers.contains_key(CONTENT_SECURITY_POLICY), "the policy holds for what is kept, too");
        }
        // An address without its version, or with another's, is not kept.
        let bare = address.split('?').next().unwrap();
        for other in [bare.to_owned(), format!("{bare}?v=old")] {
            let (status, headers, _) = logo(&world, &other, Some("\"old\"")).await;
            assert_eq!((status, &headers[CACHE_CONTROL]), (StatusCode::OK, &"no-cache".parse().unwrap()), "{other}");
        }
    }
    assert_eq!(world.newcomer().get("/vendors/pos-helper").await.ok()["tills"][0]["logo_url"], Value::Null);
});
