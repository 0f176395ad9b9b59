//! Who may not call: every route of the contract, every kind of stranger.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::targets::{For, KEYED, PUBLIC, Route, Target, guarded};
use crate::world::{BELLA, BELLA_PARIS, CARRE_SUPPORT, HELPER_SUPPORT, INES, MARC, NINA};

const ALL: [For; 5] = [For::Session, For::Holder, For::Manager, For::User, For::Support];
const CONNECTIONS: [For; 2] = [For::Holder, For::Manager];

flow!(every_route_of_the_contract_is_walked, |world| {
    let document: Value = world.newcomer().get("/openapi.json").await.ok();
    let template = |route: &Route| {
        let path = route.path.split('?').next().unwrap().replace("{c}", "{connection}").replace("{a}", "{attempt}");
        let path = path.replace("{s}", "{session}").replace("{q}", "{request}").replace("{l}", "{lock}");
        let path = path.replace("{o}", "{operation}").replace("{x}", "{exchange}");
        let path = path.replace("{h}", "{share}").replace("{v}", "{view}").replace("{k}", "{key}");
        let path = path.replace("/pos-helper", "/{vendor}").replace("/carre-pos", "/{vendor}");
        format!("{} /api/v1{}", route.method.as_str().to_lowercase(), path.replace("/tills/caisse", "/tills/{till}"))
    };
    let mut walked: Vec<_> = guarded().iter().map(template).collect();
    walked.extend(PUBLIC.map(str::to_owned));
    walked.extend(KEYED.map(|(method, path)| template(&Route { method, path, body: None, whose: For::Session })));
    walked.sort();
    let mut routes = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            routes.push(format!("{method} {path}"));
        }
    }
    routes.sort();
    assert_eq!(walked, routes, "strangers are sent to exactly the routes there are");
});

flow!(no_session_is_a_tills_key, |world| {
    let (_, nina) = Target::new(&world).await;
    for browser in [&nina, &world.newcomer()] {
        for (method, path) in KEYED {
            let body = json!({"sequence": 1, "entries": []});
            browser.send(method, path, Some(&body)).await.problem(401, "pos_key_refused");
        }
    }
});

flow!(no_session_no_answer, |world| {
    let (target, nina) = Target::new(&world).await;
    target.refused(&world.newcomer(), &ALL, 401, "no_session").await;
    let mut made_up = world.newcomer();
    made_up.cookie = Some("passerelle=AAAAAAAAAAAAAAAAAAAAAA".into());
    target.refused(&made_up, &ALL, 401, "no_session").await;
    target.is_untouched(&nina).await;
});

flow!(an_expired_session_is_no_session, |world| {
    let (target, nina) = Target::new(&world).await;
    world.later(SignedDuration::from_hours(25));
    target.refused(&nina, &ALL, 401, "no_session").await;
});

flow!(a_session_that_was_ended_is_no_session, |world| {
    let (target, nina) = Target::new(&world).await;
    assert_eq!(nina.delete("/session").await.status, 204);
    target.refused(&nina, &ALL, 401, "no_session").await;
});

flow!(nobody_signed_in_is_no_user_and_no_support, |world| {
    let (target, nina) = Target::new(&world).await;
    let stranger = world.browser().await;
    target.refused(&stranger, &CONNECTIONS, 404, "connection_unknown").await;
    target.refused(&stranger, &[For::User, For::Support], 403, "sign_in_required").await;
    target.is_untouched(&nina).await;
});

flow!(another_merchants_things_do_not_exist, |world| {
    let (target, nina) = Target::new(&world).await;
    let mut marc = world.signed_in("pos-helper", MARC).await;
    world.connect_caisse(&marc, MARC, json!({"location": "Paris Bastille"})).await;
    world.sign_in(&mut marc, "carre-pos", MARC).await;
    target.refused(&marc, &CONNECTIONS, 404, "connection_unknown").await;
    target.refused(&marc, &[For::Support], 403, "support_only").await;
    for route in guarded().iter().filter(|route| route.whose == For::User && route.method == Method::DELETE) {
        assert_eq!(target.call(&marc, route).await.status, 404, "{}", route.path);
    }
    let sessions = marc.get("/vendors/pos-helper/sessions").await.ok();
    assert!(sessions.as_array().unwrap().iter().all(|line| line["id"] != target.session.as_str()));
    let confirm = guarded().into_iter().find(|route| route.path.contains("{a}")).unwrap();
    target.call(&marc, &confirm).await.problem(404, "not_found");
    assert_eq!(marc.status("caisse").await["connection"]["account"]["name"], "Dubois Restos");
    target.is_untouched(&nina).await;
});

flow!(another_vendors_people_are_strangers_here, |world| {
    let (target, nina) = Target::new(&world).await;
    for (vendor, email) in [("somm-it", NINA), ("somm-it", "contact@somm-it.com"), ("pixelpoint-bridge", INES)] {
        let elsewhere = world.signed_in(vendor, email).await;
        target.refused(&elsewhere, &CONNECTIONS, 404, "connection_unknown").await;
        target.refused(&elsewhere, &[For::User, For::Support], 403, "sign_in_required").await;
    }
    // Support of another vendor that signs in here is nobody's support.
    let carre = world.signed_in("pos-helper", CARRE_SUPPORT).await;
    target.refused(&carre, &CONNECTIONS, 404, "connection_unknown").await;
    target.refused(&carre, &[For::Support], 403, "support_only").await;
    target.is_untouched(&nina).await;
});

flow!(support_without_a_grant_sees_no_connection, |world| {
    let (target, nina) = Target::new(&world).await;
    world.give_access(BELLA, HELPER_SUPPORT).await;
    // It has the right at HubRise, and has not proven it here.
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    target.refused(&support, &CONNECTIONS, 404, "connection_unknown").await;
    let asked = json!({"vendor": "pos-helper", "connection": target.connection["id"]});
    world.authorize(&support, asked, HELPER_SUPPORT).await.ok();
    support.get(&format!("/connections/{}", target.connection["id"].as_str().unwrap())).await.ok();
    target.is_untouched(&nina).await;
});

flow!(a_grant_that_ran_out_is_none, |world| {
    let (target, _) = Target::new(&world).await;
    let asked = json!({"vendor": "pos-helper", "connection": target.connection["id"]});
    world.give_access(BELLA, HELPER_SUPPORT).await;
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    world.authorize(&support, asked, HELPER_SUPPORT).await.ok();
    world.later(SignedDuration::from_hours(25));
    for email in [NINA, HELPER_SUPPORT] {
        let back = world.signed_in("pos-helper", email).await;
        target.refused(&back, &CONNECTIONS, 404, "connection_unknown").await;
        assert_eq!(
            back.status("caisse").await["known"],
            target.connection["id"],
            "what one knew can be asked for again"
        );
    }
});

flow!(whoever_may_only_look_changes_nothing, |world| {
    let nina = world.signed_in("carre-pos", NINA).await;
    let asked = json!({"till": "caisse", "hubrise_id": BELLA_PARIS, "location_name": "Paris", "language": "fr"});
    let request = nina.post("/vendors/carre-pos/requests", asked).await.ok();
    world.give_access(BELLA, CARRE_SUPPORT).await;
    let support = world.signed_in("carre-pos", CARRE_SUPPORT).await;
    let begin = json!({"vendor": "carre-pos", "till": "caisse", "request": request["id"]});
    let connection = world.connect(&support, begin, CARRE_SUPPORT, json!({})).await;
    let target = Target { connection, session: String::new(), request: String::new() };
    for route in guarded().iter().filter(|route| route.whose == For::Manager && route.method != Method::GET) {
        target.call(&nina, route).await.problem(403, "view_only");
    }
    support.get(&format!("/connections/{}", target.connection["id"].as_str().unwrap())).await.ok();
});

flow!(a_page_of_another_origin_changes_nothing, |world| {
    let (target, nina) = Target::new(&world).await;
    for origin in [None, Some("https://evil.example"), Some("null"), Some("http://127.0.0.1:1")] {
        for route in guarded().iter().filter(|route| route.method != Method::GET) {
            let mut foreign = nina.clone();
            foreign.origin = origin.map(str::to_owned);
            target.call(&foreign, route).await.problem(403, "foreign_origin");
        }
    }
    target.is_untouched(&nina).await;
});

flow!(a_call_without_the_sessions_own_csrf_token_changes_nothing, |world| {
    let (target, nina) = Target::new(&world).await;
    let other = world.browser().await;
    for token in [None, Some(String::new()), Some("x".repeat(43)), other.csrf.clone()] {
        for route in guarded().iter().filter(|route| route.method != Method::GET) {
            let mut forged = nina.clone();
            forged.csrf.clone_from(&token);
            target.call(&forged, route).await.problem(403, "csrf_mismatch");
        }
    }
    target.is_untouched(&nina).await;
});
