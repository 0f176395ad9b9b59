//! How queries are read, and what is said of those that cannot be.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use passerelle_store::OperationState as Stored;

use super::*;

fn asker(support: bool) -> Asker {
    let zone = TimeZone::get("Europe/Paris").unwrap();
    Asker { support, now: "2026-11-22T18:30:00Z".parse().unwrap(), zone }
}

fn asked(query: &str) -> Asked {
    serde_urlencoded::from_str(query).unwrap()
}

fn read(query: &str) -> Wanted {
    asked(query).read(&asker(false)).unwrap()
}

#[track_caller]
fn refused(query: &str, fields: &[&str]) {
    let problem = asked(query).read(&asker(false)).unwrap_err();
    let shown = format!("{problem:?}");
    let named: Vec<_> = fields.iter().filter(|field| shown.contains(&format!("field: \"{field}\""))).collect();
    assert_eq!((named.len(), shown.matches("field: ").count()), (fields.len(), fields.len()), "{shown}");
}

fn range(query: &str) -> (Option<String>, Option<String>) {
    let filter = read(query).filter;
    (filter.from.map(|at| at.to_string()), filter.until.map(|at| at.to_string()))
}

fn check_range(query: &str, from: &str, until: &str) {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    assert_eq!(range(query), (some(from), some(until)), "{query}");
}

#[test]
fn nothing_asked_is_all_from_the_newest() {
    for query in ["", "q=&state=&period=&mine=false&in=facts", "q=%20"] {
        let wanted = read(query);
        assert_eq!((wanted.look, wanted.start, wanted.filter), (Look::All, Start::Newest, OperationFilter::default()));
    }
}

#[test]
fn periods_are_days_of_the_store() {
    check_range("period=today", "2026-11-21T23:00:00Z", "");
    check_range("period=yesterday", "2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z");
    check_range("period=7d", "2026-11-15T23:00:00Z", "");
    // Thirty days back the clock was another.
    check_range("period=30d", "2026-10-23T22:00:00Z", "");
    check_range("from=2026-11-01&to=2026-11-02", "2026-10-31T23:00:00Z", "2026-11-02T23:00:00Z");
    check_range("from=2026-11-01T19:30&to=2026-11-01T19:45:10", "2026-11-01T18:30:00Z", "2026-11-01T18:45:10Z");
}

#[test]
fn a_time_the_clock_leaves_out_or_shows_twice_is_one() {
    // At 02:00 it is 03:00 in March, and at 03:00 it is 02:00 in October.
    check_range("from=2026-03-29T02:30", "2026-03-29T01:30:00Z", "");
    check_range("from=2026-10-25T02:30", "2026-10-25T00:30:00Z", "");
    check_range("from=2026-03-29&to=2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
}

#[test]
fn a_jump_is_to_the_end_of_what_it_names() {
    assert_eq!(read("at=2026-11-22T19:30").start, Start::At("2026-11-22T18:30:59.999999Z".parse().unwrap()));
    assert_eq!(read("at=2026-11-22").start, Start::At("2026-11-22T22:59:59.999999Z".parse().unwrap()));
    let found = read("at=2026-11-22T19:30&q=x");
    assert_eq!(
        (found.start, found.filter.until.unwrap().to_string().as_str()),
        (Start::Newest, "2026-11-22T18:31:00Z")
    );
}

#[test]
fn what_cannot_be_understood_is_said_by_field() {
    refused("from=2026-11-22&to=2026-11-21", &["to"]);
    refused("from=yesterday&to=2026-13-01", &["from", "to"]);
    for odd in [
        "2026-11-22T19:30Z",
        "2026-11-22T19:30%2B01:00",
        "2026-11-22T25:00",
        "20261122",
        "-9999-01-01",
        "9999-12-31",
        "é",
    ] {
        refused(&format!("to={odd}"), &["to"]);
        refused(&format!("at={odd}T"), &["at"]);
    }
    refused(
        "period=2w&state=asleep&cause=rain&direction=up&mine=yes&in=depths",
        &["period", "state", "cause", "direction", "mine", "in"],
    );
    refused("period=7d&from=2026-11-22", &["period"]);
    refused(&format!("q={}", "x".repeat(201)), &["q"]);
    refused(&format!("channel={}", "x".repeat(201)), &["channel"]);
    for cursor in ["elsewhere", "-1", "1.5", "9223372036854775808"] {
        refused(&format!("older={cursor}"), &["older"]);
        refused(&format!("newer={cursor}"), &["newer"]);
    }
    refused("older=1&newer=2", &["newer"]);
    refused("older=1&at=2026-11-22", &["at"]);
    refused("newer=1&q=x", &["newer"]);
    assert!(serde_urlencoded::from_str::<Asked>("colour=red").is_err());
    assert!(serde_urlencoded::from_str::<Asked>("q=a&q=b").is_err());
}

#[test]
fn states_are_the_stores_and_what_is_queued_is_told_apart() {
    let wanted = read("state=retrying,refused");
    assert_eq!((wanted.filter.states, wanted.tried), (vec![Stored::Queued, Stored::Refused], Some(true)));
    assert_eq!(read("state=waiting").tried, Some(false));
    let both = read("state=waiting,retrying");
    assert_eq!((both.filter.states, both.tried), (vec![Stored::Queued], None));
}

#[test]
fn mine_is_what_ones_role_can_cure() {
    let causes = |support, query: &str| asked(query).read(&asker(support)).unwrap();
    let (manager, support) = (causes(false, "mine=true"), causes(true, "mine=true"));
    assert!(
        manager.filter.causes.contains(&"wrong_token".to_owned())
            && !manager.filter.causes.contains(&"till_fault".to_owned())
    );
    assert!(
        support.filter.causes.contains(&"till_fault".to_owned())
            && !support.filter.causes.contains(&"wrong_token".to_owned())
    );
    assert_eq!((manager.filter.states, manager.filter.not_handled_yet), (WAIT_FOR_A_PERSON.to_vec(), true));
    assert_eq!(causes(false, "mine=true&cause=wrong_token,till_fault").filter.causes, ["wrong_token"]);
    for query in ["mine=true&cause=till_fault", "mine=true&state=delivered"] {
        assert_eq!(causes(false, query).look, Look::Nothing, "{query}");
    }
}

#[test]
fn a_text_is_looked_for_as_it_is_typed_and_a_week_back() {
    let wanted = read("q=%25_%27%22%5C&in=text");
    assert_eq!(wanted.look, Look::Text("%_'\"\\".into()));
    assert_eq!(wanted.filter.from.unwrap().to_string(), "2026-11-15T18:30:00Z");
    check_range("q=x&in=text&period=30d", "2026-10-23T22:00:00Z", "");
    check_range("q=x&in=text&to=2026-03-01", "", "2026-03-01T23:00:00Z");
    assert_eq!(read("q=%E2%80%8B%00").look, Look::Nothing, "nothing that can be seen");
    assert!(matches!(read("q=dupont").look, Look::Facts(_)));
}
