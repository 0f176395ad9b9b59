//! Orders as they come in a year, with all that is said of them: for measuring, and for making the dictionary of
//! `packing`. Owns what is typical; does not own how it is kept. What people and products are called is made up anew for
//! each till, so that no dictionary can know it.

mod calls;
mod dice;
mod order;
mod till;

use jiff::{SignedDuration, Timestamp};

pub use self::dice::Dice;
use self::order::Order;
use self::till::{Till, money};
use crate::{
    ConnectionId, NewExchange, NewOperation, OperationId, OperationKind, OperationState, OrderFacts, Telling, Term,
    TermKind,
};

/// One order's story, over.
#[derive(Debug)]
pub struct Story {
    /// As it came, with the call that brought it.
    pub operation: NewOperation,
    /// How it stands in the end.
    pub state: OperationState,
    /// Why.
    pub cause: Option<&'static str>,
    /// The words to it.
    pub detail: Option<String>,
    /// Tries to send it.
    pub tries: u32,
    /// Whether HubRise has heard.
    pub telling: Telling,
    /// What the translation noted.
    pub notes: Option<String>,
    /// What it was made with.
    pub sent_with: Option<String>,
    /// What was said after the call that brought it.
    pub exchanges: Vec<NewExchange>,
}

/// One till's orders.
#[derive(Debug)]
pub struct Traffic {
    till: Till,
    dice: Dice,
    connection: ConnectionId,
}

const ACCEPTED: &str = "<ErrorNum>0</ErrorNum><EOITransfer><EOIMessage>Order Accepted</EOIMessage></EOITransfer>\
    <Transaction><TransactionNum>NNN</TransactionNum><Status>3</Status><Payment><Status>3</Status></Payment></Transaction>";
const OFFLINE: &str = "<ErrorNum>-1</ErrorNum><SubErrorNum>401</SubErrorNum><EOITransfer>\
    <EOIMessage>Order Rejected. Reason: Store is disconnected</EOIMessage></EOITransfer>";

impl Traffic {
    /// Orders of a connection's till; another seed, another till.
    #[must_use]
    pub fn new(connection: ConnectionId, seed: u64) -> Self {
        Self { till: Till::new(seed), dice: Dice::new(!seed), connection }
    }

    /// The next order, placed shortly before `at`: on average four calls.
    pub fn story(&mut self, at: Timestamp) -> Story {
        let (till, dice) = (&self.till, &mut self.dice);
        let before = SignedDuration::from_secs(i64::try_from(dice.below(20)).unwrap_or(0));
        let order = Order::new(till, dice, at - before);
        let after = |seconds: i64| at + SignedDuration::from_secs(seconds);
        let told = calls::told(&order, till, dice, "create", "new", at);
        let accepted = ACCEPTED.replace("NNN", &(100_000 + dice.below(900_000)).to_string());
        let mut exchanges = Vec::new();
        let fate = dice.below(1000);
        let tries = if fate < 900 { 1 } else { 2 + dice.below(2) };
        for nth in 1..tries {
            let answer = Some(OFFLINE).filter(|_| fate % 2 == 0);
            exchanges.push(calls::sent(&order, till, dice, answer, after(i64::try_from(nth).unwrap_or(0) * 30)));
        }
        let (mut state, mut cause, mut detail, mut telling) = (OperationState::Delivered, None, None, Telling::Told);
        let last = after(1 + 30 * i64::try_from(tries).unwrap_or(0));
        if fate < 960 {
            exchanges.push(calls::sent(&order, till, dice, Some(&accepted), last));
            exchanges.push(calls::heard(&order, till, dice, "received", last));
            exchanges.push(calls::heard(&order, till, dice, "accepted", last));
        } else if fate < 985 {
            let number = till.products[usize::try_from(dice.below(3)).unwrap_or(0)].number;
            let words = format!("Order Rejected. Reason: Product {number} does not exist");
            let answer = format!(
                "<ErrorNum>-1</ErrorNum><SubErrorNum>404</SubErrorNum><EOITransfer><EOIMessage>{words}</EOIMessage></EOITransfer>"
            );
            exchanges.push(calls::sent(&order, till, dice, Some(&answer), last));
            exchanges.push(calls::heard(&order, till, dice, "rejected", last));
            (state, cause, detail) = (OperationState::Refused, Some("unknown_product"), Some(words));
        } else if fate < 995 {
            exchanges.push(calls::sent(&order, till, dice, Some(OFFLINE), last));
            let words = "Order Rejected. Reason: Store is disconnected".to_owned();
            (state, cause, detail) = (OperationState::Attention, Some("store_offline"), Some(words));
            telling = Telling::None;
        } else {
            exchanges.push(NewExchange { status: None, ..calls::sent(&order, till, dice, None, last) });
            (state, cause) = (OperationState::Unknown, Some("no_answer"));
            detail = Some("no answer within 30 s".to_owned());
            telling = Telling::None;
        }
        let notes = dice.percent(10).then(|| {
            format!(
                r#"[{{"code":"total_differs","path":"total","name":null,"other":"{}"}}]"#,
                money(order.cents() + 10)
            )
        });
        let sent_with = format!(
            r#"{{"at":"{}","zone":"{}","token":"•••{}"}}"#,
            last.strftime("%Y-%m-%dT%H:%M:%S.%6fZ"),
            till.zone,
            &till.token[till.token.len() - 5..],
        );
        let operation = NewOperation {
            id: OperationId::new(dice.token()),
            connection: self.connection.clone(),
            kind: OperationKind::OrderCreated,
            event_id: Some(order.event.clone()),
            order: Some(OrderFacts {
                order_id: order.id.clone(),
                reference: Some(order.code.clone().unwrap_or_else(|| order.reference.clone())),
                channel: Some(order.channel.to_owned()),
                total: Some(format!("{} EUR", money(order.cents()))),
                status: Some("new".to_owned()),
                ordered_at: Some(order.placed),
                expected_at: order.wanted,
            }),
            state: OperationState::Queued,
            cause: None,
            detail: None,
            received_at: at,
            exchange: Some(told),
            terms: terms(&order),
            erases: None,
        };
        let tries = u32::try_from(tries).unwrap_or(1);
        Story { operation, state, cause, detail, tries, telling, notes, sent_with: Some(sent_with), exchanges }
    }
}

/// What people look for the order by.
fn terms(order: &Order) -> Vec<Term> {
    let (first, last) = (order.customer.first.to_lowercase(), order.customer.last.to_lowercase());
    let digits: String = order.customer.phone.chars().rev().filter(char::is_ascii_digit).take(12).collect();
    let term = |kind, text: String| Term { kind, text };
    let mut terms = vec![
        term(TermKind::OrderId, order.id.to_lowercase()),
        term(TermKind::Reference, order.reference.to_lowercase()),
        term(TermKind::Phone, digits),
        term(TermKind::Customer, format!("{first} {last}")),
        term(TermKind::Customer, last),
        term(TermKind::CustomerId, order.customer.id.clone()),
    ];
    terms.extend(order.code.as_ref().map(|code| term(TermKind::CollectionCode, code.to_lowercase())));
    terms
}
