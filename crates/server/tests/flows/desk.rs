//! The support desk: the vendor's own people, names alone, and what they may decide.

use passerelle_server::assemble;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::live::Stream;
use crate::world::{BELLA, CARRE_SUPPORT, HELPER_SUPPORT, INES, MARC, NINA, SOMMIT_SUPPORT, World};

const DESK: &str = "/vendors/pos-helper/desk";

async fn items(browser: &Browser, query: &str) -> Vec<Value> {
    browser.get(&format!("{DESK}/connections{query}")).await.ok()["items"].as_array().unwrap().clone()
}

/// Nina's and Marc's tills, connected in browsers of their own.
async fn two_merchants(world: &World) -> (Browser, Value, Value) {
    let (nina, marc) = (world.browser().await, world.browser().await);
    let ninas = world.connect_caisse(&nina, NINA, json!({})).await;
    let marcs = world.connect_caisse(&marc, MARC, json!({"location": "Paris Bastille"})).await;
    (nina, ninas, marcs)
}

flow!(is_for_the_vendors_support_alone, |world| {
    two_merchants(&world).await;
    let (nobody, nina) = (world.browser().await, world.signed_in("pos-helper", NINA).await);
    let other = world.signed_in("carre-pos", CARRE_SUPPORT).await;
    let decline = json!({"answer": "no"});
    for (method, path, body) in [
        (Method::GET, "", None),
        (Method::GET, "/connections", None),
        (Method::POST, "/locks/x/release", None),
        (Method::POST, "/requests/x/decline", Some(&decline)),
    ] {
        let path = format!("{DESK}{path}");
        nobody.send(method.clone(), &path, body).await.problem(403, "sign_in_required");
        other.send(method.clone(), &path, body).await.problem(403, "sign_in_required");
        nina.send(method, &path, body).await.problem(403, "support_only");
    }
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    support.get("/vendors/carre-pos/desk").await.problem(403, "sign_in_required");
    support.get("/vendors/nobody/desk").await.problem(404, "vendor_unknown");
});

flow!(shows_names_and_nothing_more, |world| {
    let (_nina, ninas, marcs) = two_merchants(&world).await;
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    let desk = support.get(DESK).await.ok();
    assert_eq!(desk, json!({"connections": 2, "failing": 0, "requests": [], "locks": []}));
    let page = support.get(&format!("{DESK}/connections")).await.ok();
    assert_eq!((&page["total"], &page["next_cursor"]), (&json!(2), &Value::Null));
    let [first, second] = page["items"].as_array().unwrap().as_slice() else { panic!("{page}") };
    assert_eq!((&first["id"], &second["id"]), (&marcs["id"], &ninas["id"]), "the latest connected first");
    let keys: Vec<_> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["account_name", "granted", "health", "id", "last_order_at", "location_name", "since", "till"]);
    assert_eq!((&first["account_name"], &first["location_name"]), (&json!("Dubois Restos"), &json!("Paris Bastille")));
    assert_eq!((&first["granted"], &first["since"]), (&json!(false), &marcs["connected_at"]));
    for rest in ["", "/permissions", "/audit", "/events"] {
        let path = format!("/connections/{}{rest}", ninas["id"].as_str().unwrap());
        support.get(&path).await.problem(404, "connection_unknown");
    }
});

flow!(finds_by_name_and_by_state, |world| {
    let (_nina, ninas, _marcs) = two_merchants(&world).await;
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    world.back_office(&world.installation(&ninas).await, "block").await;
    world.state.hub().check(&world.row(&ninas).await).await.unwrap_err();
    for (query, found) in [
        ("?q=bella", 1),
        ("?q=BASTILLE", 1),
        ("?q=paris", 2),
        ("?q=nobody", 0),
        ("?q=%25", 0),
        ("?state=blocked", 1),
        ("?state=unknown", 1),
        ("?state=ok", 0),
        ("?q=bella&state=unknown", 0),
    ] {
        assert_eq!(items(&support, query).await.len(), found, "{query}");
    }
    let blocked = &items(&support, "?state=blocked").await[0];
    assert_eq!((&blocked["id"], &blocked["health"]), (&ninas["id"], &json!("blocked")));
    assert_eq!(support.get(DESK).await.ok()["failing"], 1);
    support.get(&format!("{DESK}/connections?state=sleepy")).await.problem(400, "invalid_request");
    support.get(&format!("{DESK}/connections?x=1")).await.problem(400, "invalid_request");
});

flow!(to_open_one_takes_a_right_that_hubrise_confirms, |world| {
    let (nina, ninas, _marcs) = two_merchants(&world).await;
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    let asked = json!({"vendor": "pos-helper", "connection": ninas["id"]});
    world.give_access(BELLA, HELPER_SUPPORT).await;
    assert!(nina.status("caisse").await["connection"]["support_verified_at"].is_null());
    world.authorize(&support, asked, HELPER_SUPPORT).await.ok();
    let granted: Vec<_> = items(&support, "").await.iter().map(|line| line["granted"] == true).collect();
    assert_eq!(granted, [false, true]);
    let opened = support.get(&format!("/connections/{}", ninas["id"].as_str().unwrap())).await.ok();
    assert_eq!(opened["role"], "manage");
    assert!(nina.status("caisse").await["connection"]["support_verified_at"].is_string());
    let audit = nina.get(&format!("/connections/{}/audit", ninas["id"].as_str().unwrap())).await.ok();
    let viewed = &audit["items"][0];
    assert_eq!((&viewed["action"], &viewed["support"]), (&json!("viewed"), &json!(true)));
});

flow!(releases_a_locked_till_and_the_page_learns_it, |world| {
    let merchant = world.signed_in("somm-it", NINA).await;
    let begin = json!({"vendor": "somm-it", "till": "tiller"});
    let connection = world.connect(&merchant, begin.clone(), NINA, json!({})).await;
    merchant.delete(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.ok();
    let status = merchant.status_at("somm-it", "tiller").await;
    assert_eq!(status["lock"]["account"]["name"], "Bella Pizza", "{status}");
    merchant.post("/attempts", begin.clone()).await.problem(409, "till_locked");
    let watch = tokio::spawn(assemble::watch(&world.state).run());
    let mut page = Stream::open(&world, &merchant, "/vendors/somm-it/tills/tiller").await;
    let stranger = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    let support = world.signed_in("somm-it", SOMMIT_SUPPORT).await;
    let desk = support.get("/vendors/somm-it/desk").await.ok();
    assert_eq!(desk["locks"], json!([status["lock"]]));
    let release =
        |vendor: &str| format!("/vendors/{vendor}/desk/locks/{}/release", status["lock"]["id"].as_str().unwrap());
    stranger.send(Method::POST, &release("pos-helper"), None).await.problem(404, "not_found");
    assert_eq!(support.send(Method::POST, &release("somm-it"), None).await.status, 204);
    support.send(Method::POST, &release("somm-it"), None).await.problem(404, "not_found");
    assert!(page.changed().await.is_some());
    assert!(merchant.status_at("somm-it", "tiller").await["lock"].is_null());
    world.connect(&merchant, begin, NINA, json!({})).await;
    watch.abort();
});

flow!(declines_a_request_and_the_merchant_reads_why, |world| {
    let merchant = world.signed_in("carre-pos", NINA).await;
    let asked = json!({"till": "caisse", "hubrise_id": BELLA, "location_name": "Paris", "language": "fr"});
    let request = merchant.post("/vendors/carre-pos/requests", asked).await.ok();
    let support = world.signed_in("carre-pos", CARRE_SUPPORT).await;
    let desk = support.get("/vendors/carre-pos/desk").await.ok();
    assert_eq!(desk["requests"], json!([request]));
    let watch = tokio::spawn(assemble::watch(&world.state).run());
    let mut page = Stream::open(&world, &merchant, "/vendors/carre-pos/tills/caisse").await;
    let path = format!("/vendors/carre-pos/desk/requests/{}/decline", request["id"].as_str().unwrap());
    for answer in [String::new(), "  ".into(), "x".repeat(501)] {
        support.post(&path, json!({"answer": answer})).await.problem(422, "invalid_request");
    }
    let said = "Ajoutez hubrise@carrepos.fr avec le rôle Manager.";
    assert_eq!(support.post(&path, json!({"answer": said})).await.status, 204);
    support.post(&path, json!({"answer": said})).await.problem(404, "request_unknown");
    assert!(page.changed().await.is_some());
    let shown = merchant.status_at("carre-pos", "caisse").await["request"].clone();
    assert_eq!((&shown["state"], &shown["answer"]), (&json!("declined"), &json!(said)));
    assert_eq!(support.get("/vendors/carre-pos/desk").await.ok()["requests"], json!([]));
    watch.abort();
});

flow!(more_than_a_page_of_connections_comes_in_pages, |world| {
    let ines = world.browser().await;
    let open = world.authorise_comptoir(&ines, INES).await;
    let path = format!("/connections/{}", open["id"].as_str().unwrap());
    let places = ines.get(&format!("{path}/locations")).await.ok();
    let first = places["items"][0]["id"].as_str().unwrap();
    let of = async |what: &str| ines.get(&format!("{path}/{what}?location_id={first}")).await.ok()["items"][0].clone();
    let (catalog, list) = (of("catalogs").await, of("customer_lists").await);
    assert_eq!((&catalog["owner"], &list["owner"]), (&json!("account"), &json!("account")), "shared by all of them");
    for place in places["items"].as_array().unwrap().iter().take(64) {
        let choices = json!({"location": place["id"], "catalog": catalog["id"], "customer_list": list["id"]});
        // A browser of its own each: in one, each location would take the place of the one before.
        world.connect_caisse(&world.browser().await, INES, choices).await;
    }
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    let first = support.get(&format!("{DESK}/connections")).await.ok();
    assert_eq!((first["items"].as_array().unwrap().len(), &first["total"]), (60, &json!(65)));
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = support.get(&format!("{DESK}/connections?cursor={cursor}")).await.ok();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next_cursor"]), (5, &Value::Null));
    assert_eq!(rest["items"][4]["id"], open["id"], "the first connected comes last");
});
