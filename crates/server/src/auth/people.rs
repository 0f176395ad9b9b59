//! Who is signed in at a vendor's console. Users are a vendor's own: being signed in at one says nothing at another.

use passerelle_store::{Session, User};
use passerelle_wire::ProblemCode;

use crate::problem::ApiProblem;
use crate::state::AppState;

/// The session's user at this vendor, if there is one.
pub async fn person(state: &AppState, session: &Session, vendor: &str) -> Result<Option<User>, ApiProblem> {
    let users = state.store().users(&session.id).await?;
    Ok(users.into_iter().find(|user| user.vendor == vendor))
}

/// The session's user at this vendor.
///
/// # Errors
/// `sign_in_required` when there is none.
pub async fn signed_in(state: &AppState, session: &Session, vendor: &str) -> Result<User, ApiProblem> {
    person(state, session, vendor).await?.ok_or_else(|| ApiProblem::of(ProblemCode::SignInRequired))
}

/// The session's user at this vendor, who is of its support.
///
/// # Errors
/// `sign_in_required` when nobody is signed in, `support_only` when somebody else is.
pub async fn supporter(state: &AppState, session: &Session, vendor: &str) -> Result<User, ApiProblem> {
    let user = signed_in(state, session, vendor).await?;
    if user.support { Ok(user) } else { Err(ApiProblem::of(ProblemCode::SupportOnly)) }
}
