//! Whole answers, good and odd: the XML decides, never the status or a header.

use passerelle_pixelpoint::{Ask, LARGEST_ANSWER, Listed, Outcome, RefusalKind, Sent};

use crate::stub::{Does, Stub, http, tea};

const GOOD: &str = "<Response><ErrorNum>0</ErrorNum><Transaction><Status>3</Status></Transaction></Response>";

async fn answered(bytes: Vec<u8>) -> Sent {
    Stub::that(Does::Answers(bytes)).await.sends(&tea()).await
}

#[track_caller]
fn accepted(sent: &Sent) {
    assert!(matches!(&sent.outcome, Outcome::Accepted(accepted) if accepted.check_closed == Some(true)), "{sent:?}");
}

#[track_caller]
fn nonsense(sent: &Sent, expected: &str) {
    assert!(matches!(&sent.outcome, Outcome::Nonsense { why } if why.contains(expected)), "{:?}", sent.outcome);
    assert!(sent.tape.error.as_deref().is_some_and(|error| error.contains(expected)));
}

#[tokio::test]
async fn takes_a_good_answer_however_it_is_framed() {
    accepted(&answered(http("200 OK", "content-type: application/xml\r\n", GOOD)).await);
    accepted(&answered(http("200 OK", "content-type: text/html\r\n", GOOD)).await);
    accepted(&answered(format!("HTTP/1.0 200 OK\r\n\r\n{GOOD}").into_bytes()).await);
    let (first, second) = GOOD.split_at(40);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n28\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        second.len()
    );
    accepted(&answered(chunked.into_bytes()).await);
}

#[tokio::test]
async fn a_status_of_failure_with_a_good_answer_is_a_good_answer() {
    for status in ["500 Internal Server Error", "400 Bad Request", "401 Unauthorized", "302 Found"] {
        accepted(&answered(http(status, "", GOOD)).await);
    }
}

#[tokio::test]
async fn a_status_of_success_with_a_refusal_is_a_refusal() {
    let body = "<R><ErrorNum>-1</ErrorNum><SubErrorNum>401</SubErrorNum><EOITransfer><EOIMessage>Access Token Denied\
                </EOIMessage></EOITransfer></R>";
    let sent = answered(http("200 OK", "", body)).await;
    assert!(matches!(&sent.outcome, Outcome::Refused(refusal) if refusal.kind == RefusalKind::WrongToken), "{sent:?}");
    assert_eq!(sent.tape.error, None, "an answer came");
}

#[tokio::test]
async fn follows_no_redirect() {
    let elsewhere = Stub::that(Does::Answers(http("200 OK", "", GOOD))).await;
    let location = format!("location: http://{}/\r\n", elsewhere.address);
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let stub = Stub::that(Does::Answers(http(status, &location, ""))).await;
        nonsense(&stub.sends(&tea()).await, "a redirect, which is not followed (status 30");
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_page_of_an_error_is_nonsense() {
    let page = "<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway<br></h1></body></html>";
    nonsense(&answered(http("502 Bad Gateway", "content-type: text/html\r\n", page)).await, "status 502");
    let page = "<html><body><h1>Service Unavailable</h1></body></html>";
    nonsense(&answered(http("503 Service Unavailable", "", page)).await, "no `ErrorNum`");
    nonsense(&answered(http("200 OK", "", "")).await, "no element");
    nonsense(&answered(http("204 No Content", "", "")).await, "no element");
    nonsense(&answered(http("200 OK", "", "{\"ErrorNum\":0}")).await, "not xml");
}

#[tokio::test]
async fn reads_a_mebibyte_and_not_a_byte_more() {
    let padded = |length: usize| format!("{GOOD}{}", " ".repeat(length - GOOD.len()));
    accepted(&answered(http("200 OK", "", padded(LARGEST_ANSWER))).await);
    let announced = answered(http("200 OK", "", padded(LARGEST_ANSWER + 1))).await;
    nonsense(&announced, "larger than 1048576 bytes");
    let mut unannounced = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
    unannounced.extend_from_slice(padded(LARGEST_ANSWER + 1).as_bytes());
    let sent = answered(unannounced).await;
    nonsense(&sent, "larger than 1048576 bytes");
    assert_eq!(sent.tape.response_body.len(), LARGEST_ANSWER, "what came is kept");
}

#[tokio::test]
async fn no_answer_is_too_deep_too_clever_or_too_foreign() {
    let deep = format!("{}{GOOD}{}", "<a>".repeat(63), "</a>".repeat(63));
    nonsense(&answered(http("200 OK", "", deep)).await, "nested more than 64 deep");
    let laughs = (0..20).map(|n| format!("<!ENTITY l{} \"&l{n};&l{n};&l{n};&l{n};\">", n + 1)).collect::<String>();
    let bomb =
        format!("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY l0 \"ha\">{laughs}]><r><ErrorNum>0</ErrorNum>&l20;</r>");
    nonsense(&answered(http("200 OK", "", bomb)).await, "document type definition");
    nonsense(&answered(http("200 OK", "", "<R><ErrorNum>&zero;</ErrorNum></R>")).await, "entity `zero`");
    let mut latin = b"<R><ErrorNum>0</ErrorNum><Transaction><Status>3</Status><Name>caf\xe9".to_vec();
    latin.extend_from_slice(b"</Name></Transaction></R>");
    accepted(&answered(http("200 OK", "", latin)).await);
}

#[tokio::test]
async fn what_a_header_says_of_packing_is_not_believed() {
    accepted(&answered(http("200 OK", "content-encoding: gzip\r\n", GOOD)).await);
    let packed = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xb3\x09\xb2\x03\x00";
    nonsense(&answered(http("200 OK", "content-encoding: gzip\r\n", packed)).await, "not xml");
}

#[tokio::test]
async fn reads_a_list() {
    let list = "<Response><ErrorNum>0</ErrorNum><Products><Product><ProdNum>101</ProdNum><Description>Tea</Description>\
                </Product></Products></Response>";
    let mut stub = Stub::that(Does::Answers(http("200 OK", "", list))).await;
    let sent = stub.sends(&Ask::Products).await;
    let Outcome::Accepted(accepted) = sent.outcome else { panic!("{:?}", sent.outcome) };
    assert_eq!(accepted.listing, [Listed { number: "101".to_owned(), name: "Tea".to_owned() }]);
    assert!(stub.request().contains("<RequestType>1024</RequestType>"));
}
