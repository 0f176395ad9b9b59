//! Every status of every kind of call, with bodies as HubRise writes them and as it does not.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;

fn verdict(asked: Asked, status: u16, body: &str) -> Result<(), Error> {
    of(asked, status, &HeaderMap::new(), body.as_bytes(), &["s3cret", ""])
}

const ALL: [Asked; 3] = [Asked::Api, Asked::Token, Asked::Revoke];

#[test]
fn any_2xx_is_an_answer() {
    for asked in ALL {
        for status in [200, 201, 204] {
            assert_eq!(verdict(asked, status, ""), Ok(()));
        }
    }
}

#[test]
fn tells_hubrises_three_causes_of_a_dead_token_apart() {
    for (message, cause) in [
        ("The account/location has been suspended for non payment of the subscription", DeadCause::Unpaid),
        ("The access token is invalid or the connection has been revoked", DeadCause::Revoked),
        ("The connection has been blocked", DeadCause::Blocked),
        ("Something new", DeadCause::Unknown),
    ] {
        let body = format!(r#"{{"message":"{message}","error_type":"unauthorized"}}"#);
        let dead = Error::TokenDead { cause, message: message.to_owned() };
        assert_eq!(verdict(Asked::Api, 401, &body), Err(dead));
    }
    for body in ["", "<html>", "{}", r#"{"message":null}"#, r#"{"message":7}"#, "[]"] {
        let dead = Error::TokenDead { cause: DeadCause::Unknown, message: String::new() };
        assert_eq!(verdict(Asked::Api, 401, body), Err(dead), "{body}");
    }
}

#[test]
fn a_status_means_what_was_asked_makes_of_it() {
    let refused = |status| Error::Unprocessable { status, message: String::new(), fields: Vec::new() };
    for (asked, status, error) in [
        (Asked::Token, 400, Error::CodeRejected),
        (Asked::Token, 404, Error::CodeRejected),
        (Asked::Token, 401, Error::ClientRejected),
        (Asked::Token, 422, refused(422)),
        (Asked::Revoke, 401, Error::ClientRejected),
        (Asked::Revoke, 400, refused(400)),
        (Asked::Revoke, 404, Error::NotFound),
        (Asked::Api, 400, refused(400)),
        (Asked::Api, 404, Error::NotFound),
        (Asked::Api, 415, refused(415)),
    ] {
        assert_eq!(verdict(asked, status, ""), Err(error), "{asked:?} {status}");
    }
}

#[test]
fn some_statuses_mean_the_same_everywhere() {
    for asked in ALL {
        assert_eq!(verdict(asked, 403, ""), Err(Error::Forbidden { message: String::new() }));
        assert_eq!(verdict(asked, 429, ""), Err(Error::RateLimited { retry_after: None }));
        for status in [500, 502, 503, 504, 599] {
            assert_eq!(verdict(asked, status, "<html>"), Err(Error::Failed { status }));
        }
        for status in [100, 302, 304, 600] {
            let what = format!("unexpected status `{status}`");
            assert_eq!(verdict(asked, status, ""), Err(Error::Nonsense { what }));
        }
        // A wrong base URL must not be taken for a rejected code or a missing location.
        let what = "hubrise has no such path".to_owned();
        assert_eq!(verdict(asked, 404, r#"{"error_type":"routing_error"}"#), Err(Error::Nonsense { what }));
    }
}

#[test]
fn hands_on_the_fields_of_a_422() {
    let body = r#"{"message":"Validation failed","errors":[{"field":"price","message":"'abc' is no amount"},{}],
        "error_type":"unprocessable_entity"}"#;
    let field = |field: &str, message: &str| FieldError { field: field.to_owned(), message: message.to_owned() };
    assert_eq!(
        verdict(Asked::Api, 422, body),
        Err(Error::Unprocessable {
            status: 422,
            message: "Validation failed".to_owned(),
            fields: vec![field("price", "'abc' is no amount"), field("", "")],
        })
    );
}

#[test]
fn reads_retry_after_in_seconds_alone() {
    for (value, expected) in [
        ("17", Some(17)),
        (" 0 ", Some(0)),
        ("-1", None),
        ("1.5", None),
        ("Sat, 21 Nov 2026 10:00:00 GMT", None),
        ("", None),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        let retry_after = expected.map(Duration::from_secs);
        assert_eq!(of(Asked::Api, 429, &headers, b"", &[]), Err(Error::RateLimited { retry_after }), "{value}");
    }
}

#[test]
fn keeps_hubrises_words_to_one_bounded_line() {
    let body = format!(r#"{{"message":"a\nb\u0007{}"}}"#, "é".repeat(1000));
    let Err(Error::Forbidden { message }) = verdict(Asked::Api, 403, &body) else { panic!("not forbidden") };
    assert_eq!(message.chars().count(), LONGEST_MESSAGE);
    assert!(message.starts_with("a b é"), "{message}");
}

#[test]
fn masks_a_secret_that_hubrise_repeats() {
    let body = r#"{"message":"token s3cret is bad","errors":[{"field":"s3cret","message":"s3cret!"}]}"#;
    for status in [401, 403, 422] {
        let error = verdict(Asked::Api, status, body).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("s3cret"), "{error:?}");
        assert!(error.to_string().contains("token … is bad"), "{error}");
    }
    let body = format!(r#"{{"message":"{}s3cret"}}"#, "x".repeat(LONGEST_MESSAGE - 3));
    let cut = format!("{}…", "x".repeat(LONGEST_MESSAGE - 3));
    assert_eq!(verdict(Asked::Api, 403, &body), Err(Error::Forbidden { message: cut }));
}
