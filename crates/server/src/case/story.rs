//! What happened, in its order and in a kitchen's words. Plain functions of what is kept.

use jiff::Timestamp;
use passerelle_store::{ActKind, Ended, ExchangeWhole, OperationKind, OperationState, Way};

use super::{Case, Language};

/// One line of the story.
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) what: String,
}

/// How grave a state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Ok,
    Info,
    Warn,
    Fail,
}

/// All that happened, the oldest first; what happened at the same moment in the order it is told here.
pub(super) fn steps(case: &Case, language: Language) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = |at: Timestamp, what: String| steps.push(Step { at, what });
    if let Some(order) = &case.operation.order {
        if let Some(at) = order.ordered_at {
            let at_channel = |channel: &String| language.filled("step_ordered_at", &[("channel", channel)]);
            step(at, order.channel.as_ref().map_or_else(|| language.word("step_ordered").to_owned(), at_channel));
        }
        if let Some(at) = order.expected_at {
            step(at, language.word("step_expected").to_owned());
        }
    }
    let mut tries = 0;
    for call in &case.calls {
        if call.row.way == Way::BridgeToTill {
            tries += 1;
        }
        called(call, tries, language, &mut step);
    }
    for act in &case.acts {
        let word = match act.kind {
            ActKind::Resent => "act_resent",
            ActKind::ResentModified => "act_resent_modified",
            ActKind::Handled if act.note.is_some() => "act_handled_note",
            ActKind::Handled => "act_handled",
            ActKind::Reopened => "act_reopened",
            // Who looked, and who made which case, is no part of the order's story.
            ActKind::NamesShown | ActKind::CaseTaken | ActKind::Shared | ActKind::ShareEnded => continue,
        };
        step(act.at, language.filled(word, &[("note", act.note.as_deref().unwrap_or_default())]));
    }
    steps.sort_by_key(|step| step.at);
    steps
}

fn called(call: &ExchangeWhole, tries: u32, language: Language, step: &mut impl FnMut(Timestamp, String)) {
    let row = &call.row;
    let began = row.started_at;
    let ended = i64::try_from(row.duration_us)
        .ok()
        .and_then(|took| began.checked_add(jiff::SignedDuration::from_micros(took)).ok());
    let ended = ended.unwrap_or(began);
    let status = row.status.map(|status| status.to_string()).unwrap_or_default();
    match row.way {
        Way::HubriseToBridge => step(began, language.word("step_told").to_owned()),
        Way::BridgeToTill => {
            let number = tries.to_string();
            let sent = if tries > 1 { "step_sent_again" } else { "step_sent" };
            if row.ended != Ended::Unsent {
                step(began, language.filled(sent, &[("number", &number)]));
            }
            let (word, at) = match row.ended {
                Ended::Answered => ("step_answered", ended),
                Ended::Unsent => ("step_unsent", began),
                Ended::Unanswered => ("step_no_answer", ended),
            };
            step(at, language.filled(word, &[("status", &status), ("time", &took(row.duration_us))]));
        }
        Way::BridgeToHubrise if row.status.is_none() => step(began, language.word("step_hubrise_none").to_owned()),
        Way::BridgeToHubrise => step(began, language.filled("step_hubrise", &[("status", &status)])),
    }
}

/// `412 ms`, or `12.3 s` from ten seconds on.
pub(super) fn took(micros: u64) -> String {
    let millis = micros / 1_000;
    if millis < 10_000 { format!("{millis} ms") } else { format!("{}.{} s", millis / 1_000, millis % 1_000 / 100) }
}

/// The app's word for a state, and how grave it is.
pub(super) const fn state(state: OperationState, tries: u32) -> (&'static str, Tone) {
    use OperationState as S;
    match state {
        S::Queued if tries == 0 => ("waiting", Tone::Info),
        S::Queued => ("retrying", Tone::Info),
        S::Sending => ("sending", Tone::Info),
        S::Delivered => ("delivered", Tone::Ok),
        S::Attention => ("attention", Tone::Warn),
        S::Unknown => ("unknown", Tone::Warn),
        S::Refused => ("refused", Tone::Fail),
        S::Failed => ("failed", Tone::Fail),
        S::Withdrawn => ("withdrawn", Tone::Info),
        S::Noted => ("noted", Tone::Ok),
        S::NotHandled => ("not_handled", Tone::Warn),
    }
}

/// The app's cause that tells it best, where none was kept.
pub(super) const fn without_cause(kind: OperationKind, state: OperationState) -> &'static str {
    match (kind, state) {
        (OperationKind::OrderUpdated, _) => "update",
        (OperationKind::System, _) => "system",
        (OperationKind::Stock, OperationState::Queued | OperationState::Sending) => "stock_under_way",
        (OperationKind::Stock, _) => "stock",
        (_, OperationState::Delivered) => "delivered",
        (_, OperationState::Queued) => "waiting",
        (_, OperationState::Sending) => "sending",
        _ => "vague",
    }
}
