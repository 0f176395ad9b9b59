//! Cases: finding operations by what people know of them.

use super::given::{Shared, cid};
use super::orders::{because, created, oid, second, stands, tills, updated};
use crate::{FoundPage, Match, NewOperation, OperationFilter, OperationState, Term, TermKind};
use OperationState::{Delivered, Noted, Queued, Refused};
use TermKind::{CollectionCode, Customer, CustomerId, OrderId, Phone, Reference};

fn term(kind: TermKind, text: &str) -> Term {
    Term { kind, text: text.to_owned() }
}

/// An order with these words.
fn worded(connection: &str, id: &str, terms: Vec<Term>) -> NewOperation {
    NewOperation { terms, ..created(connection, id, &format!("order {id}")) }
}

async fn find(store: &Shared, any: &[Term], detail: Option<&str>) -> FoundPage {
    store.find(&cid("c"), any, detail, &OperationFilter::default(), None, 10).await.unwrap()
}

fn shown(page: &FoundPage) -> Vec<(&str, Match)> {
    page.found.iter().map(|(row, what)| (row.id.as_str(), *what)).collect()
}

pub async fn finds_by_the_beginning_of_every_kind_of_word(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let terms = |n: &str| {
        vec![
            term(OrderId, &format!("5dpm{n}")),
            term(Reference, &format!("ref{n}")),
            term(CollectionCode, &format!("a{n}")),
            term(Phone, &format!("98765{n}")),
            term(Customer, &format!("marie dupont {n}")),
            term(Customer, &format!("dupont {n}")),
            term(CustomerId, &format!("cust{n}")),
        ]
    };
    for (connection, id) in [("c", "1"), ("c", "2"), ("d", "3")] {
        store.receive(vec![worded(connection, id, terms(id))]).await.unwrap();
    }
    for (kind, text, found) in [
        (OrderId, "5dpm", vec!["2", "1"]),
        (OrderId, "5dpm1", vec!["1"]),
        (Reference, "ref2", vec!["2"]),
        (CollectionCode, "a", vec!["2", "1"]),
        (Phone, "98765", vec!["2", "1"]),
        (Phone, "987651", vec!["1"]),
        (Customer, "marie", vec!["2", "1"]),
        (Customer, "dupont 2", vec!["2"]),
        (CustomerId, "cust1", vec!["1"]),
        // Another kind of word, the middle of one, more than there is, one elsewhere.
        (Reference, "5dpm1", vec![]),
        (Phone, "8765", vec![]),
        (Reference, "ref22", vec![]),
        (OrderId, "5dpm3", vec![]),
        (Customer, "", vec![]),
    ] {
        let page = find(&store, &[term(kind, text)], None).await;
        let expected: Vec<_> = found.into_iter().map(|id| (id, Match::Term(kind))).collect();
        assert_eq!((shown(&page), page.older), (expected, None), "{kind:?} {text}");
    }
    // Of several, each operation once, with the first that matches.
    let page = find(&store, &[term(Phone, "987652"), term(OrderId, "5dpm"), term(Customer, "dupont")], None).await;
    assert_eq!(shown(&page), [("2", Match::Term(Phone)), ("1", Match::Term(OrderId))]);
    assert_eq!(find(&store, &[], None).await, FoundPage::default());
    let none = store.find(&cid("never"), &[term(Phone, "9")], Some("x"), &OperationFilter::default(), None, 10).await;
    assert_eq!(none.unwrap(), FoundPage::default());
}

pub async fn an_orders_own_id_finds_all_that_was_told_of_it(store: Shared) {
    tills(&store, &["c", "d"]).await;
    store.receive(vec![created("c", "1", "Ab9"), updated("c", "2", "Ab9", "accepted")]).await.unwrap();
    store.receive(vec![worded("c", "3", vec![term(OrderId, "order 3")]), created("d", "4", "Ab9")]).await.unwrap();
    let of = Match::Term(OrderId);
    assert_eq!(shown(&find(&store, &[term(OrderId, "Ab")], None).await), [("2", of), ("1", of)]);
    assert_eq!(shown(&find(&store, &[term(OrderId, "order 3")], None).await), [("3", of)]);
    assert_eq!(shown(&find(&store, &[term(OrderId, "ab")], None).await), []);
}

pub async fn finds_the_words_of_a_failure_whatever_their_case(store: Shared) {
    tills(&store, &["c"]).await;
    let failed = |id: &str, detail: &str| NewOperation {
        state: Refused,
        cause: Some("unknown_product".into()),
        detail: Some(detail.to_owned()),
        ..created("c", id, id)
    };
    store.receive(vec![failed("1", "Product 734003598 does NOT exist: CAFÉ 100%_\\'\"")]).await.unwrap();
    store.receive(vec![failed("2", "Store is disconnected\0")]).await.unwrap();
    let noted = NewOperation { detail: Some("a note of product 7".into()), ..updated("c", "3", "9", "new") };
    store.receive(vec![noted]).await.unwrap();
    let found = async |needle: &str| {
        let page = find(&store, &[], Some(needle)).await;
        assert!(page.found.iter().all(|(_, what)| *what == Match::Detail));
        page.found.iter().map(|(row, _)| row.id.as_str().to_owned()).collect::<Vec<_>>().join("")
    };
    for (needle, ids) in [
        ("734003598", "1"),
        ("does not EXIST", "1"),
        ("PRODUCT", "31"),
        ("disconnected", "2"),
        ("disconnected\0", "2"),
        ("CAFÉ", "1"),
        ("cafÉ", "1"),
        ("café", ""),
        ("100%_\\'\"", "1"),
        ("product%exist", ""),
        ("_roduct", ""),
        (".*", ""),
        ("' OR 1=1 --", ""),
        ("", ""),
    ] {
        assert_eq!(found(needle).await, ids, "{needle:?}");
    }
    assert_eq!(found(&"x".repeat(10_000)).await, "");
    // Beside words, each once.
    let page = find(&store, &[term(OrderId, "1")], Some("product")).await;
    assert_eq!(shown(&page), [("3", Match::Detail), ("1", Match::Term(OrderId))]);
}

pub async fn odd_words_find_what_they_say_and_nothing_else(store: Shared) {
    tills(&store, &["c"]).await;
    let odd = ["%", "_", "'", "\"", "\\", "a\nb", "a\0b", "\u{202e}rtl", "\u{10ffff}", "🍕", " ", "é"];
    for (n, text) in odd.iter().enumerate() {
        store.receive(vec![worded("c", &n.to_string(), vec![term(Customer, text)])]).await.unwrap();
    }
    for (n, text) in odd.iter().enumerate() {
        let page = find(&store, &[term(Customer, text)], None).await;
        let ids: Vec<_> = page.found.iter().map(|(row, _)| row.id.as_str().to_owned()).collect();
        assert_eq!(ids, [n.to_string()], "{text:?}");
    }
    // What is too long is cut, there as here; of many words, sixteen are kept.
    let long = "ü".repeat(5_000);
    let words = (0..30).map(|n| term(Reference, &format!("w{n:02}"))).chain([term(Reference, "late")]).collect();
    store.receive(vec![worded("c", "long", vec![term(Customer, &long)]), worded("c", "many", words)]).await.unwrap();
    assert_eq!(shown(&find(&store, &[term(Customer, &long)], None).await), [("long", Match::Term(Customer))]);
    assert_eq!(shown(&find(&store, &[term(Reference, "w15")], None).await), [("many", Match::Term(Reference))]);
    assert_eq!(shown(&find(&store, &[term(Reference, "late")], None).await), []);
}

pub async fn what_many_have_is_found_newest_first_in_pages(store: Shared) {
    tills(&store, &["c"]).await;
    let all: Vec<_> = (0..4_600)
        .map(|n| {
            let terms = vec![term(Phone, &format!("1{n:04}")), term(Customer, if n == 7 { "rare" } else { "marie" })];
            NewOperation {
                state: Delivered,
                received_at: second(n),
                exchange: None,
                ..worded("c", &n.to_string(), terms)
            }
        })
        .collect();
    for some in all.chunks(500) {
        store.receive(some.to_vec()).await.unwrap();
    }
    for any in [vec![term(Phone, "1")], vec![term(Customer, "marie"), term(Phone, "x")]] {
        let mut older = None;
        let mut seen = Vec::new();
        for _ in 0..3 {
            let page = store.find(&cid("c"), &any, None, &OperationFilter::default(), older, 100).await.unwrap();
            seen.extend(page.found.iter().map(|(row, _)| row.id.as_str().parse::<i64>().unwrap()));
            older = page.older;
        }
        assert_eq!(seen, (4_300..4_600).rev().collect::<Vec<_>>());
    }
    // What few have, however far back, and what many have where a filter leaves few.
    assert_eq!(shown(&find(&store, &[term(Customer, "rare")], None).await), [("7", Match::Term(Customer))]);
    let early = OperationFilter { until: Some(second(3)), ..OperationFilter::default() };
    let (mut older, mut seen) = (None, Vec::new());
    for _ in 0..10 {
        let page = store.find(&cid("c"), &[term(Phone, "1")], None, &early, older, 100).await.unwrap();
        seen.extend(page.found.iter().map(|(row, _)| row.id.as_str().to_owned()));
        older = page.older;
        if older.is_none() {
            break;
        }
    }
    assert_eq!((seen, older), (vec!["2".to_owned(), "1".into(), "0".into()], None));
}

pub async fn finding_obeys_filters_and_pages(store: Shared) {
    tills(&store, &["c"]).await;
    for n in 0..9_i64 {
        let state = if n % 3 == 0 { Refused } else { Delivered };
        let cause = (state == Refused).then(|| "till_refused".to_owned());
        let one = worded("c", &n.to_string(), vec![term(Phone, "12345")]);
        store.receive(vec![NewOperation { state, cause, received_at: second(n), ..one }]).await.unwrap();
    }
    let wanted = async |filter: &OperationFilter| {
        let (mut seen, mut older) = (String::new(), None);
        loop {
            let page = store.find(&cid("c"), &[term(Phone, "123")], None, filter, older, 2).await.unwrap();
            assert!(page.found.len() <= 2);
            seen.extend(page.found.iter().map(|(row, _)| row.id.as_str()));
            older = page.older;
            if older.is_none() {
                return seen;
            }
        }
    };
    let all = OperationFilter::default();
    assert_eq!(wanted(&all).await, "876543210");
    assert_eq!(wanted(&OperationFilter { states: vec![Refused], ..all.clone() }).await, "630");
    assert_eq!(wanted(&OperationFilter { causes: vec!["till_refused".into()], ..all.clone() }).await, "630");
    let between = OperationFilter { from: Some(second(2)), until: Some(second(5)), ..all.clone() };
    assert_eq!(wanted(&between).await, "432");
    assert_eq!(wanted(&OperationFilter { states: vec![Noted], ..all }).await, "");
}

pub async fn words_go_with_their_operation(store: Shared) {
    tills(&store, &["c"]).await;
    let old = NewOperation { state: Delivered, ..worded("c", "1", vec![term(Phone, "123"), term(Customer, "marie")]) };
    let young = NewOperation { received_at: second(60), ..worded("c", "2", vec![term(Phone, "124")]) };
    store.receive(vec![old, young]).await.unwrap();
    assert_eq!(find(&store, &[term(Phone, "12")], None).await.found.len(), 2);
    assert_eq!(store.forget_operations(second(30), 10).await.unwrap(), 1);
    assert_eq!(shown(&find(&store, &[term(Phone, "12")], None).await), [("2", Match::Term(Phone))]);
    assert_eq!(shown(&find(&store, &[term(Customer, "marie")], None).await), []);
    assert_eq!(stands(&store, "c", "2").await, (Queued, None));
    // What is told twice has its words once.
    let again = worded("c", "2", vec![term(Phone, "124")]);
    store.receive(vec![NewOperation { id: oid("3"), ..again }]).await.unwrap();
    let twice = worded("c", "4", vec![term(Phone, "124"), term(Phone, "124")]);
    let twice = NewOperation { order: created("c", "2", "order 2").order, ..twice };
    store.receive(vec![twice]).await.unwrap();
    assert_eq!(stands(&store, "c", "4").await, because(Noted, "duplicate_order"));
    let ids: Vec<_> =
        find(&store, &[term(Phone, "124")], None).await.found.into_iter().map(|(row, _)| row.id).collect();
    assert_eq!(ids, [oid("4"), oid("2")]);
}
