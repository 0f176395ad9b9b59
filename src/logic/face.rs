//! Which face a till's page shows: everything follows from the vendor's profile and from how the till stands.

use passerelle_wire::{ConnectionState, Connects, EmbedRole, RequestState, Till, TillStatus};

/// What the page, or a card, is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Face {
    /// Connected.
    Connected {
        /// The connection's id.
        connection: String,
    },
    /// HubRise has authorised it; a choice is left to make.
    Choosing {
        /// The connection's id.
        connection: String,
    },
    /// Connected, as far as is known: HubRise must confirm the reader's right once more.
    Known {
        /// The connection's id.
        connection: String,
    },
    /// Disconnected, and only support can release it.
    Locked,
    /// It cannot be connected by its users; the profile says why.
    Disabled,
    /// Support connects it, on the merchant's request.
    Asking(Option<RequestState>),
    /// It is connected from HubRise's back office.
    Arriving,
    /// The merchant connects it here.
    Off,
}

/// The face of a till; `role`: in a back office's frame, what the back office lets the reader do.
pub fn face(connects: Connects, till: &Till, status: &TillStatus, role: Option<EmbedRole>) -> Face {
    if let Some(connection) = &status.connection {
        let id = connection.id.clone();
        return match connection.state {
            ConnectionState::Connected => Face::Connected { connection: id },
            ConnectionState::Choosing => Face::Choosing { connection: id },
        };
    }
    if let Some(connection) = &status.known {
        return Face::Known { connection: connection.clone() };
    }
    if status.lock.is_some() {
        return Face::Locked;
    }
    if till.disabled.is_some() {
        return Face::Disabled;
    }
    match connects {
        Connects::SelfService => Face::Off,
        // Whom the back office names as the vendor's support connects here; elsewhere it does so from its desk.
        Connects::Support if role == Some(EmbedRole::Support) => Face::Off,
        // A frame is no back office of HubRise's: the window it opens is at HubRise all the same.
        Connects::Hubrise if role.is_some() => Face::Off,
        Connects::Hubrise => Face::Arriving,
        Connects::Support => Face::Asking(match &status.request {
            // What support once connected and is connected no more has to be asked for anew.
            Some(request) if request.state != RequestState::Connected => Some(request.state),
            _ => None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use passerelle_wire::{Localized, Lock, NamedRef, SupportRequest};

    use super::*;
    use crate::logic::live::tests::{connection, nothing};

    fn till() -> Till {
        let name = Localized { en: "Till".into(), fr: "Caisse".into() };
        Till {
            id: "t".into(),
            name,
            logo_url: None,
            disabled: None,
            asks_key: false,
            permissions: Vec::new(),
            chosen_here: Vec::new(),
        }
    }

    fn lock() -> Lock {
        let account = NamedRef { id: "a".into(), name: "A".into() };
        Lock { id: "l".into(), till: "t".into(), account, location: None, locked_at: String::new() }
    }

    fn request(state: RequestState) -> SupportRequest {
        SupportRequest {
            id: "r".into(),
            till: "t".into(),
            state,
            hubrise_id: "3r4s3".into(),
            location_name: "Paris".into(),
            name: String::new(),
            email: String::new(),
            language: "fr".into(),
            created_at: String::new(),
            answer: None,
        }
    }

    fn check(connects: Connects, status: &TillStatus, expected: Face) {
        assert_eq!(face(connects, &till(), status, None), expected);
    }

    #[test]
    fn the_back_offices_support_connects_where_support_does() {
        let shown = |role| face(Connects::Support, &till(), &nothing(), Some(role));
        assert_eq!(shown(EmbedRole::Support), Face::Off);
        assert_eq!(shown(EmbedRole::Manager), Face::Asking(None));
    }

    #[test]
    fn in_a_frame_what_hubrises_back_office_connects_is_connected_in_a_window() {
        let shown = |role| face(Connects::Hubrise, &till(), &nothing(), role);
        assert_eq!(shown(Some(EmbedRole::Manager)), Face::Off);
        assert_eq!(shown(Some(EmbedRole::Viewer)), Face::Off);
        assert_eq!(shown(None), Face::Arriving);
    }

    #[test]
    fn who_connects_decides_what_an_unconnected_till_shows() {
        check(Connects::SelfService, &nothing(), Face::Off);
        check(Connects::Support, &nothing(), Face::Asking(None));
        check(Connects::Hubrise, &nothing(), Face::Arriving);
    }

    #[test]
    fn a_connection_is_shown_whoever_made_it() {
        for connects in [Connects::SelfService, Connects::Support, Connects::Hubrise] {
            let open = TillStatus { connection: Some(connection("c")), ..nothing() };
            check(connects, &open, Face::Connected { connection: "c".into() });
            let half = passerelle_wire::Connection { state: ConnectionState::Choosing, ..connection("c") };
            let choosing = TillStatus { connection: Some(half), ..nothing() };
            check(connects, &choosing, Face::Choosing { connection: "c".into() });
            let known = TillStatus { known: Some("c".into()), ..nothing() };
            check(connects, &known, Face::Known { connection: "c".into() });
        }
    }

    #[test]
    fn a_request_is_followed_until_it_is_fulfilled() {
        let with = |state| TillStatus { request: Some(request(state)), ..nothing() };
        check(Connects::Support, &with(RequestState::Waiting), Face::Asking(Some(RequestState::Waiting)));
        check(Connects::Support, &with(RequestState::Declined), Face::Asking(Some(RequestState::Declined)));
        check(Connects::Support, &with(RequestState::Connected), Face::Asking(None));
    }

    #[test]
    fn a_locked_till_offers_no_connection() {
        check(Connects::SelfService, &TillStatus { lock: Some(lock()), ..nothing() }, Face::Locked);
    }

    #[test]
    fn a_disabled_till_says_why_but_never_hides_its_connection() {
        let reason = Localized { en: "Soon".into(), fr: "Bientôt".into() };
        let till = Till { disabled: Some(reason), ..till() };
        assert_eq!(face(Connects::SelfService, &till, &nothing(), None), Face::Disabled);
        let open = TillStatus { connection: Some(connection("c")), ..nothing() };
        assert_eq!(face(Connects::SelfService, &till, &open, None), Face::Connected { connection: "c".into() });
    }
}
