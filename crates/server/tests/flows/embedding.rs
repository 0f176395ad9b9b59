//! The console inside a back office: tokens, the sessions they begin, whose connections they see, and windows for HubRise.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use reqwest::header::SET_COOKIE;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::browser::{Answer, Browser};
use crate::targets::{For, Target};
use crate::world::{BELLA_PARIS, CARRE_SUPPORT, MARC, NINA, OFFICE, World, embed_secret};

/// A page in a back office's frame, whose user the back office named.
struct Framed {
    browser: Browser,
}

impl World {
    /// What a back office's server says of its user, the manager of one restaurant; `with` says otherwise.
    fn claims(&self, with: &Value) -> Value {
        let now = self.state.now().as_second();
        let mut claims = json!({
            "iss": "pos-helper", "aud": self.origin, "sub": "u-101", "merchant": "resto-1",
            "tills": ["caisse", "comptoir"], "role": "manager", "name": "Nina Costa", "locale": "fr",
            "iat": now, "exp": now + 120, "jti": fresh(),
        });
        claims.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        claims
    }

    fn token(&self, with: &Value) -> String {
        let claims = self.claims(with);
        let vendor = claims["iss"].as_str().unwrap_or("pos-helper").to_owned();
        signed(&json!({"alg": "HS256", "typ": "JWT"}), &claims, &embed_secret(&vendor))
    }

    /// Hands a token over, as the frame's script does.
    async fn hand_over(&self, browser: &Browser, vendor: &str, token: &str) -> Answer {
        browser.post("/embed/sessions", json!({"vendor": vendor, "token": token, "host": OFFICE})).await
    }

    async fn framed(&self, with: Value) -> Framed {
        let mut browser = self.newcomer();
        let vendor = with["iss"].as_str().unwrap_or("pos-helper").to_owned();
        let answer = self.hand_over(&browser, &vendor, &self.token(&with)).await;
        assert!(!answer.headers.contains_key(SET_COOKIE), "a frame needs no cookie");
        browser.bearer = Some(answer.ok()["bearer"].as_str().unwrap().to_owned());
        Framed { browser }
    }

    /// Connects a till from a frame, in a window of its own, up to HubRise's **Allow**.
    async fn connect_aside(&self, framed: &Framed, till: &str, email: &str) -> Value {
        let nonce = fresh();
        framed.begin(till, &nonce, None).await.ok();
        let (window, opened) = self.window(&nonce).await;
        let url = opened.ok()["authorize_url"].as_str().unwrap().parse().unwrap();
        let choices = if email == MARC {
            json!({"location": "Paris Bastille", "catalog": "Carte restaurants", "customer_list": "Clients Web"})
        } else {
            json!({})
        };
        self.follow(&window, &url, email, choices).await.ok()
    }

    /// A window that has just been opened, and what it is answered.
    async fn window(&self, nonce: &str) -> (Browser, Answer) {
        let mut window = self.newcomer();
        let opened = window.post("/embed/popups", json!({"nonce": nonce})).await;
        window.keep_cookie(&opened);
        if window.cookie.is_some() {
            window.csrf = Some(window.get("/session").await.ok()["csrf_token"].as_str().unwrap().to_owned());
        }
        (window, opened)
    }
}

impl Framed {
    async fn begin(&self, till: &str, nonce: &str, return_to: Option<&str>) -> Answer {
        let body = json!({"vendor": "pos-helper", "till": till, "popup": nonce, "return_to": return_to});
        self.browser.post("/attempts", body).await
    }

    async fn connection(&self) -> Value {
        self.browser.status("caisse").await["connection"].clone()
    }
}

/// 16 random bytes in base64url.
fn fresh() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    URL_SAFE_NO_PAD.encode(bytes)
}

fn signed(header: &Value, claims: &Value, secret: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

flow!(a_back_offices_word_begins_a_session, |world| {
    let framed = world.framed(json!({})).await;
    let users = framed.browser.users().await;
    assert_eq!(
        users,
        json!([{"vendor": "pos-helper", "name": "Nina Costa", "email": "", "support": false, "embedded": "manager"}])
    );
    assert_eq!(framed.connection().await, Value::Null);
    world.later(SignedDuration::from_mins(15));
    let answer = framed.browser.get("/session").await;
    assert!(!answer.headers.contains_key(SET_COOKIE), "and gets no other session, nor a cookie");
    answer.problem(401, "no_session");
});

flow!(a_token_that_breaks_a_rule_begins_nothing, |world| {
    let now = world.state.now().as_second();
    let stranger = world.newcomer();
    let long = "x".repeat(4_000);
    for (with, said) in [
        (json!({"exp": now - 31, "iat": now - 60}), "expired"),
        (json!({"iat": now + 3_600, "exp": now + 3_720}), "from the future"),
        (json!({"nbf": now + 3_600}), "from the future"),
        // Both times are told: the one told alone is measured from a second that may already be the next.
        (json!({"iat": now, "exp": now + 301}), "longer than 5 minutes"),
        (json!({"iat": now - 280, "exp": now + 40}), "longer than 5 minutes"),
        (json!({"aud": "https://elsewhere.example"}), "`aud`"),
        (json!({"aud": [world.origin]}), "claims"),
        (json!({"merchant": ""}), "claims"),
        (json!({"merchant": "a\u{0}b"}), "claims"),
        (json!({"sub": "x".repeat(129)}), "claims"),
        (json!({"sub": null}), "claims"),
        (json!({"jti": "short"}), "claims"),
        (json!({"role": "owner"}), "claims"),
        (json!({"exp": "soon"}), "claims"),
        (json!({"name": "x".repeat(121)}), "claims"),
        (json!({"tills": []}), "`tills`"),
        (json!({"tills": ["caisse", "tiroir"]}), "`tills`"),
        (json!({"name": long}), "longer than 4096 bytes"),
    ] {
        let problem = world.hand_over(&stranger, "pos-helper", &world.token(&with)).await;
        let problem = problem.problem(401, "embed_token_rejected");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
    }
    let claims = world.claims(&json!({}));
    let secret = embed_secret("pos-helper");
    for (token, said) in [
        (signed(&json!({"alg": "none"}), &claims, &secret), "no key"),
        (signed(&json!({"alg": "HS512"}), &claims, &secret), "no key"),
        (signed(&json!({"alg": "EdDSA"}), &claims, &secret), "no key"),
        (signed(&json!({"alg": "HS256", "crit": ["exp"]}), &claims, &secret), "no JWT"),
        (signed(&json!({"alg": "HS256"}), &claims, &embed_secret("somm-it")), "signature"),
        (signed(&json!({"alg": "HS256"}), &claims, "").rsplit_once('.').unwrap().0.to_owned() + ".", "signature"),
        ("a.b".to_owned(), "no JWT"),
        ("....".to_owned(), "no JWT"),
        (String::new(), "no JWT"),
        ("é.é.é".to_owned(), "no JWT"),
    ] {
        let problem = world.hand_over(&stranger, "pos-helper", &token).await.problem(401, "embed_token_rejected");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{token}: {problem}");
        assert!(token.is_empty() || !problem.to_string().contains(&token), "a token is in no answer");
    }
    let endless = world.token(&json!({"name": "x".repeat(100_000)}));
    world.hand_over(&stranger, "pos-helper", &endless).await.problem(413, "payload_too_large");
    // Signed by one vendor for another: neither takes it.
    let theirs = signed(&json!({"alg": "HS256"}), &world.claims(&json!({"iss": "somm-it"})), &secret);
    world.hand_over(&stranger, "pos-helper", &theirs).await.problem(401, "embed_token_rejected");
    world.hand_over(&stranger, "somm-it", &theirs).await.problem(401, "embed_token_rejected");
    world.hand_over(&stranger, "nobody", &world.token(&json!({}))).await.problem(404, "vendor_unknown");
});

flow!(the_token_says_which_language_its_user_speaks, |world| {
    for (claim, told) in [
        (json!("fr"), json!("fr")),
        (json!("EN-gb"), json!("en")),
        (json!("fr_CA"), json!("fr")),
        (json!("de"), Value::Null),
        (json!("français"), Value::Null),
        (json!(""), Value::Null),
        (Value::Null, Value::Null),
    ] {
        let token = world.token(&json!({"locale": claim}));
        let begun = world.hand_over(&world.newcomer(), "pos-helper", &token).await.ok();
        assert_eq!(begun["locale"], told, "{claim}");
    }
});

flow!(a_token_serves_once, |world| {
    let token = world.token(&json!({}));
    let stranger = world.newcomer();
    world.hand_over(&stranger, "pos-helper", &token).await.ok();
    let again = world.hand_over(&stranger, "pos-helper", &token).await.problem(401, "embed_token_rejected");
    assert!(again["detail"].as_str().unwrap().contains("used before"), "{again}");
    let code =
        stranger_without_origin(&world).post("/embed/codes", json!({"vendor": "pos-helper", "token": token})).await;
    code.problem(401, "embed_token_rejected");
});

flow!(only_pages_the_vendor_names_hand_tokens_over_and_only_to_our_own, |world| {
    let body = |host: &str| json!({"vendor": "pos-helper", "token": world.token(&json!({})), "host": host});
    let stranger = world.newcomer();
    for host in ["https://evil.example", "null", "", "http://localhost:8083/", "http://localhost:8083.evil.example"] {
        stranger.post("/embed/sessions", body(host)).await.problem(403, "embed_host_unknown");
    }
    for origin in [Some("https://evil.example".to_owned()), Some(OFFICE.to_owned()), None] {
        let mut foreign = world.newcomer();
        foreign.origin = origin;
        foreign.post("/embed/sessions", body(OFFICE)).await.problem(403, "foreign_origin");
        foreign.post("/embed/popups", json!({"nonce": fresh()})).await.problem(403, "foreign_origin");
    }
    for wrong in [json!({"vendor": "pos-helper"}), json!({"vendor": "pos-helper", "token": "x"})] {
        let answer = stranger.post("/embed/sessions", wrong).await;
        assert!(answer.status.is_client_error(), "{}", answer.body);
    }
});

flow!(a_bearer_is_no_cookie_and_changes_nothing_from_elsewhere, |world| {
    let framed = world.framed(json!({})).await;
    let bearer = framed.browser.bearer.clone().unwrap();
    let mut planted = world.newcomer();
    planted.cookie = Some(format!("passerelle={bearer}"));
    planted.get("/vendors/pos-helper/tills/caisse/status").await.problem(401, "no_session");
    // Whoever sends a bearer is not taken for the cookie's user.
    let mut both = world.browser().await;
    both.bearer = Some(bearer.replace('p', "q"));
    both.get("/vendors/pos-helper/tills/caisse/status").await.problem(401, "no_session");
    let mut foreign = framed.browser.clone();
    foreign.origin = Some(OFFICE.to_owned());
    foreign.post("/attempts", json!({"vendor": "pos-helper", "till": "caisse"})).await.problem(403, "foreign_origin");
});

flow!(a_session_is_renewed_with_another_token, |world| {
    let framed = world.framed(json!({})).await;
    world.connect_aside(&framed, "caisse", NINA).await;
    world.later(SignedDuration::from_mins(14));
    let renewed = world.hand_over(&framed.browser, "pos-helper", &world.token(&json!({}))).await.ok();
    framed.browser.get("/session").await.problem(401, "no_session");
    let mut next = framed.browser.clone();
    next.bearer = Some(renewed["bearer"].as_str().unwrap().to_owned());
    world.later(SignedDuration::from_mins(14));
    assert_eq!(next.status("caisse").await["connection"]["role"], "manage");
    assert_eq!(next.get("/attempts/latest").await.ok()["state"], "done", "it is the same session still");
    assert_eq!(next.delete("/session").await.status, 204);
    next.get("/session").await.problem(401, "no_session");
});

flow!(what_is_connected_from_a_frame_is_the_merchants, |world| {
    let manager = world.framed(json!({})).await;
    let viewer = world.framed(json!({"role": "viewer", "sub": "u-102"})).await;
    let outcome = world.connect_aside(&manager, "caisse", NINA).await;
    assert_eq!(outcome["kind"], "connected", "{outcome}");
    let connection = manager.connection().await;
    assert_eq!((&connection["role"], &connection["connected_by"]["name"]), (&json!("manage"), &json!("Nina Costa")));
    assert_eq!(viewer.connection().await["role"], "view", "whoever looks already sees it");
    let support = world.framed(json!({"role": "support", "sub": "u-900"})).await;
    assert_eq!(support.connection().await["role"], "view");
    let other = world.framed(json!({"merchant": "resto-2"})).await;
    assert_eq!(other.connection().await, Value::Null);
    let narrow = world.framed(json!({"tills": ["comptoir"]})).await;
    assert_eq!(narrow.connection().await, Value::Null);
    let again = world.framed(json!({})).await;
    let id = connection["id"].as_str().unwrap();
    assert_eq!(again.connection().await["id"], id);
    viewer.browser.delete(&format!("/connections/{id}")).await.problem(403, "view_only");
    support.browser.delete(&format!("/connections/{id}")).await.problem(403, "view_only");
    other.browser.delete(&format!("/connections/{id}")).await.problem(404, "connection_unknown");
    again.browser.delete(&format!("/connections/{id}")).await.ok();
    assert_eq!(manager.connection().await, Value::Null);
});

flow!(what_hubrises_back_office_connected_is_found_in_a_window, |world| {
    const BRIDGE: (&str, &str) = ("pixelpoint-bridge", "pixelpoint");
    let tills = json!({"iss": BRIDGE.0, "tills": [BRIDGE.1]});
    let (owner, row) = world.connect_bridge().await;
    let id = row.id.as_str();
    let manager = world.framed(tills.clone()).await;
    assert_eq!(manager.browser.status_at(BRIDGE.0, BRIDGE.1).await["connection"], Value::Null, "nobody has said whose");
    // Neither a frame without a window nor a window without a frame.
    let asked = json!({"vendor": BRIDGE.0, "till": BRIDGE.1});
    manager.browser.post("/attempts", asked.clone()).await.problem(404, "connection_unknown");
    let mut windowed = asked.clone();
    windowed["popup"] = json!(fresh());
    world.signed_in(BRIDGE.0, MARC).await.post("/attempts", windowed.clone()).await.problem(403, "sign_in_required");
    let viewer = world.framed(json!({"iss": BRIDGE.0, "tills": [BRIDGE.1], "role": "viewer"})).await;
    viewer.browser.post("/attempts", windowed.clone()).await.problem(403, "view_only");

    let nonce = windowed["popup"].as_str().unwrap();
    let started = manager.browser.post("/attempts", windowed.clone()).await.ok();
    let attempt = format!("/attempts/latest?attempt={}", started["id"].as_str().unwrap());
    assert_eq!(manager.browser.get(&attempt).await.ok()["opened"], false);
    let (window, opened) = world.window(nonce).await;
    assert_eq!(manager.browser.get(&attempt).await.ok()["opened"], true, "though its opener may be cut off");
    let url = opened.ok()["authorize_url"].as_str().unwrap().parse().unwrap();
    let outcome = world.follow(&window, &url, NINA, json!({})).await.ok();
    assert_eq!((&outcome["kind"], &outcome["again"]), (&json!("connected"), &json!(true)), "{outcome}");
    let found = manager.browser.status_at(BRIDGE.0, BRIDGE.1).await["connection"].clone();
    assert_eq!((&found["id"], &found["role"]), (&json!(id), &json!("manage")), "the very connection");
    assert_eq!(viewer.browser.status_at(BRIDGE.0, BRIDGE.1).await["connection"]["role"], "view");
    assert_eq!(owner.status_at(BRIDGE.0, BRIDGE.1).await["connection"]["id"], id, "and still its owner's");
    // The log, the settings and the list of what was received are the frame's, too.
    for path in ["operations", "till_settings"] {
        manager.browser.get(&format!("/connections/{id}/{path}")).await.ok();
    }
    let other = world.framed(json!({"iss": BRIDGE.0, "tills": [BRIDGE.1], "merchant": "resto-2"})).await;
    assert_eq!(other.browser.status_at(BRIDGE.0, BRIDGE.1).await["connection"], Value::Null);
    other.browser.get(&format!("/connections/{id}/operations")).await.problem(404, "connection_unknown");
});

flow!(a_role_reaches_no_further_than_its_token, |world| {
    let viewer = world.framed(json!({"role": "viewer"})).await;
    let manager = world.framed(json!({"tills": ["comptoir"]})).await;
    let begin = |till: &str| json!({"vendor": "pos-helper", "till": till, "popup": fresh()});
    viewer.browser.post("/attempts", begin("caisse")).await.problem(403, "view_only");
    manager.browser.post("/attempts", begin("caisse")).await.problem(404, "till_unknown");
    let elsewhere = json!({"vendor": "somm-it", "till": "tiller", "popup": fresh()});
    manager.browser.post("/attempts", elsewhere).await.problem(404, "vendor_unknown");
    let sign_in = json!({"vendor": "pos-helper", "purpose": "sign_in"});
    manager.browser.post("/attempts", sign_in).await.problem(403, "view_only");
    let arrival = json!({"vendor": "pos-helper", "code": "c"});
    manager.browser.post("/arrivals", arrival).await.problem(403, "view_only");
    // The back office's support is not the desk's: that is for whom HubRise names.
    let support = world.framed(json!({"role": "support"})).await;
    support.browser.get("/vendors/pos-helper/desk").await.problem(403, "support_only");
    support.browser.get("/vendors/somm-it/desk").await.problem(403, "sign_in_required");
    let asked = json!({"till": "caisse", "hubrise_id": BELLA_PARIS, "location_name": "Paris", "language": "fr"});
    let looking = world.framed(json!({"iss": "carre-pos", "tills": ["caisse"], "role": "viewer"})).await;
    looking.browser.post("/vendors/carre-pos/requests", asked).await.problem(403, "view_only");
});

flow!(nobody_elses_things_are_seen_from_a_frame, |world| {
    let (target, nina) = Target::new(&world).await;
    let framed = world.framed(json!({})).await;
    target.refused(&framed.browser, &[For::Holder, For::Manager], 404, "connection_unknown").await;
    target.refused(&framed.browser, &[For::Support], 403, "support_only").await;
    let mut expired = framed.browser.clone();
    world.later(SignedDuration::from_mins(16));
    target
        .refused(&expired, &[For::Session, For::Holder, For::Manager, For::User, For::Support], 401, "no_session")
        .await;
    expired.bearer = Some(format!("pes_{}", "A".repeat(43)));
    target.refused(&expired, &[For::Holder, For::Support], 401, "no_session").await;
    target.is_untouched(&nina).await;
});

flow!(a_window_goes_on_for_the_frame_that_opened_it, |world| {
    let framed = world.framed(json!({})).await;
    let nonce = fresh();
    let (_, early) = world.window(&nonce).await;
    assert_eq!(early.status, 204, "the frame's call has not come yet");
    let started = framed.begin("caisse", &nonce, Some("http://localhost:8083/ventes?x=1#y")).await.ok();
    assert_eq!(started["authorize_url"], format!("{}/oauth/popup", world.origin), "no `state` for the frame");
    let (window, opened) = world.window(&nonce).await;
    let opened = opened.ok();
    assert_eq!(opened["return_to"], "http://localhost:8083/ventes?x=1#y");
    let (thief, second) = world.window(&nonce).await;
    second.problem(409, "state_replayed");
    let url: url::Url = opened["authorize_url"].as_str().unwrap().parse().unwrap();
    world.follow(&thief, &url, NINA, json!({})).await.problem(401, "no_session");
    world.follow(&world.browser().await, &url, NINA, json!({})).await.problem(403, "state_foreign");
    let outcome = world.follow(&window, &url, NINA, json!({})).await.ok();
    assert_eq!(outcome["kind"], "connected");
    world.follow(&window, &url, NINA, json!({})).await.problem(409, "state_replayed");
    // The window has no right of its own: what came of it is the frame's.
    assert_eq!(window.status("caisse").await["connection"], Value::Null);
    let attempt = started["id"].as_str().unwrap();
    assert_eq!(framed.browser.get(&format!("/attempts/latest?attempt={attempt}")).await.ok()["state"], "done");
    assert_eq!(framed.connection().await["state"], "connected");
});

flow!(a_window_tells_the_frame_that_the_user_said_no, |world| {
    let framed = world.framed(json!({})).await;
    let nonce = fresh();
    framed.begin("caisse", &nonce, None).await.ok();
    let (window, opened) = world.window(&nonce).await;
    let url: url::Url = opened.ok()["authorize_url"].as_str().unwrap().parse().unwrap();
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let denied = window.post("/attempts/finish", json!({"state": state, "error": "access_denied"})).await;
    denied.problem(403, "access_denied");
    let latest = framed.browser.get("/attempts/latest").await.ok();
    assert_eq!((&latest["state"], &latest["problem"]), (&json!("failed"), &json!("access_denied")));
});

flow!(a_window_asks_whether_to_switch_accounts, |world| {
    let framed = world.framed(json!({})).await;
    world.connect_aside(&framed, "caisse", NINA).await;
    let nonce = fresh();
    framed.begin("caisse", &nonce, None).await.ok();
    let (window, opened) = world.window(&nonce).await;
    let url: url::Url = opened.ok()["authorize_url"].as_str().unwrap().parse().unwrap();
    let choices = json!({"location": "Paris Bastille", "catalog": "Carte restaurants", "customer_list": "Clients Web"});
    let asked = world.follow(&window, &url, MARC, choices).await.ok();
    assert_eq!(asked["kind"], "confirm_account", "{asked}");
    let confirm = format!("/attempts/{}/confirm", asked["attempt"].as_str().unwrap());
    world.browser().await.post(&confirm, json!({"accept": true})).await.problem(404, "not_found");
    window.post(&confirm, json!({"accept": true})).await.ok();
    assert_eq!(framed.connection().await["account"]["name"], "Dubois Restos");
});

flow!(a_window_needs_a_frame_a_number_and_a_way_back_to_a_back_office, |world| {
    let framed = world.framed(json!({})).await;
    for nonce in ["", "short", "AAAAAAAAAAAAAAAAAAAAA%", &"A".repeat(23)] {
        let problem = framed.begin("caisse", nonce, None).await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["field"], "popup");
    }
    for address in [
        "https://evil.example/",
        "http://localhost:8083.evil.example/",
        "http://user@localhost:8083/",
        "javascript:alert(1)",
        "/pos-helper",
        "//localhost:8083/",
        &format!("http://localhost:8083/{}", "a".repeat(2048)),
    ] {
        let problem = framed.begin("caisse", &fresh(), Some(address)).await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["field"], "return_to", "{address}");
    }
    let direct = world.browser().await;
    let asked = json!({"vendor": "pos-helper", "till": "caisse", "popup": fresh()});
    direct.post("/attempts", asked).await.problem(403, "sign_in_required");
});

flow!(a_code_stands_for_a_token_once, |world| {
    let server = stranger_without_origin(&world);
    let ask = |token: String| json!({"vendor": "pos-helper", "token": token});
    let code =
        server.post("/embed/codes", ask(world.token(&json!({})))).await.ok()["code"].as_str().unwrap().to_owned();
    let page = world.newcomer();
    let begin = json!({"vendor": "pos-helper", "code": code});
    let mut framed = world.newcomer();
    framed.bearer = Some(page.post("/embed/sessions", begin.clone()).await.ok()["bearer"].as_str().unwrap().to_owned());
    assert_eq!(framed.users().await[0]["name"], "Nina Costa");
    page.post("/embed/sessions", begin).await.problem(401, "embed_token_rejected");
    // Neither a bearer nor too old.
    framed.bearer = Some(format!("pes_{code}"));
    framed.get("/session").await.problem(401, "no_session");
    let late = server.post("/embed/codes", ask(world.token(&json!({})))).await.ok()["code"].clone();
    world.later(SignedDuration::from_secs(61));
    page.post("/embed/sessions", json!({"vendor": "pos-helper", "code": late}))
        .await
        .problem(401, "embed_token_rejected");
    page.post("/embed/codes", ask(world.token(&json!({})))).await.problem(403, "foreign_origin");
});

flow!(what_support_connects_on_a_frames_request_is_the_merchants, |world| {
    let framed = world.framed(json!({"iss": "carre-pos", "tills": ["caisse"]})).await;
    let asked = json!({"till": "caisse", "hubrise_id": BELLA_PARIS, "location_name": "Paris", "language": "fr"});
    let request = framed.browser.post("/vendors/carre-pos/requests", asked).await.ok();
    world.give_access("3r4s3", CARRE_SUPPORT).await;
    let support = world.signed_in("carre-pos", CARRE_SUPPORT).await;
    let begin = json!({"vendor": "carre-pos", "till": "caisse", "request": request["id"]});
    let url = support.run(begin).await;
    let outcome = world.follow(&support, &url, CARRE_SUPPORT, json!({"location": "Paris"})).await.ok();
    assert_eq!(outcome["kind"], "connected", "{outcome}");
    let status = framed.browser.status_at("carre-pos", "caisse").await;
    assert_eq!(status["connection"]["role"], "manage", "{status}");
    let other = world.framed(json!({"iss": "carre-pos", "tills": ["caisse"], "merchant": "resto-2"})).await;
    assert_eq!(other.browser.status_at("carre-pos", "caisse").await["connection"], Value::Null);
});

flow!(an_integrator_learns_what_is_known_here, |world| {
    let facts = |origin: &str| format!("/embed/pos-helper?origin={origin}");
    let mut page = world.newcomer();
    page.origin = Some("https://anybody.example".to_owned());
    let answer = page.get(&facts("http://localhost:8083")).await;
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    let known = answer.ok();
    assert_eq!((&known["origin_allowed"], &known["algorithms"]), (&json!(true), &json!(["HS256"])));
    assert_eq!((&known["audience"], &known["script"]), (&json!(world.origin), &json!("/embed/1.0.0/embed.js")));
    assert!(known["integrity"].as_str().unwrap().starts_with("sha384-"));
    assert_eq!(page.get(&facts("https://anybody.example")).await.ok()["origin_allowed"], false);
    page.get("/embed/nobody").await.problem(404, "vendor_unknown");
});

/// A back office's server: no page, so no origin.
fn stranger_without_origin(world: &World) -> Browser {
    let mut server = world.newcomer();
    server.origin = None;
    server
}
