//! How a connection's token stands, in words, with what cures it. Owns neither the time it began nor the button itself.

use passerelle_wire::{Health, HealthState};

use crate::i18n::{Locale, td_string};

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// Calls succeed.
    Fine,
    /// Nobody has asked HubRise yet.
    Unsure,
    /// It comes right by itself.
    Passing,
    /// Somebody has to do something.
    Broken,
}

/// What cures it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// Nothing to do, or nothing that can be done.
    None,
    /// HubRise's own authorisation page explains what is owed.
    Explained,
    /// Connecting again.
    Reconnect,
    /// Unblocking the connection in HubRise's back office; the console notices by itself.
    Unblock,
}

/// How grave a state is.
pub fn gravity(state: HealthState) -> Gravity {
    use HealthState as H;
    match state {
        H::Ok => Gravity::Fine,
        H::Unknown => Gravity::Unsure,
        H::RateLimited | H::HubriseDown => Gravity::Passing,
        H::Unpaid | H::Revoked | H::Blocked | H::Refused => Gravity::Broken,
    }
}

/// What cures a state.
pub fn cure(state: HealthState) -> Cure {
    use HealthState as H;
    match state {
        H::Ok | H::Unknown | H::RateLimited | H::HubriseDown => Cure::None,
        H::Unpaid => Cure::Explained,
        H::Revoked | H::Refused => Cure::Reconnect,
        H::Blocked => Cure::Unblock,
    }
}

/// Since when every call has failed, where every call fails.
pub fn failing_since(health: &Health) -> Option<&str> {
    match gravity(health.state) {
        Gravity::Passing | Gravity::Broken => health.since.as_deref().or(health.last_failed_at.as_deref()),
        Gravity::Fine | Gravity::Unsure => None,
    }
}

/// The state in a sentence; what it means, and what to do.
pub fn words(locale: Locale, state: HealthState) -> (&'static str, &'static str) {
    use HealthState as H;
    match state {
        H::Ok => (td_string!(locale, till.on), td_string!(locale, till.on_means)),
        H::Unknown => (td_string!(locale, till.on), td_string!(locale, health.unknown)),
        H::Unpaid => (td_string!(locale, health.unpaid), td_string!(locale, health.unpaid_means)),
        H::Revoked => (td_string!(locale, health.revoked), td_string!(locale, health.revoked_means)),
        H::Blocked => (td_string!(locale, health.blocked), td_string!(locale, health.blocked_means)),
        H::Refused => (td_string!(locale, health.refused), td_string!(locale, health.refused_means)),
        H::RateLimited => (td_string!(locale, health.rate_limited), td_string!(locale, health.rate_limited_means)),
        H::HubriseDown => (td_string!(locale, health.hubrise_down), td_string!(locale, health.hubrise_down_means)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const ALL: [HealthState; 8] = [
        HealthState::Unknown,
        HealthState::Ok,
        HealthState::Unpaid,
        HealthState::Revoked,
        HealthState::Blocked,
        HealthState::Refused,
        HealthState::RateLimited,
        HealthState::HubriseDown,
    ];

    fn health(state: HealthState, since: Option<&str>, failed: Option<&str>) -> Health {
        Health { state, since: since.map(str::to_owned), last_failed_at: failed.map(str::to_owned), last_ok_at: None }
    }

    #[test]
    fn every_cause_has_words_of_its_own_in_both_languages() {
        for locale in [Locale::en, Locale::fr] {
            let meanings: HashSet<&str> = ALL.iter().map(|&state| words(locale, state).1).collect();
            assert_eq!(meanings.len(), ALL.len());
            for state in ALL.into_iter().filter(|&state| gravity(state) != Gravity::Fine) {
                for sentence in words(locale, state).1.split(['.', ':', ';']) {
                    assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
                }
            }
        }
    }

    #[test]
    fn the_three_kinds_of_refusal_are_cured_in_three_ways() {
        assert_eq!(cure(HealthState::Unpaid), Cure::Explained);
        assert_eq!(cure(HealthState::Revoked), Cure::Reconnect);
        assert_eq!(cure(HealthState::Blocked), Cure::Unblock);
    }

    #[test]
    fn what_passes_by_itself_asks_nothing_of_anybody() {
        for state in ALL {
            assert_eq!(cure(state) != Cure::None, gravity(state) == Gravity::Broken, "{state:?}");
        }
    }

    #[test]
    fn only_what_fails_has_failed_since() {
        assert_eq!(failing_since(&health(HealthState::Blocked, Some("a"), Some("b"))), Some("a"));
        assert_eq!(failing_since(&health(HealthState::HubriseDown, None, Some("b"))), Some("b"));
        assert_eq!(failing_since(&health(HealthState::Ok, Some("a"), None)), None);
        assert_eq!(failing_since(&health(HealthState::Unknown, None, None)), None);
    }
}
