//! Every way back from HubRise.

use passerelle_wire::{ConnectedBy, Connection, ConnectionState, Health, HealthState, Purpose, Role};

use super::*;

fn finish(state: &str, code: Option<&str>, error: Option<&str>) -> Landing {
    Landing::Finish(AttemptFinish {
        state: state.to_owned(),
        code: code.map(str::to_owned),
        error: error.map(str::to_owned),
    })
}

fn back(search: &str) -> Landing {
    landing(&Site::Callback, search).unwrap_or(Landing::Resume)
}

fn summary(state: AttemptState) -> AttemptSummary {
    AttemptSummary {
        id: "a1".into(),
        vendor: "v".into(),
        till: "t".into(),
        purpose: Purpose::Connect,
        state,
        problem: None,
        confirm: None,
        opened: false,
    }
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
    assert_eq!(back("?code=abc&state=s1"), finish("s1", Some("abc"), None));
    assert_eq!(back("?error=access_denied&state=s1"), finish("s1", None, Some("access_denied")));
    assert_eq!(back("?state=s%2B1&code=a%20b"), finish("s+1", Some("a b"), None));
}

#[test]
fn without_an_answer_it_resumes() {
    assert_eq!(back(""), Landing::Resume);
    assert_eq!(back("?state=s1"), Landing::Resume);
    assert_eq!(back("?state=s1&code="), Landing::Resume);
}

#[test]
fn a_code_nobody_asked_for_is_not_followed() {
    assert_eq!(back("?code=abc"), Landing::Unasked);
    assert_eq!(back("?code=abc&state="), Landing::Unasked);
    assert_eq!(back("?error=access_denied"), Landing::Unasked);
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

fn named(id: &str) -> NamedRef {
    NamedRef { id: id.into(), name: id.to_uppercase() }
}

fn connection() -> Connection {
    Connection {
        id: "c".into(),
        vendor: "v".into(),
        till: "t".into(),
        state: ConnectionState::Connected,
        account: named("a"),
        location: Some(named("l")),
        catalog: None,
        customer_list: None,
        connected_at: "2026-11-21T19:31:02Z".into(),
        connected_by: ConnectedBy { this_session: false, browser: String::new(), name: None },
        reconnected_at: None,
        health: Health { state: HealthState::Ok, since: None, last_failed_at: None, last_ok_at: None },
        support_verified_at: None,
        last_order_at: None,
        role: Role::Manage,
    }
}

#[test]
fn a_code_from_hubrises_connect_is_handed_over_with_its_vendor() {
    let site = Site::Arrival { vendor: "v".into() };
    let brought = Landing::Arrive(Arrival { vendor: "v".into(), code: "abc".into() });
    assert_eq!(landing(&site, "?code=abc"), Some(brought));
    assert_eq!(landing(&site, ""), Some(Landing::Resume));
    assert_eq!(landing(&Site::Vendor { vendor: "v".into() }, "?code=abc"), None);
}

fn offer() -> AttemptOutcome {
    AttemptOutcome::ConfirmArrival {
        attempt: "a1".into(),
        vendor: "v".into(),
        till: "t".into(),
        account: named("a"),
        location: Some(named("l")),
        sign_in: true,
    }
}

#[test]
fn a_code_spent_by_a_call_whose_answer_was_lost_still_offers_what_it_brought() {
    let spent = ApiError::from(ProblemCode::CodeRejected);
    let offering = || AttemptSummary { confirm: Some(offer()), ..summary(AttemptState::Confirming) };
    assert!(matches!(after_arrival(Ok(offering()), spent.clone()), Next::Offer(_)));
    // A former connection is no answer to this code, and another failure stays what it is.
    assert_eq!(after_arrival(Ok(summary(AttemptState::Done)), spent.clone()), Next::Failed(spent));
    let down = ApiError::from(ProblemCode::HubriseFailed);
    assert_eq!(after_arrival(Ok(offering()), down.clone()), Next::Failed(down));
}

#[test]
fn what_hubrises_connect_brought_is_offered_before_anything_is_attached() {
    let answer = after_finish(Ok(offer()));
    let Next::Offer(offer) = answer else { panic!("the person is not asked") };
    assert_eq!((offer.account, offer.location, offer.sign_in), (named("a"), Some(named("l")), true));
}

#[test]
fn signing_in_leads_back_to_where_it_was_asked_for_and_never_off_this_console() {
    let check = |return_to: &str, expected: &str| {
        let outcome = AttemptOutcome::SignedIn { vendor: "v".into(), return_to: return_to.into() };
        assert_eq!(after_finish(Ok(outcome)), Next::Back(expected.into()), "{return_to}");
    };
    check("/v/t?location=1", "/v/t?location=1");
    check("/v/hubrise/open?app_instance_id=1", "/v/hubrise/open?app_instance_id=1");
    check("/oauth/callback", "/v");
    check("//evil.example", "/v");
    check("https://evil.example", "/v");
}

#[test]
fn a_proven_right_leads_to_the_page_asked_for_or_to_the_till() {
    let check = |return_to: &str, expected: &str| {
        let outcome = AttemptOutcome::Authorized { connection: connection(), return_to: return_to.into() };
        assert_eq!(after_finish(Ok(outcome)), Next::Back(expected.into()), "{return_to}");
    };
    check("/v/desk?q=lyon", "/v/desk?q=lyon");
    check("/v/t", "/v/t");
    check("/v", "/v/t");
    check("/v/hubrise/open?app_instance_id=1", "/v/t");
    check("/\\evil.example", "/v/t");
}
