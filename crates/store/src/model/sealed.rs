//! A secret as the store sees it: sealed by the caller, opened by the caller.

use std::fmt;

/// An encrypted token and what is needed to open it, except the key.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Which key sealed it.
    pub key_id: String,
    /// Nonce and ciphertext, in the caller's own format.
    pub bytes: Vec<u8>,
    /// The associated data it was sealed with. It travels with the token from an attempt to a connection and on to a
    /// revocation.
    pub bound_to: String,
}

impl fmt::Debug for Sealed {
    /// Not even the ciphertext belongs in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_its_bytes_out_of_debug_output() {
        let sealed = Sealed { key_id: "k1".into(), bytes: vec![201, 202], bound_to: "c1".into() };
        assert_eq!(format!("{sealed:?}"), r#"Sealed { key_id: "k1", .. }"#);
    }
}
