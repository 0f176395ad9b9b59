//! The words of a query: what a parameter says, names of the wire as the store's, and what is wrong with any of them.

use passerelle_store::OperationState as Stored;
use passerelle_wire::{OperationState, ProblemCode};
use serde::de::DeserializeOwned;

use crate::problem::ApiProblem;

/// States in which something waits for a person.
pub(super) const WAIT_FOR_A_PERSON: [Stored; 4] = [Stored::Attention, Stored::Unknown, Stored::Refused, Stored::Failed];

/// What is wrong with a query.
#[derive(Default)]
pub(super) struct Faults(pub(super) Option<ApiProblem>);

impl Faults {
    /// Names one more parameter.
    pub(super) fn add(&mut self, field: &'static str, message: impl Into<String>) {
        let so_far = self.0.take();
        let so_far = so_far.unwrap_or_else(|| ApiProblem::new(ProblemCode::InvalidRequest, "the query is not valid"));
        self.0 = Some(so_far.with_field(field, message));
    }
}

/// A parameter that says something.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Names of the wire, separated by commas.
pub(super) fn words<T: DeserializeOwned>(text: Option<&str>, field: &'static str, faults: &mut Faults) -> Vec<T> {
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
pub(super) fn stored(states: &[OperationState]) -> (Vec<Stored>, Option<bool>) {
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

/// What is in both; the first empty means any.
pub(super) fn both<T: PartialEq>(some: Vec<T>, others: Vec<T>) -> Vec<T> {
    if some.is_empty() { others } else { some.into_iter().filter(|one| others.contains(one)).collect() }
}
