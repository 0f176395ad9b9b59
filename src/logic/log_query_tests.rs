//! What the list is asked for, proved.
#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;

fn asked() -> LogQuery {
    LogQuery::default()
        .with("q", "l’été & co = 100 %")
        .with("state", "refused")
        .with("state", "failed")
        .with("cause", "unknown_product")
        .with("channel", "Uber Eats, Paris")
        .with("direction", "from_hubrise")
        .with("mine", "true")
        .with("period", "7d")
}

#[test]
fn what_is_asked_for_survives_the_address() {
    for query in [LogQuery::default(), asked(), asked().with("from", "2026-11-22"), asked().jump("2026-11-22T19:30")] {
        assert_eq!(LogQuery::read(&query.address()), query);
        assert_eq!(LogQuery::read(&format!("?{}", query.address())), query);
    }
}

#[test]
fn an_address_that_asks_for_nothing_stays_bare() {
    assert_eq!(LogQuery::default().address(), "");
    assert!(LogQuery::read("?q=&state=&other=1&mine=false").is_all());
    assert!(!asked().is_all());
    assert!(LogQuery::default().jump("2026-11-22").is_all(), "a jump hides nothing");
}

#[test]
fn what_nobody_could_have_chosen_counts_as_not_chosen() {
    let odd = "q=%20%20&state=sleeping,,refused&cause=%27%20OR%201&period=century&from=yesterday&at=now&direction=up";
    assert_eq!(LogQuery::read(odd), LogQuery::default().with("state", "refused"));
    assert_eq!(LogQuery::read(&format!("q={}", "é".repeat(10_000))).text().chars().count(), LONGEST);
    for date in ["2026-11-2", "2026-11-22 19:30", "2026-11-22T19:30:00", "２０２６-11", "2026-11-22T", "-2026-11-2"]
    {
        assert_eq!(LogQuery::default().with("from", date), LogQuery::default(), "{date}");
    }
}

#[test]
fn a_state_more_is_another_word_and_twice_the_same_is_once() {
    let query = LogQuery::default().with("state", "refused").with("state", "failed").with("state", "refused");
    assert_eq!(query.filters(), "state=refused%2Cfailed");
    assert!(query.has("state", "failed") && !query.has("state", "fail"));
    assert_eq!(query.without("state", "refused").filters(), "state=failed");
    assert_eq!(query.without("state", "refused").without("state", "failed"), LogQuery::default());
}

#[test]
fn a_period_and_dates_exclude_one_another() {
    let dates = LogQuery::default().with("period", "7d").with("from", "2026-11-01").with("to", "2026-11-02");
    assert_eq!(dates.filters(), "from=2026-11-01&to=2026-11-02");
    assert_eq!(dates.with("period", "today").filters(), "period=today");
    assert_eq!(LogQuery::default().with("period", "7d").with("from", "").filters(), "period=7d");
}

#[test]
fn each_filter_is_a_chip_of_its_own() {
    let chips = asked().chips();
    let names: Vec<&str> = chips.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["state", "state", "cause", "channel", "direction", "mine", "period"]);
    let bare = chips.iter().fold(asked(), |query, (name, word)| query.without(name, word));
    assert_eq!(bare.filters(), LogQuery::default().with("q", "l’été & co = 100 %").filters());
}

#[test]
fn a_page_is_asked_for_with_the_filters_and_a_place_to_begin() {
    let query = LogQuery::default().with("q", "a b").jump("2026-11-22T19:30");
    assert_eq!(query.ask(&query.first(), false), "q=a%20b&at=2026-11-22T19%3A30");
    assert_eq!(query.ask("older=7", true), "q=a%20b&older=7&in=text");
    assert_eq!(LogQuery::default().ask("", false), "");
}

#[test]
fn another_filter_begins_at_the_newest() {
    let jumped = LogQuery::default().jump("2026-11-22T19:30");
    assert_eq!(jumped.with("mine", "true").at(), "");
    assert_eq!(jumped.without("mine", "").at(), "");
}

#[test]
fn words_are_those_of_the_wire() {
    for (state, word) in STATES {
        assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{word}\""));
    }
    for (cause, word) in CAUSES {
        assert_eq!(serde_json::to_string(&cause).unwrap(), format!("\"{word}\""));
    }
    for cause in Cause::ALL {
        assert!(CAUSES.iter().any(|(known, _)| *known == cause), "{cause:?}");
    }
    for word in TO_LOOK_AT.split(',') {
        assert!(STATES.iter().any(|(_, known)| *known == word), "{word}");
    }
}
