//! Requests: what is written where, and by which setting. That nothing can break one: `any_text`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use jiff::civil::date;
use rust_decimal::Decimal;

use super::*;
use crate::dialect::{DiscountSign, ForcedAnswer, Payments, ScheduleTime};
use crate::order::{Item, Member, MemberField, Number, Payment};

fn token() -> ApiToken {
    ApiToken::new("YT6eR2-CEED65AD33823A5B")
}

pub(super) fn item(id: u32, parent: u32, number: Option<Number>, description: &str, cents: i64) -> Item {
    Item {
        id,
        parent,
        number,
        description: description.to_owned(),
        cost_each: Decimal::new(cents, 2),
        quantity: Decimal::ONE,
        combo_item_id: None,
        forced_answer: false,
    }
}

fn whole_order() -> Order {
    Order {
        sale_type: Some("1002".to_owned()),
        schedule_time: Some(date(2026, 11, 22).at(19, 5, 0, 0)),
        items: vec![
            item(1, 1, Some(Number::Product("101".to_owned())), "Margherita", 980),
            Item { forced_answer: true, ..item(2, 1, Some(Number::Product("55".to_owned())), "No basil", 0) },
            Item { combo_item_id: Some("900".to_owned()), ..item(3, 3, None, "Half half", 0) },
            Item {
                quantity: Decimal::new(5, 1),
                ..item(4, 3, Some(Number::Product("102".to_owned())), "Regina", 1100)
            },
            item(5, 5, Some(Number::Coupon("77".to_owned())), "Welcome", -200),
        ],
        payments: vec![
            Payment { method: "21".to_owned(), tender: Decimal::new(1880, 2), tip: Some(Decimal::new(100, 2)) },
            Payment { method: "22".to_owned(), tender: Decimal::new(500, 2), tip: None },
        ],
        footer: None,
        member: Some(Member {
            fields: vec![
                (MemberField::FirstName, "Ada".to_owned()),
                (MemberField::Phone, "+33 1 23 45 67 89".to_owned()),
            ],
        }),
    }
}

#[test]
fn writes_an_order_whole() {
    let written = order(&whole_order(), &token(), true, &Dialect::default());
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<Request>
  <RequestType>10</RequestType>
  <EOITransfer>
    <EOIAuthenticationToken>YT6eR2-CEED65AD33823A5B</EOIAuthenticationToken>
    <Transaction>
      <SaleTypeNum>1002</SaleTypeNum>
      <ScheduleTime>2026-11-22T19:05:00</ScheduleTime>
      <Items>
        <Item>
          <ProdNum>101</ProdNum>
          <Description>Margherita</Description>
          <CostEach>9.80</CostEach>
          <Quantity>1</Quantity>
          <ItemId>1</ItemId>
          <ParentId>1</ParentId>
          <PriceApplied>13</PriceApplied>
        </Item>
        <Item>
          <ProdNum>55</ProdNum>
          <Description>No basil</Description>
          <CostEach>0.00</CostEach>
          <Quantity>1</Quantity>
          <ItemId>2</ItemId>
          <ParentId>1</ParentId>
          <PriceApplied>13</PriceApplied>
          <ForcedAnswer>1</ForcedAnswer>
        </Item>
        <Item>
          <Description>Half half</Description>
          <CostEach>0.00</CostEach>
          <Quantity>1</Quantity>
          <ItemId>3</ItemId>
          <ParentId>3</ParentId>
          <PriceApplied>13</PriceApplied>
          <ComboItemId>900</ComboItemId>
        </Item>
        <Item>
          <ProdNum>102</ProdNum>
          <Description>Regina</Description>
          <CostEach>11.00</CostEach>
          <Quantity>0.5</Quantity>
          <ItemId>4</ItemId>
          <ParentId>3</ParentId>
          <PriceApplied>13</PriceApplied>
        </Item>
        <Item>
          <CouponNum>77</CouponNum>
          <Description>Welcome</Description>
          <CostEach>-2.00</CostEach>
          <Quantity>1</Quantity>
          <ItemId>5</ItemId>
          <ParentId>5</ParentId>
          <PriceApplied>13</PriceApplied>
        </Item>
      </Items>
      <Payment>
        <MethodNumber>21</MethodNumber>
        <AuthType>114</AuthType>
        <Tender>18.80</Tender>
        <Tip>1.00</Tip>
      </Payment>
      <Payment>
        <MethodNumber>22</MethodNumber>
        <AuthType>114</AuthType>
        <Tender>5.00</Tender>
      </Payment>
    </Transaction>
    <Member>
      <FirstName>Ada</FirstName>
      <Phone>+33 1 23 45 67 89</Phone>
    </Member>
  </EOITransfer>
  <DebugMode>1</DebugMode>
</Request>
"#;
    assert_eq!(written, expected);
}

#[test]
fn every_unknown_follows_its_setting() {
    let dialect = Dialect {
        member_place: MemberPlace::Beside,
        schedule_time: ScheduleTime::American,
        forced_answer: ForcedAnswer::Plain,
        discount_sign: DiscountSign::Positive,
        payments: Payments::Wrapped,
        discounts_request_type: None,
    };
    let written = order(&whole_order(), &token(), false, &dialect);
    assert!(written.contains("\n  </EOITransfer>\n  <Transaction>\n"), "{written}");
    assert!(written.contains("\n  </Transaction>\n  <Member>\n"));
    assert!(written.contains("<ScheduleTime>11/22/2026 7:05:00 PM</ScheduleTime>"));
    assert!(!written.contains("ForcedAnswer"));
    assert!(written.contains("<CostEach>2.00</CostEach>"));
    assert!(written.contains("    <Payments>\n      <Payment>\n"));
    assert!(!written.contains("DebugMode"), "only when it is on");
    let spaced = Dialect { schedule_time: ScheduleTime::Spaced, ..Dialect::default() };
    assert!(
        order(&whole_order(), &token(), false, &spaced).contains("<ScheduleTime>2026-11-22 19:05:00</ScheduleTime>")
    );
}

#[test]
fn an_unpaid_order_has_a_footer_and_no_payment_even_wrapped() {
    let unpaid = Order { payments: Vec::new(), footer: Some("Cash".to_owned()), ..whole_order() };
    let wrapped = Dialect { payments: Payments::Wrapped, ..Dialect::default() };
    for dialect in [Dialect::default(), wrapped] {
        let written = order(&unpaid, &token(), false, &dialect);
        assert!(written.contains("<CustomRecFooter>Cash</CustomRecFooter>") && !written.contains("Payment"));
    }
}

#[test]
fn a_listing_is_a_type_and_a_token() {
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Request>\n  <RequestType>1024</RequestType>\n  <EOITransfer>\n    \
        <EOIAuthenticationToken>t</EOIAuthenticationToken>\n  </EOITransfer>\n</Request>\n";
    assert_eq!(whole(&Ask::Products, "t", false, &Dialect::default()).unwrap(), expected);
    let categories = whole(&Ask::Categories, "t", false, &Dialect::default()).unwrap();
    assert!(categories.contains("<RequestType>256</RequestType>"));
}

#[test]
fn discounts_are_asked_for_only_when_it_is_known_how() {
    assert_eq!(whole(&Ask::Discounts, "t", false, &Dialect::default()), None);
    let known = Dialect { discounts_request_type: Some(2048), ..Dialect::default() };
    assert!(whole(&Ask::Discounts, "t", false, &known).unwrap().contains("<RequestType>2048</RequestType>"));
}
