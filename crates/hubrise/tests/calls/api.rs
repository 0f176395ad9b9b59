//! What each call of the API sends, and what it makes of a good answer.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use axum::response::IntoResponse;
use passerelle_hubrise::{Error, LocationPath};

use crate::stub::{self, PATIENT, Received};

#[tokio::test]
async fn each_call_goes_to_its_documented_path() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, "[]")).await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());

    let own = LocationPath::Own;
    let other = LocationPath::Id("3r4s3-1");
    api.locations(&token, None).await.unwrap();
    api.locations(&token, Some("c&d=/é")).await.unwrap();
    api.location_catalogs(&token, own, None).await.unwrap();
    api.location_catalogs(&token, other, None).await.unwrap();
    api.account_catalogs(&token, None).await.unwrap();
    api.location_customer_lists(&token, own, None).await.unwrap();
    api.location_customer_lists(&token, other, None).await.unwrap();
    api.account_customer_lists(&token, None).await.unwrap();
    api.delete_callback(&token).await.unwrap();
    // These three want an object: that the list is refused is not the point here.
    api.location(&token, own).await.unwrap_err();
    api.location(&token, other).await.unwrap_err();
    api.account(&token).await.unwrap_err();

    let lines: Vec<String> = received.all().iter().map(|all| all.lines().next().unwrap().to_owned()).collect();
    assert_eq!(
        lines,
        [
            "GET /v1/locations?count=100",
            "GET /v1/locations?count=100&cursor=c%26d%3D%2F%C3%A9",
            "GET /v1/location/catalogs?count=100",
            "GET /v1/locations/3r4s3-1/catalogs?count=100",
            "GET /v1/account/catalogs?count=100",
            "GET /v1/location/customer_lists?count=100",
            "GET /v1/locations/3r4s3-1/customer_lists?count=100",
            "GET /v1/account/customer_lists?count=100",
            "DELETE /v1/callback",
            "GET /v1/location",
            "GET /v1/locations/3r4s3-1",
            "GET /v1/account",
        ]
    );
}

#[tokio::test]
async fn carries_the_token_in_hubrises_own_header_and_says_who_calls() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, "{}")).await;
    stub::api(address, PATIENT).get_callback(&stub::token()).await.unwrap();
    let expected = format!(
        "GET /v1/callback\naccept: application/json\nuser-agent: Passerelle/{}\nx-access-token: {}\n",
        env!("CARGO_PKG_VERSION"),
        stub::TOKEN
    );
    assert_eq!(received.all(), [expected]);
}

#[tokio::test]
async fn an_id_from_outside_never_changes_the_path() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, "[]")).await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());
    for id in ["", "..", "../callback", "a/b", "a?b", "a%2fb", "a b"] {
        let error = Error::MalformedId { what: "location id" };
        let location = LocationPath::Id(id);
        assert_eq!(api.location(&token, location).await.unwrap_err(), error, "{id}");
        assert_eq!(api.location_catalogs(&token, location, None).await.unwrap_err(), error, "{id}");
        assert_eq!(api.location_customer_lists(&token, location, None).await.unwrap_err(), error, "{id}");
    }
    for cursor in ["", &"c".repeat(513)] {
        let error = Err(Error::MalformedId { what: "cursor" });
        assert_eq!(api.locations(&token, Some(cursor)).await, error);
    }
    assert_eq!(received.all(), [""; 0]);
}

#[tokio::test]
async fn follows_hubrises_cursors_to_the_last_page() {
    let address = stub::serve(|request: axum::extract::Request| async move {
        let page = |cursor: &'static str, body: &'static str| ([("x-cursor-next", cursor)], body).into_response();
        match request.uri().query() {
            Some("count=100") => page("cjkl44", r#"[{"id":"a-0","name":"Paris","city":"Paris"}]"#),
            Some("count=100&cursor=cjkl44") => r#"[{"id":"a-1","name":"Nice"}]"#.into_response(),
            Some("count=100&cursor=round") => page("round", "[]"),
            Some("count=100&cursor=empty") => page("", "[]"),
            query => panic!("unexpected query {query:?}"),
        }
    })
    .await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());

    let first = api.locations(&token, None).await.unwrap();
    assert_eq!((first.items[0].name.as_str(), first.next_cursor.as_deref()), ("Paris", Some("cjkl44")));
    let last = api.locations(&token, Some("cjkl44")).await.unwrap();
    assert_eq!((last.items[0].name.as_str(), last.next_cursor), ("Nice", None));

    let round = api.locations(&token, Some("round")).await.unwrap_err();
    assert_eq!(round, Error::Nonsense { what: "the next page is the same page again".to_owned() });
    assert_eq!(api.locations(&token, Some("empty")).await.unwrap().next_cursor, None);
}

#[tokio::test]
async fn that_there_is_no_callback_to_delete_is_no_failure() {
    let address = stub::answering(404, r#"{"error_type":"not_found"}"#).await;
    assert_eq!(stub::api(address, PATIENT).delete_callback(&stub::token()).await, Ok(()));

    let address = stub::answering(404, r#"{"error_type":"routing_error"}"#).await;
    let error = stub::api(address, PATIENT).delete_callback(&stub::token()).await.unwrap_err();
    assert_eq!(error, Error::Nonsense { what: "hubrise has no such path".to_owned() });
}

#[tokio::test]
async fn a_token_no_header_can_carry_is_not_sent() {
    let address = stub::answering(200, "[]").await;
    let token = passerelle_hubrise::AccessToken::new("a\nb");
    let error = stub::api(address, PATIENT).locations(&token, None).await.unwrap_err();
    assert_eq!(error, Error::Nonsense { what: "the access token cannot stand in a header".to_owned() });
}
