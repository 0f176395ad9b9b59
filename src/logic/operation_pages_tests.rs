//! The list without an end in sight, proved.
#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use passerelle_wire::OperationState;

use super::*;
use crate::logic::operation::tests::line;

/// Where a reader is who reads the top.
const TOP: Range<usize> = 0..20;

fn lines(ids: &str) -> Vec<OperationLine> {
    ids.chars().map(|id| line(&id.to_string(), OperationState::Delivered)).collect()
}

fn came(ids: &str, next: Option<&str>) -> Came {
    Came { lines: lines(ids), next: next.map(str::to_owned), newer: None }
}

fn shown(pages: &Pages) -> String {
    let rows = pages.rows().unwrap_or_default();
    (0..rows).map(|row| pages.row(row).map_or("_", |(_, line)| line.id.as_str())).collect()
}

fn of(ids: &str, next: Option<&str>) -> Pages {
    let mut pages = Pages::default();
    pages.insert(0, came(ids, next), TOP);
    pages
}

fn want(number: Option<usize>, ask: &str) -> Option<Want> {
    Some(Want { number, ask: ask.into() })
}

/// `count` lines, the first called by `from`.
fn many(from: usize, count: usize, next: bool) -> Came {
    let lines = (from..from + count).map(|id| line(&id.to_string(), OperationState::Delivered)).collect();
    Came { lines, next: next.then(|| (from + count).to_string()), newer: None }
}

#[test]
fn an_order_that_came_while_the_reader_was_away_moves_no_row_below() {
    let before = of_three();
    let mut back = Pages::seen(before.marks(), before.first().map(str::to_owned), true);
    // The reader was in the second page; the first is asked for again once an order has come.
    back.insert(1, came("fed", Some("d")), 3..6);
    back.insert(0, came("xih", Some("h")), 3..6);
    assert_eq!(back.rows(), Some(9 + BONES), "the list never gets shorter under the reader");
    assert!(shown(&back).starts_with("ih_fed"), "{}", shown(&back));
    assert_eq!(back.wanted(1..5), want(Some(1), "older=h"));
    back.insert(1, came("gfe", Some("e")), 3..6);
    assert!(shown(&back).starts_with("ihgfed"), "{}", shown(&back));
    assert_eq!(back.wanted(0..6), want(Some(3), "older=d"));
    // Left and come back again: it is found out again.
    let mut again = Pages::seen(back.marks(), back.first().map(str::to_owned), true);
    again.insert(1, came("fed", Some("d")), 3..6);
    again.insert(0, came("xih", Some("h")), 3..6);
    assert!(shown(&again).starts_with("ih_fed"), "{}", shown(&again));
}

fn of_three() -> Pages {
    let mut pages = of("ihg", Some("g"));
    pages.insert(1, came("fed", Some("d")), TOP);
    pages.insert(2, came("cba", Some("a")), TOP);
    pages
}

#[test]
fn older_pages_follow_as_the_reader_nears_them_and_bones_stand_in() {
    let mut pages = Pages::default();
    assert_eq!(pages.wanted(0..0), want(Some(0), ""));
    assert_eq!((pages.rows(), pages.more()), (None, true));
    pages.insert(0, came("fed", Some("3")), TOP);
    assert_eq!(shown(&pages), format!("fed{}", "_".repeat(BONES)));
    assert_eq!(pages.wanted(0..3), want(Some(1), "older=3"));
    pages.insert(1, came("cb", None), TOP);
    assert_eq!((shown(&pages).as_str(), pages.more()), ("fedcb", false));
    assert_eq!(pages.wanted(0..20), None);
}

#[test]
fn an_empty_list_is_known_to_be_empty_and_takes_what_comes() {
    let mut pages = of("", None);
    assert_eq!((pages.rows(), pages.wanted(0..0)), (Some(0), None));
    pages.look(came("ba", None));
    assert_eq!((shown(&pages).as_str(), pages.fresh().count), ("ba", 0));
}

#[test]
fn new_operations_wait_until_the_reader_wants_them() {
    let mut pages = of("cba", Some("1"));
    pages.look(came("edcba", Some("1")));
    assert!(shown(&pages).starts_with("cba_"));
    assert_eq!(pages.fresh(), Fresh { count: 2, more: false });
    pages.show_fresh();
    assert!(shown(&pages).starts_with("edcba_"));
    assert_eq!((pages.fresh().count, pages.wanted(0..5)), (0, want(Some(1), "older=1")));
}

#[test]
fn lines_of_another_list_are_never_taken_for_those_of_the_one_before() {
    let mut pages = of("cba", None);
    let before = pages.row(0).unwrap().0;
    let mut next = pages.anew(String::new());
    next.insert(0, came("xyz", None), TOP);
    assert_ne!(next.row(0).unwrap().0, before);
    pages.look(came("dcba", None));
    pages.show_fresh();
    assert_ne!(pages.row(0).unwrap().0, before);
}

#[test]
fn a_rush_is_told_as_more_than_a_page() {
    let mut pages = of("cba", None);
    pages.look(came("zyx", Some("10")));
    assert_eq!(pages.fresh(), Fresh { count: 3, more: true });
    pages.show_fresh();
    assert!(shown(&pages).starts_with("zyx_"), "no hole is left behind");
}

#[test]
fn one_that_was_committed_late_is_told_too() {
    let mut pages = of("dba", None);
    pages.look(came("edcba", None));
    assert_eq!(pages.fresh().count, 2);
}

#[test]
fn what_is_shown_is_kept_true_in_place() {
    let mut pages = of("ba", None);
    let before = pages.row(0).unwrap().0;
    pages.look(Came {
        lines: vec![line("c", OperationState::Waiting), line("b", OperationState::Refused)],
        ..Came::default()
    });
    let (edition, held) = pages.row(0).unwrap();
    assert_eq!(held.state, OperationState::Refused);
    assert_ne!(edition, before);
    assert_eq!(pages.row(1).unwrap().0, before, "what stayed as it was is not drawn again");
    assert_eq!(shown(&pages), "ba");
}

#[test]
fn a_jump_begins_in_the_middle_and_grows_upwards() {
    let mut pages = Pages::from("at=2026-11-22".into());
    assert_eq!(pages.wanted(0..0), want(Some(0), "at=2026-11-22"));
    pages.insert(0, Came { newer: Some("7".into()), ..came("dcb", Some("2")) }, TOP);
    assert!(pages.jumped());
    assert_eq!(pages.wanted(0..3), want(None, "newer=7"), "what is above the reader comes before what is far below");
    assert_eq!(pages.prepend(Came { newer: Some("9".into()), ..came("fe", Some("6")) }), 2);
    assert!(shown(&pages).starts_with("fedcb_"));
    assert_eq!(pages.wanted(0..3), want(None, "newer=9"));
    assert_eq!(pages.prepend(came("g", None)), 1);
    assert!(!pages.jumped());
    pages.look(came("hgf", None));
    assert_eq!(pages.fresh().count, 1, "the newest are reached: what comes now is new");
    let marks = pages.marks();
    let asks: Vec<(usize, &str)> = marks.iter().map(|mark| (mark.start, mark.ask.as_str())).collect();
    assert_eq!(asks, [(0, "newer=9"), (1, "newer=7"), (3, "at=2026-11-22"), (6, "older=2")]);
}

#[test]
fn before_the_first_operation_there_is_only_what_came_later() {
    let mut pages = Pages::from("at=1999-01-01".into());
    pages.insert(0, Came { newer: Some("0".into()), ..Came::default() }, TOP);
    assert_eq!(pages.wanted(0..0), want(None, "newer=0"));
    pages.prepend(came("ba", None));
    assert_eq!(shown(&pages), "ba");
}

#[test]
fn a_look_that_found_nothing_yet_goes_on_where_it_ended() {
    let mut pages = Pages::default();
    pages.insert(0, came("", Some("90")), TOP);
    assert_eq!((pages.wanted(0..0), pages.rows()), (want(Some(0), "older=90"), Some(BONES)));
    pages.insert(0, came("", Some("80")), TOP);
    pages.insert(0, came("c", Some("70")), TOP);
    assert_eq!(pages.wanted(0..9), want(Some(1), "older=70"));
    pages.insert(1, came("", None), TOP);
    assert_eq!((shown(&pages).as_str(), pages.wanted(0..9)), ("c", None));
}

#[test]
fn a_million_scroll_by_and_few_are_kept() {
    let mut pages = Pages::default();
    for number in 0..1_000 {
        let start = number * 60;
        pages.insert(number, many(start, 60, true), start..start + 20);
        assert!(pages.lines().count() <= MOST);
    }
    assert_eq!(pages.lines_known(), 60_000);
    assert_eq!(pages.row(59_999).unwrap().1.id, "59999");
    assert_eq!(pages.row(0).unwrap().1.id, "0", "the first page tells what is new");
    assert!(pages.row(6_000).is_none());
    assert_eq!(pages.wanted(6_000..6_020), want(Some(100), "older=6000"));
    pages.insert(100, many(6_000, 60, true), 6_000..6_020);
    assert_eq!(pages.row(6_000).unwrap().1.id, "6000");
    assert_eq!(pages.lines_known(), 60_000, "what follows keeps its place");
}

#[test]
fn a_page_that_came_back_otherwise_ends_what_was_known_after_it() {
    let mut pages = of("fed", Some("3"));
    pages.insert(1, came("cb", Some("1")), TOP);
    pages.insert(0, came("fd", Some("3")), TOP);
    assert!(shown(&pages).starts_with("fd_"));
    assert_eq!(pages.wanted(0..4), want(Some(1), "older=3"));
}

#[test]
fn a_list_seen_before_is_asked_for_where_the_reader_was() {
    let mut pages = Pages::default();
    for number in 0..3 {
        pages.insert(number, many(number * 60, 60, true), TOP);
    }
    let marks = pages.marks();
    let mut again = Pages::seen(marks, Some("0".into()), true);
    assert_eq!(again.rows(), Some(180 + BONES));
    assert_eq!(again.wanted(130..150), want(Some(2), "older=120"));
    again.insert(2, many(120, 60, true), 130..150);
    assert_eq!(again.row(130).unwrap().1.id, "130");
    again.look(Came { lines: lines("zy").into_iter().chain(many(0, 58, true).lines).collect(), ..many(0, 0, true) });
    assert_eq!(again.fresh(), Fresh { count: 2, more: false }, "by the newest line there was");
}

#[test]
fn what_came_meanwhile_moves_no_row_of_a_list_seen_before() {
    let mut pages = Pages::default();
    pages.insert(0, many(0, 60, true), TOP);
    pages.insert(1, many(60, 60, true), TOP);
    let mut again = Pages::seen(pages.marks(), Some("0".into()), true);
    again.insert(1, many(60, 60, true), 60..80);
    let newest: Vec<OperationLine> = lines("zy").into_iter().chain(many(0, 58, false).lines).collect();
    again.insert(0, Came { lines: newest, next: Some("58".into()), newer: None }, 60..80);
    assert_eq!(again.row(0).unwrap().1.id, "0");
    assert_eq!(again.wanted(60..80), want(Some(1), "older=58"));
    again.insert(1, many(58, 60, true), 60..80);
    assert_eq!(again.row(75).unwrap().1.id, "75");
}

#[test]
fn asks_after_what_may_have_changed_where_the_reader_looks() {
    let mut pages = of("d", Some("1"));
    let mut older = came("cb", None);
    older.lines.push(line("a", OperationState::Retrying));
    older.lines.push(line("0", OperationState::Sending));
    pages.insert(1, older, TOP);
    assert_eq!(pages.doubtful(0..9, 8), ["a", "0"]);
    assert_eq!(pages.doubtful(0..9, 1), ["a"]);
    assert_eq!(pages.doubtful(0..3, 8), [""; 0]);
    pages.update(&line("a", OperationState::Delivered));
    assert_eq!(pages.doubtful(0..9, 8), ["0"]);
}

#[test]
fn why_a_line_was_found_is_not_forgotten_when_it_turns() {
    let matched = passerelle_wire::Matched { kind: passerelle_wire::MatchKind::Phone, excerpt: None, exchange: None };
    let mut pages = Pages::default();
    let found = OperationLine { matched: Some(matched), ..line("a", OperationState::Retrying) };
    pages.insert(0, Came { lines: vec![found], ..Came::default() }, TOP);
    pages.update(&line("a", OperationState::Delivered));
    let (_, held) = pages.row(0).unwrap();
    assert!(held.matched.is_some() && held.state == OperationState::Delivered);
}
