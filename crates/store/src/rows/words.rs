//! The words states are stored as, in both directions.

use crate::{
    ActKind, Action, AttemptPhase, ConnectionState, EmbedRole, Ended, Health, Level, OperationKind, OperationState,
    RequestState, Role, Telling, Verdict, Way,
};

pub(super) const PHASES: &[(&str, AttemptPhase)] = &[
    ("waiting", AttemptPhase::Waiting),
    ("exchanging", AttemptPhase::Exchanging),
    ("confirming", AttemptPhase::Confirming),
    ("done", AttemptPhase::Done),
    ("failed", AttemptPhase::Failed),
];

pub(super) const STATES: &[(&str, ConnectionState)] =
    &[("choosing", ConnectionState::Choosing), ("connected", ConnectionState::Connected)];

pub(super) const LEVELS: &[(&str, Level)] = &[("location", Level::Location), ("account", Level::Account)];

pub(super) const ROLES: &[(&str, Role)] = &[("manage", Role::Manage), ("view", Role::View)];

pub(super) const EMBED_ROLES: &[(&str, EmbedRole)] =
    &[("manager", EmbedRole::Manager), ("viewer", EmbedRole::Viewer), ("support", EmbedRole::Support)];

pub(super) const HEALTHS: &[(&str, Health)] = &[
    ("unknown", Health::Unknown),
    ("ok", Health::Ok),
    ("unpaid", Health::Unpaid),
    ("revoked", Health::Revoked),
    ("blocked", Health::Blocked),
    ("refused", Health::Refused),
    ("rate_limited", Health::RateLimited),
    ("hubrise_down", Health::HubriseDown),
];

/// A withdrawn request has a word too, but nobody reads it.
pub(super) const REQUESTS: &[(&str, RequestState)] =
    &[("waiting", RequestState::Waiting), ("connected", RequestState::Connected), ("declined", RequestState::Declined)];

pub(super) const VERDICTS: &[(&str, Verdict)] =
    &[("verified", Verdict::Verified), ("missing", Verdict::Missing), ("failed", Verdict::Failed)];

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("connected", Action::Connected),
    ("reconnected", Action::Reconnected),
    ("chosen", Action::Chosen),
    ("disconnected", Action::Disconnected),
    ("disconnected_at_hubrise", Action::DisconnectedAtHubrise),
    ("released", Action::Released),
    ("viewed", Action::Viewed),
    ("configured", Action::Configured),
];

pub(super) const ACTS: &[(&str, ActKind)] = &[
    ("resent", ActKind::Resent),
    ("resent_modified", ActKind::ResentModified),
    ("handled", ActKind::Handled),
    ("reopened", ActKind::Reopened),
    ("names_shown", ActKind::NamesShown),
    ("case_taken", ActKind::CaseTaken),
    ("shared", ActKind::Shared),
    ("share_ended", ActKind::ShareEnded),
];

pub(super) const KINDS: &[(&str, OperationKind)] = &[
    ("order_created", OperationKind::OrderCreated),
    ("order_updated", OperationKind::OrderUpdated),
    ("unhandled", OperationKind::Unhandled),
    ("system", OperationKind::System),
    ("stock", OperationKind::Stock),
];

pub(super) const OPERATION_STATES: &[(&str, OperationState)] = &[
    ("queued", OperationState::Queued),
    ("sending", OperationState::Sending),
    ("delivered", OperationState::Delivered),
    ("attention", OperationState::Attention),
    ("unknown", OperationState::Unknown),
    ("refused", OperationState::Refused),
    ("failed", OperationState::Failed),
    ("withdrawn", OperationState::Withdrawn),
    ("noted", OperationState::Noted),
    ("not_handled", OperationState::NotHandled),
];

pub(super) const TELLINGS: &[(&str, Telling)] = &[
    ("none", Telling::None),
    ("due", Telling::Due),
    ("told", Telling::Told),
    ("skipped", Telling::Skipped),
    ("failed", Telling::Failed),
];

const WAYS: &[(&str, Way)] = &[
    ("hubrise_to_bridge", Way::HubriseToBridge),
    ("bridge_to_hubrise", Way::BridgeToHubrise),
    ("bridge_to_till", Way::BridgeToTill),
];

const ENDS: &[(&str, Ended)] =
    &[("answered", Ended::Answered), ("unsent", Ended::Unsent), ("unanswered", Ended::Unanswered)];

/// The word what somebody did with an operation is stored as.
pub(crate) fn act_word(kind: ActKind) -> &'static str {
    written(kind, ACTS)
}

/// The word what an operation is about is stored as.
pub(crate) fn kind_word(kind: OperationKind) -> &'static str {
    written(kind, KINDS)
}

/// The word an operation's state is stored as.
pub(crate) fn operation_word(state: OperationState) -> &'static str {
    written(state, OPERATION_STATES)
}

/// The word for whether HubRise has yet to hear.
pub(crate) fn telling_word(telling: Telling) -> &'static str {
    written(telling, TELLINGS)
}

/// Who called whom, by its word.
pub(crate) fn way_of(text: &str) -> Option<Way> {
    WAYS.iter().find(|(word, _)| *word == text).map(|(_, way)| *way)
}

/// What came of a call, by its word.
pub(crate) fn ended_of(text: &str) -> Option<Ended> {
    ENDS.iter().find(|(word, _)| *word == text).map(|(_, ended)| *ended)
}

/// The word a state is stored as.
pub(crate) fn state_word(state: ConnectionState) -> &'static str {
    written(state, STATES)
}

/// The word a level is stored as.
pub(crate) fn level_word(level: Level) -> &'static str {
    written(level, LEVELS)
}

/// The word a role is stored as.
pub(crate) fn role_word(role: Role) -> &'static str {
    written(role, ROLES)
}

/// The word an embedded user's role is stored as.
pub(crate) fn embed_role_word(role: EmbedRole) -> &'static str {
    written(role, EMBED_ROLES)
}

/// The word a connection's health is stored as.
pub(crate) fn health_word(health: Health) -> &'static str {
    written(health, HEALTHS)
}

/// The word a verdict is stored as.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    written(verdict, VERDICTS)
}

/// The word an action is stored as.
pub(crate) fn action_word(action: Action) -> &'static str {
    written(action, ACTIONS)
}

/// A value that no list has would be written as an empty word, which the schema refuses.
fn written<T: PartialEq>(value: T, words: &'static [(&'static str, T)]) -> &'static str {
    words.iter().find(|(_, listed)| *listed == value).map_or("", |(word, _)| word)
}
