//! Apps: what is told to whom on Disconnect, and the control calls that stand for the back office's buttons.

use std::sync::{Arc, Mutex};

use axum::{Router, extract::State, routing::get};
use http::{StatusCode, Uri};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{
    browser::Browser,
    stage::{CLIENT, CONSOLE, Stage, TILL},
};
use passerelle_sandbox::seeds::{APP_SCOPES, MARC, NINA, bella};

/// A console that notes what it is called with, and answers 200 to all but one installation.
struct Console {
    origin: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Console {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let hear = |State(heard): State<Arc<Mutex<Vec<String>>>>, uri: Uri| async move {
            heard.lock().unwrap().push(uri.to_string());
            StatusCode::OK
        };
        let app = Router::new().fallback(get(hear)).with_state(heard.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { origin, heard }
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn disconnect_kills_the_token_then_tells_the_app_and_shows_what_it_answered() {
    let console = Console::new().await;
    let stage = Stage::with_console(&console.origin).await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let browser = Browser::new(&stage, "fr");
    let door = browser.open("/accounts/3r4s3/connections").await;
    browser.press(&door, "NCNina Costa", &[]).await;
    let path = format!("/accounts/3r4s3/connections/{}/disconnect", till.connection_id().await);
    let question = browser.open(&path).await;
    assert!(question.heading().starts_with("Déconnecter POS HELPER ?"), "{}", question.heading());
    assert_eq!(console.heard(), [""; 0]);
    let page = browser.press(&question, "Confirmer", &[]).await;
    assert!(page.html.contains("POS HELPER est déconnecté de HubRise."), "{}", page.html);
    assert!(page.html.contains("a répondu 200.") && page.html.contains("Aucune app n'est connectée."));
    let installation = till.granted["app_instance_id"].as_str().unwrap();
    let told = format!("/callbacks/hubrise/pos-helper/disconnect?app_instance_id={installation}");
    assert_eq!(console.heard(), [told.as_str()]);
    assert_eq!(
        till.get("/location").await.body["message"],
        "The access token is invalid or the connection has been revoked"
    );
    assert_eq!(browser.open(&path).await.status, 404, "there is nothing left to disconnect");
}

#[tokio::test]
async fn an_app_that_cannot_be_told_is_disconnected_all_the_same() {
    // A port that was free a moment ago.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", silent.local_addr().unwrap());
    drop(silent);
    let stage = Stage::with_console(&origin).await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = till.connection_id().await;
    let gone = stage.control(&format!("connections/{id}/disconnect"), json!({})).await;
    assert_eq!((&gone["status"], &gone["told"]["status"]), (&json!("revoked"), &Value::Null));
    assert_eq!(till.get("/location").await.status, 401);
    let again = stage.request(Method::POST, &format!("/_sandbox/connections/{id}/disconnect"));
    assert_eq!(stage.send(again).await.status, 409);
    let unknown = stage.request(Method::POST, "/_sandbox/connections/none/disconnect");
    assert_eq!(stage.send(unknown).await.status, 404);
}

#[tokio::test]
async fn revoking_by_the_application_itself_tells_nobody() {
    let console = Console::new().await;
    let stage = Stage::with_console(&console.origin).await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    assert_eq!(stage.revoke(&till.token).await.status, 200);
    assert_eq!(console.heard(), [""; 0]);
}

#[tokio::test]
async fn every_client_is_an_app_of_the_first_console() {
    let stage = Stage::new().await;
    let apps = stage.look("apps").await;
    for (at, (slug, scope)) in APP_SCOPES.into_iter().enumerate() {
        assert_eq!(apps[at]["client_id"], format!("{slug}-sandbox"));
        assert_eq!(apps[at]["location_scope"], scope);
        assert_eq!(apps[at]["connect_url"], format!("{CONSOLE}/{slug}/hubrise/connect"));
        assert_eq!(apps[at]["open_url"], format!("{CONSOLE}/{slug}/hubrise/open"));
        assert_eq!(apps[at]["disconnect_url"], format!("{CONSOLE}/callbacks/hubrise/{slug}/disconnect"));
    }
    assert_eq!(apps.as_array().unwrap().len(), APP_SCOPES.len());
}

#[tokio::test]
async fn a_code_as_connect_brings_it_can_be_had_without_pages() {
    let stage = Stage::new().await;
    let wish = json!({ "client_id": CLIENT, "email": NINA });
    let connected = stage.control("connect", wish).await;
    let code = connected["code"].as_str().unwrap();
    assert_eq!(connected["url"], format!("{CONSOLE}/pos-helper/hubrise/connect?code={code}"));
    let granted = stage.exchange(code).await.body;
    assert_eq!((&granted["location_id"], &granted["catalog_id"]), (&json!(bella::PARIS), &json!(bella::CATALOG)));
    for (wish, message) in [
        (json!({ "client_id": "nobody", "email": NINA }), "no app has the client id `nobody`"),
        (json!({ "client_id": CLIENT, "email": MARC }), "Choose first what to connect."),
    ] {
        let answer = stage.send(stage.request(Method::POST, "/_sandbox/connect").json(&wish)).await;
        assert_eq!((answer.status, answer.body["message"].as_str()), (422, Some(message)));
    }
}
