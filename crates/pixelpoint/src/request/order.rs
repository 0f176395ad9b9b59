//! `Transaction` and `Member`: an order's elements, in a fixed sequence. Owns how each is written; which there are, the
//! order says.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::xml::Xml;
use crate::Dialect;
use crate::dialect::{DiscountSign, FORCED_ANSWER, ForcedAnswer, Payments, ScheduleTime, member_element};
use crate::order::{Item, Member, Number, Order, Payment};

/// `PriceApplied`, always: from HubRise's public page on understanding its logs.
const PRICE_APPLIED: &str = "13";
/// `AuthType`, always: from the same page.
const AUTH_TYPE: &str = "114";

pub(super) fn write(xml: &mut Xml, order: &Order, dialect: &Dialect) {
    xml.element("Transaction", |xml| {
        if let Some(sale_type) = &order.sale_type {
            xml.leaf("SaleTypeNum", sale_type);
        }
        if let Some(at) = order.schedule_time {
            xml.leaf("ScheduleTime", &schedule_time(at, dialect.schedule_time));
        }
        xml.element("Items", |xml| {
            for item in &order.items {
                self::item(xml, item, dialect);
            }
        });
        payments(xml, &order.payments, dialect.payments);
        if let Some(footer) = &order.footer {
            xml.leaf("CustomRecFooter", footer);
        }
    });
    if let Some(member) = &order.member {
        self::member(xml, member);
    }
}

fn item(xml: &mut Xml, item: &Item, dialect: &Dialect) {
    xml.element("Item", |xml| {
        match &item.number {
            Some(Number::Product(number)) => xml.leaf("ProdNum", number),
            Some(Number::Coupon(number)) => xml.leaf("CouponNum", number),
            None => {}
        }
        xml.leaf("Description", &item.description);
        xml.leaf("CostEach", &cost_each(item, dialect.discount_sign).to_string());
        xml.leaf("Quantity", &item.quantity.to_string());
        xml.leaf("ItemId", &item.id.to_string());
        xml.leaf("ParentId", &item.parent.to_string());
        xml.leaf("PriceApplied", PRICE_APPLIED);
        if let Some(combo) = &item.combo_item_id {
            xml.leaf("ComboItemId", combo);
        }
        if item.forced_answer && dialect.forced_answer == ForcedAnswer::Flag {
            xml.leaf(FORCED_ANSWER, "1");
        }
    });
}

/// Only a discount is a coupon below nothing.
fn cost_each(item: &Item, sign: DiscountSign) -> Decimal {
    match (&item.number, sign) {
        (Some(Number::Coupon(_)), DiscountSign::Positive) => item.cost_each.abs(),
        _ => item.cost_each,
    }
}

fn payments(xml: &mut Xml, payments: &[Payment], how: Payments) {
    let each = |xml: &mut Xml| payments.iter().for_each(|payment| self::payment(xml, payment));
    match how {
        Payments::Wrapped if !payments.is_empty() => xml.element("Payments", each),
        Payments::Wrapped | Payments::Repeated => each(xml),
    }
}

fn payment(xml: &mut Xml, payment: &Payment) {
    xml.element("Payment", |xml| {
        xml.leaf("MethodNumber", &payment.method);
        xml.leaf("AuthType", AUTH_TYPE);
        xml.leaf("Tender", &payment.tender.to_string());
        if let Some(tip) = payment.tip {
            xml.leaf("Tip", &tip.to_string());
        }
    });
}

fn member(xml: &mut Xml, member: &Member) {
    xml.element("Member", |xml| {
        for (field, text) in &member.fields {
            xml.leaf(member_element(*field), text);
        }
    });
}

fn schedule_time(at: DateTime, format: ScheduleTime) -> String {
    let pattern = match format {
        ScheduleTime::Local => "%Y-%m-%dT%H:%M:%S",
        ScheduleTime::Spaced => "%Y-%m-%d %H:%M:%S",
        ScheduleTime::American => "%-m/%-d/%Y %-I:%M:%S %p",
    };
    at.strftime(pattern).to_string()
}
