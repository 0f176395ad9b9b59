//! Cases: merchants' requests to support.

use super::given::{
    Shared, actions, aid, cid, exchange, minute, new_attempt, new_session, person, seen, settlement, sid, signed_in,
};
use crate::{NewAttempt, NewRequest, Request, RequestId, RequestState, Role, StoreError, UserId};

const DAY: i64 = 24 * 60;

fn qid(id: &str) -> RequestId {
    RequestId::new(id)
}

fn new_request(id: &str, session: &str, user: &str) -> NewRequest {
    NewRequest {
        id: qid(id),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        session: sid(session),
        user: UserId::new(format!("user {user}")),
        hubrise_id: "3r4s3-1".into(),
        location_name: "Paris\0".into(),
        language: "fr".into(),
        created_at: minute(2),
    }
}

/// Nina, signed in in session `m`, has sent request `q`; a session `sup` belongs to support.
async fn asked(store: &Shared) -> Request {
    signed_in(store, "m", "nina").await;
    store.create_session(new_session("sup")).await.unwrap();
    let support = crate::NewUser { support: true, ..person("pos-helper", "sam") };
    store.sign_in(&sid("sup"), &super::given::hash("in sup"), support, minute(0)).await.unwrap();
    store.send_request(new_request("q", "m", "nina")).await.unwrap()
}

/// Support connects on the request.
async fn fulfilled(store: &Shared, attempt: &str, connection: &str) {
    exchange(store, NewAttempt { request: Some(qid("q")), ..new_attempt(attempt, "sup") }).await;
    store.settle_attempt(&aid(attempt), settlement(connection, connection, connection)).await.unwrap();
}

pub async fn a_request_waits_in_the_vendors_queue(store: Shared) {
    let sent = asked(&store).await;
    let expected = Request {
        id: qid("q"),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        user: UserId::new("user nina"),
        name: "Name of nina".into(),
        email: "nina@example.com".into(),
        state: RequestState::Waiting,
        hubrise_id: "3r4s3-1".into(),
        location_name: "Paris\u{fffd}".into(),
        language: "fr".into(),
        created_at: minute(2),
        answer: None,
        connection: None,
    };
    assert_eq!(sent, expected);
    assert_eq!(store.request("pos-helper", &qid("q")).await.unwrap(), Some(expected.clone()));
    assert_eq!(store.request_of("pos-helper", "caisse", &sid("m")).await.unwrap(), Some(expected.clone()));
    assert_eq!(store.desk("pos-helper").await.unwrap().requests, [expected]);
}

pub async fn a_request_is_nobody_elses(store: Shared) {
    asked(&store).await;
    signed_in(&store, "p", "paul").await;
    assert_eq!(store.request("carre-pos", &qid("q")).await.unwrap(), None);
    for session in ["p", "sup", "unknown"] {
        assert_eq!(store.request_of("pos-helper", "caisse", &sid(session)).await.unwrap(), None);
        assert!(!store.withdraw_request(&qid("q"), &sid(session), minute(3)).await.unwrap(), "{session}");
    }
    assert_eq!(store.request_of("pos-helper", "comptoir", &sid("m")).await.unwrap(), None);
    assert!(!store.decline_request("carre-pos", &qid("q"), "no", minute(3)).await.unwrap());
    assert_eq!(store.desk("carre-pos").await.unwrap().requests, []);
    assert_eq!(store.request("pos-helper", &qid("q")).await.unwrap().unwrap().state, RequestState::Waiting);
    // Nor can one be sent in another's name.
    for stranger in
        [new_request("x", "p", "nina"), NewRequest { vendor: "carre-pos".into(), ..new_request("x", "m", "nina") }]
    {
        let refused = store.send_request(stranger).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
}

pub async fn a_second_request_takes_the_place_of_the_first(store: Shared) {
    asked(&store).await;
    store.send_request(new_request("q2", "m", "nina")).await.unwrap();
    assert_eq!(store.request("pos-helper", &qid("q")).await.unwrap(), None);
    let ids: Vec<_> = store.desk("pos-helper").await.unwrap().requests.into_iter().map(|request| request.id).collect();
    assert_eq!(ids, [qid("q2")]);
    // Of another till it stands beside it.
    store.send_request(NewRequest { till: "comptoir".into(), ..new_request("q3", "m", "nina") }).await.unwrap();
    assert_eq!(store.desk("pos-helper").await.unwrap().requests.len(), 2);
    let again = store.send_request(new_request("q3", "m", "nina")).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
}

pub async fn a_request_is_withdrawn_by_its_user_and_forgotten(store: Shared) {
    asked(&store).await;
    assert!(store.withdraw_request(&qid("q"), &sid("m"), minute(3)).await.unwrap());
    assert!(!store.withdraw_request(&qid("q"), &sid("m"), minute(3)).await.unwrap());
    assert_eq!(store.request_of("pos-helper", "caisse", &sid("m")).await.unwrap(), None);
    assert!(!store.decline_request("pos-helper", &qid("q"), "no", minute(4)).await.unwrap());
    assert_eq!(store.sweep(minute(DAY), 10).await.unwrap().requests, 0);
    assert_eq!(store.sweep(minute(DAY + 3), 10).await.unwrap().requests, 1);
}

pub async fn a_declined_request_says_why_for_ninety_days(store: Shared) {
    asked(&store).await;
    assert!(store.decline_request("pos-helper", &qid("q"), "Which account?\0", minute(5)).await.unwrap());
    assert!(!store.decline_request("pos-helper", &qid("q"), "again", minute(5)).await.unwrap());
    let request = store.request_of("pos-helper", "caisse", &sid("m")).await.unwrap().unwrap();
    assert_eq!((request.state, request.answer.as_deref()), (RequestState::Declined, Some("Which account?\u{fffd}")));
    assert_eq!(store.desk("pos-helper").await.unwrap().requests, []);
    assert_eq!(store.sweep(minute(90 * DAY + 4), 10).await.unwrap().requests, 0);
    assert_eq!(store.sweep(minute(90 * DAY + 5), 10).await.unwrap().requests, 1);
    assert_eq!(store.request_of("pos-helper", "caisse", &sid("m")).await.unwrap(), None);
}

pub async fn connecting_on_a_request_lets_its_user_alone_view(store: Shared) {
    asked(&store).await;
    signed_in(&store, "p", "paul").await;
    fulfilled(&store, "a", "c").await;
    let request = store.request_of("pos-helper", "caisse", &sid("m")).await.unwrap().unwrap();
    assert_eq!((request.state, request.connection), (RequestState::Connected, Some(cid("c"))));
    let merchant = store.connection(&cid("c"), &sid("m"), minute(3)).await.unwrap().unwrap();
    assert_eq!(merchant.role, Role::View);
    assert!(merchant.connection.support_verified_at.is_some());
    assert_eq!(merchant.connection.connected_by_name.as_deref(), Some("Name of sam"));
    let support = store.connection(&cid("c"), &sid("sup"), minute(3)).await.unwrap().unwrap();
    assert_eq!(support.role, Role::Manage);
    assert_eq!(seen(&store, &cid("c"), &sid("p"), minute(3)).await, None);
    // The merchant's own session is not its user: nobody else who sits there sees it.
    store.end_session(&sid("m")).await.unwrap();
    assert_eq!(seen(&store, &cid("c"), &sid("m"), minute(3)).await, None);
    assert_eq!(store.desk("pos-helper").await.unwrap().requests, []);
}

pub async fn a_request_that_no_longer_waits_gives_no_right(store: Shared) {
    asked(&store).await;
    store.decline_request("pos-helper", &qid("q"), "no", minute(3)).await.unwrap();
    fulfilled(&store, "a", "c").await;
    assert_eq!(seen(&store, &cid("c"), &sid("m"), minute(4)).await, None);
    // Neither does one for another till.
    store.send_request(NewRequest { till: "comptoir".into(), ..new_request("q2", "m", "nina") }).await.unwrap();
    exchange(&store, NewAttempt { request: Some(qid("q2")), ..new_attempt("b", "sup") }).await;
    store.settle_attempt(&aid("b"), settlement("d", "d", "d")).await.unwrap();
    assert_eq!(seen(&store, &cid("d"), &sid("m"), minute(4)).await, None);
}

pub async fn a_request_ends_with_the_connection_it_led_to(store: Shared) {
    asked(&store).await;
    fulfilled(&store, "a", "c").await;
    store.close_connection(&cid("c"), &sid("sup"), false, minute(5)).await.unwrap();
    assert_eq!(store.request_of("pos-helper", "caisse", &sid("m")).await.unwrap(), None);
    assert_eq!(actions(&store, "c").await, [crate::Action::Disconnected, crate::Action::Connected]);
    store.send_request(new_request("q2", "m", "nina")).await.unwrap();
}
