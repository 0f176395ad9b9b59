//! Every call passes the observer, once, and tells it no secret.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use passerelle_hubrise::{Api, AuthorizationCode, Http, Limits, LocationPath, OAuth};
use tokio::sync::mpsc;

use crate::stub::{self, Notes, PATIENT, SECRET, TOKEN};

fn http(notes: &Notes, limits: Limits) -> Http {
    Http::new(limits).unwrap().observed_by(Arc::new(notes.clone()))
}

#[tokio::test]
async fn tells_each_call_once_whatever_comes_of_it() {
    let notes = Notes::default();
    let good = stub::base(stub::answering(200, "[]").await);
    let bad = stub::base(stub::answering(500, "").await);
    let silent = stub::base(stub::serve(|_| std::future::pending::<Response>()).await);
    let hasty = Limits { whole: Duration::from_millis(200), ..PATIENT };

    let token = stub::token();
    Api::new(http(&notes, PATIENT), good.clone()).locations(&token, Some("cjkl44")).await.unwrap();
    Api::new(http(&notes, PATIENT), good).account(&token).await.unwrap_err();
    Api::new(http(&notes, PATIENT), bad).location_catalogs(&token, LocationPath::Id("a-0"), None).await.unwrap_err();
    Api::new(http(&notes, hasty), silent).delete_callback(&token).await.unwrap_err();
    assert_eq!(
        notes.all(),
        [
            "list_locations GET /v1/locations Some(200) Answered",
            "get_account GET /v1/account Some(200) Failed(Nonsense { what: \"its json lacks what is needed, at line 1 column 2\" })",
            "list_location_catalogs GET /v1/locations/a-0/catalogs Some(500) Failed(Failed { status: 500 })",
            "delete_callback DELETE /v1/callback None Failed(Timeout)",
        ]
    );
}

#[tokio::test]
async fn tells_a_call_whose_caller_went_away() {
    let (arrived, mut arrival) = mpsc::unbounded_channel();
    let address = stub::serve(move |_| {
        arrived.send(()).unwrap();
        std::future::pending::<Response>()
    })
    .await;
    let notes = Notes::default();
    let api = Api::new(http(&notes, PATIENT), stub::base(address));
    let call = tokio::spawn(async move { api.locations(&stub::token(), None).await });
    arrival.recv().await.unwrap();
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert_eq!(notes.all(), ["list_locations GET /v1/locations None Abandoned"]);
}

#[tokio::test]
async fn never_tells_a_secret_even_when_hubrise_repeats_it() {
    const CODE: &str = "ffae0047";
    let body = r#"{"message":"b9922a78d3ffab6b95e9d72e88 ffae0047 correct-horse",
        "errors":[{"field":"token","message":"b9922a78d3ffab6b95e9d72e88 ffae0047 correct-horse"}]}"#;
    for status in [200, 400, 401, 403, 404, 422, 429, 500] {
        let notes = Notes::default();
        let base = stub::base(stub::answering(status, body).await);
        let oauth = OAuth::new(http(&notes, PATIENT), base.clone());
        let api = Api::new(http(&notes, PATIENT), base);
        let exchanged = oauth.exchange(&stub::credentials(), &AuthorizationCode::new(CODE)).await.err();
        let revoked = oauth.revoke(&stub::credentials(), &stub::token()).await.err();
        let listed = api.locations(&stub::token(), None).await.err();

        let told = notes.all();
        assert_eq!(told.len(), 3);
        let carried: [(_, &[&str]); 3] =
            [(exchanged, &[CODE, SECRET]), (revoked, &[TOKEN, SECRET]), (listed, &[TOKEN])];
        for ((error, secrets), told) in carried.into_iter().zip(told) {
            let seen = format!("{error:?} {told}");
            assert!(!secrets.iter().any(|secret| seen.contains(secret)), "{status}: {seen}");
        }
    }
}
