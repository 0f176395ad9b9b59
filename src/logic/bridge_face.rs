//! What a page of a connected till can show at all, from the profile and from how the till stands.

use passerelle_wire::{Capability, ConnectionState, ProblemCode, Vendor};

use super::standing::Standing;
use crate::{api::ApiError, routes::Part};

/// What it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Face {
    /// Nothing is known yet.
    Waiting,
    /// Nothing can be known.
    Failed(ApiError),
    /// This vendor's tills have no such page.
    Missing,
    /// HubRise must confirm the reader's right once more.
    Known {
        /// The connection's id.
        connection: String,
    },
    /// There is no connection, or it is not complete.
    Off,
    /// Connected. What changes of the connection while it lasts changes in place.
    On {
        /// The connection's id.
        connection: String,
    },
}

/// Whether a vendor's tills have a page: what is pushed to them, what they send, and what was said of either.
pub fn has(vendor: &Vendor, part: &Part) -> bool {
    let can = |capability| vendor.capabilities.contains(&capability);
    match part {
        Part::Configuration | Part::Menu => can(Capability::OrderBridge),
        Part::Stock => can(Capability::Inventory),
        Part::Operations | Part::Operation(_) | Part::Exchange { .. } => {
            can(Capability::OrderBridge) || can(Capability::Inventory)
        }
    }
}

/// The face of a page.
pub fn face(
    part: &Part,
    vendor: Option<&Result<Vendor, ApiError>>,
    till: &str,
    status: Option<&Result<Standing, ApiError>>,
) -> Face {
    let (vendor, status) = match (vendor, status) {
        (Some(Err(error)), _) => return Face::Failed(error.clone()),
        (Some(Ok(vendor)), _) if !has(vendor, part) => return Face::Missing,
        (_, Some(Err(error))) => return Face::Failed(error.clone()),
        (None, _) | (_, None) => return Face::Waiting,
        (Some(Ok(vendor)), Some(Ok(status))) => (vendor, status),
    };
    if vendor.tills.iter().all(|known| known.id != till) {
        return Face::Failed(ProblemCode::TillUnknown.into());
    }
    match (&status.connection, &status.known) {
        (Some(connection), _) if connection.state == ConnectionState::Connected => {
            Face::On { connection: connection.id.clone() }
        }
        (None, Some(connection)) => Face::Known { connection: connection.clone() },
        _ => Face::Off,
    }
}

#[cfg(test)]
mod tests {
    use passerelle_wire::{Connects, Ending, HealthState, Layout, Localized, NamedRef, Role, Support, Till};

    use super::*;
    use crate::logic::standing::{Bound, Pulse};

    fn nothing() -> Standing {
        Standing::default()
    }

    fn bound(state: ConnectionState, health: HealthState) -> Standing {
        let account = NamedRef { id: "a".into(), name: "A".into() };
        let connection = Bound {
            id: "c".into(),
            state,
            account,
            location: None,
            catalog: None,
            health: Pulse { state: health },
            role: Role::Manage,
        };
        Standing { connection: Some(connection), known: None }
    }

    fn localized(word: &str) -> Localized {
        Localized { en: word.into(), fr: word.into() }
    }

    fn vendor(capabilities: Vec<Capability>) -> Vendor {
        let till = Till {
            id: "t".into(),
            name: localized("Till"),
            logo_url: None,
            disabled: None,
            asks_key: false,
            permissions: Vec::new(),
            chosen_here: Vec::new(),
        };
        Vendor {
            slug: "v".into(),
            name: "V".into(),
            brand: "#000000".into(),
            look: passerelle_wire::Look::default(),
            logo_url: String::new(),
            promise: localized("p"),
            connects: Connects::Hubrise,
            layout: Layout::Page,
            ending: Ending { label: localized("l"), title: localized("t"), confirm: localized("c"), locks: false },
            flows: Vec::new(),
            never: Vec::new(),
            contact: None,
            prerequisites: Vec::new(),
            capabilities,
            menu_path: Vec::new(),
            support: Support {
                email: String::new(),
                role: String::new(),
                phone: None,
                docs_url: None,
                till_email: None,
            },
            signup_url: String::new(),
            back_office_url: String::new(),
            tills: vec![till],
        }
    }

    fn check(capabilities: Vec<Capability>, till: &str, status: Standing) -> Face {
        face(&Part::Menu, Some(&Ok(vendor(capabilities))), till, Some(&Ok(status)))
    }

    #[test]
    fn each_page_is_there_for_those_who_can_do_what_it_is_about() {
        let (bridge, stock) = (vendor(vec![Capability::OrderBridge]), vendor(vec![Capability::Inventory]));
        for (part, bridges, sends) in [
            (Part::Configuration, true, false),
            (Part::Menu, true, false),
            (Part::Operations, true, true),
            (Part::Operation("o".into()), true, true),
            (Part::Stock, false, true),
        ] {
            assert_eq!((has(&bridge, &part), has(&stock, &part)), (bridges, sends), "{part:?}");
            assert!(!has(&vendor(Vec::new()), &part), "{part:?}");
        }
    }

    #[test]
    fn only_a_vendor_that_bridges_orders_has_such_pages() {
        assert_eq!(check(vec![Capability::Inventory], "t", nothing()), Face::Missing);
        assert_eq!(check(vec![Capability::OrderBridge], "t", nothing()), Face::Off);
        assert!(matches!(check(vec![Capability::OrderBridge], "other", nothing()), Face::Failed(_)));
    }

    #[test]
    fn a_connection_that_only_changes_its_health_stays_the_same_face() {
        let on = |health| check(vec![Capability::OrderBridge], "t", bound(ConnectionState::Connected, health));
        assert!(matches!(on(HealthState::Ok), Face::On { .. }));
        assert_eq!(on(HealthState::Ok), on(HealthState::Blocked));
    }

    #[test]
    fn a_right_that_ran_out_is_asked_for_and_a_half_connection_is_none() {
        let known = Standing { known: Some("c".into()), ..nothing() };
        assert!(matches!(check(vec![Capability::OrderBridge], "t", known), Face::Known { .. }));
        let half = bound(ConnectionState::Choosing, HealthState::Ok);
        assert_eq!(check(vec![Capability::OrderBridge], "t", half), Face::Off);
    }

    #[test]
    fn waits_for_both_the_profile_and_the_till() {
        assert_eq!(face(&Part::Menu, None, "t", Some(&Ok(nothing()))), Face::Waiting);
        assert_eq!(face(&Part::Menu, Some(&Ok(vendor(vec![Capability::OrderBridge]))), "t", None), Face::Waiting);
        assert!(matches!(face(&Part::Menu, None, "t", Some(&Err(ApiError::Offline))), Face::Failed(_)));
    }
}
