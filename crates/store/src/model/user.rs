//! Users: people HubRise has named to us, each at one vendor's console.

use jiff::Timestamp;

use super::UserId;

/// A person who has just signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// The id, should this person be new to the vendor's console.
    pub id: UserId,
    /// The vendor's slug.
    pub vendor: String,
    /// HubRise's id of the person. With the vendor it is unique.
    pub hub_user_id: String,
    /// E-mail address; text from outside.
    pub email: String,
    /// First and last name; text from outside.
    pub name: String,
    /// Whether the vendor's profile names this person as its support.
    pub support: bool,
}

/// A person who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Our id.
    pub id: UserId,
    /// The vendor's slug.
    pub vendor: String,
    /// HubRise's id of the person.
    pub hub_user_id: String,
    /// E-mail address as of the last time; text from outside.
    pub email: String,
    /// First and last name as of the last time; text from outside.
    pub name: String,
    /// Whether the vendor's profile named this person as its support, the last time.
    pub support: bool,
    /// When the person last signed in, in any browser.
    pub signed_in_at: Timestamp,
}
