//! Who may show the console inside its own pages, and whose word for a user's name is taken there.

/// How a vendor's back offices embed the console; empty where they do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embedding {
    /// The sites that may show the console inside their own pages: origins, lower case.
    pub origins: Vec<String>,
    /// The keys that sign the tokens of their users; none where a secret is shared instead.
    pub keys: Vec<EmbedKey>,
}

/// A key that verifies tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedKey {
    /// The token's `kid`; unique within the vendor.
    pub id: String,
    /// What signs with it. A token that names another algorithm is not looked at.
    pub algorithm: KeyAlgorithm,
    /// The public key alone: 32 bytes for [`KeyAlgorithm::EdDsa`], the uncompressed point's 65 for [`KeyAlgorithm::Es256`].
    pub public_key: Vec<u8>,
}

/// How tokens are signed by a key whose public half is in the profile (RFC 7518, RFC 8037).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyAlgorithm {
    /// Ed25519: `EdDSA`.
    EdDsa,
    /// ECDSA on P-256 with SHA-256: `ES256`.
    Es256,
}
