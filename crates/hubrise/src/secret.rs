//! What must never be seen: access tokens, client secrets, authorisation codes.
//!
//! Owns the types that keep them out of logs and wipe them from memory. Does not own their encryption at rest.

use std::fmt;

use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the secret over; the string is wiped when the last copy of this value is dropped.
            pub fn new(secret: impl Into<String>) -> Self {
                Self(Zeroizing::new(secret.into()))
            }

            /// The secret itself, for the one place that sends or encrypts it.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::new)
            }
        }
    };
}

secret! {
    /// What opens HubRise's API for one connection. It never expires, so it is kept as carefully as a password.
    AccessToken
}
secret! {
    /// What proves to HubRise's OAuth server that it is the vendor's client that calls.
    ClientSecret
}
secret! {
    /// What HubRise's consent page brings back: good for one exchange within 10 minutes.
    AuthorizationCode
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_none_of_a_secret() {
        let shown = format!(
            "{:?} {:#?} {:?}",
            AccessToken::new("b9922a78"),
            ClientSecret::new("b9922a78"),
            Some(AuthorizationCode::new("b9922a78"))
        );
        assert_eq!(shown, "AccessToken(…) ClientSecret(…) Some(AuthorizationCode(…))");
    }
}
