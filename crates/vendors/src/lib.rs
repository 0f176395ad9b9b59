//! Vendor profiles: what differs between vendors, as data.
//!
//! Owns the profiles under `profiles/<slug>/`, their shape and their validation, wherever they come from. Knows no
//! vendor by name in code, no secret (client ids, secrets and keys are the operator's configuration), and no HubRise
//! grammar: a till's scope is kept as text, and whoever asks HubRise for it hands in the rule it must keep.

mod built_in;
pub mod contrast;
pub mod embedding;
mod folder;
pub mod logo;
pub mod look;
pub mod overview;
pub mod profile;
mod reader;
pub mod registry;
mod rules;
pub mod setup;
mod source;
pub mod support;

pub use contrast::{OnBrand, Rgb};
pub use embedding::{EmbedKey, Embedding, KeyAlgorithm};
pub use logo::Logo;
pub use look::{Look, Theme};
pub use overview::{Direction, Ending, Flow, Overview, Prerequisite};
pub use profile::{Capability, Connects, Language, Layout, Localized, Profile, Till};
pub use registry::Registry;
pub use setup::{Block, BlockKind, Run, Setup};
pub use source::{ProfileError, ScopeRule};
pub use support::{Support, SupportUser};
