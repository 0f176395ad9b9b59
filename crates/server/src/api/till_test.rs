//! `/api/v1/connections/{id}/till_test`: whether the till answers, by a call that prints nothing.

use std::time::Duration;

use axum::extract::State;
use passerelle_pixelpoint::{Ask, Outcome, RefusalKind};
use passerelle_store::{ConnectionRow, OperationId};
use passerelle_wire::{Cause, Problem, TillTest};

use super::bridging::{Asked, changed, paced, record};
use crate::auth::Changing;
use crate::delivery::{how_it_ended, settings};
use crate::problem::{ApiProblem, Json, Path};
use crate::recorder;
use crate::state::AppState;

/// How long the caller waits. The call itself may take longer; what comes of it is then found with its operation.
const PATIENCE: Duration = Duration::from_secs(25);

/// Asks the till for its report categories with the API token that is saved: nothing goes to the kitchen. What was said is
/// kept as an operation. At most six times a minute.
///
/// A till that has not answered after 25 s has `no_answer`; what becomes of the call is kept all the same.
///
/// Who may call: a session with a grant to manage the connection, of a vendor that bridges orders, from our own pages.
#[utoipa::path(post, path = "/connections/{connection}/till_test", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "What it found, good or bad", body = TillTest),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn run(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<Json<TillTest>, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    paced(&state.paces().till_tests, &row, state.now())?;
    let operation = recorder::operation_id();
    // In a task of its own: a browser that goes away must not leave a call unrecorded.
    let test = tokio::spawn(test(state, row, operation.clone()));
    match tokio::time::timeout(PATIENCE, test).await {
        Ok(done) => done.map_err(ApiProblem::internal)?.map(Json),
        Err(_elapsed) => Ok(Json(TillTest {
            cause: Some(Cause::NoAnswer),
            detail: None,
            operation: operation.as_str().to_owned(),
            duration_us: micros(PATIENCE),
        })),
    }
}

async fn test(state: AppState, row: ConnectionRow, operation: OperationId) -> Result<TillTest, ApiProblem> {
    let at = state.now();
    let settings = settings::read(state.store(), state.vault(), &row.id).await?;
    let (cause, detail, exchanges, duration) = match &settings.token {
        Some(token) => {
            let sent = state.eoi().send(token, settings.choices.debug, &Ask::Categories).await;
            let (cause, detail) = finding(&sent.outcome);
            let (ended, duration) = (how_it_ended(&sent.outcome), sent.tape.duration);
            (cause, detail, vec![recorder::of_till(sent.tape, ended)], duration)
        }
        None => (Some(Cause::NoToken), None, Vec::new(), Duration::ZERO),
    };
    let asked = Asked { id: operation.clone(), at, cause, detail: detail.clone(), exchanges };
    record(&state, &row, asked).await?;
    Ok(TillTest { cause, detail, operation: operation.as_str().to_owned(), duration_us: micros(duration) })
}

/// What an outcome says of the till, with its words.
fn finding(outcome: &Outcome) -> (Option<Cause>, Option<String>) {
    let (cause, words) = match outcome {
        Outcome::Accepted(_) => return (None, None),
        Outcome::Refused(refusal) => {
            let cause = match refusal.kind {
                RefusalKind::WrongToken => Cause::WrongToken,
                RefusalKind::StoreOffline => Cause::StoreOffline,
                RefusalKind::Fault => Cause::TillFault,
                // No product was asked for: the word may stand in any refusal.
                RefusalKind::UnknownProduct | RefusalKind::Other => Cause::TillRefused,
            };
            (cause, &refusal.message)
        }
        Outcome::Unsent { why } => (Cause::TillUnreachable, why),
        Outcome::NoAnswer { why } => (Cause::NoAnswer, why),
        Outcome::Nonsense { why } => (Cause::Nonsense, why),
    };
    (Some(cause), Some(words.clone()).filter(|words| !words.is_empty()))
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use passerelle_pixelpoint::{Accepted, Refusal};

    use super::*;

    #[test]
    fn every_outcome_has_its_finding() {
        let refused = |kind| Outcome::Refused(Refusal { kind, message: "words".into() });
        let why = || "words".to_owned();
        for (outcome, cause) in [
            (refused(RefusalKind::WrongToken), Cause::WrongToken),
            (refused(RefusalKind::StoreOffline), Cause::StoreOffline),
            (refused(RefusalKind::Fault), Cause::TillFault),
            (refused(RefusalKind::UnknownProduct), Cause::TillRefused),
            (refused(RefusalKind::Other), Cause::TillRefused),
            (Outcome::Unsent { why: why() }, Cause::TillUnreachable),
            (Outcome::NoAnswer { why: why() }, Cause::NoAnswer),
            (Outcome::Nonsense { why: why() }, Cause::Nonsense),
        ] {
            assert_eq!(finding(&outcome), (Some(cause), Some("words".to_owned())), "{outcome:?}");
        }
        assert_eq!(finding(&Outcome::Accepted(Accepted::default())), (None, None));
    }

    #[test]
    fn no_words_are_none() {
        let outcome = Outcome::Refused(Refusal { kind: RefusalKind::Other, message: String::new() });
        assert_eq!(finding(&outcome), (Some(Cause::TillRefused), None));
    }
}
