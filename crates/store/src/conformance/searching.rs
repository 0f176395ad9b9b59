//! Cases: looking for a text in what was said.

use super::given::{Shared, cid};
use super::orders::{called, created, oid, second, sent, tills};
use crate::{BodiesPage, NewExchange, NewOperation, OperationFilter, OperationState, Way};
use OperationState::{Delivered, Refused};

/// An order whose event is this.
fn saying(id: &str, body: &[u8]) -> NewOperation {
    let call = NewExchange { request_body: body.to_vec(), ..called(&format!("call {id}"), "") };
    NewOperation { state: Delivered, exchange: Some(call), ..created("c", id, id) }
}

async fn search(store: &Shared, needle: &str) -> BodiesPage {
    store.search_bodies(&cid("c"), needle, &OperationFilter::default(), None, 10).await.unwrap()
}

fn shown(page: &BodiesPage) -> Vec<(&str, &str, bool, &str)> {
    page.found
        .iter()
        .map(|found| (found.row.id.as_str(), found.exchange.as_str(), found.in_answer, found.excerpt.as_str()))
        .collect()
}

pub async fn finds_texts_in_requests_answers_and_addresses(store: Shared) {
    tills(&store, &["c", "d"]).await;
    store.receive(vec![saying("1", b"{\"sku_ref\":\"734003598\",\"name\":\"Caf\xc3\xa9\"}")]).await.unwrap();
    let answer = b"<Response>\r\n\t<EOIMessage>Product 734003598 does not exist</EOIMessage></Response>".to_vec();
    let refused = NewExchange { response_body: answer, ..sent("x") };
    store.note_exchanges(&cid("c"), Some(&oid("1")), vec![refused]).await.unwrap();
    store.receive(vec![saying("2", b"nothing")]).await.unwrap();
    store.receive(vec![NewOperation { connection: cid("d"), ..saying("3", b"734003598") }]).await.unwrap();
    let page = search(&store, "734003598").await;
    assert_eq!(shown(&page), [("1", "call 1", false, "{\"sku_ref\":\"734003598\",\"name\":\"Café\"}")]);
    assert_eq!((page.found[0].way, page.older, page.looked_to), (Way::HubriseToBridge, None, None));
    let page = search(&store, "DOES not").await;
    let around = "sponse> <EOIMessage>Product 734003598 does not exist</EOIMessage></Response>";
    assert_eq!(shown(&page), [("1", "x", true, around)]);
    assert_eq!(page.found[0].way, Way::BridgeToTill);
    let page = search(&store, "TILL.example").await;
    assert_eq!(shown(&page), [("1", "x", false, "http://till.example/eoi")]);
    for (needle, found) in [("café", 1), ("CAFÉ", 0), ("x-hubrise", 0), ("%", 0), ("sku_ref", 1), ("sku.ref", 0)] {
        assert_eq!(search(&store, needle).await.found.len(), found, "{needle}");
    }
    for needle in ["", "\0", "' OR 1=1 --", "(a+)+$", &"734003598".repeat(1_200)] {
        assert_eq!(search(&store, needle).await, BodiesPage::default(), "{needle:.20}");
    }
    let nowhere = store.search_bodies(&cid("never"), "7", &OperationFilter::default(), None, 10).await.unwrap();
    assert_eq!(nowhere, BodiesPage::default());
}

pub async fn bytes_that_are_no_text_are_searched_too(store: Shared) {
    tills(&store, &["c"]).await;
    let odd = b"\xff\xfe\x80 <b>\x1b[31mHere\0there \xe2\x80\xae\xc3".to_vec();
    store.receive(vec![saying("1", &odd)]).await.unwrap();
    let page = search(&store, "here").await;
    assert_eq!(page.found.len(), 1);
    let excerpt = &page.found[0].excerpt;
    assert!(excerpt.contains("<b> [31mHere there") && !excerpt.contains(['\0', '\u{1b}', '\n']), "{excerpt:?}");
    assert_eq!(search(&store, "Here\0there").await.found.len(), 1);
}

pub async fn the_newest_that_match_come_first_each_once_in_pages(store: Shared) {
    tills(&store, &["c"]).await;
    for n in 0..30_i64 {
        let state = if n % 2 == 0 { Refused } else { Delivered };
        let one = saying(&n.to_string(), if n == 3 { b"other" } else { b"needle" });
        store.receive(vec![NewOperation { state, received_at: second(n), ..one }]).await.unwrap();
        let again = NewExchange { request_body: b"needle".to_vec(), ..sent(&format!("again {n}")) };
        if n != 3 {
            store.note_exchanges(&cid("c"), Some(&oid(&n.to_string())), vec![again]).await.unwrap();
        }
    }
    let all = async |filter: &OperationFilter, limit| {
        let (mut seen, mut older, mut calls) = (Vec::new(), None, 0);
        loop {
            let page = store.search_bodies(&cid("c"), "NEEDLE", filter, older, limit).await.unwrap();
            assert!(page.found.len() <= usize::try_from(limit).unwrap());
            assert_eq!(page.older.is_some(), page.looked_to.is_some());
            for found in &page.found {
                assert_eq!(found.exchange.as_str(), format!("call {}", found.row.id.as_str()));
                seen.push(found.row.id.as_str().parse::<i64>().unwrap());
            }
            older = page.older;
            calls += 1;
            if older.is_none() {
                return (seen, calls);
            }
        }
    };
    let expected: Vec<_> = (0..30).rev().filter(|n| *n != 3).collect();
    assert_eq!(all(&OperationFilter::default(), 100).await, (expected.clone(), 1));
    let (seen, calls) = all(&OperationFilter::default(), 7).await;
    assert_eq!(seen, expected);
    assert!(calls >= 5);
    let refused = OperationFilter { states: vec![Refused], ..OperationFilter::default() };
    assert_eq!(all(&refused, 4).await.0, (0..30).rev().filter(|n| n % 2 == 0).collect::<Vec<_>>());
    let then = OperationFilter { from: Some(second(10)), until: Some(second(13)), ..OperationFilter::default() };
    assert_eq!(all(&then, 10).await.0, [12, 11, 10]);
}

pub async fn a_search_goes_in_steps_and_says_how_far_it_came(store: Shared) {
    tills(&store, &["c"]).await;
    let big = |text: &str| [text.as_bytes(), &vec![b'.'; (1 << 20) - text.len()]].concat();
    for n in 0..40_i64 {
        let text = if n == 0 { "needle" } else { "hay" };
        let one = NewOperation { received_at: second(n), ..saying(&n.to_string(), &big(text)) };
        store.receive(vec![one]).await.unwrap();
    }
    let (mut older, mut looked, mut found) = (None, Vec::new(), Vec::new());
    loop {
        let page = store.search_bodies(&cid("c"), "needle", &OperationFilter::default(), older, 10).await.unwrap();
        found.extend(page.found.iter().map(|found| found.row.id.clone()));
        looked.extend(page.looked_to);
        older = page.older;
        if older.is_none() {
            break;
        }
        assert!(looked.len() < 10);
    }
    assert_eq!(found, [oid("0")]);
    assert_eq!(looked, [second(32), second(24), second(16), second(8)]);
    // One operation alone may have more than a call goes through.
    let many: Vec<_> =
        (0..24).map(|n| NewExchange { response_body: big("late"), ..sent(&format!("big {n}")) }).collect();
    store.receive(vec![NewOperation { received_at: second(50), ..saying("big", b"early") }]).await.unwrap();
    store.note_exchanges(&cid("c"), Some(&oid("big")), many).await.unwrap();
    let page = store.search_bodies(&cid("c"), "early", &OperationFilter::default(), None, 10).await.unwrap();
    assert_eq!((page.found.len(), page.looked_to), (1, Some(second(50))));
    let page = store.search_bodies(&cid("c"), "hay", &OperationFilter::default(), page.older, 5).await.unwrap();
    assert_eq!(page.found.len(), 5);
}
