//! Who may not call: every route of the contract, every kind of stranger.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::world::{BELLA, BELLA_PARIS, CARRE_SUPPORT, HELPER_SUPPORT, INES, MARC, NINA, World};

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Any session; it sees what is its own.
    Session,
    /// Whoever has a grant on the connection.
    Holder,
    /// Whoever has a grant to manage the connection.
    Manager,
    /// A user signed in at the vendor; it sees what is its own.
    User,
    /// The vendor's support.
    Support,
}

/// A route that is not everybody's. In its path, `{c}` is somebody's connection, `{s}` somebody's session, `{q}`
/// somebody's request; `{a}` an attempt and `{l}` a lock that are nobody's.
struct Route {
    method: Method,
    path: &'static str,
    body: Option<Value>,
    whose: For,
}

fn guarded() -> Vec<Route> {
    let get = |path, whose| Route { method: Method::GET, path, body: None, whose };
    let delete = |path, whose| Route { method: Method::DELETE, path, body: None, whose };
    let post = |path, body, whose| Route { method: Method::POST, path, body: Some(body), whose };
    let put = |path, body, whose| Route { method: Method::PUT, path, body: Some(body), whose };
    let request = json!({"till": "caisse", "hubrise_id": "x", "location_name": "x", "language": "fr"});
    vec![
        delete("/session", For::Session),
        get("/vendors/pos-helper/tills/caisse/status", For::Session),
        get("/vendors/pos-helper/tills/caisse/events", For::Session),
        post("/attempts", json!({"vendor": "pos-helper", "till": "caisse"}), For::Session),
        post("/attempts/finish", json!({"state": "s", "code": "c"}), For::Session),
        get("/attempts/latest", For::Session),
        post("/attempts/{a}/confirm", json!({"accept": true}), For::Session),
        post("/arrivals", json!({"vendor": "pos-helper", "code": "c"}), For::Session),
        get("/vendors/pos-helper/sessions", For::User),
        delete("/vendors/pos-helper/sessions/{s}", For::User),
        post("/vendors/carre-pos/requests", request, For::User),
        delete("/vendors/carre-pos/requests/{q}", For::User),
        get("/connections/{c}", For::Holder),
        delete("/connections/{c}", For::Manager),
        get("/connections/{c}/events", For::Holder),
        get("/connections/{c}/audit", For::Holder),
        get("/connections/{c}/permissions", For::Holder),
        post("/connections/{c}/permissions", Value::Null, For::Manager),
        get("/connections/{c}/till_settings", For::Holder),
        put("/connections/{c}/till_settings", json!({"debug": true}), For::Manager),
        get("/connections/{c}/locations", For::Holder),
        get("/connections/{c}/catalogs?location_id=x", For::Holder),
        get("/connections/{c}/customer_lists?location_id=x", For::Holder),
        put("/connections/{c}/choice", json!({"location_id": "x"}), For::Manager),
        get("/vendors/pos-helper/desk", For::Support),
        get("/vendors/pos-helper/desk/connections", For::Support),
        post("/vendors/pos-helper/desk/locks/{l}/release", Value::Null, For::Support),
        post("/vendors/pos-helper/desk/requests/{q}/decline", json!({"answer": "no"}), For::Support),
    ]
}

/// What anybody may read.
const PUBLIC: [&str; 5] = [
    "get /api/v1/session",
    "get /api/v1/vendors",
    "get /api/v1/vendors/{vendor}",
    "get /api/v1/vendors/{vendor}/logo",
    "get /api/v1/vendors/{vendor}/tills/{till}/logo",
];

/// What strangers are sent to: Nina's, as far as it is anybody's.
struct Target {
    connection: Value,
    session: String,
    request: String,
}

impl Target {
    /// Nina connects a till, signed in, and asks Carré POS' support for another.
    async fn new(world: &World) -> (Self, Browser) {
        let mut nina = world.signed_in("pos-helper", NINA).await;
        let connection = world.connect_caisse(&nina, NINA, json!({})).await;
        world.sign_in(&mut nina, "carre-pos", NINA).await;
        let asked = json!({"till": "caisse", "hubrise_id": BELLA_PARIS, "location_name": "Paris", "language": "fr"});
        let request = nina.post("/vendors/carre-pos/requests", asked).await.ok();
        let session = nina.get("/vendors/pos-helper/sessions").await.ok()[0]["id"].as_str().unwrap().to_owned();
        (Self { connection, session, request: request["id"].as_str().unwrap().to_owned() }, nina)
    }

    async fn call(&self, browser: &Browser, route: &Route) -> Answer {
        let path = route
            .path
            .replace("{c}", self.connection["id"].as_str().unwrap())
            .replace("{s}", &self.session)
            .replace("{q}", &self.request)
            .replace("{a}", "AAAAAAAAAAAAAAAAAAAAAA")
            .replace("{l}", "BBBBBBBBBBBBBBBBBBBBBB");
        browser.send(route.method.clone(), &path, route.body.as_ref().filter(|body| !body.is_null())).await
    }

    /// Sends a stranger to every route that is for `whose`; says what went wrong where it was not refused this way.
    async fn refused(&self, browser: &Browser, whose: &[For], status: u16, code: &str) {
        for route in guarded().iter().filter(|route| whose.contains(&route.whose)) {
            let answer = self.call(browser, route).await;
            let got = (answer.status.as_u16(), answer.body["code"].as_str().unwrap_or_default().to_owned());
            assert_eq!(got, (status, code.to_owned()), "{} {}", route.method, route.path);
            answer.problem(status, code);
        }
    }

    /// Whatever strangers did, all is as it was.
    async fn is_untouched(&self, nina: &Browser) {
        let status = nina.status("caisse").await;
        assert_eq!(status["connection"]["id"], self.connection["id"]);
        assert_eq!(status["connection"]["catalog"], self.connection["catalog"]);
        assert_eq!(nina.status_at("carre-pos", "caisse").await["request"]["state"], "waiting");
        assert_eq!(nina.users().await.as_array().unwrap().len(), 2);
    }
}

const ALL: [For; 5] = [For::Session, For::Holder, For::Manager, For::User, For::Support];
const CONNECTIONS: [For; 2] = [For::Holder, For::Manager];

flow!(every_route_of_the_contract_is_walked, |world| {
    let document: Value = world.newcomer().get("/openapi.json").await.ok();
    let template = |route: &Route| {
        let path = route.path.split('?').next().unwrap().replace("{c}", "{connection}").replace("{a}", "{attempt}");
        let path = path.replace("{s}", "{session}").replace("{q}", "{request}").replace("{l}", "{lock}");
        let path = path.replace("/pos-helper", "/{vendor}").replace("/carre-pos", "/{vendor}");
        format!("{} /api/v1{}", route.method.as_str().to_lowercase(), path.replace("/tills/caisse", "/tills/{till}"))
    };
    let mut walked: Vec<_> = guarded().iter().map(template).collect();
    walked.extend(PUBLIC.map(str::to_owned));
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
