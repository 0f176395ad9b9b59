//! Cases: what tills say of their stock.

use jiff::SignedDuration;

use super::given::{HOUR, Shared, cid, hash};
use super::orders::{second, tills};
use super::races::at_once;
use crate::{
    StockCatalog, StockEntry, StockKind, StockPoint, StockReceipt, StockRef, StockReport, StockTaken, StockTill,
};

pub(super) fn sku(reference: &str) -> StockRef {
    StockRef { kind: StockKind::Sku, reference: reference.to_owned() }
}

/// A managed and available product; HubRise should hold its quantity.
pub(super) fn entry(reference: &str, quantity: &str) -> StockEntry {
    StockEntry {
        of: sku(reference),
        name: Some(format!("Name of {reference}")),
        managed: true,
        quantity: Some(quantity.to_owned()),
        available: true,
        expires_at: None,
        wanted: Some(quantity.to_owned()),
    }
}

/// A call of a connection's till in the second of its number, due two seconds after.
pub(super) fn report(connection: &str, whole: bool, sequence: i64, entries: &[StockEntry]) -> StockReport {
    StockReport {
        vendor: "pos-helper".into(),
        till: format!("till {connection}"),
        hub_key: format!("at {connection}"),
        whole,
        sequence,
        entries: entries.to_vec(),
        idempotency: None,
        most: 100,
        at: second(sequence),
        due_at: second(sequence + 2),
    }
}

pub(super) async fn take(store: &Shared, report: StockReport) -> StockTaken {
    match store.report_stock(report).await.unwrap() {
        StockReceipt::Taken(taken) => taken,
        other => panic!("not taken: {other:?}"),
    }
}

fn taken(sequence: i64, entries: u32, changed: u32) -> StockTaken {
    StockTaken { sequence, entries, changed, sending: true }
}

/// What a connection's till has, by ref.
async fn quantities(store: &Shared, connection: &str) -> Vec<(String, String)> {
    let view = store.stock(&cid(connection)).await.unwrap().unwrap();
    assert_eq!(usize::try_from(view.till.entries).unwrap(), view.entries.len());
    view.entries.into_iter().map(|entry| (entry.of.reference, entry.quantity.unwrap_or_default())).collect()
}

fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, quantity)| ((*name).to_owned(), (*quantity).to_owned())).collect()
}

pub async fn a_whole_state_takes_the_place_of_the_former(store: Shared) {
    tills(&store, &["c"]).await;
    assert_eq!(store.stock_till("pos-helper", "till c", "at c").await.unwrap(), StockTill::default());
    let first = [
        entry("a", "1"),
        entry("b", "2"),
        StockEntry { of: StockRef { kind: StockKind::Option, ..sku("a") }, ..entry("a", "3") },
    ];
    assert_eq!(take(&store, report("c", true, 1, &first)).await, taken(1, 3, 3));
    assert_eq!(take(&store, report("c", true, 2, &first)).await, taken(2, 3, 0));
    let second_state = [entry("b", "5"), entry("é", "6")];
    assert_eq!(take(&store, report("c", true, 7, &second_state)).await, taken(7, 2, 4));
    assert_eq!(quantities(&store, "c").await, named(&[("b", "5"), ("é", "6")]));
    let till = store.stock_till("pos-helper", "till c", "at c").await.unwrap();
    assert_eq!((till.sequence, till.received_at, till.entries, till.changes), (Some(7), Some(second(7)), 2, 3));
    assert_eq!(take(&store, report("c", true, 8, &[])).await, taken(8, 0, 2));
    let whole = StockEntry {
        of: sku("x"),
        name: None,
        managed: false,
        quantity: None,
        available: false,
        expires_at: Some(second(99)),
        wanted: Some("0".into()),
    };
    take(&store, report("c", true, 9, std::slice::from_ref(&whole))).await;
    assert_eq!(store.stock(&cid("c")).await.unwrap().unwrap().entries, [whole]);
}

pub async fn a_part_changes_what_it_names(store: Shared) {
    tills(&store, &["c"]).await;
    take(&store, report("c", true, 1, &[entry("a", "1"), entry("b", "2")])).await;
    assert_eq!(take(&store, report("c", false, 2, &[entry("b", "9"), entry("c", "3")])).await, taken(2, 3, 2));
    assert_eq!(quantities(&store, "c").await, named(&[("a", "1"), ("b", "9"), ("c", "3")]));
    assert_eq!(take(&store, report("c", false, 3, &[])).await, taken(3, 3, 0));
}

pub async fn an_older_state_changes_nothing(store: Shared) {
    tills(&store, &["c"]).await;
    take(&store, report("c", true, 5, &[entry("a", "5")])).await;
    for (whole, sequence) in [(true, 4), (false, 5), (true, 0)] {
        let answer = store.report_stock(report("c", whole, sequence, &[entry("a", "1")])).await.unwrap();
        assert_eq!(answer, StockReceipt::Older(5));
    }
    assert_eq!(quantities(&store, "c").await, named(&[("a", "5")]));
    assert_eq!(store.stock_till("pos-helper", "till c", "at c").await.unwrap().changes, 1);
}

pub async fn of_states_at_once_the_newest_stands(store: Shared) {
    tills(&store, &["c"]).await;
    let answers = at_once((1..=20).map(|sequence| {
        let store = store.clone();
        async move {
            let entries = [entry("a", &sequence.to_string()), entry(&format!("only {sequence}"), "1")];
            store.report_stock(report("c", true, sequence, &entries)).await.unwrap()
        }
    }))
    .await;
    assert!(answers.iter().any(|answer| matches!(answer, StockReceipt::Taken(taken) if taken.sequence == 20)));
    assert_eq!(quantities(&store, "c").await, named(&[("a", "20"), ("only 20", "1")]));
}

pub async fn a_call_with_the_same_key_is_answered_the_same(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let call = |sequence, body: &str, quantity: &str| StockReport {
        idempotency: Some(("key".into(), hash(body))),
        ..report("c", true, sequence, &[entry("a", quantity)])
    };
    assert_eq!(take(&store, call(1, "one", "1")).await, taken(1, 1, 1));
    take(&store, report("c", true, 2, &[entry("a", "2"), entry("b", "2")])).await;
    let again = StockReport { at: second(60), ..call(1, "one", "1") };
    assert_eq!(take(&store, again).await, taken(1, 1, 1));
    assert_eq!(store.report_stock(call(3, "other", "9")).await.unwrap(), StockReceipt::Reused);
    assert_eq!(quantities(&store, "c").await, named(&[("a", "2"), ("b", "2")]));
    // Another till's key is another key, and a day after it is forgotten.
    let theirs = StockReport { till: "till d".into(), hub_key: "at d".into(), ..call(1, "other", "1") };
    assert_eq!(take(&store, theirs).await, taken(1, 1, 1));
    let late = StockReport { at: second(1) + HOUR * 24, ..call(4, "other", "9") };
    assert_eq!(take(&store, late).await, taken(4, 1, 2));
}

pub async fn more_entries_than_allowed_are_refused(store: Shared) {
    tills(&store, &["c"]).await;
    let few = |whole, sequence, names: &[&str]| {
        let entries: Vec<_> = names.iter().map(|name| entry(name, "1")).collect();
        StockReport { most: 3, ..report("c", whole, sequence, &entries) }
    };
    take(&store, few(true, 1, &["a", "b", "c"])).await;
    assert_eq!(store.report_stock(few(true, 2, &["a", "b", "c", "d"])).await.unwrap(), StockReceipt::TooMany);
    assert_eq!(store.report_stock(few(false, 2, &["d"])).await.unwrap(), StockReceipt::TooMany);
    assert_eq!(store.stock_till("pos-helper", "till c", "at c").await.unwrap().sequence, Some(1));
    take(&store, few(false, 2, &["a"])).await;
}

pub async fn tills_do_not_share_their_stock(store: Shared) {
    tills(&store, &["c", "d"]).await;
    take(&store, report("c", true, 9, &[entry("a", "1")])).await;
    take(&store, report("d", true, 1, &[entry("a", "2")])).await;
    take(&store, StockReport { vendor: "other".into(), ..report("c", true, 1, &[entry("a", "3")]) }).await;
    // Another merchant's till of the same name.
    take(&store, StockReport { hub_key: "elsewhere".into(), ..report("c", true, 1, &[entry("a", "4")]) }).await;
    assert_eq!(quantities(&store, "c").await, named(&[("a", "1")]));
    assert_eq!(quantities(&store, "d").await, named(&[("a", "2")]));
    assert!(store.stock(&cid("never")).await.unwrap().is_none());
}

pub async fn the_last_value_of_an_hour_is_history(store: Shared) {
    tills(&store, &["c", "d"]).await;
    // Second 1 is in the 19th hour's 36th minute.
    let at = |sequence: i64, minutes: i64, quantity: &str| StockReport {
        at: second(1) + SignedDuration::from_mins(minutes),
        ..report("c", true, sequence, &[entry("a", quantity)])
    };
    for report in [at(1, 0, "1"), at(2, 1, "2"), at(3, 1, "2"), at(4, 60, "3")] {
        take(&store, report).await;
    }
    take(&store, StockReport { at: second(1) + HOUR * 2, ..report("c", true, 5, &[]) }).await;
    let point = |minutes: i64, quantity: Option<&str>| StockPoint {
        at: second(1) + SignedDuration::from_mins(minutes),
        named: quantity.is_some(),
        managed: quantity.is_some(),
        available: quantity.is_some(),
        quantity: quantity.map(str::to_owned),
    };
    let read =
        async |connection: &str, of: &str, since| store.stock_history(&cid(connection), &sku(of), since).await.unwrap();
    assert_eq!(read("c", "a", second(0)).await, [point(1, Some("2")), point(60, Some("3")), point(120, None)]);
    assert_eq!(read("c", "a", second(1) + HOUR * 2).await, [point(120, None)]);
    assert_eq!(read("c", "b", second(0)).await, []);
    assert_eq!(read("d", "a", second(0)).await, []);
}

pub async fn history_and_keys_are_forgotten_in_time(store: Shared) {
    tills(&store, &["c"]).await;
    let entries = [entry("a", "1"), entry("b", "1"), entry("c", "1")];
    let keyed = StockReport { idempotency: Some(("key".into(), hash("body"))), ..report("c", true, 1, &entries) };
    take(&store, keyed).await;
    let day = HOUR * 24;
    assert_eq!(store.forget_stock(second(1), second(1) + day - SignedDuration::from_micros(1), 10).await.unwrap(), 0);
    let later = second(1) + HOUR;
    assert_eq!(store.forget_stock(later, second(1) + day, 2).await.unwrap(), 3);
    assert_eq!(store.forget_stock(later, second(1) + day, 2).await.unwrap(), 1);
    assert_eq!(store.forget_stock(later, second(1) + day, 2).await.unwrap(), 0);
}

pub async fn a_catalog_is_kept_until_another_is_or_it_has_changed(store: Shared) {
    tills(&store, &["c"]).await;
    let kept = |text: &str| StockCatalog { read_at: second(3), text: text.to_owned() };
    let read = async |catalog: &str| store.stock_catalog(&cid("c"), catalog).await.unwrap();
    let keep = async |catalog: &str, text: &str| {
        store.keep_stock_catalog(&cid("c"), catalog, kept(text)).await.unwrap();
    };
    assert_eq!(read("one").await, None);
    keep("one", "{}").await;
    keep("one", "{\"é\": 1}").await;
    assert_eq!(read("one").await, Some(kept("{\"é\": 1}")));
    keep("two", "[]").await;
    assert_eq!((read("one").await, read("two").await), (None, Some(kept("[]"))));
    store.forget_stock_catalog(&cid("c"), "one").await.unwrap();
    assert!(read("two").await.is_some());
    store.forget_stock_catalog(&cid("c"), "two").await.unwrap();
    assert_eq!(read("two").await, None);
}
