//! The query of the list of operations, read: which are wanted, how they are looked for, where a page begins. Whatever is
//! wrong with it is said by field, all at once. Plain functions.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use passerelle_store::{OperationFilter, OperationKind, OperationState as Stored, Start};
use passerelle_wire::{Actor, Cause, OperationState, ProblemCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
        let mut faults = Faults(None);
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
            causes = both(causes, mine, &mut look);
            stored = both(stored, WAIT_FOR_A_PERSON.to_vec(), &mut look);
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
            Some("own") => vec![OperationKind::System],
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
            && until < from
        {
            faults.add("to", "it is before `from`");
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

/// States in which something waits for a person.
pub(super) const WAIT_FOR_A_PERSON: [Stored; 4] = [Stored::Attention, Stored::Unknown, Stored::Refused, Stored::Failed];

/// What is wrong with a query.
struct Faults(Option<ApiProblem>);

impl Faults {
    fn add(&mut self, field: &'static str, message: impl Into<String>) {
        let so_far = self.0.take();
        let so_far = so_far.unwrap_or_else(|| ApiProblem::new(ProblemCode::InvalidRequest, "the query is not valid"));
        self.0 = Some(so_far.with_field(field, message));
    }
}

/// A parameter that says something.
fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Names of the wire, separated by commas.
fn words<T: DeserializeOwned>(text: Option<&str>, field: &'static str, faults: &mut Faults) -> Vec<T> {
    let mut read = Vec::new();
    for word in given(text).into_iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty())
    {
        match serde_json::from_value(serde_json::Value::String(word.to_owned())) {
            Ok(known) => read.push(known),
            Err(_unknown) => {
                let shown: String = word.chars().take(40).collect();
                faults.add(field, format!("there is no {field} `{shown}`"));
                return Vec::new();
            }
        }
    }
    read
}

/// The store's states of the wire's; and, where only one kind of what is queued is wanted, which.
fn stored(states: &[OperationState]) -> (Vec<Stored>, Option<bool>) {
    let mut stored: Vec<Stored> = Vec::new();
    for state in states {
        let state = match state {
            OperationState::Waiting | OperationState::Retrying => Stored::Queued,
            OperationState::Sending => Stored::Sending,
            OperationState::Delivered => Stored::Delivered,
            OperationState::Attention => Stored::Attention,
            OperationState::Unknown => Stored::Unknown,
            OperationState::Refused => Stored::Refused,
            OperationState::Failed => Stored::Failed,
            OperationState::Withdrawn => Stored::Withdrawn,
            OperationState::Noted => Stored::Noted,
            OperationState::NotHandled => Stored::NotHandled,
        };
        if !stored.contains(&state) {
            stored.push(state);
        }
    }
    let tried = match (states.contains(&OperationState::Waiting), states.contains(&OperationState::Retrying)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    };
    (stored, tried)
}

/// What is in both; the first empty means any. Nothing is wanted where nothing is.
fn both<T: PartialEq>(some: Vec<T>, others: Vec<T>, look: &mut Look) -> Vec<T> {
    if some.is_empty() {
        return others;
    }
    let both: Vec<T> = some.into_iter().filter(|one| others.contains(one)).collect();
    if both.is_empty() {
        *look = Look::Nothing;
    }
    both
}

/// Which instant a day or a minute means.
#[derive(Clone, Copy)]
enum Edge {
    /// Its first.
    Beginning,
    /// The first of the next day; of a minute, its first.
    DaysEnd,
    /// Its last, to the microsecond.
    LastOfIt,
}

/// A day or a time by the store's clock. A time that the clock leaves out is the one it shows instead; of one that it
/// shows twice, the first is meant.
fn instant(text: &str, zone: &TimeZone, edge: Edge) -> Option<Timestamp> {
    // What else the parser would take (offsets, zones, fractions) means another clock than the store's.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'T'));
    if !plain {
        return None;
    }
    let last = |end: Timestamp| end.checked_sub(SignedDuration::from_micros(1)).ok();
    if text.len() == "2026-11-22".len() {
        let day: Date = text.parse().ok()?;
        let next = || days_begin(day, 1, zone);
        return match edge {
            Edge::Beginning => days_begin(day, 0, zone),
            Edge::DaysEnd => next(),
            Edge::LastOfIt => last(next()?),
        };
    }
    let span = match text.len() - "2026-11-22".len().min(text.len()) {
        6 => SignedDuration::from_mins(1),
        9 => SignedDuration::from_secs(1),
        _ => return None,
    };
    let time: DateTime = text.parse().ok()?;
    let begins = time.to_zoned(zone.clone()).ok()?.timestamp();
    match edge {
        Edge::Beginning | Edge::DaysEnd => Some(begins),
        Edge::LastOfIt => last(begins.checked_add(span).ok()?),
    }
}

/// When a day so many days after another begins by the store's clock.
pub(super) fn days_begin(day: Date, after: i64, zone: &TimeZone) -> Option<Timestamp> {
    let day = day.checked_add(jiff::Span::new().try_days(after).ok()?).ok()?;
    Some(day.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
#[path = "operation_query_tests.rs"]
mod tests;
