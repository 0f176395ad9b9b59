//! Cases: an order that was over is sent again.

use jiff::SignedDuration;

use super::given::{HOUR, Shared, cid, connected, minute, sid, signed_in};
use super::orders::{
    again, because, begin, begun, close, created, ended, oid, read, receive, resent, second, stands, tills, turns,
    updated, whose, wish,
};
use super::races::at_once;
use crate::{
    ActKind, NewOperation, OperationKind, OperationRow, OperationState, Resend, StoreError, Telling, TryEnded,
};
use OperationState::{Attention, Delivered, Failed, Queued, Refused, Sending, Unknown, Withdrawn};

/// An order that was tried once, in second 2, and stands so since second 3.
async fn tried(store: &Shared, connection: &str, id: &str, end: TryEnded) {
    receive(store, created(connection, id, &format!("order {id}"))).await;
    let lease = begun(store, second(2)).await;
    store.end_try(&oid(id), &lease, end, second(3)).await.unwrap();
}

pub async fn an_order_that_was_over_is_sent_again(store: Shared) {
    signed_in(&store, "s", "nina").await;
    for (n, (state, may)) in [(Refused, false), (Failed, false), (Attention, false), (Unknown, true), (Delivered, true)]
        .into_iter()
        .enumerate()
    {
        let c = format!("c{n}");
        tills(&store, &[&c]).await;
        let end = TryEnded {
            cause: Some("unknown_product".into()),
            detail: Some("words".into()),
            notes: Some("[1]".into()),
            sent_with: Some("{2}".into()),
            telling: Telling::Due,
            ..ended(state)
        };
        tried(&store, &c, &c, end).await;
        store.mark_handled(&cid(&c), &oid(&c), &sid("s"), true, None, second(4)).await.unwrap();
        let before = read(&store, &c, &c).await;
        assert_eq!((before.may_be_printed, before.sent_with.as_deref()), (may, Some("{2}")), "{state:?}");
        let row = resent(&store, &c, &c).await;
        let expected = OperationRow {
            state: Queued,
            cause: None,
            detail: None,
            tries: 0,
            due_at: Some(second(20)),
            telling: Telling::None,
            resends: 1,
            handled_at: None,
            changed_at: second(20),
            ..before
        };
        assert_eq!((&row, &read(&store, &c, &c).await), (&expected, &expected), "{state:?}");
        assert_eq!(store.next_due().await.unwrap(), Some(second(20)));
        assert!(store.claim_tellings(second(60), second(90), 10).await.unwrap().is_empty());
        let lease = begun(&store, second(20)).await;
        assert_eq!(read(&store, &c, &c).await.tries, 1);
        store.end_try(&oid(&c), &lease, ended(Refused), second(21)).await.unwrap();
        // What it may have been, it stays.
        let after = read(&store, &c, &c).await;
        assert_eq!((after.state, after.may_be_printed, after.sent_with.as_deref()), (Refused, may, Some("{2}")));
        let acts = store.acts(&cid(&c), &oid(&c)).await.unwrap();
        let acts: Vec<_> = acts.iter().map(|act| (act.kind, act.by.as_deref(), act.at)).collect();
        let nina = Some("Name of nina");
        assert_eq!(acts, [(ActKind::Handled, nina, second(4)), (ActKind::Resent, nina, second(20))]);
    }
}

pub async fn a_withdrawn_order_can_be_sent_after_all(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    receive(&store, updated("c", "u", "o", "cancelled")).await;
    assert_eq!(stands(&store, "c", "1").await, because(Withdrawn, "cancelled_before"));
    let row = resent(&store, "c", "1").await;
    assert_eq!((row.state, row.cause, row.may_be_printed), (Queued, None, false));
    // It has been cancelled, and a person wants it all the same: it is tried as often as it takes.
    let lease = begun(&store, second(20)).await;
    store.end_try(&oid("1"), &lease, again(second(25)), second(21)).await.unwrap();
    assert_eq!(stands(&store, "c", "1").await.0, Queued);
    // Cancelled once more, it is withdrawn once more.
    receive(&store, updated("c", "v", "o", "cancelled")).await;
    assert_eq!(stands(&store, "c", "1").await, because(Withdrawn, "cancelled_before"));
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub async fn what_a_person_wrote_is_sent_in_its_place(store: Shared) {
    tills(&store, &["c"]).await;
    tried(&store, "c", "1", ended(Refused)).await;
    let written = format!("<Request>{}é•••</Request>\r\n", "x".repeat(100_000)).into_bytes();
    let wish = Resend { request: Some(written.clone()), ..wish(&store, "c", "1").await };
    let row = store.resend(wish).await.unwrap().unwrap();
    assert!(row.manual && read(&store, "c", "1").await.manual);
    // However often it takes.
    for at in [20, 30] {
        let [turn] = turns(&store, second(at)).await.try_into().unwrap();
        assert_eq!((turn.request.as_deref(), turn.event.as_slice()), (Some(written.as_slice()), &b"event 1"[..]));
        assert!(begin(&store, &turn, second(at)).await);
        let end = if at == 20 { again(second(30)) } else { ended(Refused) };
        store.end_try(&oid("1"), &turn.lease, end, second(at + 1)).await.unwrap();
    }
    // Another takes its place, and then none.
    for request in [Some(&b"<Request/>"[..]), None] {
        let wish = Resend { request: request.map(<[u8]>::to_vec), ..self::wish(&store, "c", "1").await };
        let row = store.resend(wish).await.unwrap().unwrap();
        assert_eq!(row.manual, request.is_some());
        let [turn] = turns(&store, second(40)).await.try_into().unwrap();
        assert_eq!(turn.request.as_deref(), request);
        store.end_try(&oid("1"), &turn.lease, ended(Refused), second(41)).await.unwrap();
    }
    let kinds: Vec<_> = store.acts(&cid("c"), &oid("1")).await.unwrap().into_iter().map(|act| act.kind).collect();
    assert_eq!(kinds, [ActKind::ResentModified, ActKind::ResentModified, ActKind::Resent]);
    assert_eq!(read(&store, "c", "1").await.resends, 3);
}

async fn refused(store: &Shared, wish: Resend) -> bool {
    let answer = store.resend(wish).await;
    matches!(answer, Err(StoreError::Conflict))
}

pub async fn only_what_was_seen_and_is_over_can_be_sent_again(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let (queued, waiting) = (created("c", "q", "q"), created("c", "w", "w"));
    store.receive(vec![queued, waiting, updated("c", "u", "q", "accepted")]).await.unwrap();
    assert!(refused(&store, wish(&store, "c", "w").await).await, "it waits for its turn");
    assert!(refused(&store, wish(&store, "c", "u").await).await, "it is no order");
    let system = NewOperation { kind: OperationKind::System, state: Failed, ..created("c", "own", "x") };
    receive(&store, system).await;
    assert!(refused(&store, wish(&store, "c", "own").await).await);
    let lease = begun(&store, second(2)).await;
    assert_eq!(stands(&store, "c", "q").await.0, Sending);
    assert!(refused(&store, wish(&store, "c", "q").await).await, "it is being sent");
    store.end_try(&oid("q"), &lease, ended(Refused), second(3)).await.unwrap();
    let seen = wish(&store, "c", "q").await;
    store.mark_handled(&cid("c"), &oid("q"), &sid("s"), true, None, second(4)).await.unwrap();
    assert!(refused(&store, seen.clone()).await, "somebody has dealt with it");
    // What is not there.
    for (connection, id) in [("d", "q"), ("never", "q"), ("c", "never")] {
        let elsewhere = Resend { connection: cid(connection), operation: oid(id), ..seen.clone() };
        assert_eq!(store.resend(elsewhere).await.unwrap(), None, "{connection} {id}");
    }
    assert!(store.acts(&cid("c"), &oid("w")).await.unwrap().is_empty());
    assert_eq!(read(&store, "c", "q").await.resends, 0);
}

pub async fn nothing_is_sent_again_through_a_connection_that_is_over(store: Shared) {
    connected(&store, "c", "s", "loc", "t").await;
    tried(&store, "c", "1", ended(Refused)).await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    assert!(refused(&store, wish(&store, "c", "1").await).await);
    // The till's next connection shows it, and cannot send it.
    connected(&store, "again", "s", "loc", "t2").await;
    assert_eq!(read(&store, "again", "1").await.state, Refused);
    assert!(refused(&store, wish(&store, "again", "1").await).await);
    assert!(refused(&store, wish(&store, "c", "1").await).await);
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub async fn of_two_who_press_at_once_one_is_told(store: Shared) {
    tills(&store, &["c"]).await;
    tried(&store, "c", "1", ended(Refused)).await;
    let wish = wish(&store, "c", "1").await;
    let pressed = at_once((0..12).map(|_| {
        let (store, wish) = (store.clone(), wish.clone());
        async move { store.resend(wish).await }
    }))
    .await;
    assert_eq!(pressed.iter().filter(|answer| matches!(answer, Ok(Some(_)))).count(), 1);
    assert_eq!(pressed.iter().filter(|answer| matches!(answer, Err(StoreError::Conflict))).count(), 11);
    assert_eq!(read(&store, "c", "1").await.resends, 1);
    assert_eq!(store.acts(&cid("c"), &oid("1")).await.unwrap().len(), 1);
    assert_eq!(whose(&store, second(20)).await, ["1"]);
}

pub async fn its_version_grows_though_the_clock_goes_back(store: Shared) {
    tills(&store, &["c"]).await;
    tried(&store, "c", "1", ended(Refused)).await;
    let earlier = second(3) - HOUR;
    let row = store.mark_handled(&cid("c"), &oid("1"), &sid("s"), true, None, earlier).await.unwrap().unwrap();
    assert_eq!((row.handled_at, row.changed_at), (Some(earlier), second(3) + SignedDuration::from_micros(1)));
    let row = store.resend(Resend { at: earlier, ..wish(&store, "c", "1").await }).await.unwrap().unwrap();
    assert_eq!((row.due_at, row.changed_at), (Some(earlier), second(3) + SignedDuration::from_micros(2)));
}

pub async fn it_takes_its_place_before_those_that_came_later(store: Shared) {
    tills(&store, &["c"]).await;
    for id in ["1", "2"] {
        tried(&store, "c", id, ended(Refused)).await;
    }
    receive(&store, created("c", "3", "p")).await;
    // One behind it is being sent: it waits for that alone.
    let third = begun(&store, second(4)).await;
    resent(&store, "c", "2").await;
    resent(&store, "c", "1").await;
    assert!(turns(&store, second(20)).await.is_empty());
    // Withdrawn meanwhile, it takes nobody's lane away.
    receive(&store, updated("c", "u", "order 1", "cancelled")).await;
    assert_eq!(stands(&store, "c", "1").await.0, Withdrawn);
    assert!(turns(&store, second(20)).await.is_empty());
    resent(&store, "c", "1").await;
    store.end_try(&oid("3"), &third, again(second(50)), second(21)).await.unwrap();
    for id in ["1", "2"] {
        let [turn] = turns(&store, second(21)).await.try_into().unwrap();
        assert_eq!(turn.operation.id, oid(id));
        assert!(begin(&store, &turn, second(21)).await);
        store.end_try(&oid(id), &turn.lease, ended(Delivered), second(22)).await.unwrap();
    }
    assert_eq!(store.next_due().await.unwrap(), Some(second(50)));
}

pub async fn closing_ends_what_was_to_be_sent_again(store: Shared) {
    tills(&store, &["c", "d"]).await;
    tried(&store, "c", "1", ended(Refused)).await;
    tried(&store, "d", "2", ended(Delivered)).await;
    for (c, id) in [("c", "1"), ("d", "2")] {
        resent(&store, c, id).await;
        close(&store, c).await;
    }
    assert!(turns(&store, second(31)).await.is_empty());
    assert_eq!(stands(&store, "c", "1").await, because(Failed, "disconnected"));
    assert_eq!(stands(&store, "d", "2").await, because(Unknown, "interrupted"));
    assert_eq!(store.next_due().await.unwrap(), None);
    // At the same moment, nothing is left that nobody would end.
    let names: Vec<_> = (0..12).map(|n| format!("e{n}")).collect();
    for name in &names {
        tills(&store, &[name]).await;
        tried(&store, name, name, ended(Refused)).await;
    }
    at_once(names.iter().flat_map(|name| {
        [true, false].map(|closes| {
            let (store, name) = (store.clone(), name.clone());
            async move {
                if closes {
                    close(&store, &name).await;
                } else {
                    let answer = store.resend(wish(&store, &name, &name).await).await;
                    assert!(matches!(answer, Ok(Some(_)) | Err(StoreError::Conflict)), "{answer:?}");
                }
            }
        })
    }))
    .await;
    assert!(turns(&store, second(31)).await.is_empty());
    for name in &names {
        assert!(matches!(stands(&store, name, name).await.0, Refused | Failed), "{name}");
    }
    assert_eq!(store.next_due().await.unwrap(), None);
}
