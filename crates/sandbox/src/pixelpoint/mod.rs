//! PAR PixelPoint's External Order Interface, as far as it is public: one address that takes XML, stores known by their
//! token, and a kitchen printer whose paper is kept, so that what was printed twice can be counted. Listens on a port of
//! its own; is steered by the sandbox's controls under `/_sandbox/pixelpoint`.
//!
//! What is not public is guessed where it must be, and said to be "(inferred)".

mod answer;
mod control;
mod decimal;
mod door;
mod eoi;
mod listings;
mod mode;
mod order;
mod page;
mod printer;
mod request;
mod site;
mod stores;
mod xml;

pub(crate) use control::routes;
pub(crate) use door::{Door, Line};
pub(crate) use eoi::router;
pub(crate) use site::Site;

/// Where the EOI answers on its port.
pub(crate) const PATH: &str = "/api/v1/eoi";
