//! What a translation depends on beside the order. Owns no default of the server's: whoever configures, decides.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

/// How one till's orders are to be translated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Configuration {
    /// How deals are sent.
    pub deals: Deals,
    /// How discounts are sent.
    pub discounts: Discounts,
    /// The clock the store's people live by; none: the offset HubRise wrote into the order's own times.
    pub zone: Option<TimeZone>,
}

/// How deals are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deals {
    /// The sum of the prices of a deal's items moves to its coupon.
    pub aggregate_prices: bool,
    /// No coupon; each item carries the deal's ref (legacy). Deals whose ref begins with `COUPON-` stay coupons.
    pub refs_as_combo_ids: bool,
}

/// How discounts without a ref are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discounts {
    /// The ref of those that have none and are not in `by_name`.
    pub default_ref: Option<String>,
    /// The till's own refs by the till's own names; empty where they are not to be looked up.
    pub by_name: BTreeMap<String, String>,
}
