//! An operation as a story: ordered, told, each try with the wait before it, what came of it, what HubRise was told, what
//! people did, what comes next, and when the order is wanted. Owns the order of events, not their words.

use passerelle_wire::{ActKind, ExchangeLine, Operation, OperationKind, OperationState, Telling, Way};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The customer ordered, at a channel.
    Ordered(Option<String>),
    /// HubRise told the bridge.
    Told,
    /// HubRise told it once more.
    ToldAgain,
    /// The console began by itself.
    Began,
    /// The till was called: which time that was, and how it ended.
    Called {
        /// Counted from 1.
        time: usize,
        /// How it ended.
        end: End,
    },
    /// HubRise was told, or asked, something.
    Hubrise {
        /// Told what became of the order, rather than asked.
        told: bool,
        /// Whether it took it.
        well: bool,
    },
    /// Somebody did something.
    Act(ActKind, Option<String>),
    /// A try is under way.
    Sending,
    /// It waits for its turn.
    Waiting,
    /// It will be tried again.
    NextTry,
    /// HubRise will be told.
    ToTell,
    /// The order is wanted.
    Wanted,
}

/// How a call of the till ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// It took the order.
    Taken,
    /// It said no.
    Refused,
    /// Nobody knows.
    Unknown,
    /// It answered; what that meant is told by what came next.
    Answered,
    /// No answer came.
    Silent,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When, RFC 3339; nothing for what is only going on.
    pub at: Option<String>,
    /// What happened.
    pub what: What,
    /// The exchange it is told in.
    pub exchange: Option<String>,
    /// How long that took, in microseconds.
    pub took: Option<u64>,
    /// How long after the step before, in milliseconds; nothing where that is too short to speak of.
    pub wait: Option<f64>,
    /// Whether it is still to come.
    pub ahead: bool,
}

/// A wait that is worth telling, in milliseconds.
const WORTH_TELLING: f64 = 1_500.0;

/// The story. `instant` reads a time in milliseconds, NaN where it is none; `now` is one.
pub fn steps(operation: &Operation, now: f64, instant: impl Fn(&str) -> f64) -> Vec<Step> {
    let line = &operation.line;
    let mut steps = Vec::new();
    let mut add = |at: Option<&str>, what: What, exchange: Option<&ExchangeLine>| {
        steps.push(Step {
            at: at.map(str::to_owned),
            what,
            exchange: exchange.map(|exchange| exchange.id.clone()),
            took: exchange.map(|exchange| exchange.duration_us),
            wait: None,
            ahead: false,
        });
    };
    let order = line.order.as_ref().filter(|_| line.kind == OperationKind::OrderCreated);
    if let Some(order) = order {
        add(order.ordered_at.as_deref(), What::Ordered(order.channel.clone()), None);
    }
    let mut told = false;
    if matches!(line.kind, OperationKind::System | OperationKind::Stock) {
        add(Some(&line.received_at), What::Began, None);
        told = true;
    } else if operation.exchanges.iter().all(|exchange| exchange.way != Way::HubriseToBridge) {
        add(Some(&line.received_at), What::Told, None);
        told = true;
    }
    let last = operation.exchanges.iter().rposition(|exchange| exchange.way == Way::BridgeToTill);
    let mut time = 0;
    for (at, exchange) in operation.exchanges.iter().enumerate() {
        let what = match exchange.way {
            Way::HubriseToBridge if told => What::ToldAgain,
            Way::HubriseToBridge => {
                told = true;
                What::Told
            }
            Way::BridgeToTill => {
                time += 1;
                What::Called { time, end: end(exchange, line.state, last == Some(at)) }
            }
            Way::BridgeToHubrise => What::Hubrise {
                told: exchange.method != "GET",
                well: exchange.status.is_some_and(|status| (200..300).contains(&status)),
            },
        };
        add(Some(&exchange.started_at), what, Some(exchange));
    }
    for act in &operation.acts {
        add(Some(&act.at), What::Act(act.kind, act.by.clone()), None);
    }
    let wanted = order.and_then(|order| order.expected_at.as_deref());
    if let Some(wanted) = wanted {
        add(Some(wanted), What::Wanted, None);
    }
    // What has no time is going on now.
    let when = |step: &Step| step.at.as_deref().map_or(now, &instant);
    // Nearly in their order already; the library's sort is larger than all of this file.
    for last in 1..steps.len() {
        let mut at = last;
        while at > 0 && when(&steps[at]) < when(&steps[at - 1]) {
            steps.swap(at, at - 1);
            at -= 1;
        }
    }
    let onward = onward(operation);
    let place =
        steps.iter().rposition(|step| step.what != What::Wanted || when(step) <= now).map_or(0, |last| last + 1);
    steps.splice(place..place, onward);
    let mut before: Option<f64> = None;
    for step in &mut steps {
        let Some(at) = step.at.as_deref().map(&instant).filter(|at| !at.is_nan()) else { continue };
        step.ahead = at > now;
        step.wait = before.map(|before| at - before).filter(|wait| *wait >= WORTH_TELLING && step.what != What::Wanted);
        // Not from the call's beginning: the till's half minute to answer is no wait of ours.
        before = Some(at + step.took.map_or(0.0, milliseconds));
    }
    steps
}

/// What goes on, or comes next by itself.
fn onward(operation: &Operation) -> Vec<Step> {
    let line = &operation.line;
    let step = |at: Option<&str>, what: What| Step {
        at: at.map(str::to_owned),
        what,
        exchange: None,
        took: None,
        wait: None,
        ahead: true,
    };
    let next = line.next_try_at.as_deref();
    let going = match line.state {
        OperationState::Waiting => Some(step(None, What::Waiting)),
        OperationState::Retrying => Some(step(next, What::NextTry)),
        OperationState::Sending => Some(step(None, What::Sending)),
        _ => None,
    };
    let to_tell = (line.telling == Telling::Due).then(|| step(None, What::ToTell));
    going.into_iter().chain(to_tell).collect()
}

fn end(exchange: &ExchangeLine, state: OperationState, is_last: bool) -> End {
    match (exchange.status, state) {
        (_, OperationState::Delivered) if is_last => End::Taken,
        (_, OperationState::Refused) if is_last => End::Refused,
        (_, OperationState::Unknown) if is_last => End::Unknown,
        (Some(_), _) => End::Answered,
        (None, _) => End::Silent,
    }
}

#[expect(clippy::cast_precision_loss, reason = "no call lasts 2^53 microseconds")]
fn milliseconds(microseconds: u64) -> f64 {
    microseconds as f64 / 1_000.0
}

#[cfg(test)]
#[path = "story_tests.rs"]
mod tests;
