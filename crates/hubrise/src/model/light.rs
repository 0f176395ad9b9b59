//! What the light calls bring: who a user is, and as much of other things as tells that they are there.

use serde::Deserialize;

use super::{name, text};

/// `GET /user`: who authorised a profile scope.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// Opaque; case matters. The same at every client.
    pub id: String,
    /// Text from outside; empty when HubRise gives none.
    #[serde(default, deserialize_with = "name")]
    pub first_name: String,
    /// Text from outside; empty when HubRise gives none.
    #[serde(default, deserialize_with = "name")]
    pub last_name: String,
    /// Only with `profile_with_email`.
    #[serde(default, deserialize_with = "text")]
    pub email: Option<String>,
}

impl std::fmt::Debug for User {
    /// A person's name and address belong in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id).finish_non_exhaustive()
    }
}

/// One entry of an inventory. What has none is unlimited.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct InventoryEntry {
    /// The product's ref, unless it is an option's.
    #[serde(default, deserialize_with = "text")]
    pub sku_ref: Option<String>,
    /// The option's ref, unless it is a product's.
    #[serde(default, deserialize_with = "text")]
    pub option_ref: Option<String>,
    /// A decimal of up to three places, `0` or more.
    #[serde(default, deserialize_with = "text")]
    pub stock: Option<String>,
    /// When a stock of `0` ends: ISO 8601.
    #[serde(default, deserialize_with = "text")]
    pub expires_at: Option<String>,
}

/// One entry of a list of orders; its contents are never read here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OrderSummary {
    /// Opaque; case matters.
    pub id: String,
    /// ISO 8601 with the location's offset.
    #[serde(default, deserialize_with = "text")]
    pub created_at: Option<String>,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_user_is_read_and_never_shown() {
        let body =
            r#"{"id":"u1","first_name":"Nina","last_name":null,"email":"nina@bella.example","locales":["fr-FR"]}"#;
        let user: User = serde_json::from_str(body).unwrap();
        assert_eq!((user.first_name.as_str(), user.last_name.as_str()), ("Nina", ""));
        assert_eq!(user.email.as_deref(), Some("nina@bella.example"));
        assert_eq!(format!("{user:?}"), r#"User { id: "u1", .. }"#);
        assert_eq!(serde_json::from_str::<User>(r#"{"id":"u1"}"#).unwrap().email, None);
    }
}
