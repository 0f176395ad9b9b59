//! What the list of operations is asked for, as it stands in the address: a text to find and filters, each with the words
//! the server knows them by, and a time to jump to. So that a link, a reload, Back and a saved view lead to the same list.
//! Owns no list: that is `operation_pages`.

use passerelle_wire::{Cause, OperationState};

use super::query::{encode, value};

/// How many characters are searched for at most, as the server says.
pub const LONGEST: usize = 200;

/// Every state one can filter by, with its name on the wire.
pub const STATES: [(OperationState, &str); 11] = [
    (OperationState::Attention, "attention"),
    (OperationState::Unknown, "unknown"),
    (OperationState::Refused, "refused"),
    (OperationState::Failed, "failed"),
    (OperationState::Retrying, "retrying"),
    (OperationState::Waiting, "waiting"),
    (OperationState::Sending, "sending"),
    (OperationState::Delivered, "delivered"),
    (OperationState::Withdrawn, "withdrawn"),
    (OperationState::Noted, "noted"),
    (OperationState::NotHandled, "not_handled"),
];

/// Every cause, with its name on the wire.
pub const CAUSES: [(Cause, &str); 22] = [
    (Cause::UnknownProduct, "unknown_product"),
    (Cause::StoreOffline, "store_offline"),
    (Cause::WrongToken, "wrong_token"),
    (Cause::NoToken, "no_token"),
    (Cause::TillRefused, "till_refused"),
    (Cause::TillFault, "till_fault"),
    (Cause::TillUnreachable, "till_unreachable"),
    (Cause::NoAnswer, "no_answer"),
    (Cause::Nonsense, "nonsense"),
    (Cause::Interrupted, "interrupted"),
    (Cause::NothingToSend, "nothing_to_send"),
    (Cause::SeveralCurrencies, "several_currencies"),
    (Cause::OrderUnreadable, "order_unreadable"),
    (Cause::DuplicateOrder, "duplicate_order"),
    (Cause::CancelledBefore, "cancelled_before"),
    (Cause::AlreadyOver, "already_over"),
    (Cause::Disconnected, "disconnected"),
    (Cause::EventUnknown, "event_unknown"),
    (Cause::HubriseRefused, "hubrise_refused"),
    (Cause::HubriseDown, "hubrise_down"),
    (Cause::HubriseLimited, "hubrise_limited"),
    (Cause::SendingOff, "sending_off"),
];

/// The states that wait for a person.
pub const TO_LOOK_AT: &str = "attention,unknown,refused,failed";

/// The periods that have a name.
pub const PERIODS: [&str; 4] = ["today", "yesterday", "7d", "30d"];

/// Where operations come from.
pub const DIRECTIONS: [&str; 2] = ["from_hubrise", "own"];

/// The filters, in the order of the address. `state` and `cause` may hold several words, separated by commas.
const FILTERS: [&str; 9] = ["q", "state", "cause", "channel", "direction", "mine", "period", "from", "to"];

/// What is asked for: the value of each of [`FILTERS`], empty where it is not used, and where to begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    values: [String; FILTERS.len()],
    at: String,
}

impl LogQuery {
    /// Reads an address's query, with or without its `?`. What nobody could have chosen counts as not chosen.
    pub fn read(query: &str) -> Self {
        let mut read = Self::default();
        for name in FILTERS {
            for word in words(name, &value(query, name).unwrap_or_default()) {
                read = read.with(name, word);
            }
        }
        read.jump(&value(query, "at").unwrap_or_default())
    }

    /// What one filter asks for; empty where it asks for nothing.
    pub fn get(&self, name: &str) -> &str {
        position(name).and_then(|at| self.values.get(at)).map_or("", String::as_str)
    }

    /// The text to find.
    pub fn text(&self) -> &str {
        self.get("q")
    }

    /// The time jumped to.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// The same with a word more, where a filter takes several, or another in its place; whatever the list began at, it
    /// begins at the newest. A period and dates exclude one another.
    pub fn with(&self, name: &str, wanted: &str) -> Self {
        let mut next = Self { at: String::new(), ..self.clone() };
        let wanted = tidy(name, wanted);
        match name {
            "period" => next.put("from", String::new()).put("to", String::new()),
            "from" | "to" if !wanted.is_empty() => next.put("period", String::new()),
            _ => &mut next,
        };
        if !many(name) {
            next.put(name, wanted);
        } else if !wanted.is_empty() && !self.has(name, &wanted) {
            let mut words = self.get(name).to_owned();
            if !words.is_empty() {
                words.push(',');
            }
            words.push_str(&wanted);
            next.put(name, words);
        }
        next
    }

    /// The same without a word of a filter.
    pub fn without(&self, name: &str, word: &str) -> Self {
        let mut next = Self { at: String::new(), ..self.clone() };
        let rest = match many(name) {
            true => self.get(name).split(',').filter(|known| *known != word).collect::<Vec<_>>().join(","),
            false => String::new(),
        };
        next.put(name, rest);
        next
    }

    /// The same from a time on; from the newest where it is no time.
    pub fn jump(&self, at: &str) -> Self {
        Self { at: Some(at).filter(|at| is_date(at)).unwrap_or_default().to_owned(), ..self.clone() }
    }

    /// Whether a filter holds a word.
    pub fn has(&self, name: &str, word: &str) -> bool {
        self.get(name).split(',').any(|known| known == word)
    }

    /// Each thing that is filtered by, the text apart: the filter and one word of it.
    pub fn chips(&self) -> Vec<(&'static str, String)> {
        let mut chips = Vec::new();
        for name in FILTERS.into_iter().skip(1) {
            chips.extend(words(name, self.get(name)).into_iter().map(|word| (name, word.to_owned())));
        }
        chips
    }

    /// Whether nothing is filtered out.
    pub fn is_all(&self) -> bool {
        self.values.iter().all(String::is_empty)
    }

    /// The filters alone, as a query without `?`: for files and saved views.
    pub fn filters(&self) -> String {
        let mut query = String::new();
        for (name, value) in FILTERS.into_iter().zip(&self.values) {
            add(&mut query, name, value);
        }
        query
    }

    /// The query to write into the address, without `?`.
    pub fn address(&self) -> String {
        let mut query = self.filters();
        add(&mut query, "at", &self.at);
        query
    }

    /// What the first page is asked for with, beside the filters.
    pub fn first(&self) -> String {
        let mut first = String::new();
        add(&mut first, "at", &self.at);
        first
    }

    /// The query of a page that begins at `start` (`older=…`); in the bodies of what was said, or in what is known of orders.
    pub fn ask(&self, start: &str, bodies: bool) -> String {
        let mut query = self.filters();
        for part in [start, if bodies { "in=text" } else { "" }].into_iter().filter(|part| !part.is_empty()) {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(part);
        }
        query
    }

    fn put(&mut self, name: &str, value: String) -> &mut Self {
        if let Some(held) = position(name).and_then(|at| self.values.get_mut(at)) {
            *held = value;
        }
        self
    }
}

/// `name=value`, after what is there; nothing for an empty value.
pub fn add(query: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    query.push_str(&encode(value));
}

fn position(name: &str) -> Option<usize> {
    FILTERS.iter().position(|known| *known == name)
}

/// Whether a filter takes several words.
fn many(name: &str) -> bool {
    matches!(name, "state" | "cause")
}

/// The words of a filter's value.
fn words<'a>(name: &str, value: &'a str) -> Vec<&'a str> {
    let words = if many(name) { value.split(',').collect() } else { vec![value] };
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

/// A value as the server takes it; empty where it would not.
fn tidy(name: &str, wanted: &str) -> String {
    let kept = match name {
        "q" => return wanted.trim().chars().take(LONGEST).collect::<String>().trim_end().to_owned(),
        "state" => STATES.iter().any(|(_, word)| *word == wanted),
        "cause" => CAUSES.iter().any(|(_, word)| *word == wanted),
        "direction" => DIRECTIONS.contains(&wanted),
        "mine" => wanted == "true",
        "period" => PERIODS.contains(&wanted),
        "from" | "to" => is_date(wanted),
        _ => wanted.chars().count() <= LONGEST,
    };
    if kept { wanted.to_owned() } else { String::new() }
}

/// `2026-11-22` or `2026-11-22T19:30`; whether there is such a day, the server knows.
fn is_date(text: &str) -> bool {
    let shape = b"0000-00-00T00:00";
    matches!(text.len(), 10 | 16)
        && text.bytes().zip(shape).all(|(byte, like)| match like {
            b'0' => byte.is_ascii_digit(),
            other => byte == *other,
        })
}

#[cfg(test)]
#[path = "log_query_tests.rs"]
mod tests;
