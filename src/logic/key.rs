//! What came of an identification key, and how long to wait after too many wrong ones.

use passerelle_wire::ProblemCode;

use crate::api::ApiError;

/// Why a key did not open the way to HubRise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not the right one.
    Wrong,
    /// Too many wrong ones: no other is looked at for so many seconds.
    Wait(u32),
    /// Something that has nothing to do with the key.
    Other,
}

/// Until when to wait where the server does not say.
const USUAL_WAIT: u32 = 30;

/// Reads why a run could not be begun.
pub fn refusal(error: &ApiError) -> Refusal {
    match error.code() {
        Some(ProblemCode::KeyWrong | ProblemCode::KeyRequired) => Refusal::Wrong,
        Some(ProblemCode::TooManyRequests) => Refusal::Wait(error.retry_after().unwrap_or(USUAL_WAIT)),
        _ => Refusal::Other,
    }
}

/// Seconds as a clock shows them: `0:28`, `1:00:00`.
pub fn countdown(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_wrong_key_from_waiting_and_from_anything_else() {
        assert_eq!(refusal(&ProblemCode::KeyWrong.into()), Refusal::Wrong);
        assert_eq!(refusal(&ProblemCode::TooManyRequests.into()), Refusal::Wait(30));
        let told = ApiError::from(ProblemCode::TooManyRequests).with_retry_after(Some("120"));
        assert_eq!(refusal(&told), Refusal::Wait(120));
        assert_eq!(refusal(&ProblemCode::TillLocked.into()), Refusal::Other);
        assert_eq!(refusal(&ApiError::Offline), Refusal::Other);
    }

    #[test]
    fn counts_as_a_clock_does() {
        assert_eq!(countdown(0), "0:00");
        assert_eq!(countdown(28), "0:28");
        assert_eq!(countdown(125), "2:05");
        assert_eq!(countdown(3600), "1:00:00");
    }
}
