//! Identification keys: what a vendor's support gives its customers, asked for before a till is connected.
//!
//! Owns the comparison; how often it may be tried, and how long to wait after that, is counted in the store.

use std::time::Duration;

use passerelle_store::Session;
use passerelle_wire::ProblemCode;
use subtle::ConstantTimeEq as _;

use crate::crypto::fingerprint;
use crate::problem::ApiProblem;
use crate::served::{ServedTill, ServedVendor};
use crate::state::AppState;

/// Longest key looked at, in bytes.
const LONGEST: usize = 256;

/// Lets the right key pass.
///
/// # Errors
/// `key_required` without one, `key_wrong`, and `too_many_requests` with the time to wait: then it is not looked at.
pub(super) async fn check(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    till: &ServedTill,
    given: Option<&str>,
) -> Result<(), ApiProblem> {
    let Some(given) = given.map(str::trim).filter(|key| !key.is_empty()) else {
        return Err(ApiProblem::of(ProblemCode::KeyRequired));
    };
    if given.len() > LONGEST {
        return Err(ApiProblem::invalid_field("key", format!("must have at most {LONGEST} bytes")));
    }
    let now = state.now();
    if let Some(until) = state.store().key_try(vendor.slug(), till.id(), &session.id, now).await? {
        let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
        return Err(ApiProblem::of(ProblemCode::TooManyRequests).with_retry_after(wait));
    }
    let right = vendor.till_key().is_some_and(|key| same(key.expose(), given));
    state.store().key_tried(vendor.slug(), till.id(), &session.id, right, now).await?;
    if right { Ok(()) } else { Err(ApiProblem::of(ProblemCode::KeyWrong)) }
}

/// Takes as long whatever is given, however much of it is right.
fn same(key: &str, given: &str) -> bool {
    fingerprint("till key", key).ct_eq(&fingerprint("till key", given)).into()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn tells_the_key_from_all_others() {
        assert!(same("SOMM-1234-ABCD", "SOMM-1234-ABCD"));
        for wrong in ["", "S", "SOMM-1234-ABC", "SOMM-1234-ABCDE", "somm-1234-abcd", "SOMM-1234-ABCD\0"] {
            assert!(!same("SOMM-1234-ABCD", wrong), "{wrong:?}");
        }
    }
}
