//! What is kept of a call: all of it, but no secret.

use std::time::Duration;

use passerelle_pixelpoint::{ApiToken, Outcome, Sent};

use crate::stub::{Does, Stub, TOKEN, eoi, http, tea};

fn shows_none_of_the_token(sent: &Sent) {
    let shown = format!(
        "{:?} {} {}",
        sent,
        String::from_utf8_lossy(&sent.tape.request_body),
        String::from_utf8_lossy(&sent.tape.response_body)
    );
    assert!(!shown.contains("CEED65AD338"), "{shown}");
}

#[tokio::test]
async fn holds_what_went_over_the_wire() {
    let body = "<R><ErrorNum>0</ErrorNum></R>";
    let mut stub = Stub::that(Does::Answers(http("200 Fine", "x-till: 1\r\nset-cookie: id=secret\r\n", body))).await;
    let sent = stub.sends(&tea()).await;
    let tape = &sent.tape;
    assert_eq!((tape.method.as_str(), tape.status, tape.error.as_deref()), ("POST", Some(200), None));
    assert_eq!(tape.url, format!("http://{}/api/v1/eoi", stub.address));
    assert!(tape.duration > Duration::ZERO);
    assert_eq!(tape.response_headers, format!("x-till: 1\nset-cookie: •••\ncontent-length: {}\n", body.len()));
    assert_eq!(tape.response_body, body.as_bytes());
    let request = stub.request();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /api/v1/eoi HTTP/1.1\r\n"));
    let mut wired: Vec<String> = head.lines().skip(1).map(str::to_lowercase).collect();
    let mut shown: Vec<String> = tape.request_headers.lines().map(str::to_lowercase).collect();
    wired.sort();
    shown.sort();
    assert_eq!(shown, wired, "the headers shown are those that were sent");
    assert_eq!(String::from_utf8_lossy(&tape.request_body), body.replace(TOKEN, "YT6eR2-•••23A5B"));
    shows_none_of_the_token(&sent);
}

#[tokio::test]
async fn an_answer_that_repeats_the_token_gives_nothing_away() {
    let refusal = format!("<R><ErrorNum>-1</ErrorNum><EOIMessage>Access Token Denied: {TOKEN}</EOIMessage></R>");
    let header = format!("x-echo: {TOKEN}\r\n");
    let sent = Stub::that(Does::Answers(http("200 OK", &header, refusal))).await.sends(&tea()).await;
    shows_none_of_the_token(&sent);
    let Outcome::Refused(refusal) = &sent.outcome else { panic!("{:?}", sent.outcome) };
    assert_eq!(refusal.message, "Access Token Denied: YT6eR2-•••23A5B");
    let nonsense = format!("<R>&{TOKEN};</R>");
    let sent = Stub::that(Does::Answers(http("200 OK", "", nonsense))).await.sends(&tea()).await;
    assert!(matches!(sent.outcome, Outcome::Nonsense { .. }), "{:?}", sent.outcome);
    shows_none_of_the_token(&sent);
}

#[tokio::test]
async fn a_call_that_broke_keeps_its_request() {
    let sent = Stub::that(Does::ReadsAndCloses).await.sends(&tea()).await;
    assert!(String::from_utf8_lossy(&sent.tape.request_body).contains("<ProdNum>101</ProdNum>"));
    assert_eq!((sent.tape.status, sent.tape.response_headers.as_str()), (None, ""));
    assert!(sent.tape.error.is_some());
    shows_none_of_the_token(&sent);
}

#[tokio::test]
async fn endless_words_are_cut_after_the_token_in_them_is_masked() {
    let words = format!("{}{TOKEN}{}", "é".repeat(1990), "!".repeat(1000));
    let refusal = format!("<R><ErrorNum>-1</ErrorNum><EOIMessage>{words}</EOIMessage></R>");
    let sent = Stub::that(Does::Answers(http("200 OK", "", refusal))).await.sends(&tea()).await;
    let Outcome::Refused(refusal) = &sent.outcome else { panic!("{:?}", sent.outcome) };
    assert_eq!(refusal.message, format!("{}YT6eR2-•••", "é".repeat(1990)));
    shows_none_of_the_token(&sent);
}

#[tokio::test]
async fn what_a_person_wrote_goes_as_it_is_but_for_the_token() {
    let body = "<R><ErrorNum>0</ErrorNum></R>";
    let mut stub = Stub::that(Does::Answers(http("200 OK", "", body))).await;
    let written = "<Request>\r\n <RequestType>10</RequestType><EOITransfer>\
        <EOIAuthenticationToken>YT6eR2-•••23A5B</EOIAuthenticationToken></EOITransfer>\n\n<Odd  a = 'é'/></Request>";
    let eoi = eoi(&format!("http://{}/api/v1/eoi", stub.address));
    let sent = eoi.send_written(&ApiToken::new(TOKEN), written).await;
    assert!(matches!(sent.outcome, Outcome::Accepted(_)), "{:?}", sent.outcome);
    let request = stub.request();
    let (_, wired) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(wired, written.replace("YT6eR2-•••23A5B", TOKEN));
    assert_eq!(String::from_utf8_lossy(&sent.tape.request_body), written);
    shows_none_of_the_token(&sent);
}
