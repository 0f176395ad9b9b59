//! A logo ready to be served: its bytes and the version its address carries.

use axum::body::Bytes;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use passerelle_vendors::Logo;
use sha2::{Digest as _, Sha256};

/// A logo and its version.
#[derive(Clone, Debug)]
pub struct ServedLogo {
    svg: Bytes,
    version: String,
}

impl ServedLogo {
    /// The version is the drawing's own, so that an address is good for ever and a changed logo has another one.
    #[must_use]
    pub fn of(logo: &Logo) -> Self {
        let digest = Sha256::digest(logo.as_str());
        let version = URL_SAFE_NO_PAD.encode(digest.iter().copied().take(9).collect::<Vec<u8>>());
        Self { svg: Bytes::copy_from_slice(logo.as_str().as_bytes()), version }
    }

    /// The drawing; cloning it copies nothing.
    #[must_use]
    pub fn svg(&self) -> Bytes {
        self.svg.clone()
    }

    /// Twelve letters that change with the drawing.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}
