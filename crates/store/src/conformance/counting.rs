//! Cases: what a log's charts and groups count.

use jiff::SignedDuration;

use super::given::{Shared, cid, minute, sid};
use super::orders::{created, oid, second, tills, updated};
use crate::{FailureGroup, NewOperation, OperationState, OrderFacts, Tally};
use OperationState::{Attention, Delivered, Failed, Refused, Unknown, Withdrawn};

pub async fn orders_are_tallied_by_quarters_of_an_hour(store: Shared) {
    tills(&store, &["c", "d"]).await;
    // 19:31:02 it is at the start; its quarter began at 19:30.
    let quarter = minute(0).as_second() / 900 * 900;
    let quarters = |n: i64| jiff::Timestamp::from_second(quarter + n * 900).unwrap();
    let at = [(0, Delivered), (1, Delivered), (2, Refused), (899, Delivered), (900, Delivered), (3600, Refused)];
    for (n, (seconds, state)) in at.into_iter().enumerate() {
        let received_at = quarters(0) + SignedDuration::from_secs(seconds);
        let id = n.to_string();
        store.receive(vec![NewOperation { state, received_at, ..created("c", &id, &id) }]).await.unwrap();
    }
    store.receive(vec![NewOperation { received_at: quarters(1), ..updated("c", "u", "0", "accepted") }]).await.unwrap();
    store.receive(vec![NewOperation { received_at: quarters(1), ..created("d", "d", "d") }]).await.unwrap();
    let tally = |n, state, orders| Tally { from: quarters(n), state, orders };
    let all = [tally(0, Delivered, 3), tally(0, Refused, 1), tally(1, Delivered, 1), tally(4, Refused, 1)];
    assert_eq!(store.tallies(&cid("c"), quarters(-9)).await.unwrap(), all);
    assert_eq!(store.tallies(&cid("c"), quarters(1)).await.unwrap(), all[2..]);
    let within = quarters(0) + SignedDuration::from_secs(2);
    let since = [tally(0, Delivered, 1), tally(0, Refused, 1), all[2], all[3]];
    assert_eq!(store.tallies(&cid("c"), within).await.unwrap(), since);
    assert_eq!(store.tallies(&cid("c"), quarters(9)).await.unwrap(), []);
    assert_eq!(store.tallies(&cid("never"), quarters(0)).await.unwrap(), []);
}

pub async fn failures_are_grouped_the_largest_group_first(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let fail = async |connection: &str, id: &str, at: i64, state, cause: &str, detail: Option<&str>| {
        let one = NewOperation {
            state,
            received_at: second(at),
            cause: Some(cause.to_owned()),
            detail: detail.map(str::to_owned),
            ..created(connection, id, id)
        };
        store.receive(vec![one]).await.unwrap();
    };
    fail("c", "old", 0, Refused, "unknown_product", Some("Product 1")).await;
    fail("c", "1", 10, Refused, "unknown_product", Some("Product 7")).await;
    fail("c", "2", 11, Unknown, "no_answer", None).await;
    fail("c", "3", 12, Refused, "unknown_product", Some("Product 7")).await;
    fail("c", "4", 13, Refused, "unknown_product", Some("Product 8")).await;
    fail("c", "5", 14, Attention, "unknown_product", Some("Product 7")).await;
    fail("c", "6", 15, Failed, "nothing_to_send", None).await;
    // None of these needs a person.
    fail("c", "7", 16, Withdrawn, "cancelled_before", None).await;
    fail("c", "8", 17, Delivered, "odd", None).await;
    fail("d", "9", 18, Refused, "unknown_product", Some("Product 7")).await;
    store.receive(vec![created("c", "10", "10"), updated("c", "11", "1", "new")]).await.unwrap();
    let group = |cause: &str, detail: Option<&str>, orders, newest: &str| FailureGroup {
        cause: Some(cause.to_owned()),
        detail: detail.map(str::to_owned),
        orders,
        newest: oid(newest),
    };
    let expected = [
        group("unknown_product", Some("Product 7"), 3, "5"),
        group("nothing_to_send", None, 1, "6"),
        group("unknown_product", Some("Product 8"), 1, "4"),
        group("no_answer", None, 1, "2"),
    ];
    assert_eq!(store.failures(&cid("c"), second(10)).await.unwrap(), expected);
    assert_eq!(store.failures(&cid("c"), second(0)).await.unwrap().len(), 5);
    assert_eq!(store.failures(&cid("c"), second(100)).await.unwrap(), []);
    assert_eq!(store.failures(&cid("never"), second(0)).await.unwrap(), []);
    store.mark_handled(&cid("c"), &oid("5"), &sid("s"), true, Some("told the kitchen"), second(20)).await.unwrap();
    store.mark_handled(&cid("c"), &oid("6"), &sid("s"), true, None, second(20)).await.unwrap();
    let left = [group("unknown_product", Some("Product 7"), 2, "3"), expected[2].clone(), expected[3].clone()];
    assert_eq!(store.failures(&cid("c"), second(10)).await.unwrap(), left);
    for n in 0..25 {
        fail("c", &format!("n{n}"), 30, Refused, "till_refused", Some(&format!("words {n}"))).await;
    }
    assert_eq!(store.failures(&cid("c"), second(10)).await.unwrap().len(), 20);
}

pub async fn channels_are_those_orders_came_by(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let by = |connection: &str, id: &str, channel: &str| NewOperation {
        order: Some(OrderFacts { order_id: id.to_owned(), channel: Some(channel.to_owned()), ..OrderFacts::default() }),
        ..created(connection, id, id)
    };
    store.receive(vec![by("c", "1", "Uber Eats"), by("c", "2", "Deliveroo"), by("c", "3", "Uber Eats")]).await.unwrap();
    store.receive(vec![by("c", "4", "Éclair"), by("c", "5", "uber"), created("c", "6", "6")]).await.unwrap();
    store.receive(vec![by("d", "7", "Web"), by("d", "8", &"x".repeat(300))]).await.unwrap();
    let news = NewOperation { order: by("c", "1", "Told later").order, ..updated("c", "9", "1", "new") };
    store.receive(vec![news]).await.unwrap();
    assert_eq!(store.channels(&cid("c")).await.unwrap(), ["Deliveroo", "Uber Eats", "uber", "Éclair"]);
    assert_eq!(store.channels(&cid("d")).await.unwrap(), ["Web".to_owned(), "x".repeat(200)]);
    assert_eq!(store.channels(&cid("never")).await.unwrap(), Vec::<String>::new());
    let many: Vec<_> = (0..60).map(|n| by("d", &format!("n{n}"), &format!("by {n:02}"))).collect();
    store.receive(many).await.unwrap();
    assert_eq!(store.channels(&cid("d")).await.unwrap().len(), 50);
}
