//! Answers: what is found wherever it stands, and what is not taken for an answer.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::Listed;

fn good(body: &str) -> Answer {
    read(body.as_bytes()).unwrap_or_else(|why| panic!("{why}: {body}"))
}

fn bad(body: &str) -> String {
    match read(body.as_bytes()) {
        Err(why) => why,
        Ok(answer) => panic!("{answer:?}"),
    }
}

#[test]
fn finds_what_it_looks_for_wherever_it_stands() {
    for body in [
        "<Response><ErrorNum>0</ErrorNum><Transaction><Status>3</Status><TransactionNum> 4711 </TransactionNum>\
         <Payment><Status>3</Status></Payment></Transaction></Response>",
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-16\"?><!-- hello --><a:X xmlns:a='urn:a'><a:EOITransfer><A><a:errornum>\n 0 \n</a:errornum>\
         </A><TRANSACTION><Status><![CDATA[3]]></Status></TRANSACTION></a:EOITransfer><b><Payment><Status>&#51;</Status>\
         </Payment></b><OrderNum>4711</OrderNum></a:X>",
    ] {
        let answer = good(body);
        assert_eq!(answer.said, Said::Yes, "{body}");
        assert_eq!(answer.check_closed, Some(true));
        assert_eq!(answer.payment_processed, Some(true));
        assert_eq!(answer.order_number.as_deref(), Some("4711"));
    }
}

#[test]
fn a_status_counts_where_it_belongs() {
    let answer = good("<R><ErrorNum>0</ErrorNum><Status>3</Status><Transaction><Status>1</Status></Transaction></R>");
    assert_eq!((answer.check_closed, answer.payment_processed), (Some(false), None));
    let answer = good("<R><Payment><Status>3</Status></Payment><Payment><Status>2</Status></Payment></R>");
    assert_eq!((answer.check_closed, answer.payment_processed), (None, Some(false)), "one payment of two");
}

#[test]
fn hears_a_refusal_and_its_words() {
    let answer = good(
        "<Response><ErrorNum>-1</ErrorNum><SubErrorNum>401</SubErrorNum><EOITransfer><EOIMessage>Order &amp; all &lt;Rejected&gt; \
         &#x1F355; Fish & chips</EOIMessage></EOITransfer><Exception/></Response>",
    );
    assert_eq!(answer.said, Said::No);
    assert_eq!(answer.sub_error.as_deref(), Some("401"));
    assert_eq!(answer.message.as_deref(), Some("Order & all <Rejected> 🍕 Fish & chips"));
    assert_eq!(answer.exception, None, "an empty element says nothing");
}

#[test]
fn an_exception_may_have_parts() {
    let answer = good("<R><Exception><Message>Deadlock</Message><Source>POSServer</Source></Exception></R>");
    assert_eq!(answer.exception.as_deref(), Some("Deadlock POSServer"));
}

#[test]
fn several_error_numbers_must_agree() {
    let said = |body: &str| good(body).said;
    assert_eq!(said("<R><ErrorNum>0</ErrorNum><I><ErrorNum>0</ErrorNum></I></R>"), Said::Yes);
    assert_eq!(said("<R><ErrorNum>-1</ErrorNum><I><ErrorNum>-2</ErrorNum></I></R>"), Said::No);
    assert_eq!(said("<R><ErrorNum>0</ErrorNum><I><ErrorNum>-1</ErrorNum></I></R>"), Said::Both);
    assert_eq!(said("<R><ErrorNum>none</ErrorNum></R>"), Said::Both);
    assert_eq!(said("<R><ErrorNum/></R>"), Said::Nothing);
}

#[test]
fn reads_lists_of_several_shapes() {
    let line = |number: &str, name: &str| Listed { number: number.to_owned(), name: name.to_owned() };
    for body in [
        "<R><Products><Product><ProdNum>1</ProdNum><Description>Tea</Description></Product>\
         <Product><ProdNum>2</ProdNum><Description>Cake</Description></Product></Products></R>",
        "<R><EOITransfer><P><ProdNum>1</ProdNum><ProdName>Tea</ProdName></P><P><ProdName>Cake</ProdName><ProdNum>2</ProdNum></P>\
         </EOITransfer></R>",
        "<R><Row><Num>1</Num><Name>Tea</Name></Row><Row><Num>2</Num><Name>Cake</Name></Row><Row><Num>3</Num></Row></R>",
    ] {
        assert_eq!(good(body).listing, [line("1", "Tea"), line("2", "Cake")], "{body}");
    }
}

#[test]
fn words_in_another_encoding_keep_the_answer() {
    let mut body = b"<R><ErrorNum>-1</ErrorNum><EOIMessage>Refus".to_vec();
    body.extend_from_slice(b"\xe9</EOIMessage></R>");
    let answer = read(&body).unwrap();
    assert_eq!((answer.said, answer.message.as_deref()), (Said::No, Some("Refus\u{fffd}")));
}

#[test]
fn goes_sixty_four_levels_deep_and_no_deeper() {
    let nested = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
    assert_eq!(good(&nested(64)).said, Said::Nothing);
    assert_eq!(bad(&nested(65)), "the answer is nested more than 64 deep");
    assert_eq!(bad(&"<a>".repeat(300_000)), "the answer is nested more than 64 deep");
}

#[test]
fn holds_no_more_elements_than_memory_bears() {
    assert_eq!(bad(&format!("<r>{}</r>", "<a/>".repeat(200_000))), "the answer holds more than 100000 elements");
}

#[test]
fn takes_no_document_type_and_no_entity_but_the_five() {
    assert_eq!(
        bad("<!DOCTYPE html><html><body>Bad gateway</body></html>"),
        "the answer holds a document type definition"
    );
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><r>&b;</r>";
    assert_eq!(bad(bomb), "the answer holds a document type definition");
    let file = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><ErrorNum>&x;</ErrorNum></r>";
    assert_eq!(bad(file), "the answer holds a document type definition");
    assert_eq!(bad("<r>&xxe;</r>"), "the answer names the entity `xxe`");
    assert_eq!(good("<r><EOIMessage>&#0;&#xD800;!</EOIMessage></r>").message.as_deref(), Some("\u{fffd}\u{fffd}!"));
}

#[test]
fn what_is_no_document_is_no_answer() {
    for (body, why) in [
        ("", "the answer holds no element"),
        ("   ", "the answer holds no element"),
        ("<?xml version=\"1.0\"?>", "the answer holds no element"),
        ("<R><ErrorNum>0</ErrorNum>", "the answer breaks off inside `R`"),
        ("<R><ErrorNum>0", "the answer breaks off inside `ErrorNum`"),
        ("<R/><R/>", "the answer goes on after its root"),
        ("<R/>OK", "the answer goes on after its root"),
    ] {
        assert_eq!(bad(body), why, "{body:?}");
    }
    for body in
        ["OK", "{\"ErrorNum\": 0}", "<R></S>", "</R>", "<R><ErrorNum>0</R></ErrorNum>", "<", "\u{1f}\u{8b}\u{8}gzip"]
    {
        assert!(bad(body).starts_with("the answer is not xml: "), "{body:?}: {}", bad(body));
    }
}

proptest::proptest! {
    #[test]
    fn nothing_that_comes_can_harm(body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
        let _whatever = read(&body);
    }

    #[test]
    fn nothing_like_xml_can_harm(body in "(<[/!?]?[a-cA-Z ]{0,4}[>/]?|&[#a-z0-9]{0,4};?|<!\\[CDATA\\[|\\]\\]>|[^<&]){0,60}") {
        let _whatever = read(body.as_bytes());
    }
}
