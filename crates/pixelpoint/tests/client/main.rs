//! The client against a till's server that does everything wrong.
//!
//! What matters most is one line: a call whose bytes may have left is never told as unsent.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod answers;
mod breaks;
mod stub;
mod taped;
