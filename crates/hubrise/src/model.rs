//! HubRise's resources, as far as Passerelle reads them.
//!
//! Owns the shapes of answers. Unknown fields are ignored, and a missing, null or oddly typed optional field is
//! `None`: HubRise adds fields at will. Ids are opaque strings whose case matters. Does not own any call.

mod light;

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

pub use light::{InventoryEntry, OrderSummary, User};

use crate::AccessToken;

/// The answer of `POST /token`: the token and what it is bound to, as far as the scope goes.
///
/// HubRise does not return the scope: remember what was asked.
#[derive(Clone, Debug, Deserialize)]
pub struct TokenAnswer {
    /// The token. Authorising the same location again with the same client and device gives the same one.
    pub access_token: AccessToken,
    /// The account; absent for profile scopes.
    #[serde(default, deserialize_with = "text")]
    pub account_id: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "text")]
    pub account_name: Option<String>,
    /// The location; absent at account level.
    #[serde(default, deserialize_with = "text")]
    pub location_id: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "text")]
    pub location_name: Option<String>,
    /// The catalog chosen on HubRise's page; absent unless the scope asks for `catalog`.
    #[serde(default, deserialize_with = "text")]
    pub catalog_id: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "text")]
    pub catalog_name: Option<String>,
    /// The customer list chosen on HubRise's page; absent unless the scope asks for `customer_list`.
    #[serde(default, deserialize_with = "text")]
    pub customer_list_id: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "text")]
    pub customer_list_name: Option<String>,
    /// The user, for profile scopes.
    #[serde(default, deserialize_with = "text")]
    pub user_id: Option<String>,
    /// The installation, for clients registered as apps. Guessable: it identifies and never authenticates.
    #[serde(default, deserialize_with = "text")]
    pub app_instance_id: Option<String>,
}

/// `GET /account`, and the account as a location shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// Opaque; case matters.
    pub id: String,
    /// Text from outside; empty when HubRise gives none.
    #[serde(default, deserialize_with = "name")]
    pub name: String,
    /// ISO 4217 (`EUR`).
    #[serde(default, deserialize_with = "text")]
    pub currency: Option<String>,
}

/// `GET /locations`, `GET /location`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Location {
    /// Opaque; case matters (`3r4s3-1`).
    pub id: String,
    /// Text from outside; empty when HubRise gives none.
    #[serde(default, deserialize_with = "name")]
    pub name: String,
    /// The account it belongs to.
    #[serde(default)]
    pub account: Option<Account>,
    /// Street and number.
    #[serde(default, deserialize_with = "text")]
    pub address: Option<String>,
    /// As the country writes it.
    #[serde(default, deserialize_with = "text")]
    pub postal_code: Option<String>,
    /// City.
    #[serde(default, deserialize_with = "text")]
    pub city: Option<String>,
    /// ISO 3166-1, two letters.
    #[serde(default, deserialize_with = "text")]
    pub country: Option<String>,
    /// IANA name (`Europe/Paris`): the clock its people live by.
    #[serde(default, deserialize_with = "zone")]
    pub timezone: Option<String>,
}

/// One entry of a list of catalogs; its data is never read here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CatalogSummary {
    /// Opaque; case matters.
    pub id: String,
    /// Text from outside; empty when HubRise gives none.
    #[serde(default, deserialize_with = "name")]
    pub name: String,
    /// Set when it belongs to one location.
    #[serde(default, deserialize_with = "text")]
    pub location_id: Option<String>,
    /// Set when it belongs to the account, so that all its locations may share it.
    #[serde(default, deserialize_with = "text")]
    pub account_id: Option<String>,
    /// ISO 8601 with the location's offset.
    #[serde(default, deserialize_with = "text")]
    pub created_at: Option<String>,
}

/// One entry of a list of customer lists.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CustomerListSummary {
    /// Opaque; case matters.
    pub id: String,
    /// Text from outside; empty when HubRise gives none.
    #[serde(default, deserialize_with = "name")]
    pub name: String,
    /// Set when it belongs to one location.
    #[serde(default, deserialize_with = "text")]
    pub location_id: Option<String>,
    /// Set when it belongs to the account.
    #[serde(default, deserialize_with = "text")]
    pub account_id: Option<String>,
    /// ISO 8601 with the location's offset.
    #[serde(default, deserialize_with = "text")]
    pub created_at: Option<String>,
}

/// `GET /callback`: where HubRise tells of events. `{"url": null, "events": {}}` when none is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Callback {
    /// Absent for a passive callback, and when none is set.
    #[serde(default, deserialize_with = "text")]
    pub url: Option<String>,
    /// Resource type → event types (`order` → `create`, `update`).
    #[serde(default, deserialize_with = "nullable")]
    pub events: BTreeMap<String, Vec<String>>,
}

/// The body of an error, as far as it has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ErrorBody {
    /// For people.
    #[serde(default, deserialize_with = "text")]
    pub message: Option<String>,
    /// `unauthorized`, `forbidden`, `not_found`, `unprocessable_entity`, `unsupported_media_type`,
    /// `too_many_requests`, `internal_error` or `routing_error`.
    #[serde(default, deserialize_with = "text")]
    pub error_type: Option<String>,
    /// The field breakdown of a 422.
    #[serde(default, deserialize_with = "nullable")]
    pub errors: Vec<ErrorField>,
}

/// One entry of [`ErrorBody::errors`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ErrorField {
    /// The field's name in the request.
    #[serde(default, deserialize_with = "name")]
    pub field: String,
    /// What is wrong with it.
    #[serde(default, deserialize_with = "name")]
    pub message: String,
}

/// A string, or nothing when it is anything else: an optional field must not spoil the whole answer.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// The name of `{"name": "Europe/Paris", …}`.
fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let zone = Value::deserialize(deserializer)?;
    Ok(zone.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()).map(str::to_owned))
}

/// A name, or the empty string.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    text(deserializer).map(Option::unwrap_or_default)
}

/// The default where HubRise writes `null`.
fn nullable<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn reads_the_documented_token_answer() {
        let answer: TokenAnswer = serde_json::from_str(
            r#"{"access_token":"b9922a78d3ffab6b95e9d72e88","token_type":"Bearer","account_id":"3r4s3",
                "location_id":"3r4s3-1","catalog_id":"psmlf","customer_list_id":"xab66","account_name":"Bella Pizza",
                "location_name":"Paris","catalog_name":"Carte","customer_list_name":"Web","new_field":{"a":[1]}}"#,
        )
        .unwrap();
        assert_eq!(answer.access_token.expose(), "b9922a78d3ffab6b95e9d72e88");
        assert_eq!(answer.location_id.as_deref(), Some("3r4s3-1"));
        assert_eq!(answer.customer_list_name.as_deref(), Some("Web"));
        assert_eq!(answer.app_instance_id, None);
        assert!(!format!("{answer:?}").contains("b9922a78"));
    }

    #[test]
    fn an_odd_optional_field_spoils_nothing() {
        let location: Location = serde_json::from_str(
            r#"{"id":"3r4s3-1","name":null,"account":null,"postal_code":75003,"city":null,"country":["FR"],
                "opening_hours":"always"}"#,
        )
        .unwrap();
        assert_eq!(location.name, "");
        assert_eq!((location.account, location.postal_code, location.city, location.country), (None, None, None, None));
    }

    #[test]
    fn a_location_tells_its_time_zone_by_name() {
        let zone = |text: &str| {
            let body = format!(r#"{{"id":"3r4s3-1","timezone":{text}}}"#);
            serde_json::from_str::<Location>(&body).unwrap().timezone
        };
        assert_eq!(zone(r#"{"name":"Europe/Paris","offset":3600}"#).as_deref(), Some("Europe/Paris"));
        for odd in ["null", "{}", r#"{"name":null}"#, r#"{"name":""}"#, r#""Europe/Paris""#] {
            assert_eq!(zone(odd), None, "{odd}");
        }
    }

    #[test]
    fn an_id_is_never_guessed() {
        for body in [r#"{"name":"Paris"}"#, r#"{"id":null}"#, r#"{"id":7}"#] {
            assert!(serde_json::from_str::<Location>(body).is_err(), "{body}");
        }
        assert!(serde_json::from_str::<TokenAnswer>(r#"{"access_token":null}"#).is_err());
    }

    #[test]
    fn no_callback_is_read_as_none() {
        for body in [r#"{"url":null,"events":{}}"#, r#"{"url":null,"events":null}"#, "{}"] {
            assert_eq!(serde_json::from_str::<Callback>(body).unwrap(), Callback::default(), "{body}");
        }
        let set: Callback = serde_json::from_str(r#"{"url":"https://a.b/c","events":{"order":["create"]}}"#).unwrap();
        assert_eq!(set.events["order"], ["create"]);
    }
}
