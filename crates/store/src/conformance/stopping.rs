//! Cases: what is not to be sent any more, its order being cancelled or its connection closed.

use super::given::{Shared, cid};
use super::orders::{
    again, because, begin, begun, close, created, ended, oid, read, receive, second, sent, stands, tills, turns,
    updated, whose,
};
use crate::{NewOperation, OperationKind, OperationState, Receipt, Telling, TryEnded};
use OperationState::{Attention, Delivered, Failed, Noted, Queued, Refused, Sending, Unknown, Withdrawn};

pub async fn a_cancellation_withdraws_what_is_not_sent(store: Shared) {
    tills(&store, &["c"]).await;
    for (n, status) in ["cancelled", "rejected"].into_iter().enumerate() {
        let (order, creation, update) = (format!("o{n}"), format!("c{n}"), format!("u{n}"));
        receive(&store, created("c", &creation, &order)).await;
        assert_eq!(receive(&store, updated("c", &update, &order, status)).await, Receipt::Kept(Noted));
        let withdrawn = read(&store, "c", &creation).await;
        assert_eq!((withdrawn.state, withdrawn.cause.as_deref()), (Withdrawn, Some("cancelled_before")));
        assert_eq!((withdrawn.due_at, withdrawn.flag, withdrawn.changed_at), (None, None, second(2)));
    }
    // One that waits for another try, and one in the same batch.
    receive(&store, created("c", "retried", "o")).await;
    let lease = begun(&store, second(3)).await;
    store.end_try(&oid("retried"), &lease, again(second(9)), second(4)).await.unwrap();
    receive(&store, updated("c", "u", "o", "cancelled")).await;
    assert_eq!(stands(&store, "c", "retried").await, because(Withdrawn, "cancelled_before"));
    let batch = vec![created("c", "x", "ox"), updated("c", "y", "ox", "rejected"), created("c", "z", "oz")];
    assert_eq!(store.receive(batch).await.unwrap(), [Withdrawn, Noted, Queued].map(Receipt::Kept));
    assert_eq!(whose(&store, second(5)).await, ["z"]);
}

pub async fn a_cancellation_may_come_before_the_order(store: Shared) {
    tills(&store, &["c", "d"]).await;
    receive(&store, updated("c", "u", "o", "cancelled")).await;
    assert_eq!(receive(&store, created("c", "1", "o")).await, Receipt::Kept(Withdrawn));
    assert_eq!(stands(&store, "c", "1").await, because(Withdrawn, "cancelled_before"));
    let batch = vec![updated("c", "v", "p", "rejected"), created("c", "2", "p"), created("d", "3", "p")];
    assert_eq!(store.receive(batch).await.unwrap(), [Noted, Withdrawn, Queued].map(Receipt::Kept));
    // What was over anyway stays what it is.
    receive(&store, updated("c", "w", "q", "cancelled")).await;
    let over = NewOperation { state: Noted, cause: Some("already_over".into()), ..created("c", "4", "q") };
    receive(&store, over).await;
    assert_eq!(stands(&store, "c", "4").await, because(Noted, "already_over"));
    assert_eq!(whose(&store, second(3)).await, ["3"]);
}

pub async fn a_cancellation_flags_what_may_have_been_printed(store: Shared) {
    for (n, (state, flagged)) in
        [(Sending, true), (Delivered, true), (Unknown, true), (Refused, false), (Attention, false), (Failed, false)]
            .into_iter()
            .enumerate()
    {
        let c = format!("c{n}");
        tills(&store, &[&c]).await;
        receive(&store, created(&c, &c, "o")).await;
        let lease = begun(&store, second(3)).await;
        if state != Sending {
            store.end_try(&oid(&c), &lease, ended(state), second(4)).await.unwrap();
        }
        receive(&store, updated(&c, &format!("u{n}"), "o", "cancelled")).await;
        let row = read(&store, &c, &c).await;
        let flag = flagged.then(|| "cancelled_after_sending".to_owned());
        assert_eq!((row.state, row.flag), (state, flag), "{state:?}");
    }
}

pub async fn an_order_cancelled_while_it_is_tried_is_not_tried_again(store: Shared) {
    tills(&store, &["c"]).await;
    store.receive(vec![created("c", "1", "o"), created("c", "2", "p")]).await.unwrap();
    let lease = begun(&store, second(3)).await;
    receive(&store, updated("c", "u", "o", "cancelled")).await;
    store.end_try(&oid("1"), &lease, again(second(9)), second(4)).await.unwrap();
    let row = read(&store, "c", "1").await;
    assert_eq!((row.state, row.cause.as_deref(), row.flag), (Withdrawn, Some("cancelled_before"), None));
    assert_eq!(whose(&store, second(4)).await, ["2"]);
    // Delivered all the same: a person has to know.
    tills(&store, &["d"]).await;
    receive(&store, created("d", "3", "o")).await;
    let lease = begun(&store, second(5)).await;
    receive(&store, updated("d", "v", "o", "cancelled")).await;
    let told = TryEnded { telling: Telling::Due, ..ended(Delivered) };
    store.end_try(&oid("3"), &lease, told, second(6)).await.unwrap();
    let row = read(&store, "d", "3").await;
    assert_eq!((row.state, row.flag.as_deref()), (Delivered, Some("cancelled_after_sending")));
}

pub async fn a_cancelled_order_that_may_have_been_printed_is_held(store: Shared) {
    tills(&store, &["c", "d"]).await;
    for (n, (cause, state)) in
        [("no_answer", Unknown), ("nonsense", Unknown), ("interrupted", Unknown), ("store_offline", Withdrawn)]
            .into_iter()
            .enumerate()
    {
        let may_be_printed = state == Unknown;
        let resent = || TryEnded { cause: Some(cause.into()), may_be_printed, ..again(second(9)) };
        let flag = (state == Unknown).then(|| "cancelled_after_sending".to_owned());
        // Cancelled while it waits for another try.
        let (id, order, next) = (format!("w{n}"), format!("o{n}"), format!("n{n}"));
        store.receive(vec![created("c", &id, &order), created("c", &next, &next)]).await.unwrap();
        let lease = begun(&store, second(3)).await;
        store.end_try(&oid(&id), &lease, resent(), second(4)).await.unwrap();
        receive(&store, updated("c", &format!("u{n}"), &order, "cancelled")).await;
        let row = read(&store, "c", &id).await;
        assert_eq!((row.state, row.flag.clone(), row.due_at), (state, flag.clone(), None), "{cause}");
        // It holds up nobody.
        let lease = begun(&store, second(5)).await;
        store.end_try(&oid(&next), &lease, ended(Delivered), second(6)).await.unwrap();
        // Cancelled while it is tried.
        let (id, order) = (format!("t{n}"), format!("p{n}"));
        receive(&store, created("d", &id, &order)).await;
        let lease = begun(&store, second(3)).await;
        receive(&store, updated("d", &format!("v{n}"), &order, "cancelled")).await;
        store.end_try(&oid(&id), &lease, resent(), second(4)).await.unwrap();
        let row = read(&store, "d", &id).await;
        assert_eq!((row.state, row.flag, row.due_at), (state, flag, None), "{cause}");
    }
}

pub async fn that_it_may_have_been_printed_is_never_forgotten(store: Shared) {
    tills(&store, &["c", "d", "e"]).await;
    // Nobody knows of the first try; of the second it is known that nothing was sent.
    let doubtful = |at| TryEnded { cause: Some("no_answer".into()), may_be_printed: true, ..again(second(at)) };
    for c in ["c", "d", "e"] {
        receive(&store, created(c, c, "o")).await;
        let lease = begun(&store, second(2)).await;
        store.end_try(&oid(c), &lease, doubtful(10), second(3)).await.unwrap();
        let lease = begun(&store, second(10)).await;
        let unsent = TryEnded { cause: Some("till_unreachable".into()), ..again(second(100)) };
        store.end_try(&oid(c), &lease, unsent, second(11)).await.unwrap();
        let row = read(&store, c, c).await;
        assert_eq!((row.state, row.cause.as_deref(), row.may_be_printed), (Queued, Some("till_unreachable"), true));
    }
    // Closed, its outcome is unknown; cancelled too, and a person is told.
    close(&store, "c").await;
    assert!(turns(&store, second(31)).await.is_empty());
    assert_eq!(stands(&store, "c", "c").await, because(Unknown, "interrupted"));
    receive(&store, updated("d", "u", "o", "cancelled")).await;
    let row = read(&store, "d", "d").await;
    assert_eq!((row.state, row.cause.as_deref()), (Unknown, Some("interrupted")));
    assert_eq!((row.flag.as_deref(), row.due_at), (Some("cancelled_after_sending"), None));
    // Refused for good, it says so, and that it may be there all the same; cancelled then, too.
    let lease = begun(&store, second(100)).await;
    let end = TryEnded { exchanges: vec![sent("x")], ..ended(Refused) };
    store.end_try(&oid("e"), &lease, end, second(101)).await.unwrap();
    let row = read(&store, "e", "e").await;
    assert_eq!((row.state, row.may_be_printed, row.flag), (Refused, true, None));
    receive(&store, updated("e", "v", "o", "rejected")).await;
    let row = read(&store, "e", "e").await;
    assert_eq!((row.state, row.flag.as_deref()), (Refused, Some("cancelled_after_sending")));
    // One that a server left behind may have been printed, whoever finds it and whatever they say.
    receive(&store, created("e", "left", "p")).await;
    begun(&store, second(110)).await;
    let [found] = turns(&store, second(170)).await.try_into().unwrap();
    store.end_try(&oid("left"), &found.lease, again(second(180)), second(171)).await.unwrap();
    assert!(read(&store, "e", "left").await.may_be_printed);
}

pub async fn other_news_of_an_order_changes_nothing(store: Shared) {
    tills(&store, &["c", "d"]).await;
    receive(&store, created("c", "1", "o")).await;
    for (n, status) in ["received", "accepted", "completed", "Cancelled", ""].into_iter().enumerate() {
        receive(&store, updated("c", &format!("u{n}"), "o", status)).await;
    }
    receive(&store, updated("d", "v", "o", "cancelled")).await;
    receive(&store, updated("c", "w", "O", "cancelled")).await;
    let unhandled = NewOperation { kind: OperationKind::Unhandled, ..updated("c", "x", "o", "cancelled") };
    receive(&store, unhandled).await;
    assert_eq!(stands(&store, "c", "1").await, (Queued, None));
}

pub async fn a_withdrawn_order_is_passed_over(store: Shared) {
    tills(&store, &["c"]).await;
    store.receive(vec![created("c", "1", "o1"), created("c", "2", "o2"), created("c", "3", "o3")]).await.unwrap();
    let [turn] = turns(&store, second(2)).await.try_into().unwrap();
    // Behind the one whose turn it is: nothing changes for that one.
    receive(&store, updated("c", "u2", "o2", "cancelled")).await;
    assert!(turns(&store, second(2)).await.is_empty());
    // The one whose turn it is: it is not begun, and the next one's turn comes at once.
    receive(&store, updated("c", "u1", "o1", "cancelled")).await;
    assert!(!begin(&store, &turn, second(3)).await);
    let [next] = turns(&store, second(3)).await.try_into().unwrap();
    assert_eq!(next.operation.id, oid("3"));
    store.end_try(&oid("1"), &turn.lease, ended(Refused), second(4)).await.unwrap();
    assert_eq!(stands(&store, "c", "1").await, because(Withdrawn, "cancelled_before"));
    assert!(begin(&store, &next, second(4)).await);
    // The last one: nothing is left.
    store.end_try(&oid("3"), &next.lease, again(second(9)), second(5)).await.unwrap();
    receive(&store, updated("c", "u3", "o3", "cancelled")).await;
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub async fn closing_ends_what_was_queued(store: Shared) {
    tills(&store, &["c", "d"]).await;
    store.receive(vec![created("c", "1", "o1"), created("c", "2", "o2"), created("d", "3", "o")]).await.unwrap();
    let turns_ = turns(&store, second(2)).await;
    let of = |c: &str| turns_.iter().find(|turn| turn.operation.connection == cid(c)).unwrap();
    store.end_try(&oid("3"), &of("d").lease, again(second(200)), second(3)).await.unwrap();
    close(&store, "c").await;
    close(&store, "d").await;
    // Not begun any more; and ended, without waiting for the other try.
    assert!(!begin(&store, of("c"), second(31)).await);
    assert!(turns(&store, second(31)).await.is_empty());
    assert_eq!(stands(&store, "d", "3").await, because(Failed, "disconnected"));
    assert!(turns(&store, second(62)).await.is_empty());
    for id in ["1", "2"] {
        let row = read(&store, "c", id).await;
        assert_eq!((row.state, row.cause.as_deref()), (Failed, Some("disconnected")));
        assert_eq!((row.due_at, row.changed_at), (None, second(62)));
    }
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub async fn closing_lets_a_try_under_way_end(store: Shared) {
    tills(&store, &["c", "d"]).await;
    store.receive(vec![created("c", "1", "o1"), created("d", "2", "o1")]).await.unwrap();
    let turns_ = turns(&store, second(2)).await;
    for turn in &turns_ {
        assert!(begin(&store, turn, second(2)).await);
    }
    close(&store, "c").await;
    close(&store, "d").await;
    assert!(turns(&store, second(31)).await.is_empty());
    let of = |c: &str| turns_.iter().find(|turn| turn.operation.connection == cid(c)).unwrap();
    store.end_try(&oid("1"), &of("c").lease, ended(Delivered), second(32)).await.unwrap();
    assert_eq!(stands(&store, "c", "1").await.0, Delivered);
    // Nobody ends the other: what became of it, nobody can say.
    assert!(turns(&store, second(62)).await.is_empty());
    assert_eq!(stands(&store, "d", "2").await, because(Unknown, "interrupted"));
    assert_eq!(store.next_due().await.unwrap(), None);
}
