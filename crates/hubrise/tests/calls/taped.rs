//! A tape holds all that was said in a call, whatever came of it, and no secret.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::response::Response;
use passerelle_hubrise::{Api, AuthorizationCode, Call, Http, Limits, LocationPath, OAuth, Observer, Tape};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::stub::{self, PATIENT, SECRET, TOKEN};

#[derive(Clone, Debug, Default)]
struct Tapes(Arc<Mutex<Vec<Tape>>>);

impl Tapes {
    fn only(&self) -> Tape {
        let mut all = self.0.lock().unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }
}

impl Observer for Tapes {
    fn called(&self, _call: &Call<'_>) {}

    fn wants_tape(&self) -> bool {
        true
    }

    fn taped(&self, tape: Tape) {
        self.0.lock().unwrap().push(tape);
    }
}

fn taped(address: std::net::SocketAddr, limits: Limits) -> (Api, Tapes) {
    let tapes = Tapes::default();
    (stub::api(address, limits).observed_by(Arc::new(tapes.clone())), tapes)
}

#[tokio::test]
async fn holds_all_that_was_said_but_the_token() {
    let address = stub::serve(|_| async {
        Response::builder().header("x-echo", TOKEN).body(format!("{{\"id\":\"5dpm9\",\"said\":\"{TOKEN}\"}}")).unwrap()
    })
    .await;
    let (api, tapes) = taped(address, PATIENT);
    api.patch_order(&stub::token(), LocationPath::Own, "5dpm9", &json!({"status": "received"})).await.unwrap();
    let tape = tapes.only();
    assert_eq!((tape.method.as_str(), tape.status, tape.sent, tape.error.as_deref()), ("PATCH", Some(200), true, None));
    assert_eq!(tape.url, format!("http://{address}/v1/location/orders/5dpm9"));
    assert_eq!(tape.request_body, br#"{"status":"received"}"#);
    assert_eq!(String::from_utf8(tape.response_body.clone()).unwrap(), r#"{"id":"5dpm9","said":"•••"}"#);
    assert!(tape.request_headers.contains("x-access-token: •••\n"), "{}", tape.request_headers);
    assert!(tape.request_headers.contains("content-type: application/json\n"), "{}", tape.request_headers);
    assert!(tape.response_headers.contains("x-echo: •••\n"), "{}", tape.response_headers);
    assert!(tape.duration > Duration::ZERO);
    assert!(!format!("{tape:?}").contains(TOKEN));
}

#[tokio::test]
async fn a_refusal_is_an_answer_and_nonsense_is_kept_as_it_came() {
    let (api, tapes) = taped(stub::answering(422, r#"{"message":"no"}"#).await, PATIENT);
    api.account(&stub::token()).await.unwrap_err();
    let tape = tapes.only();
    assert_eq!((tape.status, tape.error), (Some(422), None));
    assert_eq!(tape.response_body, br#"{"message":"no"}"#);

    let (api, tapes) = taped(stub::answering(200, "<html>").await, PATIENT);
    api.account(&stub::token()).await.unwrap_err();
    let tape = tapes.only();
    assert_eq!((tape.status, tape.sent, tape.response_body.as_slice()), (Some(200), true, b"<html>".as_slice()));
    assert_eq!(tape.error.as_deref(), Some("hubrise's answer cannot be understood: it is not json"));
}

#[tokio::test]
async fn tells_what_never_left_from_what_was_never_answered() {
    // A port that nobody listens on any more.
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (api, tapes) = taped(closed, PATIENT);
    api.account(&stub::token()).await.unwrap_err();
    let tape = tapes.only();
    assert_eq!((tape.status, tape.sent), (None, false));
    assert!(tape.error.unwrap().starts_with("hubrise cannot be reached: "));

    let silent = stub::serve(|_| std::future::pending::<Response>()).await;
    let (api, tapes) = taped(silent, Limits { whole: Duration::from_millis(200), ..PATIENT });
    api.account(&stub::token()).await.unwrap_err();
    let tape = tapes.only();
    assert_eq!((tape.status, tape.sent), (None, true));
    assert_eq!(tape.error.as_deref(), Some("hubrise did not answer in time"));

    // Accepts, reads a little, and closes: whether the call was heard is anybody's guess.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.readable().await.unwrap();
            drop(stream);
        }
    });
    let (api, tapes) = taped(address, PATIENT);
    api.account(&stub::token()).await.unwrap_err();
    let tape = tapes.only();
    assert_eq!((tape.status, tape.sent), (None, true));
}

#[tokio::test]
async fn a_call_whose_caller_went_away_is_taped_too() {
    let (arrived, mut arrival) = mpsc::unbounded_channel();
    let address = stub::serve(move |_| {
        arrived.send(()).unwrap();
        std::future::pending::<Response>()
    })
    .await;
    let (api, tapes) = taped(address, PATIENT);
    let call = tokio::spawn(async move { api.account(&stub::token()).await });
    arrival.recv().await.unwrap();
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    let tape = tapes.only();
    assert_eq!((tape.status, tape.sent), (None, true));
    assert_eq!(tape.error.as_deref(), Some("given up before an answer came"));
}

#[tokio::test]
async fn the_oauth_servers_calls_are_never_taped() {
    let tapes = Tapes::default();
    let base = stub::base(stub::answering(200, r#"{"access_token":"b9922a78"}"#).await);
    let oauth = OAuth::new(Http::new(PATIENT).unwrap().observed_by(Arc::new(tapes.clone())), base);
    oauth.exchange(&stub::credentials(), &AuthorizationCode::new("ffae0047")).await.unwrap();
    oauth.revoke(&stub::credentials(), &stub::token()).await.unwrap();
    assert!(tapes.0.lock().unwrap().is_empty(), "{SECRET} and its like stay where they are");
}
