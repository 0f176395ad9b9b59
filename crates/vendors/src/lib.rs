//! Vendor profiles: what differs between vendors, as data.
//!
//! Owns the profiles under `profiles/<slug>/`, their shape and their validation. Knows no vendor by name in code,
//! no secret (client ids and secrets are the operator's configuration), and no HubRise grammar: a till's scope is
//! kept as text, and whoever asks HubRise for it parses it when the server starts.

mod built_in;
pub mod contrast;
pub mod profile;
mod reader;
pub mod registry;
mod rules;

pub use contrast::{OnBrand, Rgb};
pub use profile::{Language, Localized, Profile, Support, Till};
pub use reader::ProfileError;
pub use registry::Registry;
