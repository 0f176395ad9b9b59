//! Why an operation stands as it does: what happened, what it means, what to do, who can do it, and the page where it is
//! done. Every cause has words of its own; where a state says more than its cause, the state's words are added.

use passerelle_wire::{Cause, Flag, OperationKind, OperationLine, OperationState};

use super::operation::{Look, look};
use crate::i18n::{Locale, td_string};

/// The words of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened, as a title.
    pub title: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do; empty when there is nothing.
    pub todo: String,
    /// Who can do it; empty when nobody has to.
    pub who: String,
}

/// Where the cure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cure {
    /// Not on a page of the console, or there is nothing to cure.
    Elsewhere,
    /// In the configuration.
    Configuration,
    /// The menu check shows what lacks.
    Menu,
    /// The connection's own page.
    Connection,
}

/// What cures a cause.
pub fn cure(cause: Cause) -> Cure {
    use Cause as C;
    match cause {
        C::WrongToken | C::NoToken => Cure::Configuration,
        C::UnknownProduct | C::NothingToSend => Cure::Menu,
        C::HubriseRefused | C::Disconnected => Cure::Connection,
        C::StoreOffline
        | C::TillFault
        | C::TillRefused
        | C::TillUnreachable
        | C::NoAnswer
        | C::Nonsense
        | C::Interrupted
        | C::SeveralCurrencies
        | C::OrderUnreadable
        | C::DuplicateOrder
        | C::CancelledBefore
        | C::AlreadyOver
        | C::EventUnknown
        | C::HubriseDown
        | C::HubriseLimited
        | C::SendingOff => Cure::Elsewhere,
    }
}

/// Whether `detail` is what the till itself said.
pub fn is_said_by_till(cause: Cause) -> bool {
    use Cause as C;
    matches!(cause, C::WrongToken | C::StoreOffline | C::TillFault | C::UnknownProduct | C::TillRefused)
}

/// Whether nothing here tells what to change, so that those who make the till's software are to be asked. `found`: the part
/// of the order it is about is known.
pub fn is_lost(line: &OperationLine, found: bool) -> bool {
    match line.cause {
        Some(Cause::TillFault | Cause::Nonsense) => true,
        Some(Cause::TillRefused | Cause::UnknownProduct) => !found,
        None => look(line) == Look::Broken && line.flag.is_none(),
        Some(_) => false,
    }
}

/// The words about an operation; `till` is the till's name.
pub fn words(locale: Locale, line: &OperationLine, till: &str) -> Words {
    if line.flag == Some(Flag::CancelledAfterSending) {
        return Words {
            title: td_string!(locale, cause.cancelled.title),
            means: td_string!(locale, cause.cancelled.means),
            todo: td_string!(locale, cause.cancelled.todo).to_owned(),
            who: td_string!(locale, cause.cancelled.who).to_owned(),
        };
    }
    match line.cause {
        Some(cause) => of(locale, cause, till),
        None => plain(locale, line),
    }
}

/// The words about a cause alone.
pub fn of(locale: Locale, cause: Cause, till: &str) -> Words {
    use Cause as C;
    macro_rules! say {
        ($key:ident, nobody) => {
            Words {
                title: td_string!(locale, cause.$key.title),
                means: td_string!(locale, cause.$key.means),
                todo: td_string!(locale, cause.$key.todo).to_owned(),
                who: String::new(),
            }
        };
        ($key:ident) => {
            Words { who: td_string!(locale, cause.$key.who).to_owned(), ..say!($key, nobody) }
        };
    }
    match cause {
        C::WrongToken => say!(wrong_token),
        C::NoToken => say!(no_token),
        C::StoreOffline => say!(store_offline),
        C::TillFault => {
            Words { who: td_string!(locale, cause.till_fault.who, till = till), ..say!(till_fault, nobody) }
        }
        C::UnknownProduct => say!(unknown_product),
        C::TillRefused => say!(till_refused),
        C::TillUnreachable => Words {
            title: td_string!(locale, cause.till_unreachable.title),
            means: td_string!(locale, cause.till_unreachable.means),
            todo: td_string!(locale, cause.till_unreachable.todo, till = till),
            who: td_string!(locale, cause.till_unreachable.who).to_owned(),
        },
        C::NoAnswer => say!(no_answer),
        C::Nonsense => say!(nonsense),
        C::Interrupted => say!(interrupted),
        C::NothingToSend => say!(nothing_to_send),
        C::SeveralCurrencies => say!(several_currencies),
        C::OrderUnreadable => say!(order_unreadable),
        C::DuplicateOrder => say!(duplicate_order, nobody),
        C::CancelledBefore => say!(cancelled_before, nobody),
        C::AlreadyOver => say!(already_over, nobody),
        C::Disconnected => say!(disconnected),
        C::EventUnknown => say!(event_unknown),
        C::HubriseRefused => say!(hubrise_refused),
        C::HubriseDown => say!(hubrise_down, nobody),
        C::HubriseLimited => say!(hubrise_limited, nobody),
        C::SendingOff => say!(sending_off),
    }
}

/// The words where no cause was noted.
fn plain(locale: Locale, line: &OperationLine) -> Words {
    use OperationState as S;
    let (title, means) = match (line.kind, line.state) {
        (OperationKind::Stock, S::Delivered | S::Noted) => {
            (td_string!(locale, cause.stock.title), td_string!(locale, cause.stock.means))
        }
        (OperationKind::Stock, S::Waiting | S::Retrying | S::Sending) => {
            (td_string!(locale, cause.stock_under_way.title), td_string!(locale, cause.stock_under_way.means))
        }
        (_, S::Delivered) => (td_string!(locale, cause.delivered.title), td_string!(locale, cause.delivered.means)),
        (_, S::Waiting | S::Retrying) => {
            (td_string!(locale, cause.waiting.title), td_string!(locale, cause.waiting.means))
        }
        (_, S::Sending) => (td_string!(locale, cause.sending.title), td_string!(locale, cause.sending.means)),
        (OperationKind::System, S::Noted) => {
            (td_string!(locale, cause.system.title), td_string!(locale, cause.system.means))
        }
        (OperationKind::OrderUpdated, S::Noted) => {
            (td_string!(locale, cause.update.title), td_string!(locale, cause.update.means))
        }
        (OperationKind::Unhandled, _) | (_, S::NotHandled) => {
            (td_string!(locale, cause.event_unknown.title), td_string!(locale, cause.event_unknown.means))
        }
        _ => (td_string!(locale, cause.vague.title), td_string!(locale, cause.vague.means)),
    };
    Words { title, means, todo: String::new(), who: String::new() }
}

/// What happens by itself from here on, if anything; `next` is the time of the next try in words.
pub fn outlook(locale: Locale, state: OperationState, next: Option<&str>) -> Option<String> {
    match (state, next) {
        (OperationState::Retrying, Some(next)) => Some(td_string!(locale, cause.by_itself_at, time = next)),
        (OperationState::Retrying, None) => Some(td_string!(locale, cause.by_itself).to_owned()),
        (OperationState::Attention, _) => Some(td_string!(locale, cause.gave_up).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::logic::operation::tests::{STATES, line};

    fn sentences(words: &Words) -> Vec<String> {
        [words.title, words.means, &words.todo, &words.who]
            .iter()
            .flat_map(|text| text.split(['.', '?', '!']))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn every_cause_has_a_title_of_its_own_and_short_sentences_in_both_languages() {
        for locale in [Locale::en, Locale::fr] {
            let titles: HashSet<&str> = Cause::ALL.iter().map(|&cause| of(locale, cause, "Till").title).collect();
            assert_eq!(titles.len(), Cause::ALL.len());
            for cause in Cause::ALL {
                for sentence in sentences(&of(locale, cause, "PAR PixelPoint")) {
                    let count =
                        sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
                    assert!(count <= 20, "{count} words: {sentence}");
                }
            }
        }
    }

    #[test]
    fn what_may_have_been_printed_is_never_called_unprinted() {
        for locale in [Locale::en, Locale::fr] {
            let unprinted = of(locale, Cause::WrongToken, "").means.rsplit(". ").next().map(str::to_owned);
            for cause in [Cause::NoAnswer, Cause::Nonsense, Cause::Interrupted] {
                let words = of(locale, cause, "");
                assert!(!unprinted.as_deref().is_some_and(|said| words.means.contains(said)), "{cause:?}");
            }
        }
    }

    #[test]
    fn the_three_failures_of_every_day_are_cured_in_three_places() {
        assert_eq!(cure(Cause::WrongToken), Cure::Configuration);
        assert_eq!(cure(Cause::StoreOffline), Cure::Elsewhere);
        assert_eq!(cure(Cause::UnknownProduct), Cure::Menu);
    }

    #[test]
    fn who_makes_the_till_is_named_where_nothing_here_says_what_to_change() {
        let with = |cause, state| OperationLine { cause, ..line("a", state) };
        let refused = OperationState::Refused;
        assert!(is_lost(&with(Some(Cause::TillFault), refused), true));
        assert!(is_lost(&with(Some(Cause::TillRefused), refused), false));
        assert!(!is_lost(&with(Some(Cause::TillRefused), refused), true));
        assert!(!is_lost(&with(Some(Cause::WrongToken), refused), false));
        assert!(is_lost(&with(None, OperationState::Failed), false));
        assert!(!is_lost(&with(None, OperationState::Delivered), false));
    }

    #[test]
    fn every_operation_has_words_with_or_without_a_cause() {
        for locale in [Locale::en, Locale::fr] {
            for state in STATES {
                let words = words(locale, &line("a", state), "Till");
                assert!(!words.title.is_empty() && !words.means.is_empty());
            }
        }
        let flagged = OperationLine {
            flag: Some(Flag::CancelledAfterSending),
            cause: Some(Cause::NoAnswer),
            ..line("a", OperationState::Delivered)
        };
        assert_eq!(words(Locale::en, &flagged, "Till").title, "Cancelled at HubRise after it was sent");
    }

    #[test]
    fn says_when_it_is_tried_again_and_when_no_more() {
        let check = |state, next, expected: Option<&str>| {
            assert_eq!(outlook(Locale::en, state, next).as_deref(), expected);
        };
        let at = "The console tries again by itself at 19:31:02.";
        check(OperationState::Retrying, Some("19:31:02"), Some(at));
        check(OperationState::Retrying, None, Some("The console tries again by itself."));
        check(OperationState::Delivered, Some("19:31:02"), None);
        assert!(outlook(Locale::en, OperationState::Attention, None).is_some());
    }
}
