//! Every way back from HubRise.

use super::*;

fn finish(state: &str, code: Option<&str>, error: Option<&str>) -> Arrival {
    Arrival::Finish(AttemptFinish {
        state: state.to_owned(),
        code: code.map(str::to_owned),
        error: error.map(str::to_owned),
    })
}

fn summary(state: AttemptState) -> AttemptSummary {
    AttemptSummary { id: "a1".into(), vendor: "v".into(), till: "t".into(), state, problem: None, confirm: None }
}

fn question() -> AttemptOutcome {
    AttemptOutcome::ConfirmAccount {
        attempt: "a1".into(),
        vendor: "v".into(),
        till: "t".into(),
        from: NamedRef { id: "3r4s3".into(), name: "Bella Pizza".into() },
        to: NamedRef { id: "zr3ws".into(), name: "Sushi Go".into() },
        location: None,
    }
}

#[test]
fn reads_what_hubrise_brought_back() {
    assert_eq!(arrival("?code=abc&state=s1"), finish("s1", Some("abc"), None));
    assert_eq!(arrival("?error=access_denied&state=s1"), finish("s1", None, Some("access_denied")));
    assert_eq!(arrival("?state=s%2B1&code=a%20b"), finish("s+1", Some("a b"), None));
}

#[test]
fn without_an_answer_it_resumes() {
    assert_eq!(arrival(""), Arrival::Resume);
    assert_eq!(arrival("?state=s1"), Arrival::Resume);
    assert_eq!(arrival("?state=s1&code="), Arrival::Resume);
}

#[test]
fn a_code_nobody_asked_for_is_not_followed() {
    assert_eq!(arrival("?code=abc"), Arrival::Unasked);
    assert_eq!(arrival("?code=abc&state="), Arrival::Unasked);
    assert_eq!(arrival("?error=access_denied"), Arrival::Unasked);
}

#[test]
fn another_account_is_asked_about() {
    let Next::Ask(asked) = after_finish(Ok(question())) else { panic!("the person is not asked") };
    assert_eq!((asked.from.name.as_str(), asked.to.name.as_str()), ("Bella Pizza", "Sushi Go"));
}

#[test]
fn declining_leads_back_to_the_till() {
    let answer = after_finish(Ok(AttemptOutcome::Declined { vendor: "v".into(), till: "t".into() }));
    assert_eq!(answer, Next::Kept { vendor: "v".into(), till: "t".into() });
}

#[test]
fn a_replayed_return_looks_at_what_came_of_the_first() {
    assert_eq!(after_finish(Err(ProblemCode::StateReplayed.into())), Next::Look);
    let replayed = Some(ApiError::from(ProblemCode::StateReplayed));
    assert_eq!(
        after_latest(Ok(summary(AttemptState::Done)), 0, replayed.clone()),
        Next::Till { vendor: "v".into(), till: "t".into() }
    );
    assert_eq!(
        after_latest(Ok(summary(AttemptState::Waiting)), 0, replayed),
        Next::Failed(ProblemCode::StateReplayed.into())
    );
}

#[test]
fn other_failures_are_shown_as_they_are() {
    for error in [ApiError::Offline, ApiError::Timeout, ProblemCode::CodeRejected.into()] {
        assert_eq!(after_finish(Err(error.clone())), Next::Failed(error));
    }
}

#[test]
fn a_reloaded_page_takes_up_where_it_was() {
    let check = |state, expected| assert_eq!(after_latest(Ok(summary(state)), 0, None), expected, "{state:?}");
    check(AttemptState::Done, Next::Till { vendor: "v".into(), till: "t".into() });
    check(AttemptState::Exchanging, Next::Poll);
    check(AttemptState::Waiting, Next::Waiting);
    check(AttemptState::Expired, Next::Failed(ProblemCode::StateExpired.into()));
    assert_eq!(after_latest(Err(ProblemCode::NotFound.into()), 0, None), Next::Nothing);
    assert_eq!(after_latest(Err(ApiError::Offline), 0, None), Next::Failed(ApiError::Offline));
}

#[test]
fn a_failed_attempt_tells_why() {
    let failed = AttemptSummary { problem: Some(ProblemCode::ClientRejected), ..summary(AttemptState::Failed) };
    assert_eq!(after_latest(Ok(failed), 0, None), Next::Failed(ProblemCode::ClientRejected.into()));
}

#[test]
fn the_question_survives_a_reload() {
    let asking = AttemptSummary { confirm: Some(question()), ..summary(AttemptState::Confirming) };
    assert!(matches!(after_latest(Ok(asking), 0, None), Next::Ask(_)));
}

#[test]
fn an_exchange_that_never_ends_is_shown_as_unknown() {
    let exchanging = || Ok(summary(AttemptState::Exchanging));
    assert_eq!(after_latest(exchanging(), POLLS - 1, None), Next::Poll);
    assert_eq!(after_latest(exchanging(), POLLS, None), Next::Unknown);
}
