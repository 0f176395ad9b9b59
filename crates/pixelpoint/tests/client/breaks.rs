//! Calls that break: what was certainly not sent, and what may have been.

use std::time::{Duration, Instant};

use passerelle_pixelpoint::{ApiToken, Ask, Dialect, Eoi, EoiError, EoiOptions, Outcome};
use tokio::net::TcpListener;

use crate::stub::{Does, Stub, TOKEN, eoi, http, tea};

#[track_caller]
fn unsent(outcome: &Outcome) {
    assert!(matches!(outcome, Outcome::Unsent { .. }), "{outcome:?}");
}

#[track_caller]
fn no_answer(outcome: &Outcome) {
    assert!(matches!(outcome, Outcome::NoAnswer { .. }), "{outcome:?}");
}

#[tokio::test]
async fn a_refused_connection_is_unsent() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let sent = eoi(&format!("http://{free}/api/v1/eoi")).send(&ApiToken::new(TOKEN), false, &tea()).await;
    unsent(&sent.outcome);
    assert_eq!(sent.tape.status, None);
    assert!(sent.tape.error.is_some());
}

#[tokio::test]
async fn a_host_without_an_address_is_unsent() {
    let sent = eoi("http://till.invalid/api/v1/eoi").send(&ApiToken::new(TOKEN), false, &tea()).await;
    unsent(&sent.outcome);
}

#[tokio::test]
async fn a_failed_tls_handshake_is_unsent() {
    let stub = Stub::that(Does::Answers(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await;
    let sent = eoi(&format!("https://{}/", stub.address)).send(&ApiToken::new(TOKEN), false, &tea()).await;
    unsent(&sent.outcome);
}

#[tokio::test]
async fn a_tls_handshake_that_never_ends_is_unsent_in_time() {
    let stub = Stub::that(Does::KeepsSilent).await;
    let begun = Instant::now();
    let sent = eoi(&format!("https://{}/", stub.address)).send(&ApiToken::new(TOKEN), false, &tea()).await;
    unsent(&sent.outcome);
    assert!(begun.elapsed() >= Duration::from_millis(200), "it waited as long as it may");
}

#[tokio::test]
async fn silence_after_the_request_is_no_answer() {
    let mut stub = Stub::that(Does::KeepsSilent).await;
    let sent = stub.sends(&tea()).await;
    assert_eq!(sent.outcome, Outcome::NoAnswer { why: "no whole answer came in time".to_owned() });
    assert!(stub.request().ends_with("</Request>\n"), "it had been sent");
    assert_eq!(stub.connections(), 1, "and was not sent again");
}

#[tokio::test]
async fn a_connection_dropped_after_the_request_is_no_answer() {
    let mut stub = Stub::that(Does::ReadsAndCloses).await;
    let sent = stub.sends(&tea()).await;
    no_answer(&sent.outcome);
    assert!(stub.request().contains("<ProdNum>101</ProdNum>"));
    assert_eq!(stub.connections(), 1, "and was not sent again");
}

#[tokio::test]
async fn a_connection_dropped_at_once_is_no_answer() {
    let stub = Stub::that(Does::Closes).await;
    let sent = stub.sends(&tea()).await;
    no_answer(&sent.outcome);
    assert_eq!(stub.connections(), 1, "and was not sent again");
}

#[tokio::test]
async fn half_an_answer_is_no_answer_and_is_kept() {
    let whole = "<R><ErrorNum>0</ErrorNum></R>";
    let half = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{}", whole.len() + 1, whole);
    for does in [Does::Answers(half.clone().into_bytes()), Does::Stalls(half.into_bytes())] {
        let sent = Stub::that(does).await.sends(&tea()).await;
        no_answer(&sent.outcome);
        assert_eq!(sent.tape.status, Some(200));
        assert_eq!(sent.tape.response_body, whole.as_bytes());
    }
    let chunked =
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1d\r\n<R><ErrorNum>0</ErrorNum></R>\r\n".to_vec();
    no_answer(&Stub::that(Does::Answers(chunked)).await.sends(&tea()).await.outcome);
}

#[tokio::test]
async fn half_a_head_is_no_answer() {
    for bytes in ["HTTP/1.1 200 O", "HTTP/1.1 200 OK\r\ncontent-len", "220 smtp.example ready\r\n", "\0\0\0\0"] {
        no_answer(&Stub::that(Does::Answers(bytes.into())).await.sends(&tea()).await.outcome);
    }
}

#[tokio::test]
async fn every_call_makes_its_own_connection() {
    let stub =
        Stub::that(Does::Stalls(http("200 OK", "connection: keep-alive\r\n", "<R><ErrorNum>0</ErrorNum></R>"))).await;
    let eoi = eoi(&format!("http://{}/", stub.address));
    for calls in 1..=3 {
        let sent = eoi.send(&ApiToken::new(TOKEN), false, &tea()).await;
        assert!(matches!(sent.outcome, Outcome::Accepted(_)), "{:?}", sent.outcome);
        assert_eq!(stub.connections(), calls);
    }
}

#[tokio::test]
async fn a_listing_nobody_knows_how_to_ask_for_is_unsent() {
    let stub = Stub::that(Does::KeepsSilent).await;
    let sent = stub.sends(&Ask::Discounts).await;
    unsent(&sent.outcome);
    assert_eq!(stub.connections(), 0);
}

#[test]
fn only_an_address_that_can_be_called_is_taken() {
    let second = Duration::from_secs(1);
    let built = |url: &str| {
        Eoi::new(EoiOptions { url: url.parse().unwrap(), connect: second, answer: second, dialect: Dialect::default() })
    };
    assert!(built("http://www.pixelpointhq.com/api/v1/eoi").is_ok());
    assert!(built("https://[::1]:8443/eoi?x=y").is_ok());
    for url in
        ["file:///etc/passwd", "ftp://host/", "unix:/run/x", "http://user@host/", "http://h/#f", "data:text/xml,<R/>"]
    {
        assert!(matches!(built(url), Err(EoiError::Address(_))), "{url}");
    }
    let error = built("http://user:hunter2@host/").unwrap_err().to_string();
    assert!(!error.contains("hunter2"), "{error}");
}
