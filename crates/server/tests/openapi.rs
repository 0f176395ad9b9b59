//! The API's contract, as its description tells it: whoever changes it sees it in the review.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

/// The description as it was last agreed upon; also what readers without a running server open.
const AGREED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

#[test]
fn the_contract_is_the_one_agreed_upon() {
    let mut found = passerelle_server::openapi_document().to_pretty_json().unwrap();
    found.push('\n');
    if std::env::var_os("PASSERELLE_TEST_ACCEPT").is_some() {
        fs::create_dir_all(Path::new(AGREED).parent().unwrap()).unwrap();
        fs::write(AGREED, &found).unwrap();
    }
    let agreed = fs::read_to_string(AGREED).unwrap();
    let change = agreed.lines().zip(found.lines()).enumerate().find(|(_, (agreed, found))| agreed != found);
    assert!(
        agreed == found,
        "the API differs from docs/openapi.json, first at line {}: if this is meant, run this test with \
         PASSERELLE_TEST_ACCEPT=1 and commit the file",
        change.map_or(agreed.lines().count().min(found.lines().count()), |(line, _)| line) + 1
    );
}

#[test]
fn every_operation_says_what_it_does_and_how_it_fails() {
    let document = serde_json::to_value(passerelle_server::openapi_document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    assert!(!paths.is_empty());
    for (path, item) in paths {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let named = format!("{method} {path}");
            let said =
                ["summary", "description"].iter().any(|key| operation[key].as_str().is_some_and(|t| !t.is_empty()));
            assert!(said, "{named} says nothing");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{named} never succeeds");
            let problem = &responses["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{named}");
        }
    }
}
