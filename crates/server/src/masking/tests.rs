//! What is hidden, what is left, and that no text breaks it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn order() -> Value {
    json!({
        "id": "5dpm9", "state": "new", "ref": "R-17", "connection_name": "Uber Eats", "customer_notes": "For Marie, please",
        "items": [{"product_name": "Pizza", "price": "9.80 EUR", "sku_ref": "101"}],
        "custom_fields": {"shown": "M. DUPONT / 06 12 34 56 78"},
        "customer": {
            "id": "c1", "anonymised": false, "first_name": "Marie", "last_name": "Dupont", "email": "marie@dupont.example",
            "phone": "+33612345678", "phone_access_code": "4711", "address_1": "1 rue \u{e9}troite", "city": "Paris",
            "state": "IDF", "postal_code": "75011", "country": "FR", "latitude": 48.85, "delivery_notes": "Code 1234, 2nd floor",
            "company_name": null,
        },
    })
}

const REQUEST: &str = "<?xml version=\"1.0\"?>\n<Request>\n  <EOITransfer>\n    <EOIAuthenticationToken>YT6eR2-•••33A5B\
    </EOIAuthenticationToken>\n    <Member>\n      <FirstName>Marie</FirstName>\n      <LastName>Dupont</LastName>\n      \
    <City>Paris</City>\n      <Note><![CDATA[x]]></Note>\n    </Member>\n    <Description>marie&#39;s &lt;pizza&gt;</Description>\n\
    </EOITransfer></Request>";

fn mask_xml(text: &str) -> String {
    Personal::of(text).mask(text)
}

#[test]
fn what_is_personal_in_an_order_is_hidden_and_the_rest_stays_as_it_is_written() {
    let text = serde_json::to_string_pretty(&order()).unwrap();
    let masked = mask_json(&text);
    for word in [
        "Marie",
        "Dupont",
        "DUPONT",
        "dupont.example",
        "612345678",
        "12 34 56",
        "4711",
        "troite",
        "Paris",
        "IDF",
        "75011",
        "48.85",
        "floor",
    ] {
        assert!(!masked.contains(word), "{word}: {masked}");
    }
    let read: Value = serde_json::from_str(&masked).unwrap();
    let left = order();
    for key in ["id", "state", "ref", "connection_name", "items"] {
        assert_eq!(read[key], left[key]);
    }
    assert_eq!(read["customer_notes"], "For •••, please");
    assert_eq!(read["custom_fields"]["shown"], "M. ••• / •••");
    assert_eq!((&read["customer"]["id"], &read["customer"]["company_name"]), (&json!("c1"), &Value::Null));
    assert_eq!((&read["customer"]["phone"], &read["customer"]["anonymised"]), (&json!("•••"), &json!(false)));
    assert_eq!(masked.lines().count(), text.lines().count(), "line by line");
}

#[test]
fn a_request_hides_its_member_and_what_the_order_says_of_the_customer() {
    let masked = Personal::of(&order().to_string()).mask(REQUEST);
    assert!(masked.contains("<FirstName>•••</FirstName>") && masked.contains("<City>•••</City>"), "{masked}");
    assert!(masked.contains("<Note><![CDATA[•••]]></Note>"), "{masked}");
    assert!(masked.contains("<Description>•••'s &lt;pizza&gt;</Description>"), "{masked}");
    assert!(masked.contains("YT6eR2-•••33A5B"), "a token is not what this masks");
    assert_eq!(mask_xml(REQUEST), masked, "what a request says itself is enough");
}

#[test]
fn the_event_around_an_order_is_read_alike() {
    let event =
        json!({"id": "e", "resource_type": "order", "new_state": order(), "previous_state": order()}).to_string();
    let personal = Personal::of(&event);
    assert!(!personal.mask(&event).contains("Dupont"));
    assert_eq!(personal.mask("Unknown customer DUPONT, Marïe"), "Unknown customer •••, •••");
}

#[test]
fn only_whole_words_are_hidden_elsewhere() {
    let order = json!({"customer": {"first_name": "Tom", "last_name": "Li", "phone_access_code": "101", "phone": "0612345678"}});
    let personal = Personal::of(&order.to_string());
    for text in ["Tomato", "Atom", "Linguine", "<ProdNum>101</ProdNum>", "1612345", "0.61 23.45"] {
        assert_eq!(personal.mask(text), text);
    }
    assert_eq!(personal.mask("tom, TOM; Tom."), "•••, •••; •••.");
    for phone in ["+33612345678", "+33 (0)6 12 34 56 78", "06.12.34.56.78", "0033-6-12-34-56-78"] {
        assert_eq!(personal.mask(&format!("call {phone}!")), "call •••!", "{phone}");
    }
}

#[test]
fn a_broken_body_is_masked_as_far_as_it_goes() {
    assert_eq!(mask_json(r#"{"customer": {"first_name": "Ma"#), r#"{"customer": {"first_name": "•••""#);
    assert_eq!(mask_json(r#"{"a" "phone": 0612345678, "x": "0612345678"#), r#"{"a" "phone": "•••", "x": "0612345678"#);
    assert_eq!(mask_xml("<Member><FirstName>Marie</FirstNam"), "<Member><FirstName>•••</FirstNam");
    assert_eq!(mask_xml("<Member><a x='Marie'/><![CDATA[Marie"), "<Member><a x='Marie'/><![CDATA[•••");
    let deep = format!("{}\"Marie\"", "[".repeat(5_000));
    assert!(!mask_json(&deep).contains("Marie"), "nobody knows where this is");
}

#[test]
fn an_escaped_value_is_the_same_value() {
    let order = r#"{"customer": {"last_name": "H\u00e9l\u00e8ne"}, "note": "h\u00e9l\u00e8ne", "other": "a\"b\\"}"#;
    assert_eq!(mask_json(order), r#"{"customer": {"last_name": "•••"}, "note": "•••", "other": "a\"b\\"}"#);
    let personal = Personal::of(r#"{"customer": {"company_name": "Tom & Jerry"}}"#);
    assert_eq!(personal.mask("<A>to Tom &amp; Jerry</A>"), "<A>to •••</A>");
}

#[test]
fn a_token_is_put_where_its_mask_was_and_nothing_else_changes() {
    let other = with_token(REQUEST, "a<b");
    assert_eq!(other, REQUEST.replace("YT6eR2-•••33A5B", "a&lt;b"));
    assert_eq!(with_token("<A>x</A>", "secret"), "<A>x</A>");
}

#[test]
fn what_an_event_holds_under_a_key_is_as_it_is_written() {
    assert_eq!(raw_member(r#"{"b": 1, "new_state": {"z": 1.0, "a":2}}"#, "new_state"), Some(r#"{"z": 1.0, "a":2}"#));
    assert_eq!(raw_member(r#"{"b": 1}"#, "new_state"), None);
    assert_eq!(raw_member("[", "new_state"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_breaks_it(text in "[\\[\\]{}<>/!&;:,\"\\\\a-z0-9 é•\u{301}-]{0,200}", name in any::<String>()) {
        let order = json!({"customer": {"first_name": name, "phone": "0612345678"}, "x": text}).to_string();
        let personal = Personal::of(&order);
        for text in [format!("{{{text}"), format!("<{text}"), text] {
            personal.mask(&text);
            mask_json(&text);
            mask_xml(&text);
        }
        let masked: Value = serde_json::from_str(&personal.mask(&order)).unwrap();
        prop_assert!(masked["customer"]["phone"] == "•••");
    }
}
