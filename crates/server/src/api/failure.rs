//! What goes wrong below a handler, as a problem code. Words are the app's; causes are for the log.

use std::time::Duration;

use passerelle_hubrise as hubrise;
use passerelle_store::StoreError;
use passerelle_wire::ProblemCode;

use crate::crypto::CryptoError;
use crate::delivery::settings::SettingsError;
use crate::hub::HubError;
use crate::problem::ApiProblem;

impl From<StoreError> for ApiProblem {
    #[track_caller]
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::of(ProblemCode::Conflict),
            StoreError::Locked => Self::of(ProblemCode::TillLocked),
            StoreError::Unavailable(_) => {
                Self::caused(ProblemCode::DatabaseUnavailable, error).with_retry_after(Duration::from_secs(5))
            }
            StoreError::Corrupt(_) | StoreError::Schema(_) | StoreError::Address(_) => Self::internal(error),
        }
    }
}

impl From<hubrise::Error> for ApiProblem {
    #[track_caller]
    fn from(error: hubrise::Error) -> Self {
        let code = code_of(&error);
        let retry = match &error {
            hubrise::Error::RateLimited { retry_after } => *retry_after,
            _ => None,
        };
        let problem = Self::caused(code, error);
        match retry {
            Some(after) => problem.with_retry_after(after),
            None => problem,
        }
    }
}

impl From<HubError> for ApiProblem {
    #[track_caller]
    fn from(error: HubError) -> Self {
        match error {
            HubError::Hubrise(error) => error.into(),
            HubError::Sealed(error) => error.into(),
        }
    }
}

impl From<SettingsError> for ApiProblem {
    #[track_caller]
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Store(error) => error.into(),
            SettingsError::Sealed(_) | SettingsError::Choices(_) => Self::internal(error),
        }
    }
}

impl From<CryptoError> for ApiProblem {
    #[track_caller]
    fn from(error: CryptoError) -> Self {
        Self::internal(error)
    }
}

impl From<getrandom::Error> for ApiProblem {
    #[track_caller]
    fn from(error: getrandom::Error) -> Self {
        Self::internal(CryptoError::from(error))
    }
}

/// Which problem a failed call to HubRise is.
pub(crate) const fn code_of(error: &hubrise::Error) -> ProblemCode {
    use hubrise::Error as E;
    match error {
        E::Unreachable { .. } => ProblemCode::HubriseUnreachable,
        E::Timeout => ProblemCode::HubriseTimeout,
        E::Failed { .. } => ProblemCode::HubriseFailed,
        E::Nonsense { .. } | E::Unprocessable { .. } => ProblemCode::HubriseNonsense,
        E::RateLimited { .. } => ProblemCode::HubriseRateLimited,
        E::TokenDead { .. } => ProblemCode::HubriseTokenDead,
        E::Forbidden { .. } => ProblemCode::HubriseForbidden,
        E::NotFound | E::MalformedId { .. } => ProblemCode::ChoiceInvalid,
        E::CodeRejected => ProblemCode::CodeRejected,
        E::ClientRejected => ProblemCode::ClientRejected,
    }
}

/// A code as the store keeps it: its name on the wire.
pub(crate) fn stored(code: ProblemCode) -> String {
    serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The reverse of [`stored`]; a name nobody knows any more is our own fault.
pub(crate) fn from_stored(name: &str) -> ProblemCode {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).unwrap_or(ProblemCode::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_survives_the_store() {
        for code in [ProblemCode::AccessDenied, ProblemCode::HubriseTimeout, ProblemCode::CodeRejected] {
            assert_eq!(from_stored(&stored(code)), code);
        }
        assert_eq!(from_stored("no such code"), ProblemCode::Internal);
    }
}
