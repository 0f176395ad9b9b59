//! PAR PixelPoint's External Order Interface (EOI): what is said to it, what it answers, what that means.
//!
//! Knows nothing of HubRise, of storage or of retries. PAR's guide is not public: what is not known of the interface is
//! gathered in one place, [`Dialect`], and listed in `docs/pixelpoint-assumptions.md`.

pub mod order;

pub use order::{Item, Member, MemberField, Number, Order, Payment};
