//! Who ordered. Every field may be missing: a guest, an anonymised customer, a platform that tells little.

use std::fmt;

use serde_json::Value;

use super::reading::{flag, text};

/// A customer at the time of the order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Customer {
    /// Opaque; none is a guest.
    pub id: Option<String>,
    /// Whether HubRise has wiped who it was.
    pub anonymised: bool,
    /// E-mail address.
    pub email: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Company.
    pub company_name: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What to key in when a platform's number answers.
    pub phone_access_code: Option<String>,
    /// Street and number.
    pub address_1: Option<String>,
    /// Second line.
    pub address_2: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State.
    pub state: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    /// What the courier must know.
    pub delivery_notes: Option<String>,
}

impl fmt::Debug for Customer {
    /// A person's name and address belong in no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer").field("id", &self.id).field("anonymised", &self.anonymised).finish_non_exhaustive()
    }
}

pub(super) fn read(order: &Value, odd: &mut Vec<String>) -> Option<Customer> {
    let value = order.get("customer").filter(|value| !value.is_null())?;
    if !value.is_object() {
        odd.push("customer".to_owned());
        return None;
    }
    Some(Customer {
        id: text(value, "id"),
        anonymised: flag(value, "anonymised"),
        email: text(value, "email"),
        first_name: text(value, "first_name"),
        last_name: text(value, "last_name"),
        company_name: text(value, "company_name"),
        phone: text(value, "phone"),
        phone_access_code: text(value, "phone_access_code"),
        address_1: text(value, "address_1"),
        address_2: text(value, "address_2"),
        postal_code: text(value, "postal_code"),
        city: text(value, "city"),
        state: text(value, "state"),
        country: text(value, "country"),
        delivery_notes: text(value, "delivery_notes"),
    })
}
