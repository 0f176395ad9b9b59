//! Cases: the support desk.

use super::given::{
    Shared, aid, cid, connected, exchange, minute, new_attempt, new_session, settlement, sid, signed_in,
};
use crate::{ConnectionId, DeskPage, DeskQuery, DeskRow, Health, NamedRef, NewAttempt, Role};

fn named(id: &str, name: &str) -> NamedRef {
    NamedRef { id: id.into(), name: name.into() }
}

/// A connection at this account and location, made at this minute.
async fn place(store: &Shared, id: &str, vendor: &str, account: NamedRef, location: Option<NamedRef>, at: i64) {
    exchange(store, NewAttempt { vendor: vendor.into(), ..new_attempt(id, "owner") }).await;
    let mut made = settlement(id, id, id);
    (made.account, made.location, made.at) = (account, location, minute(at));
    store.settle_attempt(&aid(id), made).await.unwrap();
}

async fn page(store: &Shared, query: DeskQuery) -> DeskPage {
    store.desk_page("pos-helper", &sid("sup"), query, minute(15)).await.unwrap()
}

fn all(text: &str) -> DeskQuery {
    DeskQuery { text: text.into(), limit: 10, ..DeskQuery::default() }
}

fn ids(page: &DeskPage) -> Vec<ConnectionId> {
    page.rows.iter().map(|row| row.id.clone()).collect()
}

pub async fn lists_a_vendors_connections_by_name_the_latest_first(store: Shared) {
    place(&store, "a", "pos-helper", named("3r4s3", "Bella Pizza"), Some(named("3r4s3-1", "Paris")), 1).await;
    place(&store, "b", "pos-helper", named("xw1", "Sushi"), None, 2).await;
    place(&store, "c", "carre-pos", named("xw1", "Sushi"), None, 3).await;
    place(&store, "gone", "pos-helper", named("xw2", "Gone"), None, 4).await;
    store.close_connection(&cid("gone"), &sid("owner"), false, minute(5)).await.unwrap();
    store.note_call(&cid("a"), Health::Blocked, minute(9)).await.unwrap();
    store.note_order(&cid("a"), minute(8)).await.unwrap();
    let a = DeskRow {
        id: cid("a"),
        till: "caisse".into(),
        account_name: "Bella Pizza".into(),
        location_name: Some("Paris".into()),
        health: Health::Blocked,
        since: minute(9),
        last_order_at: Some(minute(8)),
        granted: false,
    };
    let b = DeskRow {
        id: cid("b"),
        till: "caisse".into(),
        account_name: "Sushi".into(),
        location_name: None,
        health: Health::Unknown,
        since: minute(2),
        last_order_at: None,
        granted: false,
    };
    assert_eq!(page(&store, all("")).await, DeskPage { rows: vec![b, a], total: 2, next: None });
    let desk = store.desk("pos-helper").await.unwrap();
    assert_eq!((desk.connections, desk.failing), (2, 1));
}

pub async fn searches_names_and_ids_whatever_their_case(store: Shared) {
    place(&store, "a", "pos-helper", named("3R4s3", "CAFÉ de l'Étoile"), Some(named("3R4s3-1", "Évry 100%")), 1).await;
    place(&store, "b", "pos-helper", named("xw1", "Cafe_Bar"), Some(named("xw1-0", "Nice\\Nord")), 2).await;
    for (text, expected) in [
        ("café", vec!["a"]),
        ("CAFE", vec!["b"]),
        ("étoile", vec!["a"]),
        ("ÉVRY", vec!["a"]),
        ("3r4S3", vec!["a"]),
        ("xw1-0", vec!["b"]),
        ("  nice ", vec!["b"]),
        // No character stands for another.
        ("%", vec!["a"]),
        ("e_b", vec!["b"]),
        ("_", vec!["b"]),
        ("\\n", vec!["b"]),
        ("c%fé", vec![]),
        ("caf_", vec![]),
        // Each field by itself.
        ("étoileévry", vec![]),
        ("\0", vec![]),
        ("ca", vec!["b", "a"]),
    ] {
        let found = page(&store, all(text)).await;
        let expected: Vec<_> = expected.into_iter().map(cid).collect();
        assert_eq!(ids(&found), expected, "{text}");
        assert_eq!(found.total, u64::try_from(expected.len()).unwrap(), "{text}");
    }
    let moved = crate::Choice { location: named("new-1", "Lille"), catalog: None, customer_list: None };
    store.choose(&cid("a"), &sid("owner"), 1, moved, minute(3)).await.unwrap();
    assert_eq!(ids(&page(&store, all("lille")).await), [cid("a")]);
    assert_eq!(ids(&page(&store, all("évry")).await), []);
}

pub async fn long_names_are_searched_as_far_as_they_are_kept(store: Shared) {
    let long = format!("Début {} fin", "É".repeat(5000));
    place(&store, "a", "pos-helper", named("acc", &long), Some(named(&"X".repeat(3000), &long)), 1).await;
    assert_eq!(page(&store, all("DÉBUT")).await.total, 1);
    assert_eq!(page(&store, all(&"é".repeat(100))).await.total, 1);
    assert_eq!(page(&store, all(" fin")).await.total, 0);
}

pub async fn filters_by_health(store: Shared) {
    for (n, id) in ["a", "b", "c"].into_iter().enumerate() {
        place(&store, id, "pos-helper", named(id, "Bella"), None, i64::try_from(n).unwrap()).await;
    }
    store.note_call(&cid("a"), Health::Ok, minute(9)).await.unwrap();
    store.note_call(&cid("b"), Health::Unpaid, minute(9)).await.unwrap();
    for (state, expected) in
        [(Health::Ok, vec!["a"]), (Health::Unpaid, vec!["b"]), (Health::Unknown, vec!["c"]), (Health::Revoked, vec![])]
    {
        let found = page(&store, DeskQuery { state: Some(state), ..all("bella") }).await;
        assert_eq!(ids(&found), expected.into_iter().map(cid).collect::<Vec<_>>(), "{state:?}");
    }
}

pub async fn pages_follow_each_other_without_gap_or_repetition(store: Shared) {
    // Two were made in the same microsecond: by id, byte by byte, in either database.
    for (id, at) in [("b", 1), ("a", 1), ("B", 1), ("c", 2), ("d", 3)] {
        place(&store, id, "pos-helper", named(id, "Bella"), None, at).await;
    }
    let mut cursor = None;
    let mut found = Vec::new();
    for more in [true, true, false] {
        let next = page(&store, DeskQuery { cursor, limit: 2, ..all("bella") }).await;
        assert_eq!(next.total, 5);
        assert_eq!(next.next.is_some(), more);
        found.extend(ids(&next));
        cursor = next.next;
        if found.len() == 2 {
            // What is made meanwhile comes before what was read.
            place(&store, "e", "carre-pos", named("e", "Bella"), None, 4).await;
        }
    }
    assert_eq!(found, ["d", "c", "b", "a", "B"].map(cid));
    let odd = page(&store, DeskQuery { cursor: Some("never given out".into()), ..all("") }).await;
    assert_eq!(odd.rows.len(), 5);
}

pub async fn says_which_lines_the_session_may_open(store: Shared) {
    signed_in(&store, "sup", "sam").await;
    store.create_session(new_session("other")).await.unwrap();
    for (n, id) in ["mine", "ran out", "viewed", "others"].into_iter().enumerate() {
        place(&store, id, "pos-helper", named(id, "Bella"), None, i64::try_from(n).unwrap()).await;
    }
    store.grant(&cid("mine"), &sid("sup"), Role::Manage, minute(5), minute(60)).await.unwrap();
    store.grant(&cid("ran out"), &sid("sup"), Role::Manage, minute(5), minute(15)).await.unwrap();
    store.grant(&cid("viewed"), &sid("sup"), Role::View, minute(5), minute(60)).await.unwrap();
    let granted: Vec<_> = page(&store, all("")).await.rows.into_iter().map(|row| (row.id, row.granted)).collect();
    let expected = [("others", false), ("viewed", true), ("ran out", false), ("mine", true)];
    assert_eq!(granted, expected.map(|(id, granted)| (cid(id), granted)));
    let other = store.desk_page("pos-helper", &sid("other"), all(""), minute(15)).await.unwrap();
    assert!(other.rows.iter().all(|row| !row.granted));
}

pub async fn an_empty_desk_is_empty(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let none = store.desk_page("carre-pos", &sid("s"), all(""), minute(2)).await.unwrap();
    assert_eq!(none, DeskPage { rows: vec![], total: 0, next: None });
    let nothing = page(&store, DeskQuery { limit: 0, ..all("") }).await;
    assert_eq!((nothing.rows.len(), nothing.total, nothing.next), (0, 1, None));
}
