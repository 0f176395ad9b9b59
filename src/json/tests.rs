#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use passerelle_wire::{OperationState, Problem, ProblemCode};
use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Sample {
    text: String,
    number: u16,
    below: Option<i64>,
    list: Vec<Option<bool>>,
    pair: (u8, String),
    word: OperationState,
    shape: Shape,
    #[serde(default)]
    names: BTreeMap<String, Vec<u32>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Bare,
    One(String),
    Two(u8, u8),
    Named { a: u8, b: Option<String> },
}

fn sample(shape: Shape) -> Sample {
    Sample {
        text: "a \"b\" \\ / é 🍕 \u{8}\u{c}\n\r\t\u{1b}\u{0}".to_owned(),
        number: 65_535,
        below: Some(-9_007_199_254_740_993),
        list: vec![Some(true), None, Some(false)],
        pair: (7, String::new()),
        word: OperationState::Delivered,
        shape,
        names: [("x".to_owned(), vec![1, 2]), ("é\"".to_owned(), Vec::new())].into(),
    }
}

/// Reads what serde_json reads, and nothing of what it refuses.
#[track_caller]
fn check<T: DeserializeOwned + PartialEq + Debug>(text: &str) {
    assert_eq!(read::<T>(text), serde_json::from_str(text).ok(), "{text}");
}

#[test]
fn reads_what_is_written() {
    for shape in [
        Shape::Bare,
        Shape::One("x".to_owned()),
        Shape::Two(1, 2),
        Shape::Named { a: 1, b: None },
        Shape::Named { a: 1, b: Some(String::new()) },
    ] {
        let sample = sample(shape);
        assert_eq!(read(&serde_json::to_string(&sample).unwrap()).as_ref(), Some(&sample));
        assert_eq!(read(&serde_json::to_string_pretty(&sample).unwrap()).as_ref(), Some(&sample));
    }
}

#[test]
fn reads_texts() {
    for text in [
        r#""""#,
        r#""é""#,
        r#""\u00e9\u0000A""#,
        r#""\ud83c\udf55!""#,
        r#""\uD83C\uDF55""#,
        r#""\"\\\/\b\f\n\r\t""#,
        " \t\r\n\"x\" \n",
        r#""\ud83c""#,
        r#""\ud83cx""#,
        r#""\ud83c\n""#,
        r#""\ud83c\u0041""#,
        r#""\udf55""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\u+123""#,
        r#""\x""#,
        r#""\"#,
        r#"""#,
        r#""a"#,
        "\"a\nb\"",
        "\"a\u{1}b\"",
        r#""a" "b""#,
        r#""a","#,
        "'a'",
        "a",
        "",
        "null",
        "1",
    ] {
        check::<String>(text);
    }
}

#[test]
fn reads_numbers() {
    for text in [
        "0",
        "7",
        "255",
        "256",
        "-1",
        "00",
        "01",
        "-01",
        "+1",
        "1.0",
        "1e2",
        "1.",
        ".5",
        "-",
        "",
        "0x10",
        "1 2",
        "1_0",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "\"1\"",
        "NaN",
        "true",
    ] {
        check::<u8>(text);
        check::<u64>(text);
        check::<i64>(text);
    }
    assert_eq!(read::<f64>("0.5"), None, "no type of ours has a fraction");
}

#[test]
fn reads_lists_and_objects() {
    for text in [
        "[]",
        "[ ]",
        "[1]",
        "[1, 2 ,3]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "[",
        "]",
        "[1]]",
        "{}",
        "[[1]]",
        "[null]",
        "1",
        "[1}",
        "nul",
        "null",
    ] {
        check::<Vec<u8>>(text);
        check::<(u8,)>(text);
        check::<(u8, u8)>(text);
        check::<[Option<u8>; 2]>(text);
        check::<Option<Vec<u8>>>(text);
    }
    for text in [
        "{}",
        r#"{"a":1}"#,
        r#"{ "a" : 1 , "b":2 }"#,
        r#"{"a":1,}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a"}"#,
        r#"{a:1}"#,
        r#"{"a":1"#,
        r#"{"a":1]"#,
        r#"{,}"#,
        r#"{"a":}"#,
        r#"{"\u0061":1}"#,
        "[]",
    ] {
        check::<BTreeMap<String, u8>>(text);
    }
}

#[test]
fn passes_over_what_it_does_not_know() {
    let known = r#""status":404,"code":"till_unknown","detail":"no such till","request_id":"r1""#;
    let expected: Problem = serde_json::from_str(&format!("{{{known}}}")).unwrap();
    assert_eq!(expected.code, ProblemCode::TillUnknown);
    for more in [
        "1",
        "-1.5e3",
        "true",
        "false",
        "null",
        r#""}""#,
        "[]",
        "{}",
        "[[],[{}]]",
        r#"{"a":{"b":[1,"]",{"c":null}]},"d":0}"#,
    ] {
        assert_eq!(read(&format!(r#"{{"more":{more},{known}}}"#)).as_ref(), Some(&expected), "{more}");
        assert_eq!(read(&format!(r#"{{{known},"more":{more}}}"#)).as_ref(), Some(&expected), "{more}");
    }
    for wrong in ["", "[", "[}", "{]", r#"{"a"}"#, r#"{"a":1,}"#, "[1,]", "tru", "[1 2]", r#"{1:2}"#] {
        assert_eq!(read::<Problem>(&format!(r#"{{{known},"more":{wrong}}}"#)), None, "{wrong}");
    }
    assert_eq!(
        read::<Problem>(&format!(r#"{{{known},"more":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000))),
        Some(expected)
    );
}

#[test]
fn demands_what_a_type_demands() {
    for text in [
        r#"{"status":404,"code":"till_unknown","detail":""}"#,
        r#"{"status":404,"code":"teapot","detail":"","request_id":"r"}"#,
        r#"{"status":70000,"code":"internal","detail":"","request_id":"r"}"#,
        r#"{"status":"404","code":"internal","detail":"","request_id":"r"}"#,
        r#"{"status":404,"status":404,"code":"internal","detail":"","request_id":"r"}"#,
        r#"{"status":404,"code":"internal","detail":null,"request_id":"r"}"#,
        "null",
        "<!doctype html>",
    ] {
        check::<Problem>(text);
        assert_eq!(read::<Problem>(text), None, "{text}");
    }
}
