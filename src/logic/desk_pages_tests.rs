//! What the pages of the support desk's list promise.
#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use passerelle_wire::HealthState;

use super::*;

const TOTAL: usize = 10_000;
const SIZE: usize = 60;

fn line(id: &str) -> DeskLine {
    DeskLine {
        id: id.into(),
        till: "caisse".into(),
        account_name: format!("Account {id}"),
        location_name: None,
        health: HealthState::Ok,
        since: "2026-11-22T02:00:00Z".into(),
        last_order_at: None,
        granted: false,
    }
}

/// Answers as the server does: the cursor is the last id of the page before.
fn serve(list: &[String], cursor: Option<&str>) -> DeskPage {
    let from = cursor.map_or(0, |cursor| list.iter().position(|id| id == cursor).unwrap() + 1);
    let items: Vec<DeskLine> = list.iter().skip(from).take(SIZE).map(|id| line(id)).collect();
    let next_cursor = (from + SIZE < list.len()).then(|| items.last().unwrap().id.clone());
    DeskPage { items, total: list.len() as u64, next_cursor }
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|id| id.to_string()).collect()
}

/// Asks until nothing is wanted; returns how often.
fn fill(pages: &mut Pages, list: &[String], rows: Range<usize>) -> usize {
    let mut asked = 0;
    while let Some((number, cursor)) = pages.wanted(rows.clone()) {
        pages.insert(number, serve(list, cursor.as_deref()));
        asked += 1;
        assert!(asked <= list.len() / SIZE + 1, "asks without end");
    }
    asked
}

fn id_at(pages: &Pages, row: usize) -> Option<String> {
    pages.row(row).map(|(_, line)| line.id.clone())
}

#[test]
fn asks_first_for_the_first_page_and_then_knows_how_many_there_are() {
    let mut pages = Pages::default();
    assert_eq!(pages.total(), None);
    assert_eq!(pages.wanted(0..0), Some((0, None)), "nothing is known yet, so nothing is in view");
    assert_eq!(fill(&mut pages, &ids(TOTAL), 0..20), 1);
    assert_eq!(pages.total(), Some(TOTAL));
    assert_eq!(id_at(&pages, 0).unwrap(), "0");
    assert_eq!(id_at(&pages, 60), None);
}

#[test]
fn asks_for_more_only_as_the_reader_scrolls() {
    let (mut pages, list) = (Pages::default(), ids(TOTAL));
    fill(&mut pages, &list, 0..20);
    assert_eq!(fill(&mut pages, &list, 20..60), 0);
    assert_eq!(fill(&mut pages, &list, 40..80), 1);
    assert_eq!(id_at(&pages, 79).unwrap(), "79");
}

#[test]
fn a_jump_to_the_end_follows_the_cursors_there() {
    let (mut pages, list) = (Pages::default(), ids(TOTAL));
    fill(&mut pages, &list, TOTAL - 20..TOTAL);
    assert_eq!(id_at(&pages, TOTAL - 1).unwrap(), (TOTAL - 1).to_string());
    assert_eq!(pages.total(), Some(TOTAL));
}

#[test]
fn a_list_seen_before_is_asked_for_where_the_reader_was() {
    let (mut before, list) = (Pages::default(), ids(TOTAL));
    fill(&mut before, &list, 5_000..5_020);
    let mut pages = Pages::known(TOTAL, before.later().to_vec());
    assert_eq!(pages.total(), Some(TOTAL));
    assert_eq!(fill(&mut pages, &list, 5_000..5_020), 1, "one page, not the eighty before it");
    assert_eq!(id_at(&pages, 5_000).unwrap(), "5000");
    assert_eq!(id_at(&pages, 0), None);
}

#[test]
fn an_empty_list_is_known_to_be_empty() {
    let mut pages = Pages::default();
    assert_eq!(fill(&mut pages, &[], 0..0), 1);
    assert_eq!(pages.total(), Some(0));
    assert_eq!(pages.wanted(0..0), None);
}

#[test]
fn the_last_page_knows_better_than_the_count() {
    let mut pages = Pages::default();
    pages.insert(0, DeskPage { items: vec![line("a"), line("b")], total: 7, next_cursor: None });
    assert_eq!(pages.total(), Some(2));
    pages.insert(0, DeskPage { items: vec![line("a")], total: 1, next_cursor: Some("a".into()) });
    assert_eq!(pages.total(), Some(2), "one more is promised");
    pages.insert(1, DeskPage { items: Vec::new(), total: 1, next_cursor: Some("a".into()) });
    assert_eq!(pages.total(), Some(1), "an empty page leads nowhere");
    assert_eq!(pages.wanted(0..60), None);
}

#[test]
fn looking_again_keeps_what_is_shown_and_asks_only_for_what_is_in_view() {
    let (mut pages, list) = (Pages::default(), ids(TOTAL));
    fill(&mut pages, &list, 0..180);
    let before = pages.row(70).unwrap().0;
    pages.refresh();
    assert_eq!(id_at(&pages, 70).unwrap(), "70");
    assert_eq!(fill(&mut pages, &list, 65..85), 1);
    assert_eq!(pages.row(70).unwrap().0, before, "nothing has changed, so no row is built again");
    assert_eq!(id_at(&pages, 150).unwrap(), "150");
}

#[test]
fn a_row_that_changed_is_another_edition() {
    let mut pages = Pages::default();
    pages.insert(0, DeskPage { items: vec![line("a")], total: 1, next_cursor: None });
    let before = pages.row(0).unwrap().0;
    pages.refresh();
    let blocked = DeskLine { health: HealthState::Blocked, ..line("a") };
    pages.insert(0, DeskPage { items: vec![blocked], total: 1, next_cursor: None });
    assert_ne!(pages.row(0).unwrap().0, before);
    assert_eq!(pages.row(0).unwrap().1.health, HealthState::Blocked);
}

#[test]
fn a_newcomer_on_top_loses_nobody_and_shows_nobody_twice() {
    let (mut pages, mut list) = (Pages::default(), ids(300));
    fill(&mut pages, &list, 0..300);
    list.insert(0, "new".into());
    pages.refresh();
    fill(&mut pages, &list, 0..301);
    let shown: Vec<String> = (0..301).map(|row| id_at(&pages, row).unwrap()).collect();
    assert_eq!(shown, list);
    assert_eq!(pages.total(), Some(301));
}
