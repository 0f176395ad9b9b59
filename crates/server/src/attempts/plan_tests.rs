//! What the plan decides, case by case.

use passerelle_hubrise::{Choices, Level, TokenAnswer};
use passerelle_store::{ConnectionId, ConnectionRow, ConnectionState, Health, NamedRef, Sealed, SessionId};
use passerelle_wire::Subject;

use super::plan::{Asked, account_left, changes, chosen, granted, hub_key, is_at, is_same_installation};

const AT_HUBRISE: Asked =
    Asked { level: Level::Location, left: Choices { location: false, catalog: false, customer_list: false } };
const HERE: Asked =
    Asked { level: Level::Account, left: Choices { location: true, catalog: true, customer_list: true } };
const LISTS_HERE: Asked =
    Asked { level: Level::Location, left: Choices { location: false, catalog: true, customer_list: true } };

fn thing(id: &str) -> NamedRef {
    NamedRef { id: id.to_owned(), name: format!("name of {id}") }
}

fn answer(fields: &str) -> TokenAnswer {
    let text = format!(r#"{{"access_token": "t"{fields}}}"#);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn full() -> TokenAnswer {
    answer(
        r#", "account_id": "acc", "account_name": "Bella", "location_id": "acc-1", "location_name": "Paris",
            "catalog_id": "cat", "catalog_name": "Carte", "customer_list_id": "list", "customer_list_name": "Web""#,
    )
}

fn row(account: &str, location: Option<&str>, state: ConnectionState) -> ConnectionRow {
    ConnectionRow {
        id: ConnectionId::new("c1"),
        vendor: "v".into(),
        till: "t".into(),
        state,
        level: passerelle_store::Level::Location,
        hub_key: location.unwrap_or(account).into(),
        account: thing(account),
        location: location.map(thing),
        catalog: Some(thing("old-cat")),
        customer_list: None,
        scope: String::new(),
        device_id: None,
        app_instance_id: None,
        token: Sealed { key_id: String::new(), bytes: vec![], bound_to: String::new() },
        token_fingerprint: [0; 32],
        connected_at: jiff::Timestamp::UNIX_EPOCH,
        connected_by: SessionId::new("s"),
        browser: String::new(),
        reconnected_at: None,
        version: 1,
        health: Health::Unknown,
        health_since: None,
        last_failed_at: None,
        last_ok_at: None,
        support_verified_at: None,
        last_order_at: None,
        connected_by_name: None,
        checks_asked_at: None,
        timezone: None,
        changed_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_location_grant_is_known_by_its_location() {
    let access = granted(&full(), AT_HUBRISE).unwrap_or_else(|| panic!("granted"));
    assert_eq!(hub_key(&access), "acc-1");
    assert_eq!(access.catalog.map(|catalog| catalog.name).as_deref(), Some("Carte"));
}

#[test]
fn an_account_grant_is_known_by_its_account_even_when_hubrise_names_a_location() {
    let access = granted(&full(), HERE).unwrap_or_else(|| panic!("granted"));
    assert_eq!(hub_key(&access), "acc");
}

#[test]
fn an_answer_without_the_place_asked_for_grants_nothing() {
    let no_account = answer(r#", "location_id": "acc-1""#);
    let no_location = answer(r#", "account_id": "acc""#);
    let empty = answer(r#", "account_id": "", "location_id": "acc-1""#);
    for lacking in [&no_account, &no_location, &empty] {
        assert!(granted(lacking, AT_HUBRISE).is_none());
    }
    assert!(granted(&no_location, HERE).is_some());
}

#[test]
fn a_thing_without_a_name_is_called_by_its_id() {
    let access = granted(&answer(r#", "account_id": "acc""#), HERE).unwrap_or_else(|| panic!("granted"));
    assert_eq!(access.account.name, "acc");
}

#[test]
fn only_another_account_asks_for_confirmation() {
    let access = granted(&full(), AT_HUBRISE).unwrap_or_else(|| panic!("granted"));
    let same = row("acc", Some("acc-2"), ConnectionState::Connected);
    let other = row("ACC", Some("acc-2"), ConnectionState::Connected);
    assert!(account_left(&access, None).is_none());
    assert!(account_left(&access, Some(&same)).is_none());
    assert_eq!(account_left(&access, Some(&other)).map(|account| account.id.as_str()), Some("ACC"));
}

#[test]
fn hubrises_choices_complete_a_till_that_leaves_none_here() {
    let access = granted(&full(), AT_HUBRISE).unwrap_or_else(|| panic!("granted"));
    let result = chosen(&access, AT_HUBRISE, None);
    assert_eq!(result.state, ConnectionState::Connected);
    assert_eq!(result.catalog.map(|catalog| catalog.id).as_deref(), Some("cat"));
}

#[test]
fn a_first_authorisation_with_choices_left_here_waits_for_them() {
    for asked in [HERE, LISTS_HERE] {
        let access = granted(&full(), asked).unwrap_or_else(|| panic!("granted"));
        let result = chosen(&access, asked, None);
        assert_eq!(result.state, ConnectionState::Choosing);
        assert_eq!(result.catalog, None);
        assert_eq!(result.location.is_some(), asked == LISTS_HERE);
    }
}

#[test]
fn authorising_again_keeps_what_the_console_had_chosen() {
    let access = granted(&full(), HERE).unwrap_or_else(|| panic!("granted"));
    let before = row("acc", Some("acc-7"), ConnectionState::Connected);
    let result = chosen(&access, HERE, Some(&before));
    assert_eq!(result.state, ConnectionState::Connected);
    assert_eq!(result.location, before.location);
    assert_eq!(result.catalog, before.catalog);
}

#[test]
fn a_choice_never_finished_is_asked_again() {
    let access = granted(&full(), HERE).unwrap_or_else(|| panic!("granted"));
    let before = row("acc", None, ConnectionState::Choosing);
    assert_eq!(chosen(&access, HERE, Some(&before)).state, ConnectionState::Choosing);
}

#[test]
fn tells_what_differs_and_nothing_else() {
    let before = row("acc", Some("acc-1"), ConnectionState::Connected);
    let mut after = before.clone();
    after.account.name = "renamed".into();
    assert!(changes(&before, &after).is_empty(), "a new name is no change");
    after.catalog = Some(thing("new-cat"));
    after.customer_list = Some(thing("list"));
    let told = changes(&before, &after);
    assert_eq!(told.iter().map(|change| change.subject).collect::<Vec<_>>(), [Subject::Catalog, Subject::CustomerList]);
    assert_eq!(told[0].from.as_ref().map(|from| from.id.as_str()), Some("old-cat"));
    assert!(told[1].from.is_none());
}

#[test]
fn a_place_is_named_by_its_account_or_its_location_and_case_matters() {
    let access = granted(&full(), AT_HUBRISE).unwrap_or_else(|| panic!("granted"));
    assert!(is_at(&access, "acc") && is_at(&access, "acc-1"));
    for other in ["", "ACC", "acc-2", "acc-1 ", "cat", "Paris"] {
        assert!(!is_at(&access, other), "{other:?}");
    }
}

#[test]
fn an_installation_is_the_same_by_its_id_and_its_place_together() {
    let at_paris =
        ConnectionRow { app_instance_id: Some("app".into()), ..row("acc", Some("acc-1"), ConnectionState::Connected) };
    let mut access = granted(&full(), AT_HUBRISE).unwrap_or_else(|| panic!("granted"));
    assert!(!is_same_installation(&access, &at_paris), "hubrise named none");
    access.app_instance_id = Some("app".into());
    assert!(is_same_installation(&access, &at_paris));
    assert!(!is_same_installation(
        &access,
        &ConnectionRow { app_instance_id: Some("other".into()), ..at_paris.clone() }
    ));
    assert!(!is_same_installation(&access, &ConnectionRow { app_instance_id: None, ..at_paris.clone() }));
    assert!(!is_same_installation(&access, &ConnectionRow { hub_key: "acc-2".into(), ..at_paris.clone() }));
    assert!(!is_same_installation(&access, &ConnectionRow { account: thing("evil"), ..at_paris }));
    access.app_instance_id = None;
    assert!(
        !is_same_installation(&access, &row("acc", Some("acc-1"), ConnectionState::Connected)),
        "none is not the same"
    );
}
