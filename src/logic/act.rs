//! What people did with an operation, in words, and what must be said before it is sent again.

use passerelle_wire::{ActKind, Operation, Resendable, Way};

use super::visible::visible;
use crate::i18n::{Locale, td_string};

/// What was done.
pub fn done(locale: Locale, kind: ActKind) -> &'static str {
    match kind {
        ActKind::Resent => td_string!(locale, operation.act.did_resent),
        ActKind::ResentModified => td_string!(locale, operation.act.did_modified),
        ActKind::Handled => td_string!(locale, operation.act.did_handled),
        ActKind::Reopened => td_string!(locale, operation.act.did_reopened),
        ActKind::NamesShown => td_string!(locale, operation.act.did_names),
        ActKind::CaseTaken => td_string!(locale, operation.act.did_case),
        ActKind::Shared => td_string!(locale, operation.act.did_shared),
        ActKind::ShareEnded => td_string!(locale, operation.act.did_ended),
    }
}

/// What was done, and by whom.
pub fn sentence(locale: Locale, kind: ActKind, by: Option<&str>) -> String {
    let who = visible(by.unwrap_or_else(|| td_string!(locale, operation.act.somebody)));
    td_string!(locale, operation.act.by, what = done(locale, kind), who = &*who)
}

/// A question that comes before sending again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What is asked.
    pub title: &'static str,
    /// Why.
    pub means: String,
}

/// What must be said first; `time` is when the till was last called. Nothing where it is safe.
pub fn warning(locale: Locale, resendable: Resendable, time: &str) -> Option<Warning> {
    let twice = td_string!(locale, operation.act.twice);
    match resendable {
        Resendable::WasDelivered => {
            Some(Warning { title: twice, means: td_string!(locale, operation.act.was_delivered, time = time) })
        }
        Resendable::MayBePrinted => {
            Some(Warning { title: twice, means: td_string!(locale, operation.act.may_be_printed, time = time) })
        }
        Resendable::WasCancelled => Some(Warning {
            title: td_string!(locale, operation.act.was_cancelled_title),
            means: td_string!(locale, operation.act.was_cancelled).to_owned(),
        }),
        Resendable::Safe | Resendable::No => None,
    }
}

/// When the till was last called.
pub fn last_call(operation: &Operation) -> Option<&str> {
    let mut calls = operation.exchanges.iter().rev().filter(|exchange| exchange.way == Way::BridgeToTill);
    calls.next().map(|exchange| exchange.started_at.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const ALL: [ActKind; 8] = [
        ActKind::Resent,
        ActKind::ResentModified,
        ActKind::Handled,
        ActKind::Reopened,
        ActKind::NamesShown,
        ActKind::CaseTaken,
        ActKind::Shared,
        ActKind::ShareEnded,
    ];

    #[test]
    fn every_act_has_words_of_its_own_and_says_who_did_it() {
        for locale in [Locale::en, Locale::fr] {
            let all: HashSet<&str> = ALL.iter().map(|&kind| done(locale, kind)).collect();
            assert_eq!(all.len(), ALL.len());
            assert!(sentence(locale, ActKind::Resent, Some("Kate\u{202e}")).contains("Kate⟨202E⟩"));
            assert!(!sentence(locale, ActKind::Resent, None).ends_with(", "));
        }
    }

    #[test]
    fn what_may_print_twice_is_said_with_its_time_before_and_what_is_safe_needs_no_question() {
        for locale in [Locale::en, Locale::fr] {
            for asks in [Resendable::WasDelivered, Resendable::MayBePrinted] {
                let warning = warning(locale, asks, "19:42:00");
                assert!(warning.is_some_and(|warning| warning.means.contains("19:42:00")), "{asks:?}");
            }
            assert!(warning(locale, Resendable::WasCancelled, "").is_some());
            assert_eq!(warning(locale, Resendable::Safe, "19:42:00"), None);
            assert_eq!(warning(locale, Resendable::No, "19:42:00"), None);
        }
    }
}
