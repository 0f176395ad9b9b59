//! Cases: the log in pages, both ways, from any time, filtered, however long it is.

use jiff::{SignedDuration, Timestamp};

use super::given::{Shared, cid, connected, minute, sid};
use super::orders::{created, oid, second, tills, updated};
use crate::{LogPage, NewOperation, OperationFilter, OperationKind, OperationState, OrderFacts, Start};
use OperationKind::{OrderCreated, OrderUpdated, System, Unhandled};
use OperationState::{Attention, Delivered, Failed, NotHandled, Noted, Queued, Refused, Unknown};

/// Orders `0`, `1`, … of a connection, a second apart, in this state.
pub(super) async fn many(store: &Shared, connection: &str, numbers: std::ops::Range<i64>, state: OperationState) {
    let all: Vec<_> = numbers
        .map(|n| {
            let id = format!("{connection} {n}");
            NewOperation { state, received_at: second(n), exchange: None, ..created(connection, &id, &id) }
        })
        .collect();
    for some in all.chunks(500) {
        store.receive(some.to_vec()).await.unwrap();
    }
}

fn ids(page: &LogPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.id.as_str()).collect()
}

/// Numbers of [`many`], as the page has them.
fn numbers(page: &LogPage) -> Vec<i64> {
    let number = |id: &str| id.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap();
    page.rows.iter().map(|row| number(row.id.as_str())).collect()
}

async fn read(store: &Shared, filter: &OperationFilter, start: Start, limit: u32) -> LogPage {
    store.log(&cid("c"), filter, start, limit).await.unwrap()
}

pub async fn pages_go_both_ways_without_gap_or_repetition(store: Shared) {
    tills(&store, &["c", "d"]).await;
    many(&store, "c", 0..25, Delivered).await;
    many(&store, "d", 0..5, Delivered).await;
    many(&store, "c", 25..50, Delivered).await;
    let all = OperationFilter::default();
    let orders = OperationFilter { kinds: vec![OrderCreated], ..all.clone() };
    for filter in [&all, &orders] {
        let first = read(&store, filter, Start::Newest, 20).await;
        assert_eq!(numbers(&first), (30..50).rev().collect::<Vec<_>>());
        assert_eq!((first.newer, first.looked_to), (None, None));
        let second = read(&store, filter, Start::Older(first.older.unwrap()), 20).await;
        assert_eq!(numbers(&second), (10..30).rev().collect::<Vec<_>>());
        let third = read(&store, filter, Start::Older(second.older.unwrap()), 20).await;
        assert_eq!((numbers(&third), third.older), ((0..10).rev().collect(), None));
        // And back again.
        let back = read(&store, filter, Start::Newer(third.newer.unwrap()), 20).await;
        assert_eq!((ids(&back), back.older.is_some()), (ids(&second), true));
        let back = read(&store, filter, Start::Newer(back.newer.unwrap()), 20).await;
        assert_eq!((ids(&back), back.newer), (ids(&first), None));
        // Exactly as many as there are.
        let exactly = read(&store, filter, Start::Newest, 50).await;
        assert_eq!((exactly.rows.len(), exactly.older, exactly.newer), (50, None, None));
        let nothing = read(&store, filter, Start::Newer(first.rows[0].seq), 20).await;
        assert_eq!((nothing.rows.len(), nothing.newer, nothing.older.is_some()), (0, None, true));
        let nothing = read(&store, filter, Start::Older(third.rows[9].seq), 20).await;
        assert_eq!((nothing.rows.len(), nothing.older, nothing.newer.is_some()), (0, None, true));
        let again = read(&store, filter, Start::Newer(nothing.newer.unwrap()), 20).await;
        assert_eq!(ids(&again).last().copied(), Some("c 0"));
    }
    // What came since is newer, nearest first.
    let top = read(&store, &all, Start::Newest, 1).await.rows[0].seq;
    many(&store, "c", 50..53, Delivered).await;
    let news = read(&store, &all, Start::Newer(top), 2).await;
    assert_eq!((numbers(&news), news.newer.is_some(), news.older.is_some()), (vec![51, 50], true, true));
    assert_eq!(numbers(&read(&store, &all, Start::Newer(news.newer.unwrap()), 2).await), [52]);
    assert_eq!(read(&store, &all, Start::Newest, 0).await.rows.len(), 1);
    assert_eq!(store.log(&cid("d"), &all, Start::Newest, 1000).await.unwrap().rows.len(), 5);
    assert_eq!(store.log(&cid("never"), &all, Start::Newest, 10).await.unwrap(), LogPage::default());
    for odd in [Start::Older(i64::MIN), Start::Newer(i64::MAX), Start::Older(0)] {
        assert_eq!(read(&store, &all, odd, 10).await.rows, [], "{odd:?}");
    }
    assert_eq!(read(&store, &all, Start::Older(i64::MAX), 1).await.rows.len(), 1);
    assert_eq!(read(&store, &all, Start::Newer(i64::MIN), 1).await.rows.len(), 1);
}

pub async fn a_page_begins_at_a_time(store: Shared) {
    tills(&store, &["c"]).await;
    many(&store, "c", 0..100, Delivered).await;
    let all = OperationFilter::default();
    let at = async |at: Timestamp| read(&store, &all, Start::At(at), 10).await;
    let page = at(second(50)).await;
    assert_eq!(numbers(&page), (41..=50).rev().collect::<Vec<_>>());
    assert_eq!((page.older.is_some(), page.newer.is_some()), (true, true));
    let above = read(&store, &all, Start::Newer(page.newer.unwrap()), 3).await;
    assert_eq!(numbers(&above), [53, 52, 51]);
    assert_eq!(numbers(&at(second(51) - SignedDuration::from_micros(1)).await)[0], 50);
    let page = at(second(1000)).await;
    assert_eq!((numbers(&page)[0], page.newer), (99, None));
    let page = at(second(-1)).await;
    assert_eq!((page.rows.len(), page.older), (0, None));
    assert_eq!(page.newer, Some(0));
    assert_eq!(numbers(&read(&store, &all, Start::Newer(page.newer.unwrap()), 2).await), [1, 0]);
    assert_eq!(at(Timestamp::MAX).await.rows.len(), 10);
    assert_eq!(at(Timestamp::MIN).await.rows.len(), 0);
    // Of what a filter leaves.
    many(&store, "c", 100..101, Refused).await;
    let refused = OperationFilter { states: vec![Refused], ..OperationFilter::default() };
    assert_eq!(read(&store, &refused, Start::At(second(99)), 10).await.rows.len(), 0);
    assert_eq!(numbers(&read(&store, &refused, Start::At(second(100)), 10).await), [100]);
}

pub async fn filters_by_all_there_is(store: Shared) {
    tills(&store, &["c"]).await;
    let ways = [("a", "Uber Eats"), ("b", "Web"), ("e", "Uber Eats")];
    for ((id, channel), state) in ways.into_iter().zip([Delivered, Refused, Attention]) {
        let facts = OrderFacts { order_id: id.into(), channel: Some(channel.into()), ..OrderFacts::default() };
        let cause = (state != Delivered).then(|| format!("cause of {id}"));
        let order = NewOperation { order: Some(facts), state, cause, ..created("c", id, id) };
        store.receive(vec![order]).await.unwrap();
    }
    store.receive(vec![updated("c", "u", "a", "accepted")]).await.unwrap();
    let bare = NewOperation { order: None, exchange: None, received_at: second(3), ..created("c", "x", "x") };
    let unhandled = NewOperation { id: oid("x"), kind: Unhandled, state: NotHandled, ..bare.clone() };
    let system = NewOperation { id: oid("s"), event_id: None, kind: System, state: Noted, ..bare };
    store.receive(vec![unhandled, system]).await.unwrap();
    let wanted = async |filter: OperationFilter| {
        let page = read(&store, &filter, Start::Newest, 10).await;
        // Asked the other way, the same.
        let up = read(&store, &filter, Start::Newer(0), 10).await;
        assert_eq!(ids(&up), ids(&page), "{filter:?}");
        assert_eq!((page.older, page.newer, page.looked_to), (None, None, None));
        ids(&page).join("")
    };
    let all = OperationFilter::default();
    assert_eq!(wanted(all.clone()).await, "sxueba");
    assert_eq!(wanted(OperationFilter { kinds: vec![OrderCreated], ..all.clone() }).await, "eba");
    assert_eq!(wanted(OperationFilter { kinds: vec![System, Unhandled, OrderUpdated], ..all.clone() }).await, "sxu");
    assert_eq!(wanted(OperationFilter { states: vec![Refused, Attention], ..all.clone() }).await, "eb");
    assert_eq!(wanted(OperationFilter { states: vec![Refused, Delivered], ..all.clone() }).await, "ba");
    assert_eq!(wanted(OperationFilter { states: vec![NotHandled], ..all.clone() }).await, "x");
    assert_eq!(wanted(OperationFilter { states: vec![Unknown, Failed], ..all.clone() }).await, "");
    let causes = vec!["cause of b".to_owned(), "cause of nothing".into(), "'; --".into(), "\u{1f}".into(), "\0".into()];
    assert_eq!(wanted(OperationFilter { causes, ..all.clone() }).await, "b");
    assert_eq!(wanted(OperationFilter { channel: Some("Uber Eats".into()), ..all.clone() }).await, "ea");
    for odd in ["uber eats", "Uber%", "", "\0"] {
        assert_eq!(wanted(OperationFilter { channel: Some(odd.into()), ..all.clone() }).await, "", "{odd:?}");
    }
    assert_eq!(wanted(OperationFilter { from: Some(second(2)), ..all.clone() }).await, "sxu");
    assert_eq!(wanted(OperationFilter { until: Some(second(2)), ..all.clone() }).await, "eba");
    let between = OperationFilter { from: Some(second(2)), until: Some(second(3)), ..all.clone() };
    assert_eq!(wanted(between).await, "u");
    let backwards = OperationFilter { from: Some(second(3)), until: Some(second(1)), ..all.clone() };
    assert_eq!(wanted(backwards).await, "");
    let both = OperationFilter { states: vec![Attention], channel: Some("Web".into()), ..all.clone() };
    assert_eq!(wanted(both).await, "");
    let open = OperationFilter { not_handled_yet: true, states: vec![Refused, Attention], ..all.clone() };
    assert_eq!(wanted(open.clone()).await, "eb");
    store.mark_handled(&cid("c"), &oid("e"), &sid("s"), true, None, second(9)).await.unwrap().unwrap();
    assert_eq!(wanted(open.clone()).await, "b");
    assert_eq!(wanted(OperationFilter { not_handled_yet: true, ..all }).await, "sxuba");
    store.mark_handled(&cid("c"), &oid("e"), &sid("s"), false, None, second(10)).await.unwrap().unwrap();
    assert_eq!(wanted(open).await, "eb");
}

pub async fn a_look_that_finds_little_ends_and_says_how_far_it_came(store: Shared) {
    tills(&store, &["c"]).await;
    let facts = OrderFacts { order_id: "rare".into(), channel: Some("Kiosk".into()), ..OrderFacts::default() };
    let rare = NewOperation { order: Some(facts), state: Delivered, received_at: second(-1), ..created("c", "r", "r") };
    store.receive(vec![rare]).await.unwrap();
    many(&store, "c", 0..4_500, Delivered).await;
    let kiosk = OperationFilter { channel: Some("Kiosk".into()), ..OperationFilter::default() };
    let (mut start, mut looked, mut found) = (Start::Newest, Vec::new(), Vec::new());
    loop {
        let page = read(&store, &kiosk, start, 10).await;
        found.extend(page.rows.iter().map(|row| row.id.clone()));
        assert_eq!(page.looked_to.is_some(), page.older.is_some());
        looked.extend(page.looked_to);
        let Some(older) = page.older else { break };
        start = Start::Older(older);
        assert!(looked.len() < 10);
    }
    assert_eq!(found, [oid("r")]);
    assert!(looked.len() > 1 && looked.is_sorted_by(|a, b| a > b), "{looked:?}");
    // Upwards as well.
    let up = read(&store, &kiosk, Start::Newer(0), 10).await;
    assert_eq!((ids(&up), up.newer.is_some(), up.looked_to.is_some()), (vec!["r"], true, true));
    // A period is gone to, not looked for.
    let then = OperationFilter { from: Some(second(-5)), until: Some(second(5)), ..kiosk };
    let page = read(&store, &then, Start::Newest, 10).await;
    assert_eq!((ids(&page), page.older, page.looked_to), (vec!["r"], None, None));
}

pub async fn what_needs_somebody_is_found_however_far_back(store: Shared) {
    tills(&store, &["c"]).await;
    many(&store, "c", 0..1, Refused).await;
    many(&store, "c", 1..2, Queued).await;
    many(&store, "c", 2..2_600, Delivered).await;
    let one = NewOperation { cause: Some("odd".into()), received_at: second(3_000), ..updated("c", "n", "n", "x") };
    store.receive(vec![one]).await.unwrap();
    for (states, causes, expected) in [
        (vec![Refused, Queued], vec![], vec!["c 1", "c 0"]),
        (vec![Refused], vec![], vec!["c 0"]),
        (vec![], vec!["odd".to_owned()], vec!["n"]),
        (vec![Noted], vec!["odd".to_owned()], vec!["n"]),
    ] {
        let filter = OperationFilter { states, causes, ..OperationFilter::default() };
        let page = read(&store, &filter, Start::Newest, 10).await;
        assert_eq!((ids(&page), page.looked_to, page.older), (expected, None, None), "{filter:?}");
    }
}

pub async fn what_is_no_new_order_is_found_however_far_back(store: Shared) {
    tills(&store, &["c"]).await;
    let old = NewOperation { received_at: second(-2), ..updated("c", "old", "c 0", "x") };
    let done = NewOperation { received_at: second(-1), ..updated("c", "done", "c 0", "completed") };
    store.receive(vec![old, done]).await.unwrap();
    many(&store, "c", 0..2_600, Delivered).await;
    let bare = NewOperation { order: None, exchange: None, received_at: second(3_000), ..created("c", "s", "s") };
    store.receive(vec![NewOperation { event_id: None, kind: System, state: Noted, ..bare }]).await.unwrap();
    let page = async |kinds: &[OperationKind], channel: Option<&str>, start| {
        let channel = channel.map(str::to_owned);
        let filter = OperationFilter { kinds: kinds.to_vec(), channel, ..OperationFilter::default() };
        read(&store, &filter, start, 2).await
    };
    let newest = page(&[OrderUpdated, System], None, Start::Newest).await;
    assert_eq!((ids(&newest), newest.looked_to), (vec!["s", "done"], None));
    let older = page(&[OrderUpdated, System], None, Start::Older(newest.older.unwrap())).await;
    assert_eq!((ids(&older), older.looked_to, older.older, older.newer.is_some()), (vec!["old"], None, None, true));
    let first = page(&[OrderUpdated], None, Start::Newer(0)).await;
    assert_eq!((ids(&first), first.looked_to, first.newer), (vec!["done", "old"], None, None));
    let then = page(&[OrderUpdated], None, Start::At(second(1_000))).await;
    assert_eq!((ids(&then), then.looked_to, then.newer), (vec!["done", "old"], None, None));
    for (kinds, channel) in [(&[Unhandled][..], None), (&[OrderUpdated], Some("never heard of"))] {
        let none = page(kinds, channel, Start::Newest).await;
        assert_eq!((ids(&none), none.looked_to, none.older), (vec![], None, None), "{kinds:?}");
    }
    // New orders among them: what is looked through is all there is.
    let any = page(&[OrderCreated, System], None, Start::Newest).await;
    assert_eq!(ids(&any), ["s", "c 2599"]);
}

pub async fn a_clock_set_back_hides_nothing(store: Shared) {
    tills(&store, &["c"]).await;
    many(&store, "c", 0..200, Delivered).await;
    // The clock says what it said before, for other orders.
    let again: Vec<_> = (0..200)
        .map(|n| {
            let id = format!("again {n}");
            NewOperation { received_at: second(n), exchange: None, state: Delivered, ..created("c", &id, &id) }
        })
        .collect();
    store.receive(again).await.unwrap();
    for (from, until) in [(0, 10), (95, 105), (190, 200)] {
        let filter =
            OperationFilter { from: Some(second(from)), until: Some(second(until)), ..OperationFilter::default() };
        let page = read(&store, &filter, Start::Newest, 100).await;
        assert_eq!(page.rows.len(), 20, "{from}");
    }
}

pub async fn a_log_is_a_tills_own_and_that_of_its_former_connections(store: Shared) {
    connected(&store, "c", "s", "loc", "t").await;
    many(&store, "c", 0..3, Refused).await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    connected(&store, "again", "s2", "loc", "t2").await;
    connected(&store, "elsewhere", "s2", "loc-2", "t3").await;
    many(&store, "elsewhere", 0..2, Refused).await;
    for (id, seen) in [("again", 3), ("c", 3), ("elsewhere", 2), ("never", 0)] {
        for states in [vec![], vec![Refused]] {
            let filter = OperationFilter { states, ..OperationFilter::default() };
            let page = store.log(&cid(id), &filter, Start::Newest, 10).await.unwrap();
            assert_eq!(page.rows.len(), seen, "{id}");
        }
    }
}
