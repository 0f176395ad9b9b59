//! What verifies a vendor's embed tokens: the public keys of its profile, and the secret its operator shares.

use passerelle_vendors::{EmbedKey, KeyAlgorithm};
use ring::{hmac, signature};

use crate::config::Secret;

/// A vendor's keys.
#[derive(Clone, Debug, Default)]
pub struct EmbedKeys {
    public: Vec<EmbedKey>,
    shared: Option<Secret>,
}

/// One key, chosen for a token.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'a> {
    Public(&'a EmbedKey),
    Shared(&'a Secret),
}

impl EmbedKeys {
    /// Of a profile, and of the operator's settings.
    #[must_use]
    pub fn new(public: Vec<EmbedKey>, shared: Option<Secret>) -> Self {
        Self { public, shared }
    }

    /// The algorithms in use, as tokens name them; none when nothing could be verified.
    #[must_use]
    pub fn algorithms(&self) -> Vec<&'static str> {
        let public = self.public.iter().map(|key| name(key.algorithm));
        let mut names: Vec<_> = public.chain(self.shared.iter().map(|_| "HS256")).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The key for a token of this algorithm: of its id where it names one, else the only one there is.
    pub(super) fn find(&self, algorithm: &str, id: Option<&str>) -> Option<Key<'_>> {
        if algorithm == "HS256" {
            return self.shared.as_ref().map(Key::Shared);
        }
        let mut fitting = self
            .public
            .iter()
            .filter(|key| name(key.algorithm) == algorithm && id.is_none_or(|id| id == key.id))
            .map(Key::Public);
        fitting.next().filter(|_| fitting.next().is_none())
    }
}

impl Key<'_> {
    /// Whether this key, and its own algorithm, made the signature.
    pub(super) fn verifies(self, message: &[u8], signed: &[u8]) -> bool {
        match self {
            Self::Shared(secret) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
                hmac::verify(&key, message, signed).is_ok()
            }
            Self::Public(key) => {
                let algorithm: &dyn signature::VerificationAlgorithm = match key.algorithm {
                    KeyAlgorithm::EdDsa => &signature::ED25519,
                    KeyAlgorithm::Es256 => &signature::ECDSA_P256_SHA256_FIXED,
                };
                signature::UnparsedPublicKey::new(algorithm, &key.public_key).verify(message, signed).is_ok()
            }
        }
    }
}

fn name(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::EdDsa => "EdDSA",
        KeyAlgorithm::Es256 => "ES256",
    }
}
