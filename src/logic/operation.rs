//! An operation at a glance: its state and kind in a word, how much it asks of the reader, and how a day stands as a whole.
//! Why it stands so, and what to do about it, is `cause`'s business.

use passerelle_wire::{Cause, Flag, OperationCounts, OperationKind, OperationLine, OperationState};

use crate::i18n::{Locale, td_string};

/// What a state asks of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing: it is as it should be.
    Fine,
    /// Nothing: it goes on by itself.
    Busy,
    /// Somebody must find out how it ended.
    Unsure,
    /// Somebody must do something.
    Broken,
    /// Nothing: it is kept for the record.
    Kept,
}

/// What an operation asks of the reader.
pub fn look(line: &OperationLine) -> Look {
    use OperationState as S;
    match (line.flag, line.state) {
        (Some(Flag::CancelledAfterSending), _) => Look::Broken,
        (_, S::Delivered) => Look::Fine,
        (_, S::Noted) if is_done(line) => Look::Fine,
        (_, S::Waiting | S::Retrying | S::Sending) => Look::Busy,
        (_, S::Unknown) => Look::Unsure,
        (_, S::Attention | S::Refused | S::Failed) => Look::Broken,
        (_, S::Withdrawn | S::Noted | S::NotHandled) => Look::Kept,
    }
}

/// Whether it is a request of the console's own that went as it should.
fn is_done(line: &OperationLine) -> bool {
    matches!(line.kind, OperationKind::System | OperationKind::Stock) && line.cause.is_none()
}

/// Whether it may change by itself.
pub fn is_unsettled(line: &OperationLine) -> bool {
    look(line) == Look::Busy || line.telling == passerelle_wire::Telling::Due
}

/// The state in a word or two.
pub fn state(locale: Locale, line: &OperationLine) -> &'static str {
    use OperationState as S;
    if line.flag == Some(Flag::CancelledAfterSending) {
        return td_string!(locale, operation_state.cancelled);
    }
    match line.state {
        S::Noted if is_done(line) => td_string!(locale, operation_state.delivered),
        state => state_word(locale, state),
    }
}

/// A state by itself, in a word or two.
pub fn state_word(locale: Locale, state: OperationState) -> &'static str {
    use OperationState as S;
    match state {
        S::Waiting => td_string!(locale, operation_state.waiting),
        S::Retrying => td_string!(locale, operation_state.retrying),
        S::Sending => td_string!(locale, operation_state.sending),
        S::Delivered => td_string!(locale, operation_state.delivered),
        S::Attention => td_string!(locale, operation_state.attention),
        S::Unknown => td_string!(locale, operation_state.unknown),
        S::Refused => td_string!(locale, operation_state.refused),
        S::Failed => td_string!(locale, operation_state.failed),
        S::Withdrawn => td_string!(locale, operation_state.withdrawn),
        S::Noted => td_string!(locale, operation_state.noted),
        S::NotHandled => td_string!(locale, operation_state.not_handled),
    }
}

/// A cause in a few words: what a list shows of it. What it means and what to do is `cause`'s business, and the list need
/// not know it.
pub fn why(locale: Locale, cause: Cause) -> &'static str {
    use Cause as C;
    match cause {
        C::WrongToken => td_string!(locale, cause.wrong_token.title),
        C::NoToken => td_string!(locale, cause.no_token.title),
        C::StoreOffline => td_string!(locale, cause.store_offline.title),
        C::TillFault => td_string!(locale, cause.till_fault.title),
        C::UnknownProduct => td_string!(locale, cause.unknown_product.title),
        C::TillRefused => td_string!(locale, cause.till_refused.title),
        C::TillUnreachable => td_string!(locale, cause.till_unreachable.title),
        C::NoAnswer => td_string!(locale, cause.no_answer.title),
        C::Nonsense => td_string!(locale, cause.nonsense.title),
        C::Interrupted => td_string!(locale, cause.interrupted.title),
        C::NothingToSend => td_string!(locale, cause.nothing_to_send.title),
        C::SeveralCurrencies => td_string!(locale, cause.several_currencies.title),
        C::OrderUnreadable => td_string!(locale, cause.order_unreadable.title),
        C::DuplicateOrder => td_string!(locale, cause.duplicate_order.title),
        C::CancelledBefore => td_string!(locale, cause.cancelled_before.title),
        C::AlreadyOver => td_string!(locale, cause.already_over.title),
        C::Disconnected => td_string!(locale, cause.disconnected.title),
        C::EventUnknown => td_string!(locale, cause.event_unknown.title),
        C::HubriseRefused => td_string!(locale, cause.hubrise_refused.title),
        C::HubriseDown => td_string!(locale, cause.hubrise_down.title),
        C::HubriseLimited => td_string!(locale, cause.hubrise_limited.title),
        C::SendingOff => td_string!(locale, cause.sending_off.title),
    }
}

/// What it is about.
pub fn kind(locale: Locale, kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::OrderCreated => td_string!(locale, operations.created),
        OperationKind::OrderUpdated => td_string!(locale, operations.updated_order),
        OperationKind::Unhandled => td_string!(locale, operations.unhandled),
        OperationKind::System => td_string!(locale, operations.system),
        OperationKind::Stock => td_string!(locale, operations.stock),
    }
}

/// What it is about, closely: of a send of stock, how much of what was sent.
pub fn about(locale: Locale, line: &OperationLine) -> String {
    let kind = kind(locale, line.kind);
    let Some(sent) = &line.stock else { return kind.to_owned() };
    let mut about = [kind, " – "].concat();
    for (nth, (word, count)) in [
        (td_string!(locale, stock.log_sent), sent.sent),
        (td_string!(locale, stock.log_zeroed), sent.zeroed),
        (td_string!(locale, stock.log_removed), sent.removed),
        (td_string!(locale, stock.log_unknown), sent.unknown),
    ]
    .into_iter()
    .enumerate()
    {
        if nth == 0 || count > 0 {
            about.push_str(if nth == 0 { "" } else { ", " });
            about.push_str(word);
            about.push_str(&count.to_string());
        }
    }
    if sent.whole {
        about.push_str(", ");
        about.push_str(td_string!(locale, stock.log_whole));
    }
    about
}

/// What a person calls it: the order's id and reference, or what kind of thing it is.
pub fn title(locale: Locale, line: &OperationLine) -> String {
    let Some(order) = &line.order else { return kind(locale, line.kind).to_owned() };
    let id = match line.kind {
        OperationKind::OrderUpdated => format!("{} {}", kind(locale, line.kind), order.order_id),
        _ => order.order_id.clone(),
    };
    match order.reference.as_deref().filter(|reference| !reference.is_empty()) {
        Some(reference) => format!("{id} · {reference}"),
        None => id,
    }
}

/// How the last 24 hours stand, in one sentence's worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Nothing came.
    Quiet,
    /// Everything that came was delivered.
    Well,
    /// Something is on its way, and nothing is wrong.
    Going,
    /// So many need a look.
    Look(u64),
}

/// The worst first.
pub fn day(counts: OperationCounts) -> Day {
    match counts {
        OperationCounts { to_look_at: 1.., .. } => Day::Look(counts.to_look_at),
        OperationCounts { under_way: 1.., .. } => Day::Going,
        OperationCounts { delivered: 1.., .. } => Day::Well,
        OperationCounts { .. } => Day::Quiet,
    }
}

#[cfg(test)]
pub mod tests {
    use std::collections::HashSet;

    use passerelle_wire::{OrderFacts, Telling};

    use super::*;

    pub const STATES: [OperationState; 11] = [
        OperationState::Waiting,
        OperationState::Retrying,
        OperationState::Sending,
        OperationState::Delivered,
        OperationState::Attention,
        OperationState::Unknown,
        OperationState::Refused,
        OperationState::Failed,
        OperationState::Withdrawn,
        OperationState::Noted,
        OperationState::NotHandled,
    ];

    /// An order that stands so.
    pub fn line(id: &str, state: OperationState) -> OperationLine {
        OperationLine {
            may_be_printed: false,
            manual: false,
            resends: 0,
            handled_at: None,
            version: String::new(),
            resendable: passerelle_wire::Resendable::Safe,
            matched: None,
            stock: None,
            id: id.into(),
            kind: OperationKind::OrderCreated,
            order: Some(OrderFacts {
                order_id: "9yjbqd".into(),
                reference: Some("#482".into()),
                channel: Some("Uber Eats".into()),
                total: Some("20.50 EUR".into()),
                ordered_at: None,
                expected_at: None,
            }),
            state,
            cause: None,
            detail: None,
            flag: None,
            tries: 1,
            next_try_at: None,
            telling: Telling::None,
            received_at: "2026-11-22T18:31:02.000Z".into(),
        }
    }

    #[test]
    fn every_state_has_a_word_of_its_own_in_both_languages() {
        for locale in [Locale::en, Locale::fr] {
            let words: HashSet<&str> = STATES.iter().map(|&of| state(locale, &line("a", of))).collect();
            assert_eq!(words.len(), STATES.len());
        }
    }

    #[test]
    fn a_list_says_of_a_cause_what_its_card_has_for_a_title() {
        for locale in [Locale::en, Locale::fr] {
            for cause in Cause::ALL {
                assert_eq!(why(locale, cause), crate::logic::cause::of(locale, cause, "Till").title);
            }
        }
    }

    #[test]
    fn an_unknown_outcome_looks_neither_like_success_nor_like_failure() {
        assert_eq!(look(&line("a", OperationState::Unknown)), Look::Unsure);
        assert_eq!(STATES.iter().filter(|&&of| look(&line("a", of)) == Look::Fine).count(), 1);
    }

    #[test]
    fn a_cancellation_after_sending_outshines_the_delivery() {
        let flagged = OperationLine { flag: Some(Flag::CancelledAfterSending), ..line("a", OperationState::Delivered) };
        assert_eq!(look(&flagged), Look::Broken);
        assert_ne!(state(Locale::en, &flagged), state(Locale::en, &line("a", OperationState::Delivered)));
    }

    #[test]
    fn what_hubrise_is_still_to_be_told_may_change() {
        assert!(!is_unsettled(&line("a", OperationState::Delivered)));
        assert!(is_unsettled(&OperationLine { telling: Telling::Due, ..line("a", OperationState::Delivered) }));
        assert!(is_unsettled(&line("a", OperationState::Retrying)));
    }

    #[test]
    fn a_title_is_what_customer_and_kitchen_call_it() {
        let order = line("a", OperationState::Delivered);
        assert_eq!(title(Locale::en, &order), "9yjbqd · #482");
        let update = OperationLine { kind: OperationKind::OrderUpdated, ..order.clone() };
        assert_eq!(title(Locale::en, &update), "Order update 9yjbqd · #482");
        let system = OperationLine { kind: OperationKind::System, order: None, ..line("a", OperationState::Noted) };
        assert_eq!(title(Locale::en, &system), "System request");
        assert_eq!((state(Locale::en, &system), look(&system)), ("OK", Look::Fine));
    }

    #[test]
    fn a_send_of_stock_says_how_much_of_what() {
        let sent = passerelle_wire::StockSent { whole: true, sent: 12, zeroed: 2, removed: 1, unknown: 3 };
        let send =
            OperationLine { kind: OperationKind::Stock, stock: Some(sent), ..line("a", OperationState::Delivered) };
        assert_eq!(about(Locale::en, &send), "Stock – sent: 12, set to 0: 2, removed: 1, unknown refs: 3, whole state");
        let few = OperationLine { stock: Some(passerelle_wire::StockSent { sent: 1, ..Default::default() }), ..send };
        assert_eq!(about(Locale::fr, &few), "Stocks – envoyés\u{a0}: 1");
        assert_eq!(about(Locale::en, &line("a", OperationState::Delivered)), "Order");
    }

    #[test]
    fn the_worst_of_a_day_is_said_first() {
        let check = |under_way, delivered, to_look_at, expected| {
            assert_eq!(day(OperationCounts { under_way, delivered, to_look_at }), expected);
        };
        check(3, 9, 2, Day::Look(2));
        check(3, 9, 0, Day::Going);
        check(0, 9, 0, Day::Well);
        check(0, 0, 0, Day::Quiet);
    }
}
