//! A network and a server that misbehave.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use passerelle_hubrise::{Api, Error, Http, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};

use crate::stub::{self, PATIENT};

/// Short enough for a test, and reached by no call that is answered at all.
const HASTY: Limits = Limits { whole: Duration::from_millis(200), ..PATIENT };

async fn failure(address: SocketAddr, limits: Limits) -> Error {
    stub::api(address, limits).locations(&stub::token(), None).await.unwrap_err()
}

fn nonsense(what: &str) -> Error {
    Error::Nonsense { what: what.to_owned() }
}

/// Takes one connection, reads the request, writes `bytes` and closes.
async fn writing(bytes: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _read = stream.read(&mut request).await.unwrap();
        stream.write_all(bytes).await.unwrap();
    });
    address
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    // Bound and not listening: the port is ours for the whole test, and refuses.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let error = failure(socket.local_addr().unwrap(), PATIENT).await;
    let Error::Unreachable { what } = error else { panic!("{error:?}") };
    assert!(what.contains("refused") && !what.contains("http://"), "{what}");
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_is_unreachable() {
    let error = failure(writing(b"").await, PATIENT).await;
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn tls_that_fails_is_unreachable() {
    let address = writing(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let api = Api::new(Http::new(PATIENT).unwrap(), format!("https://{address}").parse().unwrap());
    let error = api.locations(&stub::token(), None).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let address = stub::serve(|_| std::future::pending::<Response>()).await;
    assert_eq!(failure(address, HASTY).await, Error::Timeout);
}

#[tokio::test]
async fn a_body_that_never_ends_in_time_is_given_up() {
    let never = || Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let address = stub::serve(move |_| async move { never() }).await;
    assert_eq!(failure(address, HASTY).await, Error::Timeout);
}

#[tokio::test]
async fn a_failure_is_told_even_when_its_body_breaks_off() {
    let address = writing(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 100\r\n\r\n<html>").await;
    assert_eq!(failure(address, PATIENT).await, Error::Failed { status: 503 });
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let endless = || stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b' '; 4096])));
    let address = stub::serve(move |_| async move { Body::from_stream(endless()) }).await;
    assert_eq!(failure(address, PATIENT).await, nonsense("the answer is larger than 65536 bytes"));
}

#[tokio::test]
async fn a_body_announced_too_large_is_not_read() {
    let address = writing(b"HTTP/1.1 200 OK\r\ncontent-length: 65537\r\n\r\n").await;
    assert_eq!(failure(address, PATIENT).await, nonsense("the answer is larger than 65536 bytes"));
}

#[tokio::test]
async fn a_body_of_the_very_limit_is_read() {
    let body = || format!("[]{}", " ".repeat(64 * 1024 - 2));
    let address = stub::serve(move |_| async move { body() }).await;
    let page = stub::api(address, PATIENT).locations(&stub::token(), None).await.unwrap();
    assert_eq!(page.items, []);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_nonsense() {
    let address = writing(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[{\"id\":").await;
    assert_eq!(failure(address, PATIENT).await, nonsense("the answer broke off"));
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_nonsense() {
    let address = writing(b"SSH-2.0-OpenSSH_9.2\r\n").await;
    assert_eq!(failure(address, PATIENT).await, nonsense("the answer is not http"));
}

#[tokio::test]
async fn an_answer_that_is_not_what_was_asked_for_is_nonsense() {
    for body in ["", "<html>", "[", "null", r#"{"id":"a"}"#, r#"[{"name":"no id"}]"#, "[7]", "\u{feff}[]"] {
        let error = failure(stub::answering(200, body).await, PATIENT).await;
        assert!(matches!(error, Error::Nonsense { .. }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let address = stub::serve(|request: Request| async move {
        match request.uri().path() {
            "/v1/locations" => Redirect::temporary("/elsewhere").into_response(),
            _ => "[]".into_response(),
        }
    })
    .await;
    assert_eq!(failure(address, PATIENT).await, nonsense("unexpected status `307`"));
}

#[tokio::test]
async fn a_rate_limit_says_how_long_to_wait() {
    let address = stub::serve(|_| async {
        Response::builder().status(429).header("retry-after", "17").body(Body::empty()).unwrap()
    })
    .await;
    let retry_after = Some(Duration::from_secs(17));
    assert_eq!(failure(address, PATIENT).await, Error::RateLimited { retry_after });
}
