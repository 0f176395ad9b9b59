//! Signing in: HubRise says who the user is.
//!
//! Owns what is asked of HubRise, what of its answer is kept, and the session's new cookie. The token it comes with is
//! dropped at once.

use passerelle_hubrise::{Profile, Scope, TokenAnswer};
use passerelle_store::{NewUser, Session, UserId};
use passerelle_wire::{AttemptBegin, AttemptOutcome, AttemptStarted, ProblemCode};

use super::{Finished, Run, identity};
use crate::auth::{SessionCookie, session_fingerprint};
use crate::crypto::random_token;
use crate::problem::ApiProblem;
use crate::served::ServedVendor;
use crate::state::AppState;

/// Longest e-mail address (RFC 5321) and longest name kept, in bytes and characters.
const LONGEST_EMAIL: usize = 254;
const LONGEST_NAME: usize = 160;

/// Begins to learn who the user is.
pub(super) async fn begin(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    asked: &AttemptBegin,
) -> Result<AttemptStarted, ApiProblem> {
    let scope = Scope::of_profile(Profile::ProfileWithEmail);
    let run = Run {
        state: "",
        scope: &scope,
        device_id: None,
        account_name: None,
        location_name: None,
        app_instance_id: None,
    };
    identity::begin(state, session, vendor, asked, None, run).await
}

/// Learns who the user is, drops the token, and gives the session a new cookie: one that somebody planted before is
/// worth nothing from now on.
pub(super) async fn finish(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    answer: &TokenAnswer,
    return_to: String,
) -> Result<Finished, ApiProblem> {
    let user = state.hubrise().user(&answer.access_token).await?;
    let email = user.email.as_deref().map(str::trim).filter(|email| is_address(email)).ok_or_else(|| {
        ApiProblem::new(ProblemCode::HubriseForbidden, "HubRise gave no e-mail address for this user")
    })?;
    let name = format!("{} {}", user.first_name.trim(), user.last_name.trim());
    let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    let cookie = SessionCookie::new(random_token()?);
    let new = NewUser {
        id: UserId::new(random_token()?),
        vendor: vendor.slug().to_owned(),
        hub_user_id: user.id,
        email: email.to_owned(),
        name: if name.is_empty() { email.to_owned() } else { name },
        support: vendor.is_support(email),
    };
    state.store().sign_in(&session.id, &session_fingerprint(&cookie), new, state.now()).await?;
    state.live().session_changed(&session.id);
    let outcome = AttemptOutcome::SignedIn { vendor: vendor.slug().to_owned(), return_to };
    Ok(Finished { outcome, cookie: Some(cookie) })
}

/// As much of an e-mail address as decides who is of a vendor's support: two halves and nothing odd in them.
fn is_address(email: &str) -> bool {
    let plain =
        email.len() <= LONGEST_EMAIL && !email.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    plain
        && email
            .split_once('@')
            .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn takes_addresses_and_nothing_that_only_ends_like_one() {
        for email in ["nina@bella-pizza.example", "inès@exemple.fr", "a+b@c.d"] {
            assert!(is_address(email), "{email}");
        }
        let long = format!("{}@b.c", "a".repeat(300));
        for email in ["", "@", "a@", "@b", "a b@c.d", "a@b@c", "a\n@b.c", &long] {
            assert!(!is_address(email), "{email:?}");
        }
    }
}
