//! What an answer means: the table of answers, and nothing else. The text decides where one number has two causes.

#[cfg(test)]
mod tests;

use crate::answer::{Answer, Said};
use crate::dialect::{PRODUCT_WORDS, UNKNOWN_WORDS};
use crate::{Accepted, Outcome, Refusal, RefusalKind};

/// The till's words for a token that is not its own (`SubErrorNum` 401), in lower case.
const TOKEN_DENIED: &str = "access token denied";
/// The till's words for a shop that is offline (`SubErrorNum` 401 too), in lower case.
const STORE_DISCONNECTED: &str = "store is disconnected";

/// What an answer that could be read means, to who asked for a listing or placed an order.
pub(crate) fn of(answer: Answer, listing: bool) -> Outcome {
    match answer.said {
        Said::Yes if answer.exception.is_some() => nonsense("the answer says both `ErrorNum` 0 and `Exception`"),
        Said::Yes => accepted(answer),
        Said::No => Outcome::Refused(refusal(answer)),
        Said::Both => nonsense("the answer's `ErrorNum` is no number, or several that disagree"),
        // How a list is answered is not public: its lines say yes as well.
        Said::Nothing if listing && !answer.listing.is_empty() && !complains(&answer) => accepted(answer),
        Said::Nothing if complains(&answer) => Outcome::Refused(refusal(answer)),
        Said::Nothing => nonsense("the answer has no `ErrorNum`"),
    }
}

/// Whether words only a failure has are there.
fn complains(answer: &Answer) -> bool {
    answer.exception.is_some() || answer.message.as_deref().and_then(known_words).is_some()
}

fn accepted(answer: Answer) -> Outcome {
    let Answer { check_closed, payment_processed, order_number, listing, .. } = answer;
    Outcome::Accepted(Accepted { check_closed, payment_processed, order_number, listing })
}

fn refusal(answer: Answer) -> Refusal {
    let Answer { message, exception, sub_error, .. } = answer;
    if let Some((kind, message)) = message.as_deref().and_then(known_words).zip(message.clone()) {
        return Refusal { kind, message };
    }
    if let Some(exception) = exception {
        // An exception may speak of a store or a token as well, where no message does.
        let kind = known_words(&exception).unwrap_or(RefusalKind::Fault);
        return Refusal { kind, message: exception };
    }
    match message {
        Some(message) => {
            let kind = if names_unknown_code(&message) { RefusalKind::UnknownProduct } else { RefusalKind::Other };
            Refusal { kind, message }
        }
        None => {
            let message = sub_error.map(|number| format!("SubErrorNum {number}")).unwrap_or_default();
            Refusal { kind: RefusalKind::Other, message }
        }
    }
}

/// The two causes that share a number.
fn known_words(message: &str) -> Option<RefusalKind> {
    let message = message.to_lowercase();
    if message.contains(TOKEN_DENIED) {
        Some(RefusalKind::WrongToken)
    } else if message.contains(STORE_DISCONNECTED) {
        Some(RefusalKind::StoreOffline)
    } else {
        None
    }
}

fn names_unknown_code(message: &str) -> bool {
    let message = message.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    has(PRODUCT_WORDS) && has(UNKNOWN_WORDS)
}

fn nonsense(why: &str) -> Outcome {
    Outcome::Nonsense { why: why.to_owned() }
}
