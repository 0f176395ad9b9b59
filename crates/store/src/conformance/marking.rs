//! Cases: what people note of an operation, and whose names they may read.

use super::given::{HOUR, Shared, cid, connected, hash, minute, new_session, person, sid, signed_in};
use super::orders::{because, created, oid, read, receive, second, stands, tills, updated};
use crate::{ActKind, ActRow, OperationState};
use ActKind::{CaseTaken, Handled, NamesShown, Reopened};

async fn kinds(store: &Shared, connection: &str, id: &str) -> Vec<ActKind> {
    store.acts(&cid(connection), &oid(id)).await.unwrap().into_iter().map(|act| act.kind).collect()
}

pub async fn an_operation_is_marked_as_handled_with_a_note(store: Shared) {
    signed_in(&store, "s", "nina").await;
    tills(&store, &["c", "d"]).await;
    receive(&store, created("c", "1", "o")).await;
    let mark = async |session: &str, handled, note: Option<&str>, at| {
        store.mark_handled(&cid("c"), &oid("1"), &sid(session), handled, note, second(at)).await.unwrap().unwrap()
    };
    let row = mark("s", true, Some("Called the customer.\0"), 4).await;
    assert_eq!((row.handled_at, row.changed_at, row.state), (Some(second(4)), second(4), OperationState::Queued));
    assert_eq!(read(&store, "c", "1").await, row);
    // Again does nothing, whoever does it.
    assert_eq!(mark("other", true, Some("x"), 5).await, row);
    let reopened = mark("other", false, None, 6).await;
    assert_eq!((reopened.handled_at, reopened.changed_at), (None, second(6)));
    assert_eq!(mark("s", false, None, 7).await, reopened);
    mark("s", true, Some(&"é".repeat(600)), 8).await;
    let acts = store.acts(&cid("c"), &oid("1")).await.unwrap();
    let nina = || Some("Name of nina".to_owned());
    let expected = [
        ActRow { kind: Handled, by: nina(), note: Some("Called the customer.\u{fffd}".into()), at: second(4) },
        ActRow { kind: Reopened, by: None, note: None, at: second(6) },
        ActRow { kind: Handled, by: nina(), note: Some("é".repeat(500)), at: second(8) },
    ];
    assert_eq!(acts, expected);
    // What is not there, or another's.
    for (connection, id) in [("d", "1"), ("never", "1"), ("c", "never")] {
        let none = store.mark_handled(&cid(connection), &oid(id), &sid("s"), true, None, second(9)).await.unwrap();
        assert_eq!(none, None);
        store.note_act(&cid(connection), &oid(id), &sid("s"), CaseTaken, second(9)).await.unwrap();
        assert_eq!(kinds(&store, connection, id).await, []);
    }
}

pub async fn what_is_noted_is_read_in_its_order(store: Shared) {
    tills(&store, &["c"]).await;
    store.receive(vec![created("c", "1", "o"), updated("c", "2", "o", "accepted")]).await.unwrap();
    for at in (0..205).rev() {
        let kind = if at % 2 == 0 { CaseTaken } else { NamesShown };
        store.note_act(&cid("c"), &oid("1"), &sid("s"), kind, second(at)).await.unwrap();
    }
    store.note_act(&cid("c"), &oid("2"), &sid("s"), CaseTaken, second(9)).await.unwrap();
    let acts = store.acts(&cid("c"), &oid("1")).await.unwrap();
    assert_eq!((acts.len(), acts[0].kind, acts[1].kind, acts[0].at), (200, CaseTaken, NamesShown, second(204)));
    assert_eq!(kinds(&store, "c", "2").await, [CaseTaken]);
    // It changes nothing else.
    assert_eq!(read(&store, "c", "1").await.changed_at, second(1));
    assert_eq!(stands(&store, "c", "2").await, (OperationState::Noted, None));
    assert_ne!(stands(&store, "c", "2").await, because(OperationState::Noted, ""));
}

pub async fn names_are_shown_to_who_asked_for_a_day(store: Shared) {
    signed_in(&store, "s", "nina").await;
    tills(&store, &["c"]).await;
    store.receive(vec![created("c", "1", "o"), created("c", "2", "p")]).await.unwrap();
    let shown =
        async |id: &str, session: &str, at| store.names_shown(&cid("c"), &oid(id), &sid(session), at).await.unwrap();
    assert!(!shown("1", "s", second(3)).await);
    store.note_act(&cid("c"), &oid("1"), &sid("s"), CaseTaken, second(3)).await.unwrap();
    assert!(!shown("1", "s", second(3)).await, "another act shows nothing");
    store.note_act(&cid("c"), &oid("1"), &sid("s"), NamesShown, second(3)).await.unwrap();
    let day = HOUR * 24;
    let last = second(2) + day;
    assert!(shown("1", "s", second(3)).await && shown("1", "s", last).await);
    assert!(!shown("1", "s", second(3) + day).await);
    assert!(!shown("2", "s", second(3)).await && !shown("1", "other", second(3)).await);
    // In another browser of the same person's, and not in that of another.
    signed_in(&store, "s2", "nina").await;
    signed_in(&store, "s3", "marc").await;
    assert!(shown("1", "s2", second(4)).await && !shown("1", "s3", second(4)).await);
    // A session's own stays its own, and goes along when it signs in.
    store.create_session(new_session("t")).await.unwrap();
    store.note_act(&cid("c"), &oid("2"), &sid("t"), NamesShown, second(5)).await.unwrap();
    assert!(shown("2", "t", second(5)).await && !shown("2", "s", second(5)).await);
    store.sign_in(&sid("t"), &hash("t2"), person("pos-helper", "lea"), minute(6)).await.unwrap();
    assert!(shown("2", "t", minute(7)).await);
}

pub async fn acts_are_read_by_place_and_go_with_their_operation(store: Shared) {
    connected(&store, "c", "s", "loc", "t").await;
    receive(&store, updated("c", "1", "o", "accepted")).await;
    store.note_act(&cid("c"), &oid("1"), &sid("s"), NamesShown, second(3)).await.unwrap();
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    connected(&store, "again", "s2", "loc", "t2").await;
    tills(&store, &["other"]).await;
    for (id, seen) in [("again", true), ("c", true), ("other", false), ("never", false)] {
        assert_eq!(kinds(&store, id, "1").await.len(), usize::from(seen), "{id}");
        assert_eq!(store.names_shown(&cid(id), &oid("1"), &sid("s"), second(4)).await.unwrap(), seen, "{id}");
    }
    // The record of a closed connection can still be marked.
    let row = store.mark_handled(&cid("c"), &oid("1"), &sid("s"), true, None, second(9)).await.unwrap();
    assert_eq!(row.and_then(|row| row.handled_at), Some(second(9)));
    assert_eq!(store.forget_operations(second(60), 10).await.unwrap(), 1);
    assert_eq!(kinds(&store, "again", "1").await, []);
    // One of the same id has none of what was the other's.
    receive(&store, updated("again", "1", "o", "accepted")).await;
    assert_eq!(kinds(&store, "again", "1").await, []);
    assert!(!store.names_shown(&cid("again"), &oid("1"), &sid("s"), second(4)).await.unwrap());
}
