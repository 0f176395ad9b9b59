//! The authorize URL, the exchange and the revocation.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use passerelle_hubrise::{AuthorizationCode, Authorize, Error, Http, OAuth, Scope};

use crate::stub::{self, PATIENT, Received};

fn code() -> AuthorizationCode {
    AuthorizationCode::new("ffae0047&c4d6=")
}

#[test]
fn sends_the_user_to_hubrise_with_all_it_needs() {
    let oauth = OAuth::new(Http::new(PATIENT).unwrap(), "https://manager.hubrise.com/oauth2/v1".parse().unwrap());
    let scope: Scope = "location[orders.write,catalog.read]".parse().unwrap();
    let least = Authorize {
        client_id: "4596.clients.hubrise.com",
        redirect_uri: "https://console.example/oauth/callback",
        scope: &scope,
        state: "s+t/a=te",
        device_id: None,
        country: None,
        account_name: None,
        location_name: None,
        app_instance_id: None,
    };
    let expected = "https://manager.hubrise.com/oauth2/v1/authorize\
        ?redirect_uri=https%3A%2F%2Fconsole.example%2Foauth%2Fcallback&client_id=4596.clients.hubrise.com\
        &scope=location%5Borders.write%2Ccatalog.read%5D&state=s%2Bt%2Fa%3Dte";
    assert_eq!(oauth.authorize_url(&least).as_str(), expected);

    let most = Authorize {
        device_id: Some("comptoir(2)"),
        country: Some("FR"),
        account_name: Some("Aux Délices & Co"),
        location_name: Some("Paris"),
        app_instance_id: Some("a1b2"),
        ..least
    };
    let url = oauth.authorize_url(&most);
    let pairs: Vec<(String, String)> = url.query_pairs().skip(4).map(|(k, v)| (k.into(), v.into())).collect();
    let expected = [
        ("device_id", "comptoir(2)"),
        ("country", "FR"),
        ("account_name", "Aux Délices & Co"),
        ("location_name", "Paris"),
        ("app_instance_id", "a1b2"),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn exchanges_a_code_as_documented() {
    let received = Received::default();
    let notes = received.clone();
    let answer = r#"{"access_token":"b9922a78","token_type":"Bearer","account_id":"3r4s3"}"#;
    let address = stub::serve(move |request| notes.clone().note(request, answer)).await;
    let token = stub::oauth(address).exchange(&stub::credentials(), &code()).await.unwrap();
    assert_eq!((token.access_token.expose(), token.account_id.as_deref()), ("b9922a78", Some("3r4s3")));

    let sent = received.all().concat();
    assert!(sent.starts_with("POST /v1/token\n"), "{sent}");
    // base64 of `pos-helper:correct-horse`
    assert!(sent.contains("authorization: Basic cG9zLWhlbHBlcjpjb3JyZWN0LWhvcnNl\n"), "{sent}");
    assert!(sent.contains("content-type: application/x-www-form-urlencoded\n"), "{sent}");
    assert!(sent.ends_with("code=ffae0047%26c4d6%3D"), "{sent}");
}

#[tokio::test]
async fn an_answer_without_a_usable_token_is_nonsense() {
    for body in [
        "",
        "<html>Please sign in to the network</html>",
        "{}",
        "[]",
        r#"{"access_token":null}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":"a b"}"#,
        r#"{"access_token":"a\nb"}"#,
    ] {
        let address = stub::answering(200, body).await;
        let error = stub::oauth(address).exchange(&stub::credentials(), &code()).await.unwrap_err();
        assert!(matches!(error, Error::Nonsense { .. }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn tells_a_bad_code_from_a_bad_client() {
    for (status, expected) in [(400, Error::CodeRejected), (404, Error::CodeRejected), (401, Error::ClientRejected)] {
        let address = stub::answering(status, r#"{"message":"no"}"#).await;
        let error = stub::oauth(address).exchange(&stub::credentials(), &code()).await.unwrap_err();
        assert_eq!(error, expected);
    }
}

#[tokio::test]
async fn revokes_a_token_as_documented() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, "")).await;
    stub::oauth(address).revoke(&stub::credentials(), &stub::token()).await.unwrap();
    let sent = received.all().concat();
    assert!(sent.starts_with("POST /v1/revoke\n") && sent.contains("authorization: Basic "), "{sent}");
    assert!(sent.ends_with(&format!("token={}", stub::TOKEN)), "{sent}");
}

#[tokio::test]
async fn a_page_of_a_proxy_revokes_nothing() {
    let address = stub::answering(200, "<html>Please sign in to the network</html>").await;
    let error = stub::oauth(address).revoke(&stub::credentials(), &stub::token()).await.unwrap_err();
    assert_eq!(error, Error::Nonsense { what: "it is not json".to_owned() });
    let address = stub::answering(200, "{}").await;
    assert_eq!(stub::oauth(address).revoke(&stub::credentials(), &stub::token()).await, Ok(()));
}
