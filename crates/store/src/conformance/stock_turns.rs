//! Cases: the lanes that send stock.

use jiff::{SignedDuration, Timestamp};

use super::given::{HOUR, Shared, cid, exchange, minute, named, new_attempt, sealed, settlement, sid, signed_in};
use super::orders::{begun, created, oid, receive, second, sent, tills, whose};
use super::races::at_once;
use super::stock_reports::{entry, report, sku, take};
use crate::{
    Closing, NewAttempt, OperationState, Settlement, StockCall, StockHeld, StockLane, StockLeave, StockLevel,
    StockLimits, StockSend, StockSent, StockSync, StockSyncState, StockSyncStep, StockTurn, StockTurnEnded, StockView,
};

const LIMITS: StockLimits = StockLimits { minute: 500, hour: 2_500, day: 10_000 };

async fn turns(store: &Shared, at: Timestamp) -> Vec<StockTurn> {
    store.claim_stock(at, at + SignedDuration::from_secs(60), 100).await.unwrap()
}

/// The one turn there is.
async fn turn(store: &Shared, at: Timestamp) -> StockTurn {
    let [turn] = turns(store, at).await.try_into().unwrap();
    turn
}

fn level(reference: &str, stock: &str) -> StockLevel {
    StockLevel { of: sku(reference), stock: Some(stock.to_owned()), expires_at: None }
}

fn call(turn: &StockTurn, at: Timestamp, send: Option<StockSend>) -> StockCall {
    StockCall {
        connection: turn.connection.clone(),
        lease: turn.lease.clone(),
        lease_until: at + SignedDuration::from_secs(60),
        catalog: "cat".into(),
        limits: LIMITS,
        at,
        send,
    }
}

fn send(operation: &str, refs: &[&str]) -> StockSend {
    StockSend {
        operation: oid(operation),
        notes: "{}".into(),
        whole: false,
        refs: refs.iter().map(|reference| sku(reference)).collect(),
    }
}

/// What ends a turn in which nothing was sent.
fn nothing(at: Timestamp) -> StockTurnEnded {
    StockTurnEnded { sent: None, done: None, cause: None, sync: None, not_before: None, at }
}

/// What ends a turn whose send was taken.
fn taken(operation: &str, levels: &[StockLevel], done: i64, at: Timestamp) -> StockTurnEnded {
    let sent = StockSent {
        operation: oid(operation),
        state: OperationState::Delivered,
        cause: None,
        detail: None,
        catalog: "cat".into(),
        whole: false,
        taken: Some(levels.to_vec()),
        exchanges: vec![sent(&format!("call of {operation}"))],
    };
    StockTurnEnded { sent: Some(sent), done: Some(done), ..nothing(at) }
}

async fn leave(store: &Shared, call: StockCall) -> StockLeave {
    store.begin_stock_call(call).await.unwrap()
}

async fn end(store: &Shared, turn: &StockTurn, ended: StockTurnEnded) {
    store.end_stock_turn(&turn.connection, &turn.lease, ended).await.unwrap();
}

async fn view(store: &Shared) -> StockView {
    store.stock(&cid("c")).await.unwrap().unwrap()
}

async fn lane(store: &Shared) -> StockLane {
    store.stock_head(&cid("c")).await.unwrap().unwrap().lane
}

/// What is held, by ref: how much, whether it is in doubt, whose it is.
async fn held(store: &Shared) -> Vec<(String, Option<String>, bool, Option<Timestamp>)> {
    let row = |row: StockHeld| (row.of.reference, row.stock, row.doubt, row.others_at);
    view(store).await.held.into_iter().map(row).collect()
}

fn row(
    reference: &str,
    stock: Option<&str>,
    doubt: bool,
    others_at: Option<Timestamp>,
) -> (String, Option<String>, bool, Option<Timestamp>) {
    (reference.to_owned(), stock.map(str::to_owned), doubt, others_at)
}

/// A turn in which HubRise is found to hold nothing, at `at`.
async fn looked(store: &Shared, at: Timestamp) -> StockTurn {
    let turn = turn(store, at).await;
    assert!(store.note_stock_held(&turn.connection, &turn.lease, "cat", Vec::new(), 0, at).await.unwrap());
    turn
}

/// Sends `a` at 1 to an end, of a state reported in second 1; all is done in second 3.
async fn settled(store: &Shared) {
    tills(store, &["c"]).await;
    take(store, report("c", true, 1, &[entry("a", "1")])).await;
    let turn = looked(store, second(3)).await;
    assert_eq!(leave(store, call(&turn, second(3), Some(send("o", &["a"])))).await, StockLeave::Given);
    end(store, &turn, taken("o", &[level("a", "1")], 1, second(3))).await;
}

pub async fn changes_are_gathered_into_one_turn(store: Shared) {
    tills(&store, &["c", "d"]).await;
    assert_eq!(store.next_stock_due().await.unwrap(), None);
    for sequence in [1, 2, 3] {
        take(&store, report("c", false, sequence, &[entry("a", &sequence.to_string())])).await;
    }
    assert_eq!(store.next_stock_due().await.unwrap(), Some(second(3)));
    assert_eq!(turns(&store, second(3) - SignedDuration::from_micros(1)).await.len(), 0);
    let turn = turn(&store, second(3)).await;
    assert_eq!((turn.connection, turn.lane.done), (cid("c"), 0));
    assert_eq!(view(&store).await.till.changes, 3);
}

pub async fn a_turn_is_one_servers_until_its_lease_ends(store: Shared) {
    tills(&store, &["c"]).await;
    take(&store, report("c", true, 1, &[entry("a", "1")])).await;
    let claims = at_once((0..10).map(|_| {
        let store = store.clone();
        async move { turns(&store, second(3)).await.len() }
    }))
    .await;
    assert_eq!(claims.iter().sum::<usize>(), 1);
    assert_eq!(store.next_stock_due().await.unwrap(), Some(second(63)));
    assert_eq!(turns(&store, second(62)).await.len(), 0);
    assert_eq!(turns(&store, second(63)).await.len(), 1);
}

pub async fn what_was_taken_is_held_and_nothing_is_left_to_do(store: Shared) {
    settled(&store).await;
    assert_eq!(store.next_stock_due().await.unwrap(), None);
    let expected = StockHeld {
        of: sku("a"),
        stock: Some("1".into()),
        expires_at: None,
        doubt: false,
        known_at: Some(second(3)),
        others_at: None,
        sent_at: Some(second(3)),
        operation: Some(oid("o")),
    };
    let now = view(&store).await;
    assert_eq!(now.held, [expected]);
    assert_eq!((now.lane.done, now.lane.sent_at, now.lane.operation), (1, Some(second(3)), None));
    assert_eq!((now.lane.last_operation, now.lane.known_catalog), (Some(oid("o")), Some("cat".into())));
    let differing = store.stock_differing(&cid("c")).await.unwrap().unwrap();
    assert_eq!((differing.entries, differing.held), (Vec::new(), Vec::new()));
    let operation = store.operation(&cid("c"), &oid("o")).await.unwrap().unwrap();
    assert_eq!(
        (operation.state, operation.tries, operation.notes.as_deref()),
        (OperationState::Delivered, 1, Some("{}"))
    );
    assert_eq!(store.exchanges(&cid("c"), &oid("o")).await.unwrap().len(), 1);
    take(&store, report("c", false, 2, &[entry("b", "2")])).await;
    let differing = store.stock_differing(&cid("c")).await.unwrap().unwrap();
    assert_eq!(differing.entries, [entry("b", "2")]);
    // Named no more, it is held without being wanted.
    take(&store, report("c", true, 3, &[])).await;
    let differing = store.stock_differing(&cid("c")).await.unwrap().unwrap();
    assert_eq!((differing.entries.len(), differing.held.len()), (0, 1));
}

pub async fn what_changes_during_a_turn_has_another(store: Shared) {
    tills(&store, &["c"]).await;
    take(&store, report("c", true, 1, &[entry("a", "1")])).await;
    let first = looked(&store, second(3)).await;
    assert_eq!(leave(&store, call(&first, second(3), Some(send("o", &["a"])))).await, StockLeave::Given);
    take(&store, report("c", false, 4, &[entry("a", "4")])).await;
    assert_eq!(turns(&store, second(30)).await.len(), 0, "one at a time");
    let ended = StockTurnEnded { not_before: Some(second(6)), ..taken("o", &[level("a", "1")], 1, second(5)) };
    end(&store, &first, ended).await;
    assert_eq!(store.next_stock_due().await.unwrap(), Some(second(6)));
    assert_eq!(turn(&store, second(6)).await.lane.done, 1);
}

pub async fn what_a_dead_server_was_sending_stays_in_doubt(store: Shared) {
    settled(&store).await;
    take(&store, report("c", false, 10, &[entry("a", "2")])).await;
    let dead = turn(&store, second(12)).await;
    assert_eq!(leave(&store, call(&dead, second(12), Some(send("p", &["a"])))).await, StockLeave::Given);
    assert_eq!(held(&store).await, [row("a", Some("1"), true, None)]);
    // The till goes back: all is as HubRise was last known to hold it, and yet it is not certain.
    take(&store, report("c", false, 13, &[entry("a", "1")])).await;
    let next = turn(&store, second(72)).await;
    assert_eq!(next.lane.operation, Some(oid("p")));
    let differing = store.stock_differing(&cid("c")).await.unwrap().unwrap();
    assert_eq!((differing.entries.len(), differing.held.len()), (1, 1));
    assert_eq!(leave(&store, call(&next, second(72), Some(send("p", &["a"])))).await, StockLeave::Given);
    end(&store, &next, taken("p", &[level("a", "1")], 3, second(73))).await;
    assert_eq!(held(&store).await, [row("a", Some("1"), false, None)]);
    let operation = store.operation(&cid("c"), &oid("p")).await.unwrap().unwrap();
    assert_eq!((operation.state, operation.tries), (OperationState::Delivered, 2));
}

pub async fn a_lost_lease_changes_nothing_but_keeps_what_was_said(store: Shared) {
    tills(&store, &["c"]).await;
    take(&store, report("c", true, 1, &[entry("a", "1")])).await;
    let slow = looked(&store, second(3)).await;
    assert_eq!(leave(&store, call(&slow, second(3), Some(send("o", &["a"])))).await, StockLeave::Given);
    let other = turn(&store, second(63)).await;
    end(&store, &slow, taken("o", &[level("a", "1")], 1, second(64))).await;
    assert_eq!(held(&store).await, [row("a", None, true, None)]);
    assert_eq!(store.exchanges(&cid("c"), &oid("o")).await.unwrap().len(), 1);
    assert_eq!(leave(&store, call(&slow, second(64), None)).await, StockLeave::Lost);
    assert!(!store.note_stock_held(&cid("c"), &slow.lease, "cat", Vec::new(), 0, second(64)).await.unwrap());
    store.note_sync(&cid("c"), &slow.lease, "x", StockSyncState::Sending).await.unwrap();
    assert_eq!(leave(&store, call(&other, second(64), None)).await, StockLeave::Given);
    end(&store, &other, nothing(second(65))).await;
    assert_eq!(leave(&store, call(&other, second(65), None)).await, StockLeave::Lost, "it was given back");
}

pub async fn calls_are_counted_in_windows_that_outlive_the_server(store: Shared) {
    tills(&store, &["c"]).await;
    take(&store, report("c", true, 1, &[entry("a", "1")])).await;
    let first = turn(&store, second(3)).await;
    let limits = StockLimits { minute: 2, hour: 3, day: 100 };
    let at = |turn: &StockTurn, at| StockCall { limits, ..call(turn, at, None) };
    assert_eq!(leave(&store, at(&first, second(3))).await, StockLeave::Given);
    assert_eq!(leave(&store, at(&first, second(4))).await, StockLeave::Given);
    // Second 0 is in the third second of a minute.
    let next_minute = Timestamp::from_second(second(5).as_second() / 60 * 60 + 60).unwrap();
    assert_eq!(leave(&store, at(&first, second(5))).await, StockLeave::Limited(next_minute));
    let other = turn(&store, second(3) + SignedDuration::from_secs(70)).await;
    assert_eq!(other.lane.calls.hour.1, 2);
    assert_eq!(leave(&store, at(&other, second(73))).await, StockLeave::Given);
    let next_hour = Timestamp::from_second(second(5).as_second() / 3_600 * 3_600 + 3_600).unwrap();
    assert_eq!(leave(&store, at(&other, second(74))).await, StockLeave::Limited(next_hour));
    assert_eq!(lane(&store).await.calls.hour.1, 3, "what was not given is not counted");
}

pub async fn nothing_begins_for_another_catalog(store: Shared) {
    settled(&store).await;
    take(&store, report("c", false, 10, &[entry("a", "2")])).await;
    let turn = turn(&store, second(12)).await;
    let attempt = NewAttempt { till: "till c".into(), ..new_attempt("again", "s") };
    exchange(&store, attempt).await;
    let again = Settlement {
        catalog: Some(named("new")),
        token: sealed("token c"),
        at: minute(6),
        ..settlement("other", "at c", "token c")
    };
    let settled = store.settle_attempt(&crate::AttemptId::new("again"), again).await.unwrap();
    assert_eq!(settled.connection.id, cid("c"));
    assert_eq!(leave(&store, call(&turn, second(13), Some(send("p", &["a"])))).await, StockLeave::Lost);
    assert!(!store.note_stock_held(&cid("c"), &turn.lease, "cat", Vec::new(), 0, second(13)).await.unwrap());
    // Of the new one nothing is known.
    let now = view(&store).await;
    assert_eq!((now.held.len(), now.lane.known_catalog.as_deref()), (0, Some("cat")));
    assert!(store.note_stock_held(&cid("c"), &turn.lease, "new", vec![level("a", "7")], 0, second(14)).await.unwrap());
    assert_eq!(held(&store).await, [row("a", Some("7"), false, None)]);
}

pub async fn what_others_changed_is_theirs_since_it_was_seen(store: Shared) {
    settled(&store).await;
    take(&store, report("c", false, 10, &[entry("b", "2")])).await;
    let turn = turn(&store, second(12)).await;
    let note = async |held: Vec<StockLevel>, at| {
        assert!(store.note_stock_held(&cid("c"), &turn.lease, "cat", held, 0, at).await.unwrap());
    };
    note(vec![level("a", "9"), level("z", "4")], second(13)).await;
    let theirs = Some(second(13));
    assert_eq!(held(&store).await, [row("a", Some("9"), false, theirs), row("z", Some("4"), false, theirs)]);
    note(vec![level("a", "9")], second(14)).await;
    assert_eq!(held(&store).await, [row("a", Some("9"), false, theirs), row("z", None, false, Some(second(14)))]);
    // Ours again once it is sent.
    assert_eq!(leave(&store, call(&turn, second(15), Some(send("p", &["a"])))).await, StockLeave::Given);
    end(&store, &turn, taken("p", &[level("a", "1")], 2, second(15))).await;
    assert_eq!(held(&store).await[0], row("a", Some("1"), false, None));
}

pub async fn a_look_is_due_once_something_is_known(store: Shared) {
    tills(&store, &["c"]).await;
    store.ask_look(&cid("c"), second(1)).await.unwrap();
    assert_eq!(store.next_stock_due().await.unwrap(), None);
    take(&store, report("c", true, 1, &[entry("a", "1")])).await;
    let first = looked(&store, second(3)).await;
    end(&store, &first, StockTurnEnded { done: Some(1), ..nothing(second(3)) }).await;
    store.ask_look(&cid("c"), second(5)).await.unwrap();
    store.ask_look(&cid("c"), second(6)).await.unwrap();
    let second_turn = turn(&store, second(5)).await;
    assert_eq!((second_turn.lane.looks, second_turn.lane.looked, second_turn.lane.done), (2, 0, 1));
    store.ask_look(&cid("c"), second(6)).await.unwrap();
    store.note_stock_held(&cid("c"), &second_turn.lease, "cat", Vec::new(), 2, second(6)).await.unwrap();
    end(&store, &second_turn, nothing(second(6))).await;
    assert_eq!(turn(&store, second(6)).await.lane.looked, 2, "one came meanwhile");
}

async fn switch(store: &Shared, sending: bool, at: Timestamp) {
    store.set_sending(&cid("c"), &sid("s"), sending, at).await.unwrap();
}

pub async fn switched_off_nothing_waits(store: Shared) {
    settled(&store).await;
    take(&store, report("c", false, 10, &[entry("a", "2")])).await;
    let failing = turn(&store, second(12)).await;
    assert_eq!(leave(&store, call(&failing, second(12), Some(send("p", &["a"])))).await, StockLeave::Given);
    let StockTurnEnded { sent: Some(sent), .. } = taken("p", &[], 1, second(12)) else { panic!() };
    let sent = StockSent { state: OperationState::Queued, cause: Some("hubrise_down".into()), taken: None, ..sent };
    let waits = StockTurnEnded {
        sent: Some(sent),
        cause: Some("hubrise_down".into()),
        not_before: Some(second(20)),
        ..nothing(second(13))
    };
    end(&store, &failing, waits).await;
    let sync = store.ask_sync(&cid("c"), &sid("s"), "run", second(14)).await.unwrap().unwrap();
    assert_eq!(sync.state, StockSyncState::Waiting);
    switch(&store, false, second(15)).await;
    switch(&store, false, second(16)).await;
    assert_eq!(store.next_stock_due().await.unwrap(), None);
    let now = lane(&store).await;
    let sync = now.sync.unwrap();
    assert_eq!(
        (sync.state, sync.cause.as_deref(), sync.ended_at),
        (StockSyncState::Failed, Some("sending_off"), Some(second(15)))
    );
    let operation = store.operation(&cid("c"), &oid("p")).await.unwrap().unwrap();
    assert_eq!((operation.state, operation.cause.as_deref()), (OperationState::Withdrawn, Some("sending_off")));
    assert!(!take(&store, report("c", false, 17, &[entry("a", "3")])).await.sending);
    store.ask_look(&cid("c"), second(18)).await.unwrap();
    assert_eq!(store.next_stock_due().await.unwrap(), None);
}

pub async fn switched_on_the_latest_state_is_due(store: Shared) {
    settled(&store).await;
    switch(&store, false, second(10)).await;
    take(&store, report("c", false, 17, &[entry("a", "3")])).await;
    switch(&store, true, second(20)).await;
    let turn = turn(&store, second(20)).await;
    assert!(turn.lane.done < view(&store).await.till.changes);
    // Switched off while a turn is under way: no call begins, and the lane rests.
    switch(&store, false, second(21)).await;
    assert_eq!(leave(&store, call(&turn, second(22), Some(send("p", &["a"])))).await, StockLeave::Off);
    end(&store, &turn, nothing(second(22))).await;
    assert_eq!(store.next_stock_due().await.unwrap(), None);
}

pub async fn a_synchronisation_is_one_run(store: Shared) {
    signed_in(&store, "s", "nina").await;
    tills(&store, &["c"]).await;
    let runs = at_once((0..10).map(|nth| {
        let store = store.clone();
        async move { store.ask_sync(&cid("c"), &sid("s"), &format!("run {nth}"), second(1)).await.unwrap().unwrap() }
    }))
    .await;
    assert!(runs.iter().all(|run| *run == runs[0]));
    let id = runs[0].id.clone();
    let turn = turn(&store, second(1)).await;
    store.note_sync(&cid("c"), &turn.lease, &id, StockSyncState::Reading).await.unwrap();
    store.note_sync(&cid("c"), &turn.lease, "another", StockSyncState::Sending).await.unwrap();
    let again = store.ask_sync(&cid("c"), &sid("s"), "late", second(2)).await.unwrap().unwrap();
    assert_eq!((again.id.as_str(), again.state), (id.as_str(), StockSyncState::Reading));
    let step = StockSyncStep {
        id: id.clone(),
        state: StockSyncState::Done,
        cause: None,
        result: Some("{\"sent\": 1}".into()),
        operation: Some(oid("o")),
    };
    end(&store, &turn, StockTurnEnded { sync: Some(step), ..nothing(second(3)) }).await;
    let expected = StockSync {
        id,
        catalog: Some("cat".into()),
        state: StockSyncState::Done,
        asked_at: second(1),
        asked_by: Some("Name of nina".into()),
        ended_at: Some(second(3)),
        cause: None,
        result: Some("{\"sent\": 1}".into()),
        operation: Some(oid("o")),
    };
    assert_eq!(lane(&store).await.sync, Some(expected));
    assert_eq!(store.next_stock_due().await.unwrap(), None);
    assert_eq!(store.ask_sync(&cid("c"), &sid("s"), "next", second(4)).await.unwrap().unwrap().id, "next");
    assert!(store.ask_sync(&cid("never"), &sid("s"), "x", second(4)).await.unwrap().is_none());
}

pub async fn a_whole_state_is_unknown_while_it_is_sent(store: Shared) {
    settled(&store).await;
    take(&store, report("c", true, 10, &[entry("b", "2")])).await;
    let first = turn(&store, second(12)).await;
    let whole = StockSend { whole: true, ..send("p", &[]) };
    assert_eq!(leave(&store, call(&first, second(12), Some(whole))).await, StockLeave::Given);
    assert_eq!(lane(&store).await.known_catalog, None);
    let mut ended = taken("p", &[level("b", "2")], 2, second(13));
    if let Some(sent) = &mut ended.sent {
        sent.whole = true;
    }
    end(&store, &first, ended).await;
    assert_eq!(held(&store).await, [row("a", None, false, None), row("b", Some("2"), false, None)]);
    let now = lane(&store).await;
    assert_eq!((now.known_catalog.as_deref(), now.known_at), (Some("cat"), Some(second(13))));
}

pub async fn a_send_that_failed_is_tried_again_in_the_same_operation(store: Shared) {
    tills(&store, &["c"]).await;
    take(&store, report("c", true, 1, &[entry("a", "1")])).await;
    let first = looked(&store, second(3)).await;
    assert_eq!(leave(&store, call(&first, second(3), Some(send("o", &["a"])))).await, StockLeave::Given);
    let mut ended = taken("o", &[], 1, second(4));
    let failed = ended.sent.take().unwrap();
    let failed = StockSent {
        state: OperationState::Queued,
        cause: Some("hubrise_down".into()),
        detail: Some("no answer".into()),
        taken: None,
        ..failed
    };
    let waits = StockTurnEnded {
        sent: Some(failed),
        done: None,
        cause: Some("hubrise_down".into()),
        not_before: Some(second(9)),
        ..nothing(second(4))
    };
    end(&store, &first, waits).await;
    let now = lane(&store).await;
    assert_eq!((now.failures, now.cause.as_deref(), now.due_at), (1, Some("hubrise_down"), Some(second(9))));
    let operation = store.operation(&cid("c"), &oid("o")).await.unwrap().unwrap();
    assert_eq!((operation.state, operation.due_at), (OperationState::Queued, Some(second(9))));
    take(&store, report("c", false, 5, &[entry("a", "5")])).await;
    assert_eq!(store.next_stock_due().await.unwrap(), Some(second(9)), "it does not hurry a failing lane");
    let again = turn(&store, second(9)).await;
    assert_eq!(again.lane.operation, Some(oid("o")));
    assert_eq!(leave(&store, call(&again, second(9), Some(send("o", &["a"])))).await, StockLeave::Given);
    end(&store, &again, taken("o", &[level("a", "5")], 2, second(10))).await;
    let now = lane(&store).await;
    assert_eq!((now.failures, now.cause, now.due_at), (0, None, None));
    let operation = store.operation(&cid("c"), &oid("o")).await.unwrap().unwrap();
    assert_eq!((operation.state, operation.tries, operation.cause), (OperationState::Delivered, 2, None));
}

pub async fn a_closed_connections_lane_goes(store: Shared) {
    settled(&store).await;
    take(&store, report("c", false, 10, &[entry("a", "2")])).await;
    let turn = turn(&store, second(12)).await;
    assert_eq!(leave(&store, call(&turn, second(12), Some(send("p", &["a"])))).await, StockLeave::Given);
    let closed = store.close_connection(&cid("c"), &sid("s"), false, second(13)).await.unwrap();
    assert!(matches!(closed, Closing::Revoke(_)));
    assert_eq!(leave(&store, call(&turn, second(14), None)).await, StockLeave::Lost);
    assert!(store.stock(&cid("c")).await.unwrap().is_none());
    assert_eq!(turns(&store, second(13) + HOUR).await.len(), 0);
    assert_eq!(store.next_stock_due().await.unwrap(), None);
    let operation = store.operation(&cid("c"), &oid("p")).await.unwrap().unwrap();
    assert_eq!((operation.state, operation.cause.as_deref()), (OperationState::Failed, Some("disconnected")));
}

pub async fn orders_do_not_wait_for_stock(store: Shared) {
    settled(&store).await;
    take(&store, report("c", false, 10, &[entry("a", "2")])).await;
    let stuck = turn(&store, second(12)).await;
    assert_eq!(leave(&store, call(&stuck, second(12), Some(send("p", &["a"])))).await, StockLeave::Given);
    receive(&store, created("c", "1", "order")).await;
    assert_eq!(whose(&store, second(13)).await, ["1"]);
    let lease = begun(&store, second(13) + SignedDuration::from_secs(60)).await;
    assert!(!lease.is_empty());
    assert_eq!(lane(&store).await.operation, Some(oid("p")));
}
