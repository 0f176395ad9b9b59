//! What a failed call becomes.

use passerelle_wire::{FieldProblem, Problem, ProblemCode};

/// Under what name [`ApiError::with_retry_after`] keeps what it was told.
const RETRY_AFTER: &str = "(retry-after)";

/// Why a call brought no answer, or not the one that was hoped for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server could not be reached.
    Offline,
    /// No answer within its limit (`call`).
    Timeout,
    /// The server says what is wrong.
    Problem(Box<Problem>),
    /// An answer that is not ours: a proxy's page, or a server of another version.
    Unreadable,
}

impl ApiError {
    /// The server's code, where the server has spoken.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::Offline | Self::Timeout | Self::Unreadable => None,
        }
    }

    /// Keeps what the server said about trying again, in whole seconds: a header, and so no part of the problem itself. It
    /// is kept among the problem's fields, under a name no field can have.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: Option<&str>) -> Self {
        if let (Self::Problem(problem), Some(seconds)) = (&mut self, seconds) {
            problem.fields.push(FieldProblem { field: RETRY_AFTER.to_owned(), message: seconds.to_owned() });
        }
        self
    }

    /// After how many seconds to try again, where the server said so.
    pub fn retry_after(&self) -> Option<u32> {
        let Self::Problem(problem) = self else { return None };
        let told = problem.fields.iter().find(|told| told.field == RETRY_AFTER)?;
        told.message.trim().parse().ok()
    }

    /// What to quote to support, where there is something.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) if !problem.request_id.is_empty() => Some(&problem.request_id),
            _ => None,
        }
    }
}

/// A problem known by its code alone, such as the one an attempt ended with some time ago.
impl From<ProblemCode> for ApiError {
    fn from(code: ProblemCode) -> Self {
        Self::Problem(Box::new(Problem {
            status: 0,
            code,
            detail: String::new(),
            fields: Vec::new(),
            request_id: String::new(),
        }))
    }
}
