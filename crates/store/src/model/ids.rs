//! The ids of what the store keeps. All but [`RevocationId`] and [`LockId`] are made up by the caller.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Takes any text. PostgreSQL cannot hold the character NUL in a text, so it is replaced: such an id
            /// names nothing, in either database.
            pub fn new(id: impl Into<String>) -> Self {
                let id = id.into();
                Self(if id.contains('\0') { id.replace('\0', "\u{fffd}") } else { id })
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id! {
    /// A browser's session. Not its cookie: of that only a hash is kept.
    SessionId
}
id! {
    /// One run of OAuth.
    AttemptId
}
id! {
    /// A till tied to HubRise.
    ConnectionId
}
id! {
    /// A token to revoke. There is one revocation a token at most, so the token's fingerprint names it.
    RevocationId
}

id! {
    /// One business event and all it caused.
    OperationId
}
id! {
    /// One request and its answer.
    ExchangeId
}
id! {
    /// A person known by HubRise, at one vendor's console.
    UserId
}
id! {
    /// One run of OAuth that asks who the user is, or whether the user may see a connection.
    IdentityId
}
id! {
    /// A merchant's request to a vendor's support.
    RequestId
}
id! {
    /// A till that only support can release. It is locked by closing a connection, so that connection's id names it.
    LockId
}

impl LockId {
    /// The id of the lock that closing this connection leaves.
    pub(crate) fn of(connection: &ConnectionId) -> Self {
        Self(connection.0.clone())
    }
}

impl RevocationId {
    /// The id of the revocation of the token with this fingerprint: its hexadecimal form.
    pub fn of(token_fingerprint: &[u8; 32]) -> Self {
        use fmt::Write as _;
        let mut hex = String::with_capacity(64);
        for byte in token_fingerprint {
            // Writing to a `String` cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        Self(hex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_revocation_by_its_tokens_fingerprint() {
        let mut fingerprint = [0; 32];
        fingerprint[0] = 0x0a;
        fingerprint[31] = 0xff;
        assert_eq!(RevocationId::of(&fingerprint).as_str(), format!("0a{}ff", "00".repeat(30)));
    }

    #[test]
    fn replaces_a_nul_that_one_database_could_not_hold() {
        assert_eq!(ConnectionId::new("a\0b").as_str(), "a\u{fffd}b");
    }
}
