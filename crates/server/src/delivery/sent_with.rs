//! What a translation was made with, as it is kept with its operation: enough to make the same request again. Owns that
//! JSON; knows no order but for the names of its discounts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use passerelle_bridge::{Configuration, Deals, Discounts};
use passerelle_hubrise::order::Order;
use passerelle_pixelpoint::ApiToken;
use serde::{Deserialize, Serialize};

/// What the store takes of it, in bytes: what is longer is not kept, and the translation cannot be made again.
const LARGEST: usize = 16 * 1024;

/// All that a request depends on beside its order and the server's dialect. What is as by default is left out of the
/// JSON: there is one of these for every order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SentWith {
    /// The instant of the translation.
    pub(crate) at: Timestamp,
    /// The IANA name of the clock times were written by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) zone: Option<String>,
    /// Whether the till was asked to work in debug mode.
    #[serde(default, skip_serializing_if = "is_off")]
    pub(crate) debug: bool,
    /// The till's token as it is shown: what stands in the request that is kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) token: String,
    #[serde(default, skip_serializing_if = "is_off")]
    aggregate_prices: bool,
    #[serde(default, skip_serializing_if = "is_off")]
    refs_as_combo_ids: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_ref: Option<String>,
    /// Of the till's own discounts, those the order may have meant.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    by_name: BTreeMap<String, String>,
}

impl SentWith {
    /// Of a translation of `order`.
    pub(super) fn of(
        order: &Order,
        configuration: &Configuration,
        at: Timestamp,
        token: &ApiToken,
        debug: bool,
    ) -> Self {
        let names: Vec<_> =
            order.discounts.iter().filter_map(|discount| discount.name.as_deref().map(folded)).collect();
        let Configuration { deals, discounts, zone } = configuration;
        let meant = discounts.by_name.iter().filter(|(name, _)| names.contains(&folded(name)));
        Self {
            at,
            zone: zone.as_ref().and_then(|zone| zone.iana_name()).map(str::to_owned),
            debug,
            token: token.masked(),
            aggregate_prices: deals.aggregate_prices,
            refs_as_combo_ids: deals.refs_as_combo_ids,
            default_ref: discounts.default_ref.clone(),
            by_name: meant.map(|(name, reference)| (name.clone(), reference.clone())).collect(),
        }
    }

    /// As it is kept; none where it is too long to be.
    pub(super) fn kept(&self) -> Option<String> {
        serde_json::to_string(self).ok().filter(|json| json.len() <= LARGEST)
    }

    /// What was kept; none where a later program wrote it, or nobody did.
    #[must_use]
    pub(crate) fn read(kept: &str) -> Option<Self> {
        serde_json::from_str(kept).ok()
    }

    /// What the bridge translates with, at [`SentWith::at`].
    #[must_use]
    pub(crate) fn configuration(&self) -> Configuration {
        Configuration {
            deals: Deals { aggregate_prices: self.aggregate_prices, refs_as_combo_ids: self.refs_as_combo_ids },
            discounts: Discounts { default_ref: self.default_ref.clone(), by_name: self.by_name.clone() },
            zone: self.zone.as_deref().and_then(|name| TimeZone::get(name).ok()),
        }
    }
}

/// Two names with the same folded form may be taken for each other by the bridge; others never are.
fn folded(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    kept.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_off(flag: &bool) -> bool {
    !*flag
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use passerelle_bridge::translate;
    use passerelle_pixelpoint::{Dialect, request};
    use serde_json::json;

    use super::*;

    fn order() -> Order {
        let order = json!({
            "id": "x", "status": "new", "service_type": "delivery", "expected_time": "2026-11-22T20:15:00+01:00",
            "items": [{"product_name": "Tea", "sku_ref": "12", "price": "2.50 EUR", "quantity": "1",
                "subtotal": "2.50 EUR", "options": []}],
            "discounts": [{"name": " Happy  HOUR", "price_off": "0.50 EUR"}], "total": "2.00 EUR"
        });
        Order::read(&order).unwrap()
    }

    fn at() -> Timestamp {
        "2026-11-22T18:31:02.123456Z".parse().unwrap()
    }

    #[test]
    fn makes_the_same_request_again_byte_for_byte() {
        let by_name = [("Happy hour", "77"), ("Staff", "78")];
        let configuration = Configuration {
            deals: Deals { aggregate_prices: true, refs_as_combo_ids: true },
            discounts: Discounts {
                default_ref: Some("99".into()),
                by_name: by_name.map(|(name, reference)| (name.to_owned(), reference.to_owned())).into(),
            },
            zone: Some(TimeZone::get("Europe/Paris").unwrap()),
        };
        let (order, token) = (order(), ApiToken::new("YT6eR2-CEED65AD33823A5B"));
        let kept = SentWith::of(&order, &configuration, at(), &token, true).kept().unwrap();
        assert!(kept.contains("Happy hour") && !kept.contains("Staff"), "{kept}");
        let read = SentWith::read(&kept).unwrap();
        assert_eq!((read.at, read.token.as_str(), read.debug), (at(), "YT6eR2-•••23A5B", true));
        let translated = |configuration: &Configuration| {
            let order = translate(&order, configuration, at()).unwrap().order;
            request::order(&order, &ApiToken::new(read.token.clone()), read.debug, &Dialect::default())
        };
        let request = translated(&configuration);
        assert!(request.contains("77"), "{request}");
        assert_eq!(translated(&read.configuration()), request);
    }

    #[test]
    fn says_little_where_all_is_as_by_default() {
        let plain = SentWith::of(&order(), &Configuration::default(), at(), &ApiToken::new("1"), false);
        assert_eq!(plain.kept().unwrap(), r#"{"at":"2026-11-22T18:31:02.123456Z","token":"•••"}"#);
        assert_eq!(plain.configuration(), Configuration::default());
    }

    #[test]
    fn what_is_not_ours_or_too_long_is_none() {
        assert_eq!(SentWith::read(""), None);
        assert_eq!(SentWith::read("{}"), None);
        let long = Discounts { default_ref: Some("9".repeat(LARGEST)), ..Discounts::default() };
        let configuration = Configuration { discounts: long, ..Configuration::default() };
        assert_eq!(SentWith::of(&order(), &configuration, at(), &ApiToken::new("1"), false).kept(), None);
    }
}
