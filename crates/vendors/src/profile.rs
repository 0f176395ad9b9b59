//! A vendor's profile, read and valid.
//!
//! Owns the shape. Every value here has passed its rule; does not own the rules, nor where profiles come from.

use crate::contrast::Rgb;

/// A vendor: the maker of a till or back office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name in URLs and settings, and its folder's: lower-case letters, digits and single hyphens.
    pub slug: String,
    /// The name its users know.
    pub name: String,
    /// Its brand colour; text in white or near-black is legible on it ([`Rgb::on_brand`]).
    pub brand: Rgb,
    /// Where it is sold: ISO 3166-1, two capital letters. Prefills HubRise's sign-up form.
    pub country: String,
    /// The languages its users speak, the commonest first; at least one.
    pub languages: Vec<Language>,
    /// One line: what connecting brings.
    pub promise: Localized,
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

/// How a vendor's support is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The address a manager gives access to at HubRise.
    pub email: String,
    /// The role to give it, as HubRise's page calls it (`Manager`).
    pub role: String,
    /// Telephone, in international form.
    pub phone: Option<String>,
    /// The vendor's documentation; `https`.
    pub docs_url: Option<String>,
}

/// A till: the thing that gets connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Till {
    /// Its name in URLs, unique within its vendor; the same grammar as a slug.
    pub id: String,
    /// The name its users know.
    pub name: Localized,
    /// The OAuth scope asked for, not parsed here.
    pub scope: String,
    /// Makes HubRise issue a token of its own for this till: letters, digits and `_-()[]{}.`, at most 64.
    pub device_id: Option<String>,
}
