//! Payments: those made online close the check, and take the tips with them. What is to be paid at the door is only named.

use std::sync::Arc;

use passerelle_hubrise::order::{Order, Payment as Paid, Reading};
use passerelle_pixelpoint::Payment;
use rust_decimal::Decimal;

use crate::amounts::money;
use crate::charges::Tip;
use crate::draft::{Draft, place};
use crate::note::NoteCode;
use crate::origins::{Came, Node, Source};
use crate::provenance::Reason;

/// The type of a payment made online; so is one without a type, as newer integrations write none.
const ONLINE: &str = "online";
/// What a payment at the door is called. The type is an old field, and HubRise calls `online` what has none, so a name like
/// these says more than it.
const AT_THE_DOOR: &[&str] = &[
    "cash",
    "cash on delivery",
    "payment by cash",
    "pay on delivery",
    "espèces",
    "especes",
    "paiement en espèces",
    "paiement à la livraison",
];
const FOOTER: &str = "Transaction/CustomRecFooter";

/// What of an order's payments is sent.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// Each closes the check; none where the order is not paid online.
    pub(crate) payments: Vec<Payment>,
    /// How an unpaid order is to be paid.
    pub(crate) footer: Option<String>,
}

/// An order's payments. One that is not made online leaves the whole check open, as any `Payment` would close it.
pub(crate) fn settle(order: &Order, tips: &[Tip], draft: &mut Draft) -> Settled {
    let mut live = Vec::with_capacity(order.payments.len());
    for payment in &order.payments {
        let part: Arc<str> = place("payments", payment.index).into();
        if payment.deleted {
            draft.ignored(&part, Reason::Deleted);
        } else {
            live.push((payment, part));
        }
    }
    let settled = if live.iter().all(|(payment, _)| online(payment)) {
        Settled { payments: made(&live, tips, draft), footer: None }
    } else {
        Settled { payments: Vec::new(), footer: footer(&live, draft) }
    };
    if settled.payments.is_empty() {
        tips.iter().for_each(|tip| draft.ignored(&tip.part, Reason::NotPaidOnline));
    }
    settled
}

fn online(payment: &Paid) -> bool {
    let at_the_door = |name: &String| AT_THE_DOOR.contains(&name.trim().to_lowercase().as_str());
    payment.kind.as_deref().is_none_or(|kind| kind.trim().eq_ignore_ascii_case(ONLINE))
        && !payment.name.as_ref().is_some_and(at_the_door)
}

fn made(live: &[(&Paid, Arc<str>)], tips: &[Tip], draft: &mut Draft) -> Vec<Payment> {
    let mut payments = Vec::with_capacity(live.len());
    // A tip goes to the first payments that can hold it: what is tendered is never made negative by it.
    let mut tip_left: Decimal = tips.iter().map(|tip| tip.amount).sum();
    let mut tip_node = None;
    for (payment, part) in live {
        let name = draft.name(part, "name", payment.name.as_deref());
        let Some(amount) = draft.amount(part, "amount", &payment.amount, &name) else {
            draft.skipped(part, Reason::Unreadable);
            continue;
        };
        let Some(method) = draft.reference(part, "ref", payment.reference.as_deref(), &name) else {
            draft.note(NoteCode::PaymentSkipped, part, &name);
            draft.skipped(part, Reason::NoRef);
            continue;
        };
        let index = u32::try_from(payments.len() + 1).unwrap_or(u32::MAX);
        let node = |name| Node { within: "Transaction/Payment", index, name };
        let tip = tip_left.min(amount.max(Decimal::ZERO));
        tip_left -= tip;
        let tip_parts = || tips.iter().map(|tip| Source::field(&tip.part, "price"));
        let from_amount = Source::field(part, "amount");
        draft.origin(node("MethodNumber"), Came::From(Source::field(part, "ref")));
        draft.origin(node("AuthType"), Came::FromNowhere);
        if tip.is_zero() {
            draft.origin(node("Tender"), Came::From(from_amount));
        } else {
            let tendered = std::iter::once(from_amount).chain(tip_parts()).collect();
            draft.origin(node("Tender"), Came::FromMany(tendered));
            draft.origin(node("Tip"), Came::FromMany(tip_parts().collect()));
            tip_node.get_or_insert_with(|| node("Tip").path());
        }
        draft.sent(part, node("").path());
        payments.push(Payment { method, tender: money(amount - tip), tip: (!tip.is_zero()).then_some(money(tip)) });
    }
    if !payments.is_empty() {
        for tip in tips {
            match &tip_node {
                Some(node) => draft.merged(&tip.part, node.clone()),
                None => draft.skipped(&tip.part, Reason::NotPaidOnline),
            }
        }
    }
    payments
}

/// How the order is to be paid: the name of each way, with its amount where there are several.
fn footer(live: &[(&Paid, Arc<str>)], draft: &mut Draft) -> Option<String> {
    let mut ways = Vec::with_capacity(live.len());
    let mut from = Vec::with_capacity(live.len());
    for (payment, part) in live {
        let (field, given) = match (&payment.name, &payment.reference, &payment.kind) {
            (Some(name), ..) => ("name", Some(name)),
            (None, Some(reference), _) => ("ref", Some(reference)),
            (None, None, kind) => ("type", kind.as_ref()),
        };
        let way = draft.name(part, field, given.map(String::as_str));
        if way.is_empty() {
            draft.ignored(part, Reason::Nothing);
            continue;
        }
        draft.merged(part, FOOTER.to_owned());
        from.push(Source::field(part, field));
        match &payment.amount {
            Reading::Read(money) if live.len() > 1 => {
                from.push(Source::field(part, "amount"));
                ways.push(format!("{way} {money}"));
            }
            _ => ways.push(way),
        }
    }
    if ways.is_empty() {
        return None;
    }
    draft.origin(Node::only(FOOTER), Came::FromMany(from));
    Some(ways.join(", "))
}
