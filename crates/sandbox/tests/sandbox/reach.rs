//! What a connection reaches: levels, scopes, other people's things, paging, limits, methods, CORS.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{COUNTER, Stage, TILL};
use passerelle_sandbox::seeds::{INES, MARC, NINA, chain, dubois};

#[tokio::test]
async fn a_location_connection_knows_its_location() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    for path in ["/location", "/locations/3r4s3-1"] {
        let location = till.get(path).await.body;
        assert_eq!(location["account"], json!({ "id": "3r4s3", "name": "Bella Pizza", "currency": "EUR" }));
        assert_eq!((&location["id"], &location["name"]), (&json!("3r4s3-1"), &json!("Paris")));
        assert_eq!(location["timezone"]["name"], "Europe/Paris");
        assert_eq!(location["order_acceptance"]["mode"], "online");
    }
    for (path, status) in [
        ("/locations/3R4S3-1", 404),
        ("/locations/5k8rd-1", 404),
        ("/locations", 403),
        ("/account", 403),
        ("/accounts/3r4s3", 403),
        ("/user", 403),
        ("/catalogs/c4tbs", 404),
        ("/nothing", 404),
    ] {
        assert_eq!(till.get(path).await.status, status, "{path}");
    }
    assert_eq!(till.get("/nothing").await.body, json!({ "error_type": "routing_error" }));
}

#[tokio::test]
async fn an_account_connection_pages_through_200_locations() {
    let stage = Stage::new().await;
    let till = stage.connect(INES, COUNTER, json!({})).await;
    assert_eq!(till.get("/account").await.body["name"], "Grande Chaîne");
    let (mut ids, mut path) = (Vec::new(), "/locations".to_owned());
    let mut pages = 0;
    loop {
        let page = till.get(&path).await;
        ids.extend(page.body.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        pages += 1;
        match page.header("x-cursor-next") {
            Some(cursor) => path = format!("/locations?cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!((pages, ids.len()), (2, chain::LOCATIONS));
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), chain::LOCATIONS);
    assert_eq!(ids[199], "9x2gc-200");
    assert_eq!(till.get("/locations?count=30").await.body.as_array().unwrap().len(), 30);
    assert_eq!(till.get("/locations?count=1000").await.body.as_array().unwrap().len(), 100);
    for query in ["count=0", "count=x", "cursor=nope"] {
        let answer = till.get(&format!("/locations?{query}")).await;
        assert_eq!((answer.status, &answer.body["error_type"]), (422, &json!("unprocessable_entity")), "{query}");
    }
    assert_eq!(till.get("/location").await.status, 403);
    assert_eq!(till.get("/locations/9x2gc-77").await.status, 200);
    assert_eq!(till.get("/locations/3r4s3-1").await.status, 404);
    assert_eq!(till.get("/accounts/3r4s3").await.status, 404);
}

#[tokio::test]
async fn a_missing_scope_is_403() {
    let stage = Stage::new().await;
    let at = json!({ "location": dubois::BASTILLE });
    let reader = stage.connect(MARC, "location[orders.read]", at.clone()).await;
    let order = Some(json!({ "status": "new" }));
    for (method, path, body) in [
        (Method::POST, "/location/orders", order.clone()),
        (Method::GET, "/location/catalogs", None),
        (Method::GET, "/catalogs/c4tbs", None),
        (Method::GET, "/location/customer_lists", None),
        (Method::GET, "/customer_lists/l8web/customers", None),
        (Method::GET, "/catalogs/c4tbs/location/inventory", None),
    ] {
        let answer = reader.call(method, path, body).await;
        assert_eq!((answer.status, &answer.body["error_type"]), (403, &json!("forbidden")), "{path}");
    }
    assert_eq!(reader.get("/location/orders").await.status, 200);
    let profile = stage.connect(NINA, "profile", json!({})).await;
    assert_eq!(profile.get("/location").await.status, 403);
    assert_eq!(profile.get("/callback").await.status, 200);
}

#[tokio::test]
async fn a_profile_shows_the_email_only_when_asked() {
    let stage = Stage::new().await;
    let plain = stage.connect(NINA, "profile", json!({})).await.get("/user").await.body;
    assert_eq!((&plain["first_name"], plain.get("email")), (&json!("Nina"), None));
    let full = stage.connect(NINA, "profile_with_email", json!({})).await.get("/user").await.body;
    assert_eq!(full["email"], NINA);
    assert_eq!(full["id"], plain["id"]);
}

#[tokio::test]
async fn ten_heavy_calls_a_minute_then_429_until_the_round_minute() {
    let stage = Stage::new().await;
    stage.freeze().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    for _ in 0..10 {
        assert_eq!(till.get("/catalogs/psmlf").await.status, 200);
    }
    let refused = till.get("/location/orders").await;
    assert_eq!((refused.status, &refused.body["error_type"]), (429, &json!("too_many_requests")));
    let wait: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(till.get("/catalogs/psmlf?hide_data=true").await.status, 200);
    stage.advance(wait).await;
    assert_eq!(till.get("/location/orders").await.status, 200);
}

#[tokio::test]
async fn five_hundred_calls_a_minute_then_429() {
    let stage = Stage::new().await;
    stage.freeze().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    for call in 0..500 {
        assert_eq!(till.get("/callback").await.status, 200, "call {call}");
    }
    assert_eq!(till.get("/callback").await.status, 429);
    stage.advance(60).await;
    assert_eq!(till.get("/callback").await.status, 200);
}

#[tokio::test]
async fn the_method_may_be_overridden_on_post_only() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let set =
        till.call(Method::POST, "/callback", Some(json!({ "url": null, "events": { "order": ["create"] } }))).await;
    assert_eq!(set.status, 200);
    let overridden = |method: Method, value: &str| {
        let request = stage.request(method, "/v1/callback").header("X-Access-Token", &till.token);
        request.header("X-Http-Method-Override", value)
    };
    assert_eq!(stage.send(overridden(Method::GET, "DELETE")).await.body["events"], json!({ "order": ["create"] }));
    assert_eq!(stage.send(overridden(Method::POST, "GET")).await.status, 404);
    assert_eq!(stage.send(overridden(Method::POST, "DELETE")).await.status, 200);
    assert_eq!(till.get("/callback").await.body, json!({ "url": null, "events": {} }));
}

#[tokio::test]
async fn the_api_may_be_called_from_any_page_and_the_oauth_server_from_none() {
    let stage = Stage::new().await;
    let preflight = |path: &str| {
        let request = stage.request(Method::OPTIONS, path).header("Origin", "https://shop.example");
        request.header("Access-Control-Request-Headers", "x-access-token")
    };
    let api = stage.send(preflight("/v1/location")).await;
    assert_eq!((api.status, api.header("access-control-allow-origin")), (204, Some("*")));
    assert_eq!(api.header("access-control-allow-headers"), Some("x-access-token"));
    let oauth = stage.send(preflight("/oauth2/v1/token")).await;
    assert_eq!(oauth.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn bodies_are_bounded_and_must_be_json() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let post = || stage.request(Method::POST, "/v1/location/orders").header("X-Access-Token", &till.token);
    let text = stage.send(post().body("status=new").header("Content-Type", "text/plain")).await;
    assert_eq!((text.status, &text.body["error_type"]), (415, &json!("unsupported_media_type")));
    let broken = stage.send(post().body("{").header("Content-Type", "application/json")).await;
    assert_eq!(broken.status, 422);
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(stage.send(post().body(deep).header("Content-Type", "application/json")).await.status, 422);
    let long: Value = json!({ "status": "new", "customer_notes": "x".repeat(4 << 20) });
    assert_eq!(stage.send(post().json(&long)).await.status, 413);
}
