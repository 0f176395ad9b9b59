//! The query of the list of operations, read: which are wanted, how they are looked for, where a page begins. Whatever is
//! wrong with it is said by field, all at once. Plain functions.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use passerelle_store::{OperationFilter, OperationKind, Start};
use passerelle_wire::{Actor, Cause, OperationState};
use serde::Deserialize;

use super::operation_words::{Faults, WAIT_FOR_A_PERSON, both, given, stored, words};
use super::store_clock::{Edge, days_begin, instant};
use crate::delivery::cause;
use crate::problem::ApiProblem;
use crate::search;

/// The longest channel that is believed, in bytes: what the store keeps of one.
const LONGEST_CHANNEL: usize = 200;
/// How far back bodies are searched when no period is named.
const TEXT_DAYS: i64 = 7;

/// The query as it comes.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// `next` of the page before.
    #[serde(default)]
    older: Option<String>,
    /// `newer` of a page.
    #[serde(default)]
    newer: Option<String>,
    /// Jump to a time: the newest that came then or before, in the store's time zone.
    #[serde(default)]
    #[param(example = "2026-11-22T19:30")]
    at: Option<String>,
    /// What is looked for, at most 200 characters.
    #[serde(default)]
    #[param(example = "dupont")]
    q: Option<String>,
    /// `facts` (ids, refs, codes, names, phones, failures' words; the default) or `text` (bodies of requests and answers).
    #[serde(default, rename = "in")]
    #[param(example = "facts")]
    depth: Option<String>,
    /// States, separated by commas.
    #[serde(default)]
    #[param(example = "refused,failed")]
    state: Option<String>,
    /// Causes, separated by commas.
    #[serde(default)]
    #[param(example = "unknown_product")]
    cause: Option<String>,
    /// Where the order was placed.
    #[serde(default)]
    #[param(example = "Uber Eats")]
    channel: Option<String>,
    /// `from_hubrise` or `own`: what HubRise told, or what the bridge did by itself.
    #[serde(default)]
    #[param(example = "from_hubrise")]
    direction: Option<String>,
    /// `true`: what the caller's role can cure, waits for a person, and nobody has marked as handled.
    #[serde(default)]
    #[param(example = "true")]
    mine: Option<String>,
    /// `today`, `yesterday`, `7d` or `30d`, in the store's time zone.
    #[serde(default)]
    #[param(example = "7d")]
    period: Option<String>,
    /// A day or a minute in the store's time zone, in place of `period`.
    #[serde(default)]
    #[param(example = "2026-11-01")]
    from: Option<String>,
    /// A day, which is in it, or a minute, which is not.
    #[serde(default)]
    #[param(example = "2026-11-22")]
    to: Option<String>,
}

/// The query, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Which.
    pub(super) filter: OperationFilter,
    /// Where the page begins.
    pub(super) start: Start,
    /// How they are looked for.
    pub(super) look: Look,
    /// Of those that are queued: only those that were tried, or only those that were not.
    pub(super) tried: Option<bool>,
}

/// How operations are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// All that pass the filter.
    All,
    /// Those with a word.
    Facts(search::Query),
    /// Those with a text in a body.
    Text(String),
    /// The conditions exclude each other, or nothing that can be seen is looked for.
    Nothing,
}

/// Who asks, when, and by which clock.
#[derive(Clone, Debug)]
pub(super) struct Asker {
    pub(super) support: bool,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
}

impl Asked {
    /// # Errors
    /// `invalid_request`, with every field that cannot be understood.
    pub(super) fn read(self, asker: &Asker) -> Result<Wanted, ApiProblem> {
        let mut faults = Faults::default();
        let wanted = self.understood(asker, &mut faults);
        match faults.0 {
            None => Ok(wanted),
            Some(problem) => Err(problem),
        }
    }

    fn understood(self, asker: &Asker, faults: &mut Faults) -> Wanted {
        let mut filter = OperationFilter { kinds: self.kinds(faults), ..OperationFilter::default() };
        filter.channel = given(self.channel.as_deref()).map(str::to_owned);
        if filter.channel.as_ref().is_some_and(|channel| channel.len() > LONGEST_CHANNEL) {
            faults.add("channel", "no channel has so long a name");
        }
        (filter.from, filter.until) = self.range(asker, faults);
        let states: Vec<OperationState> = words(self.state.as_deref(), "state", faults);
        let mut causes: Vec<Cause> = words(self.cause.as_deref(), "cause", faults);
        let mut look = self.look(faults);
        let (mut stored, tried) = stored(&states);
        if self.mine(faults) {
            filter.not_handled_yet = true;
            let cures = if asker.support { Actor::Support } else { Actor::Manager };
            let mine: Vec<Cause> = Cause::ALL.into_iter().filter(|cause| cause.actor() == cures).collect();
            (causes, stored) = (both(causes, mine), both(stored, WAIT_FOR_A_PERSON.to_vec()));
            // An empty list of the filter's would mean any.
            if causes.is_empty() || stored.is_empty() {
                look = Look::Nothing;
            }
        }
        filter.states = stored;
        filter.causes = causes.into_iter().map(cause::stored).collect();
        let start = self.start(asker, &look, &mut filter, faults);
        if matches!(look, Look::Text(_)) && filter.from.is_none() && filter.until.is_none_or(|until| until > asker.now)
        {
            filter.from = asker.now.checked_sub(SignedDuration::from_hours(24 * TEXT_DAYS)).ok();
        }
        Wanted { filter, start, look, tried }
    }

    fn kinds(&self, faults: &mut Faults) -> Vec<OperationKind> {
        match given(self.direction.as_deref()) {
            None => Vec::new(),
            Some("from_hubrise") => {
                vec![OperationKind::OrderCreated, OperationKind::OrderUpdated, OperationKind::Unhandled]
            }
            Some("own") => vec![OperationKind::System, OperationKind::Stock],
            Some(_) => {
                faults.add("direction", "`from_hubrise` or `own`");
                Vec::new()
            }
        }
    }

    fn mine(&self, faults: &mut Faults) -> bool {
        match given(self.mine.as_deref()) {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => {
                faults.add("mine", "`true` or `false`");
                false
            }
        }
    }

    fn look(&self, faults: &mut Faults) -> Look {
        let typed = given(self.q.as_deref());
        if typed.is_some_and(|typed| typed.chars().count() > search::LONGEST_QUERY) {
            faults.add("q", "at most 200 characters");
            return Look::Nothing;
        }
        match (given(self.depth.as_deref()), typed) {
            (None | Some("facts" | "text"), None) => Look::All,
            (None | Some("facts"), Some(typed)) => search::Query::read(typed).map_or(Look::Nothing, Look::Facts),
            (Some("text"), Some(typed)) => Look::Text(typed.to_owned()),
            (Some(_), _) => {
                faults.add("in", "`facts` or `text`");
                Look::Nothing
            }
        }
    }

    /// From when, and until before when.
    fn range(&self, asker: &Asker, faults: &mut Faults) -> (Option<Timestamp>, Option<Timestamp>) {
        let period = given(self.period.as_deref());
        let mut bound = |field, text: Option<&str>, edge| {
            let read = instant(given(text)?, &asker.zone, edge);
            if read.is_none() {
                faults.add(field, "a day (`2026-11-22`) or a minute (`2026-11-22T19:30`)");
            }
            read
        };
        let from = bound("from", self.from.as_deref(), Edge::Beginning);
        let until = bound("to", self.to.as_deref(), Edge::DaysEnd);
        if let (Some(from), Some(until)) = (from, until)
            && until <= from
        {
            faults.add("to", "it is not after `from`");
        }
        let Some(period) = period else { return (from, until) };
        if given(self.from.as_deref()).is_some() || given(self.to.as_deref()).is_some() {
            faults.add("period", "either `period`, or `from` and `to`");
        }
        let today = asker.zone.to_datetime(asker.now).date();
        let begins = |days: i64| days_begin(today, -days, &asker.zone);
        match period {
            "today" => (begins(0), None),
            "yesterday" => (begins(1), begins(0)),
            "7d" => (begins(6), None),
            "30d" => (begins(29), None),
            _ => {
                faults.add("period", "`today`, `yesterday`, `7d` or `30d`");
                (None, None)
            }
        }
    }

    fn start(&self, asker: &Asker, look: &Look, filter: &mut OperationFilter, faults: &mut Faults) -> Start {
        let (older, newer, at) =
            (given(self.older.as_deref()), given(self.newer.as_deref()), given(self.at.as_deref()));
        let mut cursor = |field, text: &str| {
            let read = text.parse::<i64>().ok().filter(|seq| *seq >= 0);
            if read.is_none() {
                faults.add(field, "it was never given out");
            }
            read.unwrap_or_default()
        };
        let searches = matches!(look, Look::Facts(_) | Look::Text(_));
        match (older, newer, at) {
            (None, None, None) => Start::Newest,
            (Some(older), None, None) => Start::Older(cursor("older", older)),
            (None, Some(_), None) if searches => {
                faults.add("newer", "what is looked for is told from its newest on");
                Start::Newest
            }
            (None, Some(newer), None) => Start::Newer(cursor("newer", newer)),
            (None, None, Some(at)) => match instant(at, &asker.zone, Edge::LastOfIt) {
                Some(at) if searches => {
                    let until = at.checked_add(SignedDuration::from_micros(1)).unwrap_or(at);
                    filter.until = Some(filter.until.map_or(until, |before| before.min(until)));
                    Start::Newest
                }
                Some(at) => Start::At(at),
                None => {
                    faults.add("at", "a day (`2026-11-22`) or a minute (`2026-11-22T19:30`)");
                    Start::Newest
                }
            },
            _ => {
                let second = if newer.is_some() && (older.is_some() || at.is_some()) { "newer" } else { "at" };
                faults.add(second, "one of `older`, `newer` and `at`");
                Start::Newest
            }
        }
    }
}

#[cfg(test)]
#[path = "operation_query_tests.rs"]
mod tests;
