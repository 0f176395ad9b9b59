//! PAR PixelPoint's External Order Interface (EOI): what is said to it, what it answers, what that means.
//!
//! Knows nothing of HubRise, of storage or of retries: a call is made once, and what came of it is said as exactly as
//! can be known. PAR's guide is not public: what is not known of the interface is gathered in one place, [`Dialect`],
//! and listed in `docs/pixelpoint-assumptions.md`.

mod answer;
mod client;
mod diagnosis;
pub mod dialect;
pub mod order;
mod outcome;
pub mod request;
mod tape;
mod token;
pub mod written;

pub use client::{Eoi, EoiError, EoiOptions, LARGEST_ANSWER};
pub use dialect::Dialect;
pub use order::{Item, Member, MemberField, Number, Order, Payment};
pub use outcome::{Accepted, Listed, Outcome, Refusal, RefusalKind, Sent};
pub use request::Ask;
pub use tape::Tape;
pub use token::ApiToken;
