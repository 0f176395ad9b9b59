//! What a vendor's product is, for whoever has not connected it yet; and how a connection ends, in its words.

use crate::profile::Localized;

/// How a connection ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The button.
    pub label: Localized,
    /// The title of the question.
    pub title: Localized,
    /// The button that confirms.
    pub confirm: Localized,
    /// Whether only support can allow a new connection afterwards.
    pub locks: bool,
}

/// What a vendor's product is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// What it is, a few sentences.
    pub what: Localized,
    /// What flows, in the order to show it; at least one thing.
    pub flows: Vec<Flow>,
    /// What never flows; may be empty.
    pub never: Vec<Localized>,
    /// Its category.
    pub category: Localized,
    /// Where it is available.
    pub availability: Localized,
    /// What it costs.
    pub price: Localized,
    /// Its web site; `https`.
    pub website: Option<String>,
    /// Whom to ask: an e-mail address, for people; access is given to `support.email`.
    pub contact: Option<String>,
}

/// One thing that flows between HubRise and the till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// What.
    pub what: Localized,
    /// Which way.
    pub direction: Direction,
}

/// Which way something flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From HubRise to the till: `to_till`.
    ToTill,
    /// From the till to HubRise: `to_hubrise`.
    ToHubrise,
    /// Both ways: `both`.
    Both,
}

/// Something that must be there before connecting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prerequisite {
    /// What.
    pub what: Localized,
    /// What to do without it.
    pub otherwise: Localized,
}
