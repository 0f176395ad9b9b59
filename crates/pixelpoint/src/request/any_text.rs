//! Nothing an order holds can break a request.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use rust_decimal::Decimal;

use super::tests::item;
use super::*;
use crate::order::{Item, Member, MemberField, Number, Payment};

/// Every text of every leaf, in the document's order, as a reader that forgives nothing reads them.
fn texts(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_comments = true;
    let (mut open, mut found) = (Vec::<(String, String, bool)>::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                if let Some(parent) = open.last_mut() {
                    parent.2 = true;
                }
                open.push((tag.name().as_ref().to_owned(), String::new(), false));
            }
            Event::End(_) => {
                let (name, text, parent) = open.pop().expect("opened");
                if !parent {
                    found.push((name, text));
                }
            }
            Event::Text(text) => {
                if let Some(last) = open.last_mut() {
                    last.1.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref().expect("a character") {
                    Some(character) => character,
                    None => match &*reference {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        other => panic!("the entity {other}"),
                    },
                };
                open.last_mut().expect("inside").1.push(character);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty());
    found
}

fn holdable(text: &str) -> String {
    let forbidden = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || c == '\u{fffe}' || c == '\u{ffff}';
    text.chars().filter(|&c| !forbidden(c)).collect()
}

/// Texts no one would choose: control characters, markup, the ends of CDATA, emoji, anything.
fn odd_text() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        any::<String>(),
        "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{fffd}-\u{ffff}]{0,8}",
        Just("]]>".to_owned()),
        Just("<![CDATA[&#0;<!DOCTYPE x>&amp;&lt;".to_owned()),
        Just("\r\n\t 🍕👩‍🍳".to_owned()),
        Just("x".repeat(10_000)),
    ];
    proptest::collection::vec(bits, 0..4).prop_map(|bits| bits.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_in_any_field_reads_back(
        texts_in in proptest::collection::vec(odd_text(), 10),
        cents in any::<i64>(),
        token in odd_text(),
    ) {
        let text = |index: usize| texts_in[index].clone();
        let odd = Order {
            sale_type: Some(text(0)),
            schedule_time: None,
            items: vec![
                Item { combo_item_id: Some(text(1)), ..item(1, 1, Some(Number::Product(text(2))), &text(3), cents) },
                item(2, 1, Some(Number::Coupon(text(4))), &text(5), 1),
            ],
            payments: vec![Payment { method: text(6), tender: Decimal::new(cents, 2), tip: None }],
            footer: Some(text(7)),
            member: Some(Member { fields: vec![(MemberField::LastName, text(8)), (MemberField::Address1, text(9))] }),
        };
        let written = order(&odd, &ApiToken::new(token.clone()), false, &Dialect::default());
        let read = texts(&written);
        let all = |name: &str| read.iter().filter(|(n, _)| n == name).map(|(_, t)| t.as_str()).collect::<Vec<_>>();
        let one = |index: usize| holdable(&texts_in[index]);
        prop_assert_eq!(all("EOIAuthenticationToken"), [holdable(&token)]);
        prop_assert_eq!(all("SaleTypeNum"), [one(0)]);
        prop_assert_eq!(all("ComboItemId"), [one(1)]);
        prop_assert_eq!(all("ProdNum"), [one(2)]);
        prop_assert_eq!(all("Description"), [one(3), one(5)]);
        prop_assert_eq!(all("CouponNum"), [one(4)]);
        prop_assert_eq!(all("MethodNumber"), [one(6)]);
        prop_assert_eq!(all("CustomRecFooter"), [one(7)]);
        prop_assert_eq!(all("LastName"), [one(8)]);
        prop_assert_eq!(all("Address1"), [one(9)]);
        prop_assert_eq!(all("Tender")[0].parse::<Decimal>().unwrap(), Decimal::new(cents, 2));
        prop_assert_eq!(written, order(&odd, &ApiToken::new(token), false, &Dialect::default()));
    }
}
