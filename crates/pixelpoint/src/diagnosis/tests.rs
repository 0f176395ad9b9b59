//! The table of answers, row by row.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::{Accepted, Outcome, Refusal, RefusalKind, answer};

fn order(body: &str) -> Outcome {
    super::of(answer::read(body.as_bytes()).unwrap(), false)
}

fn listing(body: &str) -> Outcome {
    super::of(answer::read(body.as_bytes()).unwrap(), true)
}

#[track_caller]
fn refused(body: &str, kind: RefusalKind, message: &str) {
    assert_eq!(order(body), Outcome::Refused(Refusal { kind, message: message.to_owned() }), "{body}");
    assert!(matches!(listing(body), Outcome::Refused(_)), "{body}");
}

#[track_caller]
fn nonsense(body: &str) {
    assert!(matches!(order(body), Outcome::Nonsense { .. }), "{body}: {:?}", order(body));
}

fn failed(sub: &str, message: &str) -> String {
    format!(
        "<Response><ErrorNum>-1</ErrorNum><SubErrorNum>{sub}</SubErrorNum><EOITransfer><EOIMessage>{message}</EOIMessage>\
         </EOITransfer></Response>"
    )
}

#[test]
fn error_number_nought_is_success() {
    let body = "<Response><ErrorNum>0</ErrorNum><Transaction><Status>3</Status></Transaction></Response>";
    let accepted = Accepted { check_closed: Some(true), ..Accepted::default() };
    assert_eq!(order(body), Outcome::Accepted(accepted));
    assert_eq!(
        order("<R><ErrorNum>0</ErrorNum><EOIMessage>OK</EOIMessage></R>"),
        Outcome::Accepted(Accepted::default())
    );
}

#[test]
fn one_number_has_two_causes_and_the_text_decides() {
    refused(&failed("401", "Access Token Denied"), RefusalKind::WrongToken, "Access Token Denied");
    let offline = "Order Rejected. Reason: Store is disconnected";
    refused(&failed("401", offline), RefusalKind::StoreOffline, offline);
    refused(&failed("500", "ACCESS TOKEN DENIED."), RefusalKind::WrongToken, "ACCESS TOKEN DENIED.");
    refused(&failed("401", "Something else"), RefusalKind::Other, "Something else");
    refused(&failed("401", ""), RefusalKind::Other, "SubErrorNum 401");
}

#[test]
fn an_exception_is_a_fault_inside() {
    refused(
        "<R><ErrorNum>-1</ErrorNum><Exception>Object reference</Exception></R>",
        RefusalKind::Fault,
        "Object reference",
    );
    let both =
        "<R><ErrorNum>-1</ErrorNum><Exception>Deadlock</Exception><EOIMessage>Unknown product 9</EOIMessage></R>";
    refused(both, RefusalKind::Fault, "Deadlock");
    let known = "<R><ErrorNum>-1</ErrorNum><Exception>E</Exception><EOIMessage>Store is disconnected</EOIMessage></R>";
    refused(known, RefusalKind::StoreOffline, "Store is disconnected");
}

#[test]
fn an_unknown_code_is_told_from_other_refusals() {
    for message in [
        "Order Rejected. Reason: Product 999 not found",
        "Unknown product: 999",
        "Invalid ProdNum 12",
        "Coupon 77 does not exist",
        "No such item",
    ] {
        refused(&failed("400", message), RefusalKind::UnknownProduct, message);
    }
    for message in ["Total does not match", "Payment method not found", "Store is closed", "Invalid SaleTypeNum"] {
        refused(&failed("400", message), RefusalKind::Other, message);
    }
}

#[test]
fn what_says_both_or_nothing_is_nonsense() {
    nonsense("<html><body><h1>502 Bad Gateway</h1></body></html>");
    nonsense("<R/>");
    nonsense("<R><ErrorNum>zero</ErrorNum></R>");
    nonsense("<R><ErrorNum>0</ErrorNum><Exception>Deadlock</Exception></R>");
    nonsense("<R><ErrorNum>0</ErrorNum><Item><ErrorNum>-1</ErrorNum></Item></R>");
    nonsense("<R><EOIMessage>Thank you</EOIMessage></R>");
    nonsense("<R><Product><ProdNum>1</ProdNum><Name>Tea</Name></Product></R>");
}

#[test]
fn words_only_a_failure_has_are_believed_without_a_number() {
    refused("<R><EOIMessage>Access Token Denied</EOIMessage></R>", RefusalKind::WrongToken, "Access Token Denied");
    refused("<R><Exception>Deadlock</Exception></R>", RefusalKind::Fault, "Deadlock");
}

#[test]
fn a_list_is_an_answer_even_without_a_number() {
    let body = "<R><Product><ProdNum>1</ProdNum><Name>Tea</Name></Product></R>";
    assert!(matches!(listing(body), Outcome::Accepted(accepted) if accepted.listing.len() == 1));
    assert!(matches!(listing("<R/>"), Outcome::Nonsense { .. }), "an empty answer is no list");
    assert!(matches!(listing("<R><ErrorNum>0</ErrorNum></R>"), Outcome::Accepted(_)), "an empty list is one");
}
