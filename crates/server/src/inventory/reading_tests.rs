#![expect(clippy::unwrap_used, reason = "a test may panic")]

use passerelle_wire::StockFaultCode as Code;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn now() -> Timestamp {
    Timestamp::from_second(1_795_289_462).unwrap()
}

fn said(body: &str) -> Result<Said, Refused> {
    read(body.as_bytes(), now())
}

/// What is wrong with one entry: field and code.
fn faults(entry: &str) -> Vec<(String, Code)> {
    match said(&format!(r#"{{"sequence": 1, "entries": [{entry}]}}"#)) {
        Ok(_) => Vec::new(),
        Err(Refused::Wrong(faults, total)) => {
            assert_eq!(usize::try_from(total).unwrap(), faults.len());
            assert!(faults.iter().all(|fault| fault.index == 0));
            faults.into_iter().map(|fault| (fault.field, fault.code)).collect()
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// A managed product with this quantity, as JSON.
fn with_quantity(quantity: &str) -> String {
    format!(r#"{{"sku_ref": "a", "stock_managed": true, "quantity": {quantity}, "available": true}}"#)
}

#[test]
fn reads_what_a_till_says() {
    let body = json!({"sequence": 9_007_199_254_740_991_i64, "entries": [
        {"sku_ref": "COKE", "name": "Coca", "stock_managed": true, "quantity": "-2.50", "available": true},
        {"option_ref": "EGG", "stock_managed": false, "available": false, "expires_at": "2030-08-05T08:00:00+02:00", "quantity": null},
    ]});
    let said = said(&body.to_string()).unwrap();
    assert_eq!(said.sequence, LAST);
    let [coke, egg] = &said.entries[..] else { panic!() };
    assert_eq!(
        (coke.of.reference.as_str(), coke.quantity.as_deref(), coke.wanted.as_deref()),
        ("COKE", Some("-2.5"), Some("0"))
    );
    assert_eq!(
        (egg.of.kind, egg.managed, egg.available, egg.wanted.as_deref()),
        (StockKind::Option, false, false, Some("0"))
    );
    assert_eq!(egg.expires_at.unwrap().to_string(), "2030-08-05T06:00:00Z");
}

#[test]
fn a_number_is_read_as_it_is_written() {
    for (written, expected) in
        [("0.1", "0.1"), ("123456789012.123456", "123456789012.123456"), ("-0", "0"), ("\"-0.0\"", "0"), ("5.00", "5")]
    {
        let said = said(&format!(r#"{{"sequence": 1, "entries": [{}]}}"#, with_quantity(written))).unwrap();
        assert_eq!(said.entries[0].quantity.as_deref(), Some(expected), "{written}");
    }
}

#[test]
fn quantities_that_are_none_are_refused() {
    let digits = "9".repeat(1_000);
    for quantity in
        ["1e400", "\"1e400\"", "\"NaN\"", "\"Infinity\"", &digits, &format!("\"{digits}\""), "\"\"", "1e2", "0.1234567"]
    {
        assert_eq!(faults(&with_quantity(quantity)), [("quantity".to_owned(), Code::Invalid)], "{quantity}");
    }
    assert_eq!(faults(&with_quantity("true")), [("quantity".to_owned(), Code::WrongType)]);
    assert_eq!(faults(&with_quantity("[1]")), [("quantity".to_owned(), Code::WrongType)]);
    assert_eq!(faults(&with_quantity("null")), [("quantity".to_owned(), Code::Missing)]);
    // That is no JSON at all.
    assert!(matches!(
        said(&format!(r#"{{"sequence": 1, "entries": [{}]}}"#, with_quantity("NaN"))),
        Err(Refused::Malformed(_))
    ));
}

#[test]
fn everything_wrong_with_an_entry_is_named() {
    let wrong = |entry: serde_json::Value| faults(&entry.to_string());
    let named = |field: &str, code| (field.to_owned(), code);
    assert_eq!(
        wrong(json!({})),
        [named("sku_ref", Code::Missing), named("stock_managed", Code::Missing), named("available", Code::Missing)]
    );
    assert_eq!(wrong(json!([])), [named("", Code::WrongType)]);
    assert_eq!(wrong(json!("x")), [named("", Code::WrongType)]);
    let with = |name: &str, value: serde_json::Value| {
        let mut entry = json!({"sku_ref": "a", "stock_managed": false, "available": true});
        entry[name] = value;
        wrong(entry)
    };
    assert_eq!(with("sku_ref", json!("x".repeat(200))), []);
    assert_eq!(with("sku_ref", json!("x".repeat(10_000))), [named("sku_ref", Code::TooLong)]);
    assert_eq!(with("sku_ref", json!(" ")), [named("sku_ref", Code::Invalid)]);
    assert_eq!(with("sku_ref", json!("a\u{0}b")), [named("sku_ref", Code::Invalid)]);
    assert_eq!(with("sku_ref", json!(7)), [named("sku_ref", Code::WrongType)]);
    assert_eq!(with("option_ref", json!("b")), [named("option_ref", Code::BothRefs)]);
    assert_eq!(with("name", json!("é".repeat(201))), [named("name", Code::TooLong)]);
    assert_eq!(with("available", json!("yes")), [named("available", Code::WrongType)]);
    assert_eq!(with("available", json!(null)), [named("available", Code::WrongType)]);
    assert_eq!(with("expires_at", json!("tomorrow")), [named("expires_at", Code::Invalid)]);
    assert_eq!(with("expires_at", json!("2030-08-05T08:00:00")), [named("expires_at", Code::Invalid)]);
    assert_eq!(with("price", json!(1)), [named("price", Code::UnknownField)]);
}

#[test]
fn the_same_ref_twice_is_refused_but_a_sku_is_no_option() {
    let entry = |key: &str| json!({key: "a", "stock_managed": false, "available": true});
    let body = |keys: &[&str]| {
        json!({"sequence": 1, "entries": keys.iter().map(|key| entry(key)).collect::<Vec<_>>()}).to_string()
    };
    assert_eq!(said(&body(&["sku_ref", "option_ref"])).unwrap().entries.len(), 2);
    let Err(Refused::Wrong(faults, 1)) = said(&body(&["sku_ref", "option_ref", "sku_ref"])) else { panic!() };
    assert_eq!((faults[0].index, faults[0].code), (2, Code::Duplicate));
}

#[test]
fn a_hundred_wrong_entries_are_named_and_all_are_counted() {
    let body = json!({"sequence": 1, "entries": vec![json!(1); 250]}).to_string();
    let Err(Refused::Wrong(faults, 250)) = said(&body) else { panic!() };
    assert_eq!((faults.len(), faults[99].index), (100, 99));
}

#[test]
fn twenty_thousand_entries_are_taken_and_one_more_is_not() {
    let body = |count: usize| {
        let entry = |nth| format!(r#"{{"sku_ref":"{nth}","stock_managed":false,"available":true}}"#);
        let entries: Vec<_> = (0..count).map(entry).collect();
        format!(r#"{{"sequence":1,"entries":[{}]}}"#, entries.join(","))
    };
    assert_eq!(said(&body(MOST)).unwrap().entries.len(), MOST);
    assert_eq!(said(&body(MOST + 1)), Err(Refused::TooMany));
}

#[test]
fn what_is_not_of_this_shape_is_malformed() {
    for body in [
        "",
        "[]",
        "{}",
        "nonsense",
        r#"{"sequence": 1}"#,
        r#"{"entries": []}"#,
        r#"{"sequence": -1, "entries": []}"#,
        r#"{"sequence": 1.5, "entries": []}"#,
        r#"{"sequence": "1", "entries": []}"#,
        r#"{"sequence": 9007199254740992, "entries": []}"#,
        r#"{"sequence": 1, "entries": {}}"#,
        r#"{"sequence": 1, "entries": [], "more": 1}"#,
        r#"{"sequence": 1, "entries": []} x"#,
        r#"{"sequence": 1, "entries": [], "entries": []}"#,
    ] {
        assert!(matches!(said(body), Err(Refused::Malformed(_))), "{body}");
    }
    assert_eq!(said(r#"{"sequence": 0, "entries": []}"#), Ok(Said { sequence: 0, entries: Vec::new() }));
}

proptest! {
    #[test]
    fn no_body_makes_it_panic(body in ".{0,200}") {
        let _any = said(&body);
    }

    #[test]
    fn no_entry_makes_it_panic(entry in r#"\{("(sku_ref|quantity|available|stock_managed|expires_at)": ?("[^"\\]{0,9}"|[0-9.eE+-]{1,9}|null|true),? ?){0,5}\}"#) {
        let _any = said(&format!(r#"{{"sequence": 1, "entries": [{entry}]}}"#));
    }
}
