//! `PUT /api/v1/connections/{id}/operations/{operation}/handled`: somebody has seen to it, or has not after all.

use axum::extract::State;
use passerelle_store::OperationId;
use passerelle_wire::{HandledMark, Operation, Problem};

use super::acting::acting;
use super::operations::one;
use crate::auth::Changing;
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Characters of a note.
const LONGEST_NOTE: usize = 500;

/// Marks an operation as handled, with a note, or takes the mark away. Doing it again changes nothing. Who did is kept.
///
/// Who may call: a session with a grant to manage the connection, or the vendor's support with any grant on it, from our own
/// pages.
#[utoipa::path(put, path = "/connections/{connection}/operations/{operation}/handled", tag = "operations", request_body = HandledMark,
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "As it stands now", body = Operation),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: a note of more than 500 characters", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn mark(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((connection, id)): Path<(String, String)>,
    Json(wanted): Json<HandledMark>,
) -> Result<Json<Operation>, ApiProblem> {
    let row = acting(&state, &caller, connection).await?;
    let note = tidied(wanted.note.as_deref())?;
    let id = OperationId::new(id);
    let (session, now) = (&caller.session.id, state.now());
    let marked = state.store().mark_handled(&row.id, &id, session, wanted.handled, note.as_deref(), now).await?;
    if marked.is_none() {
        return Err(ApiProblem::not_found());
    }
    state.live().connection_changed(&row.id);
    one(State(state), caller, Path((row.id.as_str().to_owned(), id.as_str().to_owned()))).await
}

/// A note without what surrounds it, and without characters that are none; none when nothing is left.
///
/// # Errors
/// `invalid_request` when it is too long.
fn tidied(note: Option<&str>) -> Result<Option<String>, ApiProblem> {
    let text: String = note.unwrap_or_default().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let text = text.trim();
    if text.chars().count() > LONGEST_NOTE {
        return Err(ApiProblem::invalid_field("note", format!("at most {LONGEST_NOTE} characters")));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_trimmed_and_bounded() {
        let tidy = |note: &str| tidied(Some(note)).ok();
        assert_eq!(tidy(" told the kitchen\u{0}\r\nby phone "), Some(Some("told the kitchen\nby phone".to_owned())));
        assert_eq!(tidy(" \u{7} "), Some(None));
        assert_eq!(tidied(None).ok(), Some(None));
        assert_eq!(tidy(&"é".repeat(500)), Some(Some("é".repeat(500))));
        assert_eq!(tidy(&"é".repeat(501)), None);
    }
}
