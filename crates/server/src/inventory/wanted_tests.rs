#![expect(clippy::unwrap_used, reason = "a test may panic")]

use passerelle_store::StockKind;
use proptest::prelude::*;

use super::super::quantity::canonical;
use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn sku(reference: &str) -> StockRef {
    StockRef { kind: StockKind::Sku, reference: reference.to_owned() }
}

fn entry(available: bool, managed: bool, quantity: Option<&str>, expires: Option<i64>) -> StockEntry {
    StockEntry {
        of: sku("a"),
        name: None,
        managed,
        quantity: quantity.map(str::to_owned),
        available,
        expires_at: expires.map(at),
        wanted: None,
    }
}

fn check(entry: &StockEntry, stock: Option<&str>, expires: Option<i64>, reason: Option<StockReason>) {
    let expected = Wanted { stock: stock.map(str::to_owned), expires_at: expires.map(at), reason };
    assert_eq!(wanted(entry, at(100)), expected, "{entry:?}");
}

#[test]
fn the_three_rules_of_the_till() {
    check(&entry(false, true, Some("5"), None), Some("0"), None, Some(StockReason::Unavailable));
    check(&entry(false, false, None, None), Some("0"), None, Some(StockReason::Unavailable));
    check(&entry(true, true, Some("5"), None), Some("5"), None, None);
    check(&entry(true, true, Some("-5"), None), Some("0"), None, Some(StockReason::BelowZero));
    check(&entry(true, true, Some("0.0004"), None), Some("0"), None, Some(StockReason::Rounded));
    check(&entry(true, true, Some("0"), None), Some("0"), None, None);
    check(&entry(true, false, Some("5"), None), None, None, Some(StockReason::Unmanaged));
}

#[test]
fn a_shortage_ends_when_the_till_said() {
    check(&entry(false, true, Some("5"), Some(101)), Some("0"), Some(101), Some(StockReason::Unavailable));
    check(&entry(false, true, Some("5"), Some(100)), Some("5"), None, None);
    check(&entry(false, false, None, Some(99)), None, None, Some(StockReason::Unmanaged));
    check(&entry(true, true, Some("0"), Some(200)), Some("0"), Some(200), None);
    check(&entry(true, true, Some("5"), Some(200)), Some("5"), None, None);
}

fn held(reference: &str, stock: Option<&str>, doubt: bool) -> StockHeld {
    StockHeld {
        of: sku(reference),
        stock: stock.map(str::to_owned),
        expires_at: None,
        doubt,
        known_at: None,
        others_at: None,
        sent_at: None,
        operation: None,
    }
}

fn counted(reference: &str, quantity: &str) -> StockEntry {
    StockEntry { of: sku(reference), ..entry(true, true, Some(quantity), None) }
}

#[test]
fn only_what_differs_or_is_in_doubt_is_sent() {
    let entries = [
        counted("same", "1"),
        counted("other", "2"),
        counted("doubt", "3"),
        counted("foreign", "4"),
        StockEntry { of: sku("unmanaged"), ..entry(true, false, None, None) },
    ];
    let held = [
        held("same", Some("1"), false),
        held("other", Some("9"), false),
        held("doubt", Some("3"), true),
        held("unmanaged", Some("7"), false),
        held("gone", Some("8"), false),
        held("never", None, false),
        held("elsewhere", Some("5"), false),
    ];
    let refs = ["same", "other", "doubt", "unmanaged", "gone", "never"].map(sku);
    let found = difference(&entries, &held, &Menu::of_refs(refs), at(100));
    let sent: Vec<_> = found.levels.iter().map(|level| (level.of.reference.as_str(), level.stock.as_deref())).collect();
    assert_eq!(sent, [("doubt", Some("3")), ("gone", None), ("other", Some("2")), ("unmanaged", None)]);
    assert_eq!(found.unknown, [sku("foreign")]);
    assert_eq!(found.facts(false), StockSent { whole: false, sent: 2, zeroed: 0, removed: 2, unknown: 1 });
}

#[test]
fn the_whole_state_is_all_that_should_be_held() {
    let entries =
        [counted("a", "1"), StockEntry { of: sku("b"), ..entry(false, false, None, None) }, counted("x", "1")];
    let entries = [&entries[..], &[StockEntry { of: sku("c"), ..entry(true, false, None, None) }]].concat();
    let state = whole(&entries, &Menu::of_refs(["a", "b", "c"].map(sku)), at(100));
    assert_eq!(state.facts(true), StockSent { whole: true, sent: 2, zeroed: 1, removed: 0, unknown: 1 });
}

fn any_entry() -> impl Strategy<Value = StockEntry> {
    (
        "[a-e]",
        any::<bool>(),
        any::<bool>(),
        proptest::option::of("-?[0-9]{1,3}(\\.[0-9]{1,5})?"),
        proptest::option::of(90..110_i64),
    )
        .prop_map(|(reference, available, managed, quantity, expires)| StockEntry {
            of: sku(&reference),
            ..entry(available, managed, quantity.and_then(|text| canonical(&text)).as_deref(), expires)
        })
}

fn any_held() -> impl Strategy<Value = StockHeld> {
    ("[a-h]", proptest::option::of("[0-9]{1,2}"), any::<bool>())
        .prop_map(|(reference, stock, doubt)| held(&reference, stock.as_deref(), doubt))
}

proptest! {
    /// Whatever was held before, after the difference is sent HubRise holds what it should, and nothing is left to send.
    #[test]
    fn sending_the_difference_leaves_none(
        entries in proptest::collection::vec(any_entry(), 0..8),
        before in proptest::collection::vec(any_held(), 0..8),
    ) {
        let entries: Vec<_> = entries.into_iter().map(|entry| (entry.of.clone(), entry)).collect::<HashMap<_, _>>().into_values().collect();
        let before: HashMap<_, _> = before.into_iter().map(|row| (row.of.clone(), row)).collect();
        let menu = Menu::of_refs(["a", "b", "c", "f", "g"].map(sku));
        let rows: Vec<_> = before.values().cloned().collect();
        let found = difference(&entries, &rows, &menu, at(100));
        prop_assert!(found.levels.iter().all(|level| menu.knows(&level.of)));
        prop_assert!(found.unknown.iter().all(|of| !menu.knows(of)));
        let mut after = before;
        for level in &found.levels {
            let row = StockHeld { expires_at: level.expires_at, ..held(&level.of.reference, level.stock.as_deref(), false) };
            after.insert(level.of.clone(), row);
        }
        let rows: Vec<_> = after.into_values().collect();
        prop_assert_eq!(difference(&entries, &rows, &menu, at(100)).levels, vec![]);
    }
}
