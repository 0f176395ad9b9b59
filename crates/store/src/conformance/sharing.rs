//! Cases: links to cases.

use super::given::{HOUR, Shared, cid, connected, hash, minute, sid, signed_in};
use super::orders::{created, oid, receive, second, tills, updated};
use super::races::at_once;
use crate::{ActKind, NewShare, ShareRow, StoreError, Swept};

/// A link made in second 10, for an hour; its token's label is its id.
fn link(connection: &str, operation: &str, id: &str, page: &[u8]) -> NewShare {
    NewShare {
        id: id.to_owned(),
        token_hash: hash(id),
        connection: cid(connection),
        operation: oid(operation),
        page: page.to_vec(),
        session: sid("s"),
        at: second(10),
        expires_at: second(10) + HOUR,
    }
}

async fn opened(store: &Shared, id: &str, at: i64) -> Option<Vec<u8>> {
    store.shared(&hash(id), second(at)).await.unwrap()
}

pub async fn a_link_leads_to_its_page_until_it_runs_out(store: Shared) {
    signed_in(&store, "s", "nina").await;
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    let page: Vec<u8> = (0..4_u32 << 20).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
    assert!(store.share(link("c", "1", "a", &page)).await.unwrap());
    assert!(store.share(link("c", "1", "b", b"")).await.unwrap());
    let mut expected = ShareRow {
        id: "a".into(),
        by: Some("Name of nina".into()),
        at: second(10),
        expires_at: second(10) + HOUR,
        ended_at: None,
        opened: 0,
    };
    let list = async || store.shares(&cid("c"), &oid("1")).await.unwrap();
    assert_eq!(list().await, [ShareRow { id: "b".into(), ..expected.clone() }, expected.clone()]);
    let hour = HOUR.as_secs();
    assert!(opened(&store, "a", 10).await.unwrap() == page);
    assert!(opened(&store, "a", 9 + hour).await.unwrap() == page);
    assert_eq!(opened(&store, "b", 11).await, Some(Vec::new()));
    assert_eq!(opened(&store, "a", 10 + hour).await, None);
    assert_eq!((opened(&store, "never", 11).await, opened(&store, "", 11).await), (None, None));
    expected.opened = 2;
    assert_eq!(list().await[1], expected);
    let noted: Vec<_> = store.acts(&cid("c"), &oid("1")).await.unwrap();
    let noted: Vec<_> = noted.iter().map(|act| (act.kind, act.by.as_deref(), act.at)).collect();
    assert_eq!(noted, [(ActKind::Shared, Some("Name of nina"), second(10)); 2]);
}

pub async fn every_opening_is_counted(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    store.share(link("c", "1", "a", b"page")).await.unwrap();
    let pages = at_once((0..20).map(|_| {
        let store = store.clone();
        async move { opened(&store, "a", 11).await }
    }))
    .await;
    assert!(pages.iter().all(|page| page.as_deref() == Some(&b"page"[..])));
    assert_eq!(store.shares(&cid("c"), &oid("1")).await.unwrap()[0].opened, 20);
}

pub async fn a_link_is_ended_once_and_its_page_is_gone(store: Shared) {
    signed_in(&store, "s", "nina").await;
    tills(&store, &["c", "d"]).await;
    store.receive(vec![created("c", "1", "o"), created("c", "2", "p")]).await.unwrap();
    store.share(link("c", "1", "a", b"page")).await.unwrap();
    let end = async |connection: &str, operation: &str, id: &str, at| {
        store.end_share(&cid(connection), &oid(operation), id, &sid("s"), second(at)).await.unwrap()
    };
    for (connection, operation, id) in [("c", "2", "a"), ("d", "1", "a"), ("c", "1", "never"), ("c", "never", "a")] {
        assert!(!end(connection, operation, id, 11).await, "{connection} {operation} {id}");
    }
    assert!(opened(&store, "a", 11).await.is_some());
    assert!(end("c", "1", "a", 12).await);
    assert_eq!(opened(&store, "a", 12).await, None);
    // A clock that is behind opens nothing either.
    assert_eq!(opened(&store, "a", 1).await, None);
    assert!(end("c", "1", "a", 13).await);
    let [row] = store.shares(&cid("c"), &oid("1")).await.unwrap().try_into().unwrap();
    assert_eq!((row.ended_at, row.opened), (Some(second(12)), 1));
    let kinds: Vec<_> = store.acts(&cid("c"), &oid("1")).await.unwrap().into_iter().map(|act| act.kind).collect();
    assert_eq!(kinds, [ActKind::Shared, ActKind::ShareEnded]);
}

pub async fn only_what_is_there_is_shared(store: Shared) {
    tills(&store, &["c", "d"]).await;
    receive(&store, created("c", "1", "o")).await;
    assert!(!store.share(link("d", "1", "a", b"")).await.unwrap());
    assert!(!store.share(link("c", "never", "a", b"")).await.unwrap());
    assert!(store.share(link("c", "1", "a", b"")).await.unwrap());
    // Neither an id nor a token is given twice.
    for twice in [
        NewShare { token_hash: hash("z"), ..link("c", "1", "a", b"") },
        NewShare { id: "z".into(), ..link("c", "1", "a", b"") },
    ] {
        let answer = store.share(twice).await;
        assert!(matches!(answer, Err(StoreError::Conflict)), "{answer:?}");
    }
    assert_eq!(store.acts(&cid("c"), &oid("1")).await.unwrap().len(), 1);
    for n in 0..55 {
        store.share(link("c", "1", &format!("n{n}"), b"")).await.unwrap();
    }
    let listed = store.shares(&cid("c"), &oid("1")).await.unwrap();
    assert_eq!((listed.len(), listed[0].id.as_str(), listed[49].id.as_str()), (50, "n54", "n5"));
}

pub async fn links_are_read_by_place_and_go_with_their_operation(store: Shared) {
    connected(&store, "c", "s", "loc", "t").await;
    receive(&store, updated("c", "1", "o", "accepted")).await;
    store.share(link("c", "1", "a", b"page")).await.unwrap();
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    connected(&store, "again", "s2", "loc", "t2").await;
    tills(&store, &["other"]).await;
    for (id, seen) in [("again", true), ("c", true), ("other", false), ("never", false)] {
        assert_eq!(store.shares(&cid(id), &oid("1")).await.unwrap().len(), usize::from(seen), "{id}");
    }
    assert!(opened(&store, "a", 11).await.is_some());
    assert_eq!(store.forget_operations(second(60), 10).await.unwrap(), 1);
    assert_eq!(opened(&store, "a", 11).await, None);
    receive(&store, updated("again", "1", "o", "accepted")).await;
    assert_eq!(store.shares(&cid("again"), &oid("1")).await.unwrap(), []);
}

pub async fn a_link_is_forgotten_a_week_after_it_ran_out(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    for id in ["a", "b", "ended"] {
        store.share(link("c", "1", id, b"page")).await.unwrap();
    }
    store.end_share(&cid("c"), &oid("1"), "ended", &sid("s"), second(11)).await.unwrap();
    let over = second(10) + HOUR + HOUR * 24 * 7;
    let swept = async |at, limit| store.sweep(at, limit).await.unwrap().shares;
    assert_eq!(swept(over - jiff::SignedDuration::from_micros(1), 10).await, 0);
    assert_eq!((swept(over, 2).await, swept(over, 2).await, swept(over, 2).await), (2, 1, 0));
    assert!(Swept { shares: 2, ..Swept::default() }.is_full(2));
    assert_eq!(store.shares(&cid("c"), &oid("1")).await.unwrap(), []);
    assert_eq!(store.acts(&cid("c"), &oid("1")).await.unwrap().len(), 4, "what was done stays noted");
}
