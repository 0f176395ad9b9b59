//! Configuration: annotated defaults, then a file, then the environment; every fault reported at once.
//!
//! Owns reading, checking and showing settings, and the encryption key's file. What a setting is used for
//! is decided elsewhere.

mod secret;
mod settings;

pub use secret::{MASK, Secret};
pub use settings::{
    AttemptSettings, DatabaseSettings, DatabaseUrl, EncryptionSettings, HubriseSettings, LogFormat, LogSettings,
    PublicUrl, ServerSettings, SessionSettings, Settings, VendorSettings,
};
