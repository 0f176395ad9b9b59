//! What strangers are sent to: every route that is not everybody's, and a merchant's things behind them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::world::{BELLA_PARIS, NINA, World};

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
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
/// somebody's request; `{a}` an attempt, `{l}` a lock, `{o}` an operation, `{x}` an exchange, `{h}` a link to a
/// case, `{v}` a view and `{k}` a till's key that are nobody's.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) body: Option<Value>,
    pub(crate) whose: For,
}

pub(crate) fn guarded() -> Vec<Route> {
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
        get("/vendors/pos-helper/views", For::Session),
        post("/vendors/pos-helper/views", json!({"name": "x", "query": ""}), For::Session),
        delete("/vendors/pos-helper/views/{v}", For::Session),
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
        put("/connections/{c}/till_settings", json!({"choices": {}, "version": 0}), For::Manager),
        delete("/connections/{c}/till_settings", For::Manager),
        post("/connections/{c}/till_test", Value::Null, For::Manager),
        post("/connections/{c}/menu_check", Value::Null, For::Manager),
        post("/connections/{c}/callback_check", Value::Null, For::Manager),
        get("/connections/{c}/operations", For::Holder),
        get("/connections/{c}/operations/{o}", For::Holder),
        get("/connections/{c}/operations/{o}/sides", For::Holder),
        get("/connections/{c}/operations/{o}/har", For::Holder),
        get("/connections/{c}/operations.csv", For::Holder),
        get("/connections/{c}/operations.har", For::Holder),
        get("/connections/{c}/operation_stats", For::Holder),
        post("/connections/{c}/operations/{o}/resend", json!({"version": "1"}), For::Manager),
        put("/connections/{c}/operations/{o}/handled", json!({"handled": true}), For::Manager),
        post("/connections/{c}/operations/{o}/names", Value::Null, For::Manager),
        get("/connections/{c}/operations/{o}/case", For::Holder),
        get("/connections/{c}/operations/{o}/shares", For::Holder),
        post("/connections/{c}/operations/{o}/shares", json!({"days": 7}), For::Manager),
        delete("/connections/{c}/operations/{o}/shares/{h}", For::Manager),
        get("/connections/{c}/exchanges/{x}", For::Holder),
        get("/connections/{c}/stock", For::Holder),
        get("/connections/{c}/stock/history?kind=sku&ref=x", For::Holder),
        post("/connections/{c}/stock/sync", Value::Null, For::Manager),
        put("/connections/{c}/stock/sending", json!({"sending": false}), For::Manager),
        get("/connections/{c}/pos_keys", For::Holder),
        post("/connections/{c}/pos_keys", json!({"label": "x"}), For::Manager),
        delete("/connections/{c}/pos_keys/{k}", For::Manager),
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
pub(crate) const PUBLIC: [&str; 10] = [
    "get /api/v1/embed/{vendor}",
    "get /api/v1/session",
    "get /api/v1/vendors",
    "get /api/v1/vendors/{vendor}",
    "get /api/v1/vendors/{vendor}/logo",
    "get /api/v1/vendors/{vendor}/overview",
    "get /api/v1/vendors/{vendor}/tills/{till}/logo",
    // With a token, a code or a number that serves once: `embedding.rs`.
    "post /api/v1/embed/codes",
    "post /api/v1/embed/popups",
    "post /api/v1/embed/sessions",
];

/// What tills call with keys of their own: no session serves there.
pub(crate) const KEYED: [(Method, &str); 3] = [
    (Method::GET, "/pos/tills/caisse/stock"),
    (Method::PUT, "/pos/tills/caisse/stock"),
    (Method::PATCH, "/pos/tills/caisse/stock"),
];

/// What strangers are sent to: Nina's, as far as it is anybody's.
pub(crate) struct Target {
    pub(crate) connection: Value,
    pub(crate) session: String,
    pub(crate) request: String,
}

impl Target {
    /// Nina connects a till, signed in, and asks Carré POS' support for another.
    pub(crate) async fn new(world: &World) -> (Self, Browser) {
        let mut nina = world.signed_in("pos-helper", NINA).await;
        let connection = world.connect_caisse(&nina, NINA, json!({})).await;
        world.sign_in(&mut nina, "carre-pos", NINA).await;
        let asked = json!({"till": "caisse", "hubrise_id": BELLA_PARIS, "location_name": "Paris", "language": "fr"});
        let request = nina.post("/vendors/carre-pos/requests", asked).await.ok();
        let session = nina.get("/vendors/pos-helper/sessions").await.ok()[0]["id"].as_str().unwrap().to_owned();
        (Self { connection, session, request: request["id"].as_str().unwrap().to_owned() }, nina)
    }

    pub(crate) async fn call(&self, browser: &Browser, route: &Route) -> Answer {
        let path = route
            .path
            .replace("{c}", self.connection["id"].as_str().unwrap())
            .replace("{s}", &self.session)
            .replace("{q}", &self.request)
            .replace("{a}", "AAAAAAAAAAAAAAAAAAAAAA")
            .replace("{l}", "BBBBBBBBBBBBBBBBBBBBBB")
            .replace("{o}", "CCCCCCCCCCCCCCCCCCCCCC")
            .replace("{x}", "DDDDDDDDDDDDDDDDDDDDDD")
            .replace("{h}", "EEEEEEEEEEEEEEEEEEEEEE")
            .replace("{v}", "FFFFFFFFFFFFFFFFFFFFFF")
            .replace("{k}", "GGGGGGGGGGGGGGGGGGGGGG");
        browser.send(route.method.clone(), &path, route.body.as_ref().filter(|body| !body.is_null())).await
    }

    /// Sends a stranger to every route that is for `whose`; says what went wrong where it was not refused this way.
    pub(crate) async fn refused(&self, browser: &Browser, whose: &[For], status: u16, code: &str) {
        for route in guarded().iter().filter(|route| whose.contains(&route.whose)) {
            let answer = self.call(browser, route).await;
            let got = (answer.status.as_u16(), answer.body["code"].as_str().unwrap_or_default().to_owned());
            assert_eq!(got, (status, code.to_owned()), "{} {}", route.method, route.path);
            answer.problem(status, code);
        }
    }

    /// Whatever strangers did, all is as it was.
    pub(crate) async fn is_untouched(&self, nina: &Browser) {
        let status = nina.status("caisse").await;
        assert_eq!(status["connection"]["id"], self.connection["id"]);
        assert_eq!(status["connection"]["catalog"], self.connection["catalog"]);
        assert_eq!(nina.status_at("carre-pos", "caisse").await["request"]["state"], "waiting");
        assert_eq!(nina.users().await.as_array().unwrap().len(), 2);
    }
}
