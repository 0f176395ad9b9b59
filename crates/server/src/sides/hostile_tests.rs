//! Orders and requests that nobody means well: broken, endless, bottomless, or full of markup.

use passerelle_bridge::{Became, Fate, Origin};
use passerelle_wire::{Cause, Sides};
use proptest::prelude::*;

use super::{Failure, Told, lay_out};

const MEBIBYTE: usize = 1024 * 1024;

fn laid_out(order: &str, request: &str) -> Sides {
    let told = Told {
        order: Some(order.to_owned()),
        request: Some(request.to_owned()),
        total: Some("nothing".to_owned()),
        was_sent: true,
        exact: true,
        origins: vec![Origin {
            node: "Transaction/Items/Item[1]/ProdNum".to_owned(),
            from: vec!["items[0].sku_ref".to_owned()],
        }],
        fates: vec![Fate {
            part: "items[0]".to_owned(),
            became: Became::Sent { node: "Transaction/Items/Item[1]".to_owned() },
        }],
    };
    let failure = Failure { cause: Some(Cause::TillRefused), detail: Some("no 1 2 3".to_owned()) };
    let sides = lay_out(&told, &failure, &[]);
    for row in &sides.rows {
        assert!(row.left.is_none_or(|line| (line as usize) < sides.left.len()));
        assert!(row.right.is_none_or(|line| (line as usize) < sides.right.len()));
    }
    assert!(sides.rows.len() <= sides.left.len() + sides.right.len());
    sides
}

fn items(inner: &str) -> String {
    format!("<Request><Transaction><Items>{inner}</Items></Transaction></Request>")
}

#[test]
fn what_is_broken_has_no_lines_and_the_other_side_keeps_its_own() {
    let good = items("<Item><ProdNum>1</ProdNum></Item>");
    for broken in ["", "{", "[1", r#"{"items": [}"#, "no order", "{}{}"] {
        let sides = laid_out(broken, &good);
        assert_eq!((sides.left.len(), sides.right.len(), sides.has_request), (0, 1, true), "{broken}");
    }
    let order = r#"{"items": [{"product_name": "Tea", "sku_ref": "1"}]}"#;
    for broken in ["", "<Request>", "<Request></Order>", "no xml", &good[1..], "<!DOCTYPE Request><Request/>"] {
        let sides = laid_out(order, broken);
        assert_eq!((sides.left.len(), sides.right.len(), sides.has_request), (1, 0, true), "{broken}");
        assert_eq!((sides.totals.len(), sides.ticket.len()), (0, 1), "{broken}");
    }
}

#[test]
fn an_order_of_another_shape_is_laid_out_as_far_as_it_goes() {
    for odd in ["null", "7", "\"text\"", "[]", r#"{"items": {"a": 1}, "deals": [], "customer": "x", "payments": null}"#]
    {
        laid_out(odd, "<Request/>");
    }
    let sides = laid_out(r#"{"items": [null, 3, [], {}, {"options": "x", "price": {}}]}"#, &items("<Item/><Odd/>"));
    assert_eq!((sides.left.len(), sides.right.len()), (5, 2));
}

#[test]
fn a_mebibyte_of_one_thing_is_bounded() {
    let times = |piece: &str| piece.repeat(MEBIBYTE / piece.len());
    let list = |piece: &str| format!(r#"{{"items": [{}{{}}]}}"#, times(piece));
    for order in [list("{},"), list("[],"), list("0,"), format!(r#"{{{}"z": 1}}"#, times("\"a\":1,"))] {
        let sides = laid_out(&order, "<Request/>");
        assert!(sides.left.len() < 60_000, "{}", sides.left.len());
    }
    for request in [items(&times("<I/>")), format!("<Request>{}</Request>", times("<a/>")), times("<a>")] {
        assert_eq!(laid_out("{}", &request).right, [], "more than anybody reads");
    }
    let long = "x".repeat(MEBIBYTE);
    let (order, request) =
        (format!(r#"{{"id": "{long}"}}"#), items(&format!("<Item><Description>{long}</Description></Item>")));
    let sides = laid_out(&order, &request);
    assert_eq!((sides.left[0].cells[0].text.len(), sides.right[0].cells[0].text.len()), (MEBIBYTE, MEBIBYTE));
}

#[test]
fn as_many_lines_as_are_read_are_laid_out_in_a_moment() {
    let order = format!(r#"{{"items": [{}]}}"#, vec![r#"{"sku_ref":"1"}"#; 20_000].join(","));
    let request = items(&"<Item><ProdNum>1</ProdNum></Item>".repeat(20_000));
    let sides = laid_out(&order, &request);
    assert_eq!((sides.left.len(), sides.right.len(), sides.rows.len()), (20_000, 20_000, 39_999));
    // Names that would be repeated in every path below them.
    let long = "n".repeat(MEBIBYTE / 4);
    assert_eq!(laid_out("{}", &items(&format!("<{long}>{}</{long}>", "<a/>".repeat(10_000)))).right, []);
    let dots = format!(r#"{{"{}": 1}}"#, ".".repeat(MEBIBYTE / 2));
    assert_eq!(laid_out(&dots, "<Request/>").left.len(), 1);
}

#[test]
fn nothing_is_too_deep_to_be_looked_at() {
    let nested = |open: &str, close: &str| [open.repeat(10_000), close.repeat(10_000)].concat();
    for order in [nested("[", "]"), nested(r#"{"items":["#, "]}"), format!(r#"{{"a": {}}}"#, nested("[", "]"))] {
        laid_out(&order, &nested("<Request>", "</Request>"));
    }
    assert_eq!(laid_out("{}", &items(&nested("<Item>", "</Item>"))).right, []);
    // Attachments that point at each other are not followed for ever.
    let round =
        "<Item><ItemId>1</ItemId><ParentId>2</ParentId></Item><Item><ItemId>2</ItemId><ParentId>1</ParentId></Item>";
    assert!(laid_out("{}", &items(round)).right.iter().all(|line| line.depth <= 6));
}

#[test]
fn markup_is_text_and_names_are_names() {
    let order = r#"{"items": [{"product_name": "<script>alert(1)</script>", "sku_ref": "<b>"}], "<script>": "&lt;"}"#;
    let sides = laid_out(order, &items("<script>alert(1)</script><Item><script>&lt;script&gt;</script></Item>"));
    assert_eq!(sides.left[0].name(), "<script>alert(1)</script>");
    assert_eq!((sides.left[1].path.as_str(), sides.left[1].cells[0].text.as_str()), ("<script>", "&lt;"));
    assert_eq!(sides.right[0].path, "Transaction/Items/script");
    let cell = &sides.right[1].cells[0];
    assert_eq!((cell.path.as_str(), cell.text.as_str()), ("Transaction/Items/Item[2]/script", "<script>"));
}

#[test]
fn a_field_that_is_there_twice_is_shown_once_as_the_bridge_reads_it() {
    let order = r#"{"id": "a", "items": [{"sku_ref": "1", "sku_ref": "2"}], "id": "b"}"#;
    let sides = laid_out(order, &items("<Item><ProdNum>2</ProdNum><ProdNum>3</ProdNum></Item>"));
    let texts: Vec<&str> = sides.left.iter().flat_map(|line| &line.cells).map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["2", "b"]);
    // A request is shown as it was sent.
    assert_eq!(sides.right[0].cells.len(), 2);
}

#[test]
fn an_element_that_is_there_twice_came_of_its_part_once() {
    let order = r#"{"service_type_ref": "1"}"#;
    let told = Told {
        order: Some(order.to_owned()),
        request: Some("<Request><Transaction><Type>1</Type><Type>1</Type></Transaction></Request>".to_owned()),
        fates: vec![Fate {
            part: "service_type_ref".to_owned(),
            became: Became::Sent { node: "Transaction/Type".to_owned() },
        }],
        ..Told::default()
    };
    let sides = lay_out(&told, &Failure::default(), &[]);
    assert_eq!(
        sides.rows.iter().map(|row| (row.left, row.right)).collect::<Vec<_>>(),
        [(Some(0), Some(0)), (None, Some(1))]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_breaks_it(
        order in r#"[\[\]{}:,"\\a-z0-9 .•é]{0,120}"#,
        request in "[<>/!&;\\[\\]?a-zA-Z0-9 '=\"•é]{0,120}",
    ) {
        laid_out(&order, &request);
        laid_out(&format!(r#"{{"items": [{{"product_name": {order}}}]}}"#), &items(&request));
        laid_out(&format!(r#"{{"charges": [{order}], "payments": [{{"amount": "{request}"}}]}}"#), &items(&format!("<Item>{request}</Item>")));
    }
}
