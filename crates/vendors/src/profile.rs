//! A vendor's profile, read and valid.
//!
//! Owns the shape. Every value here has passed its rule; does not own the rules, nor where profiles come from.

use crate::contrast::Rgb;
use crate::embedding::Embedding;
use crate::logo::Logo;
use crate::look::Look;
use crate::overview::{Ending, Overview, Prerequisite};
use crate::setup::Setup;
use crate::support::Support;

/// A vendor: the maker of a till or back office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name in URLs and settings, and its folder's: lower-case letters, digits and single hyphens.
    pub slug: String,
    /// The name its users know. Text, never markup.
    pub name: String,
    /// Its brand colour; text in white or near-black is legible on it ([`Rgb::on_brand`]).
    pub brand: Rgb,
    /// Its logo: its own, or a monogram made of its name and colour.
    pub logo: Logo,
    /// Where it is sold: ISO 3166-1, two capital letters. Prefills HubRise's sign-up form.
    pub country: String,
    /// The languages its users speak, the commonest first; at least one.
    pub languages: Vec<Language>,
    /// One line: what connecting brings.
    pub promise: Localized,
    /// Who makes the connection.
    pub connects: Connects,
    /// How its tills are shown.
    pub layout: Layout,
    /// The words its users know for ending a connection, and what follows.
    pub ending: Ending,
    /// What it is and what flows.
    pub overview: Overview,
    /// What must be there before connecting, in order; may be empty.
    pub prerequisites: Vec<Prerequisite>,
    /// How to set it up; may be empty.
    pub setup: Setup,
    /// What it can do beside connecting.
    pub capabilities: Vec<Capability>,
    /// How its back offices show the console inside their own pages.
    pub embedding: Embedding,
    /// How the console looks for it, beside its colour and its logo.
    pub look: Look,
    /// Where its users find the connection page in its own back office, outermost menu first; may be empty.
    pub menu_path: Vec<String>,
    /// Who helps.
    pub support: Support,
    /// What can be connected, in the order to show it; at least one.
    pub tills: Vec<Till>,
}

impl Profile {
    /// The till of that id.
    pub fn till(&self, id: &str) -> Option<&Till> {
        self.tills.iter().find(|till| till.id == id)
    }

    /// Whether it can do that.
    pub fn has(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }
}

/// A language Passerelle speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

impl Language {
    /// ISO 639-1: `en`, `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

/// A text in every language Passerelle speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

/// Who makes a vendor's connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Connects {
    /// The merchant, in the console: `self`.
    SelfService,
    /// The vendor's support, on the merchant's request: `support`.
    Support,
    /// The merchant, from HubRise's back office: `hubrise`.
    Hubrise,
}

/// How a vendor's tills are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// A page a till.
    Page,
    /// A card a till.
    Cards,
}

/// Something a vendor's product can do beside connecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Capability {
    /// The till's stock is sent to HubRise.
    Inventory,
    /// HubRise's orders are pushed to a till that cannot fetch them.
    OrderBridge,
}

/// A till: the thing that gets connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Till {
    /// Its name in URLs, unique within its vendor; the same grammar as a slug, and none of the site's own words.
    pub id: String,
    /// The name its users know.
    pub name: Localized,
    /// The OAuth scope asked for, not parsed here.
    pub scope: String,
    /// Makes HubRise issue a token of its own for this till: letters, digits and `_-()[]{}.`, at most 64.
    pub device_id: Option<String>,
    /// Its logo, for cards.
    pub logo: Option<Logo>,
    /// Why its users cannot connect it, if they cannot.
    pub disabled: Option<Localized>,
    /// Whether an identification key, given by the vendor's support, is asked for before connecting.
    pub asks_key: bool,
}
