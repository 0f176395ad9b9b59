//! What to say about a failed call, and the one thing to do about it.

use std::cell::Cell;

use passerelle_wire::ProblemCode;

use crate::{
    api::ApiError,
    i18n::{Locale, td_string},
};

/// What happened, what it means, what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened, as a title.
    pub title: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do.
    pub todo: &'static str,
}

/// The one button under the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// The same call again.
    Repeat,
    /// A new run of OAuth.
    Connect,
    /// The page has to be loaded afresh.
    Reload,
    /// Another page is the right one.
    Home,
    /// The till's page shows how things stand.
    Till,
    /// Only support can cure it.
    Support,
    /// Signing in comes first.
    SignIn,
}

/// What to do about `error`. `finishing`: while an attempt was being finished, where what HubRise gave is spent
/// once the server has seen it, so that only a new run helps.
pub fn remedy(error: &ApiError, finishing: bool) -> Remedy {
    use ProblemCode as P;
    let ApiError::Problem(problem) = error else { return Remedy::Repeat };
    match problem.code {
        P::StateUnknown
        | P::StateForeign
        | P::StateExpired
        | P::StateReplayed
        | P::AccessDenied
        | P::AuthorizeFailed
        | P::CodeRejected
        | P::HubriseTokenDead => Remedy::Connect,
        P::NoSession
        | P::HubriseUnreachable
        | P::HubriseTimeout
        | P::HubriseFailed
        | P::HubriseNonsense
        | P::HubriseRateLimited
        | P::Timeout
        | P::Internal
            if finishing =>
        {
            Remedy::Connect
        }
        P::NoSession
        | P::HubriseUnreachable
        | P::HubriseTimeout
        | P::HubriseFailed
        | P::HubriseNonsense
        | P::HubriseRateLimited
        | P::TooManyRequests
        | P::DatabaseUnavailable
        | P::Timeout
        | P::EmbedTokenRejected
        | P::EmbedHostUnknown
        | P::Internal => Remedy::Repeat,
        P::SignInRequired => Remedy::SignIn,
        P::RequestMismatch => Remedy::Connect,
        P::NotYours if finishing => Remedy::Connect,
        P::NotYours => Remedy::Repeat,
        P::ClientRejected | P::HubriseForbidden | P::TillDisabled | P::TillLocked => Remedy::Support,
        P::InvalidRequest
        | P::MethodNotAllowed
        | P::PayloadTooLarge
        | P::UnsupportedMediaType
        | P::CsrfMismatch
        | P::ForeignOrigin
        | P::ChoiceInvalid
        | P::RequestUnknown
        | P::MayPrintTwice
        | P::NotSendable
        | P::RequestInvalid
        | P::PosKeyRefused
        | P::StockOlder
        | P::StockInvalid
        | P::IdempotencyKeyReused
        | P::SendingOff
        | P::StockUnknown
        | P::Conflict => Remedy::Reload,
        P::NotFound | P::VendorUnknown | P::TillUnknown => Remedy::Home,
        P::ConnectionUnknown | P::SupportOnly | P::ViewOnly | P::KeyRequired | P::KeyWrong => Remedy::Till,
    }
}

/// The three texts of a problem.
macro_rules! three {
    ($locale:expr, $key:ident) => {
        Words {
            title: td_string!($locale, problem.$key.title),
            means: td_string!($locale, problem.$key.means),
            todo: td_string!($locale, problem.$key.todo),
        }
    };
}

type Own = fn(Locale, ProblemCode) -> Option<Words>;

thread_local! {
    static OWN: Cell<Own> = const { Cell::new(|_, _| None) };
}

/// Makes this program know the words about the end of a run of OAuth and about choosing. To be called by the entry whose
/// pages those are: the others are never answered so, and their readers need not download the words.
pub fn know_runs() {
    OWN.set(of_runs);
}

/// Makes this program know the words about sending an order again: for the entries where that is done.
pub fn know_acts() {
    OWN.set(of_acts);
}

fn of_acts(locale: Locale, code: ProblemCode) -> Option<Words> {
    use ProblemCode as P;
    Some(match code {
        P::NotSendable => three!(locale, not_sendable),
        P::MayPrintTwice => three!(locale, may_print_twice),
        P::RequestInvalid => three!(locale, request_invalid),
        _ => return None,
    })
}

/// Makes this program know the words about synchronising stock: for the entry where that is done.
pub fn know_stock() {
    OWN.set(of_stock);
}

fn of_stock(locale: Locale, code: ProblemCode) -> Option<Words> {
    use ProblemCode as P;
    Some(match code {
        P::SendingOff => three!(locale, sending_off),
        P::StockUnknown => three!(locale, stock_unknown),
        _ => return None,
    })
}

fn of_runs(locale: Locale, code: ProblemCode) -> Option<Words> {
    use ProblemCode as P;
    Some(match code {
        P::StateUnknown => three!(locale, state_unknown),
        P::StateForeign => three!(locale, state_foreign),
        P::StateExpired => three!(locale, state_expired),
        P::StateReplayed => three!(locale, state_replayed),
        P::AccessDenied => three!(locale, access_denied),
        P::AuthorizeFailed => three!(locale, authorize_failed),
        P::CodeRejected => three!(locale, code_rejected),
        P::ClientRejected => three!(locale, client_rejected),
        P::ChoiceInvalid => three!(locale, choice_invalid),
        P::RequestMismatch => three!(locale, request_mismatch),
        _ => return None,
    })
}

/// The words about `error`.
pub fn words(locale: Locale, error: &ApiError) -> Words {
    use ProblemCode as P;
    macro_rules! say {
        ($key:ident) => {
            three!(locale, $key)
        };
    }
    let problem = match error {
        ApiError::Offline => return say!(offline),
        ApiError::Timeout => return say!(late),
        ApiError::Unreadable => return say!(unreadable),
        ApiError::Problem(problem) => problem,
    };
    match problem.code {
        P::InvalidRequest | P::MethodNotAllowed | P::PayloadTooLarge | P::UnsupportedMediaType => say!(invalid_request),
        P::NotFound => say!(not_found),
        P::NoSession => say!(no_session),
        P::CsrfMismatch => say!(csrf_mismatch),
        P::ForeignOrigin => say!(foreign_origin),
        P::VendorUnknown => say!(vendor_unknown),
        P::TillUnknown => say!(till_unknown),
        P::ConnectionUnknown => say!(connection_unknown),
        P::HubriseUnreachable => say!(hubrise_unreachable),
        P::HubriseTimeout => say!(hubrise_timeout),
        P::HubriseFailed => say!(hubrise_failed),
        P::HubriseNonsense => say!(hubrise_nonsense),
        P::HubriseForbidden => say!(hubrise_forbidden),
        P::HubriseTokenDead => say!(hubrise_token_dead),
        P::HubriseRateLimited => say!(hubrise_rate_limited),
        P::SignInRequired => say!(sign_in_required),
        P::SupportOnly => say!(support_only),
        P::ViewOnly => say!(view_only),
        P::NotYours => say!(not_yours),
        P::TillDisabled => say!(till_disabled),
        P::TillLocked => say!(till_locked),
        P::KeyRequired => say!(key_required),
        P::KeyWrong => say!(key_wrong),
        P::RequestUnknown => say!(request_unknown),
        P::Conflict => say!(conflict),
        P::TooManyRequests => say!(too_many_requests),
        P::DatabaseUnavailable => say!(database_unavailable),
        P::Timeout => say!(timeout),
        // What this program has no words for, it is not answered; should it be all the same, the fault is ours.
        code => OWN.get()(locale, code).unwrap_or(say!(internal)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Every failure that has a screen of its own.
    fn failures() -> Vec<ApiError> {
        use ProblemCode as P;
        let mut all = vec![ApiError::Offline, ApiError::Timeout, ApiError::Unreadable];
        all.extend(
            [
                P::InvalidRequest,
                P::NotFound,
                P::NoSession,
                P::CsrfMismatch,
                P::ForeignOrigin,
                P::VendorUnknown,
                P::TillUnknown,
                P::ConnectionUnknown,
                P::StateUnknown,
                P::StateForeign,
                P::StateExpired,
                P::StateReplayed,
                P::AccessDenied,
                P::AuthorizeFailed,
                P::CodeRejected,
                P::ClientRejected,
                P::HubriseUnreachable,
                P::HubriseTimeout,
                P::HubriseFailed,
                P::HubriseNonsense,
                P::HubriseForbidden,
                P::HubriseTokenDead,
                P::HubriseRateLimited,
                P::ChoiceInvalid,
                P::SignInRequired,
                P::SupportOnly,
                P::ViewOnly,
                P::NotYours,
                P::TillDisabled,
                P::TillLocked,
                P::KeyRequired,
                P::KeyWrong,
                P::RequestUnknown,
                P::RequestMismatch,
                P::Conflict,
                P::TooManyRequests,
                P::DatabaseUnavailable,
                P::Timeout,
                P::Internal,
            ]
            .map(ApiError::from),
        );
        all
    }

    #[test]
    fn each_failure_has_words_of_its_own_in_both_languages() {
        know_runs();
        for locale in [Locale::en, Locale::fr] {
            let titles: HashSet<&str> = failures().iter().map(|error| words(locale, error).title).collect();
            assert_eq!(titles.len(), failures().len());
        }
    }

    /// What sending again is answered, beside the others.
    fn acts() -> impl Iterator<Item = ApiError> {
        use ProblemCode as P;
        [P::NotSendable, P::MayPrintTwice, P::RequestInvalid].into_iter().map(ApiError::from)
    }

    #[test]
    fn sending_again_fails_with_words_of_its_own_where_it_is_done() {
        let internal = |locale| words(locale, &ProblemCode::Internal.into());
        assert!(acts().all(|error| words(Locale::en, &error) == internal(Locale::en)));
        know_acts();
        for locale in [Locale::en, Locale::fr] {
            let titles: HashSet<&str> = acts().map(|error| words(locale, &error).title).collect();
            assert_eq!(titles.len(), 3);
            assert!(acts().all(|error| words(locale, &error) != internal(locale)));
        }
    }

    #[test]
    fn synchronising_fails_with_words_of_its_own_where_it_is_done() {
        know_stock();
        for locale in [Locale::en, Locale::fr] {
            let of = |code: ProblemCode| words(locale, &code.into());
            let said = [ProblemCode::SendingOff, ProblemCode::StockUnknown, ProblemCode::Internal].map(of);
            assert_eq!(said.iter().map(|words| words.title).collect::<HashSet<_>>().len(), 3);
        }
    }

    #[test]
    fn sentences_stay_short() {
        know_acts();
        for locale in [Locale::en, Locale::fr] {
            for error in failures().into_iter().chain(acts()) {
                let Words { title, means, todo } = words(locale, &error);
                for sentence in [title, means, todo].iter().flat_map(|text| text.split(['.', '?', '!'])) {
                    let count =
                        sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
                    assert!(count <= 20, "{count} words: {sentence}");
                }
            }
        }
    }

    #[test]
    fn a_spent_return_asks_for_a_new_run_and_a_lost_call_is_repeated() {
        let check = |code: ProblemCode, finishing, expected| {
            assert_eq!(remedy(&ApiError::from(code), finishing), expected, "{code:?}, finishing: {finishing}");
        };
        check(ProblemCode::CodeRejected, true, Remedy::Connect);
        check(ProblemCode::HubriseTimeout, true, Remedy::Connect);
        check(ProblemCode::HubriseTimeout, false, Remedy::Repeat);
        check(ProblemCode::DatabaseUnavailable, true, Remedy::Repeat);
        check(ProblemCode::ClientRejected, true, Remedy::Support);
        check(ProblemCode::ConnectionUnknown, false, Remedy::Till);
        check(ProblemCode::SignInRequired, true, Remedy::SignIn);
        check(ProblemCode::NotYours, true, Remedy::Connect);
        check(ProblemCode::TillLocked, true, Remedy::Support);
        assert_eq!(remedy(&ApiError::Offline, true), Remedy::Repeat);
        assert_eq!(remedy(&ApiError::Timeout, true), Remedy::Repeat);
    }
}
