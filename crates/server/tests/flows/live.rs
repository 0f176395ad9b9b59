//! Open pages hear that something has changed, and of nothing that is not theirs.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use passerelle_server::assemble;
use passerelle_store::{ConnectionId, Health};
use reqwest::StatusCode;
use reqwest::header::COOKIE;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{BELLA, BELLA_PARIS, CARRE_SUPPORT, MARC, NINA, World};

/// What takes longer was not told. How soon a page hears is `cargo xtask bench`'s to say: this machine may be busy.
const LATE: Duration = Duration::from_secs(10);

/// An open stream, as a browser reads one.
pub(crate) struct Stream {
    answer: reqwest::Response,
    read: String,
}

impl Stream {
    /// Opens one; what changes from now on is heard.
    pub(crate) async fn open(world: &World, browser: &Browser, path: &str) -> Self {
        let answer = open(world, browser, path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert_eq!(answer.headers()["cache-control"], "no-store, no-transform");
        Self { answer, read: String::new() }
    }

    /// The id of the next event; none when the stream ends first.
    pub(crate) async fn changed(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let event = event.to_owned();
                self.read = rest.to_owned();
                // A comment is a heartbeat.
                if event.starts_with(':') {
                    continue;
                }
                let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                assert_eq!(line("event:"), Some("changed"), "{event}");
                assert_eq!(line("id:"), line("data:"), "an id and nothing else: {event}");
                return line("id:").map(str::to_owned);
            }
            let more = self.answer.chunk().await.unwrap()?;
            self.read.push_str(std::str::from_utf8(&more).unwrap());
        }
    }
}

async fn open(world: &World, browser: &Browser, path: &str) -> reqwest::Response {
    let request = world.http.get(format!("{}/api/v1{path}/events", world.origin));
    request.header(COOKIE, browser.cookie.clone().unwrap()).send().await.unwrap()
}

const CAISSE_PATH: &str = "/vendors/pos-helper/tills/caisse";

fn path_of(connection: &Value) -> String {
    format!("/connections/{}", connection["id"].as_str().unwrap())
}

fn id_of(connection: &Value) -> ConnectionId {
    ConnectionId::new(connection["id"].as_str().unwrap())
}

flow!(a_change_reaches_open_pages_at_once, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let row = world.row(&connection).await;
    let mut page = Stream::open(&world, &browser, &path_of(&connection)).await;
    let mut till = Stream::open(&world, &browser, CAISSE_PATH).await;
    world.state.hub().check(&row).await.unwrap();
    assert!(page.changed().await.is_some() && till.changed().await.is_some());
    world.back_office(&world.installation(&connection).await, "block").await;
    world.state.hub().check(&row).await.unwrap_err();
    let known = Instant::now();
    assert!(page.changed().await.is_some() && till.changed().await.is_some());
    assert!(known.elapsed() < LATE, "{:?}", known.elapsed());
    assert_eq!(browser.get(&path_of(&connection)).await.ok()["health"]["state"], "blocked");
});

flow!(what_another_server_changed_reaches_pages_too, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let watch = tokio::spawn(assemble::watch(&world.state).run());
    let mut page = Stream::open(&world, &browser, &path_of(&connection)).await;
    // Nobody in this process is told.
    let id = id_of(&connection);
    assert!(world.state.store().note_call(&id, Health::Unpaid, world.state.now()).await.unwrap());
    let known = Instant::now();
    assert!(page.changed().await.is_some());
    assert!(known.elapsed() < LATE, "{:?}", known.elapsed());
    assert_eq!(browser.get(&path_of(&connection)).await.ok()["health"]["state"], "unpaid");
    watch.abort();
});

flow!(one_change_is_told_once_and_what_is_not_theirs_never, |world| {
    let (nina, marc) = (world.browser().await, world.browser().await);
    let ninas = world.connect_caisse(&nina, NINA, json!({})).await;
    let marcs = world.connect_caisse(&marc, MARC, json!({"location": "Paris Bastille"})).await;
    let mut page = Stream::open(&world, &nina, CAISSE_PATH).await;
    let note = async |connection: &Value, health| {
        let id = id_of(connection);
        world.state.store().note_call(&id, health, world.state.now()).await.unwrap();
        world.state.live().connection_changed(&id);
        world.state.live().till_changed("pos-helper", "caisse");
    };
    note(&ninas, Health::Blocked).await;
    let first = page.changed().await.unwrap();
    note(&marcs, Health::Revoked).await;
    note(&ninas, Health::Blocked).await;
    note(&ninas, Health::Ok).await;
    let second = page.changed().await.unwrap();
    assert_ne!(first, second, "an event without a change of one's own would bear the same id");
    assert_eq!(nina.status("caisse").await["connection"]["health"]["state"], "ok");
});

flow!(a_disconnection_elsewhere_is_told_and_ends_the_connections_stream, |world| {
    let (one, two) = (world.browser().await, world.browser().await);
    let connection = world.connect_caisse(&one, NINA, json!({})).await;
    world.connect_caisse(&two, NINA, json!({})).await;
    let mut page = Stream::open(&world, &one, &path_of(&connection)).await;
    let mut till = Stream::open(&world, &one, CAISSE_PATH).await;
    two.delete(&path_of(&connection)).await.ok();
    assert!(page.changed().await.is_some(), "so that the page finds out");
    assert_eq!(page.changed().await, None, "there is nothing left to follow");
    assert!(till.changed().await.is_some());
    assert!(one.status("caisse").await["connection"].is_null());
    // The till can be followed on.
    world.connect_caisse(&one, NINA, json!({})).await;
    assert!(till.changed().await.is_some());
});

flow!(a_stream_ends_with_its_session, |world| {
    let (ended, expired) = (world.browser().await, world.browser().await);
    let connection = world.connect_caisse(&ended, NINA, json!({})).await;
    world.connect_caisse(&expired, NINA, json!({})).await;
    let mut streams = [
        Stream::open(&world, &ended, &path_of(&connection)).await,
        Stream::open(&world, &ended, CAISSE_PATH).await,
        Stream::open(&world, &expired, CAISSE_PATH).await,
    ];
    let sessions = [world.session_of(&ended).await, world.session_of(&expired).await];
    world.state.store().end_session(&sessions[0]).await.unwrap();
    world.later(SignedDuration::from_hours(25));
    for session in &sessions {
        world.state.live().session_changed(session);
    }
    for stream in &mut streams {
        assert!(stream.changed().await.is_some());
        assert_eq!(stream.changed().await, None);
    }
});

flow!(streams_end_when_the_server_stops, |world| {
    let browser = world.browser().await;
    let mut page = Stream::open(&world, &browser, CAISSE_PATH).await;
    world.state.live().close();
    assert_eq!(page.changed().await, None);
});

flow!(a_session_has_eight_streams_and_nobody_follows_what_is_not_theirs, |world| {
    let (nina, marc) = (world.browser().await, world.browser().await);
    let connection = world.connect_caisse(&nina, NINA, json!({})).await;
    let mut streams = Vec::new();
    for _ in 0..8 {
        streams.push(Stream::open(&world, &nina, CAISSE_PATH).await);
    }
    let refused = open(&world, &nina, CAISSE_PATH).await;
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().unwrap()), (429, "60"));
    assert_eq!(open(&world, &marc, CAISSE_PATH).await.status(), StatusCode::OK);
    marc.get(&format!("{}/events", path_of(&connection))).await.problem(404, "connection_unknown");
});

flow!(the_merchants_page_learns_that_support_has_connected, |world| {
    let merchant = world.signed_in("carre-pos", NINA).await;
    let support = world.signed_in("carre-pos", CARRE_SUPPORT).await;
    world.give_access(BELLA, CARRE_SUPPORT).await;
    let mut page = Stream::open(&world, &merchant, "/vendors/carre-pos/tills/caisse").await;
    let asked = json!({"till": "caisse", "hubrise_id": BELLA_PARIS, "location_name": "Paris", "language": "fr"});
    let request = merchant.post("/vendors/carre-pos/requests", asked).await.ok();
    assert!(page.changed().await.is_some(), "another tab of the merchant's");
    let begin = json!({"vendor": "carre-pos", "till": "caisse", "request": request["id"]});
    world.connect(&support, begin, CARRE_SUPPORT, json!({})).await;
    assert!(page.changed().await.is_some());
    let status = merchant.status_at("carre-pos", "caisse").await;
    assert_eq!((&status["connection"]["role"], &status["request"]["state"]), (&json!("view"), &json!("connected")));
});
