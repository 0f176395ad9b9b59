//! How an attempt stands, for a page that lost track of it: reloaded in the middle, or back from signing in.

use passerelle_store::{Attempt, AttemptId, AttemptPhase, Session};
use passerelle_wire::{AttemptOutcome, AttemptState, AttemptSummary, ProblemCode, Purpose};

use super::arriving;
use super::connecting::{question, replaced};
use crate::api::failure::from_stored;
use crate::problem::ApiProblem;
use crate::state::AppState;

/// How long an exchange may seem under way; after this a reader is told that it was interrupted. Twice the limit of a
/// call to HubRise leaves room for the database.
const EXCHANGE_LIMIT: jiff::SignedDuration = jiff::SignedDuration::from_secs(20);

/// This session's latest attempt.
pub async fn latest(state: &AppState, session: &Session) -> Result<Option<AttemptSummary>, ApiProblem> {
    match state.store().latest_attempt(&session.id).await? {
        Some(attempt) => summary(state, session, attempt).await.map(Some),
        None => Ok(None),
    }
}

/// The attempt of this id, if it is this session's.
pub async fn by_id(state: &AppState, session: &Session, id: &AttemptId) -> Result<Option<AttemptSummary>, ApiProblem> {
    match state.store().attempt(id, &session.id).await? {
        Some(attempt) => summary(state, session, attempt).await.map(Some),
        None => Ok(None),
    }
}

async fn summary(state: &AppState, session: &Session, attempt: Attempt) -> Result<AttemptSummary, ApiProblem> {
    let (shown, problem) = standing(state, &attempt);
    let confirm = if shown == AttemptState::Confirming { asked(state, session, &attempt).await? } else { None };
    let opened = shown == AttemptState::Waiting && state.store().popup_opened(&attempt.id).await?;
    Ok(AttemptSummary {
        id: attempt.id.into(),
        vendor: attempt.vendor,
        till: attempt.till,
        purpose: Purpose::Connect,
        state: shown,
        problem,
        confirm,
        opened,
    })
}

fn standing(state: &AppState, attempt: &Attempt) -> (AttemptState, Option<ProblemCode>) {
    let now = state.now();
    let over = attempt.expires_at <= now;
    match attempt.phase {
        AttemptPhase::Waiting | AttemptPhase::Confirming if over => (AttemptState::Expired, None),
        AttemptPhase::Waiting => (AttemptState::Waiting, None),
        AttemptPhase::Confirming => (AttemptState::Confirming, None),
        // Its server was stopped in the middle: nothing will come of it any more.
        AttemptPhase::Exchanging if attempt.created_at + state.rules().attempt_lifetime + EXCHANGE_LIMIT <= now => {
            (AttemptState::Expired, None)
        }
        AttemptPhase::Exchanging => (AttemptState::Exchanging, None),
        AttemptPhase::Done => (AttemptState::Done, None),
        AttemptPhase::Failed => match attempt.problem.as_deref() {
            Some(passerelle_store::DECLINED) => (AttemptState::Done, None),
            Some(passerelle_store::EXPIRED) => (AttemptState::Expired, None),
            other => (AttemptState::Failed, Some(from_stored(other.unwrap_or_default()))),
        },
    }
}

async fn asked(state: &AppState, session: &Session, attempt: &Attempt) -> Result<Option<AttemptOutcome>, ApiProblem> {
    let Some(held) = &attempt.held else { return Ok(None) };
    if attempt.arrival {
        return arriving::question(state, session, attempt, held.access.clone()).await.map(Some);
    }
    let replaced = replaced(state, attempt).await?;
    Ok(replaced.map(|from| question(attempt, from.account, held.access.clone())))
}
