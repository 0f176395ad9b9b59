//! Cases: saved views.

use super::given::{Shared, hash, minute, new_session, person, sid, signed_in};
use super::races::at_once;
use crate::{StoreError, ViewRow};

const VENDOR: &str = "pos-helper";

fn view(id: &str, name: &str, query: &str) -> ViewRow {
    ViewRow { id: id.into(), name: name.into(), query: query.into() }
}

async fn keep(store: &Shared, session: &str, view: ViewRow) -> crate::Result<()> {
    store.keep_view(&sid(session), VENDOR, view, minute(1)).await
}

async fn names(store: &Shared, session: &str) -> Vec<String> {
    store.views(&sid(session), VENDOR).await.unwrap().into_iter().map(|view| view.name).collect()
}

pub async fn a_view_is_its_holders_at_one_vendor(store: Shared) {
    for session in ["s", "t"] {
        signed_in(&store, session, "nina").await;
    }
    signed_in(&store, "m", "marc").await;
    store.create_session(new_session("alone")).await.unwrap();
    keep(&store, "s", view("1", "Refused", "state=refused")).await.unwrap();
    keep(&store, "s", view("2", "À faire", "mine=true")).await.unwrap();
    keep(&store, "alone", view("3", "Refused", "x")).await.unwrap();
    // By name, whichever browser they came from.
    let expected = [view("1", "Refused", "state=refused"), view("2", "À faire", "mine=true")];
    assert_eq!(store.views(&sid("t"), VENDOR).await.unwrap(), expected);
    assert_eq!(store.views(&sid("alone"), VENDOR).await.unwrap(), [view("3", "Refused", "x")]);
    assert_eq!((names(&store, "m").await.len(), names(&store, "never").await.len()), (0, 0));
    assert_eq!(store.views(&sid("s"), "pixelpoint").await.unwrap(), []);
    // Forgotten by its holder alone.
    for (session, vendor, id, forgotten) in [
        ("m", VENDOR, "1", false),
        ("alone", VENDOR, "1", false),
        ("s", "pixelpoint", "1", false),
        ("s", VENDOR, "never", false),
        ("t", VENDOR, "1", true),
        ("s", VENDOR, "1", false),
    ] {
        let answer = store.forget_view(&sid(session), vendor, id).await.unwrap();
        assert_eq!(answer, forgotten, "{session} {vendor} {id}");
    }
    assert_eq!(
        (names(&store, "s").await, names(&store, "alone").await),
        (vec!["À faire".into()], vec!["Refused".into()])
    );
}

pub async fn one_of_the_same_name_is_replaced(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    keep(&store, "s", view("1", "Mine", "a")).await.unwrap();
    keep(&store, "s", view("2", "Mine", "b")).await.unwrap();
    assert_eq!(store.views(&sid("s"), VENDOR).await.unwrap(), [view("2", "Mine", "b")]);
    // What is too long is cut, what no text can hold is replaced.
    keep(&store, "s", view("3\0", &format!("{}\0", "é".repeat(100)), &"q".repeat(3_000))).await.unwrap();
    let kept = &store.views(&sid("s"), VENDOR).await.unwrap()[1];
    assert_eq!((kept.id.as_str(), kept.name.as_str(), kept.query.len()), ("3\u{fffd}", "é".repeat(80).as_str(), 2_000));
    assert!(store.forget_view(&sid("s"), VENDOR, "3\0").await.unwrap());
    // Two of one id are two people's.
    store.create_session(new_session("t")).await.unwrap();
    let taken = keep(&store, "t", view("2", "Theirs", "c")).await;
    assert!(matches!(taken, Err(StoreError::Conflict)), "{taken:?}");
    let nobody = keep(&store, "never", view("9", "Nobody's", "c")).await;
    assert!(matches!(nobody, Err(StoreError::Conflict)), "{nobody:?}");
}

pub async fn fifty_are_kept(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    let kept = at_once((0..60).map(|n| {
        let store = store.clone();
        async move { keep(&store, "s", view(&format!("{n}"), &format!("{n:02}"), "")).await }
    }))
    .await;
    assert_eq!(kept.iter().filter(|kept| kept.is_ok()).count(), 50);
    assert!(kept.iter().all(|kept| matches!(kept, Ok(()) | Err(StoreError::Conflict))));
    let all = names(&store, "s").await;
    assert!(all.len() == 50 && all.is_sorted());
    // One that replaces another needs no room.
    keep(&store, "s", view("new", &all[0], "q")).await.unwrap();
    assert_eq!(store.views(&sid("s"), VENDOR).await.unwrap()[0], view("new", &all[0], "q"));
}

pub async fn signing_in_takes_the_sessions_views_along(store: Shared) {
    signed_in(&store, "first", "nina").await;
    keep(&store, "first", view("1", "Both", "hers")).await.unwrap();
    for n in 2..=49 {
        keep(&store, "first", view(&n.to_string(), &format!("hers {n:02}"), "")).await.unwrap();
    }
    store.create_session(new_session("s")).await.unwrap();
    for name in ["Both", "own b", "own a"] {
        keep(&store, "s", view(name, name, "own")).await.unwrap();
    }
    store.keep_view(&sid("s"), "pixelpoint", view("elsewhere", "Elsewhere", ""), minute(1)).await.unwrap();
    store.sign_in(&sid("s"), &hash("in"), person(VENDOR, "nina"), minute(2)).await.unwrap();
    let all = store.views(&sid("s"), VENDOR).await.unwrap();
    assert_eq!((all.len(), &all[0]), (50, &view("1", "Both", "hers")));
    assert_eq!(all[49], view("own a", "own a", "own"));
    assert_eq!(names(&store, "first").await.len(), 50);
    assert_eq!(store.views(&sid("s"), "pixelpoint").await.unwrap().len(), 1);
    // The user's stay when the session ends; what was left of the session's own is gone, and its ids are free.
    store.end_session(&sid("s")).await.unwrap();
    assert_eq!(names(&store, "first").await.len(), 50);
    store.forget_view(&sid("first"), VENDOR, "1").await.unwrap();
    keep(&store, "first", view("own b", "again", "")).await.unwrap();
    assert_eq!(store.views(&sid("s"), "pixelpoint").await.unwrap(), []);
}

pub async fn a_sessions_views_end_with_it(store: Shared) {
    for session in ["ended", "swept"] {
        store.create_session(new_session(session)).await.unwrap();
        keep(&store, session, view(session, "Mine", "")).await.unwrap();
    }
    store.end_session(&sid("ended")).await.unwrap();
    assert_eq!(names(&store, "ended").await.len(), 0);
    assert_eq!(names(&store, "swept").await.len(), 1);
    assert_eq!(store.sweep(minute(24 * 60), 10).await.unwrap().sessions, 1);
    assert_eq!(names(&store, "swept").await.len(), 0);
}
