//! The card of a till, whichever face it shows: the face follows from the profile and from how the till stands, and what
//! changes within a face changes in place.

use leptos::prelude::*;
use passerelle_wire::{Connection, TillStatus};

use super::{
    Here,
    arriving::Arriving,
    asking::Asking,
    connected::{Choosing, Connected},
    disconnected::Disconnected,
    known::Known,
    locked::{Disabled, Locked},
};
use crate::{
    app::Users,
    browser::page,
    components::dynamic::dynamic,
    logic::face::{Face, face},
};

/// The content of the card.
#[component]
pub fn Content(
    /// The vendor and the till.
    here: Here,
    /// How the till stands.
    stands: Memo<TillStatus>,
) -> impl IntoView {
    let connects = here.vendor.connects;
    let users = expect_context::<Users>();
    let shown = {
        let (till, slug) = (here.till.clone(), here.vendor.slug.clone());
        Memo::new(move |_| stands.with(|stands| face(connects, &till, stands, users.role(&slug))))
    };
    Effect::new(move |before: Option<()>| {
        shown.track();
        if before.is_some() {
            // What had the focus may have gone with the former face.
            page::focus_if_lost("state");
        }
    });
    dynamic(move || {
        let here = here.clone();
        match shown.get() {
            Face::Connected { .. } => match kept(stands) {
                Some(connection) => view! { <Connected here=here connection=connection /> }.into_any(),
                None => ().into_any(),
            },
            Face::Choosing { .. } => match kept(stands) {
                Some(connection) => view! { <Choosing here=here connection=connection /> }.into_any(),
                None => ().into_any(),
            },
            Face::Known { connection } => {
                let (vendor, name) = (here.vendor.slug.clone(), here.name());
                view! { <Known vendor=vendor name=name connection=connection /> }.into_any()
            }
            Face::Locked => view! { <Locked here=here stands=stands /> }.into_any(),
            Face::Disabled => match here.till.disabled.clone() {
                Some(reason) => view! { <Disabled here=here reason=reason /> }.into_any(),
                None => ().into_any(),
            },
            Face::Asking(state) => view! { <Asking here=here stands=stands state=state /> }.into_any(),
            Face::Arriving => view! { <Arriving here=here /> }.into_any(),
            Face::Off => view! { <Disconnected here=here stands=stands /> }.into_any(),
        }
    })
}

/// The connection, and once it is gone what it was, until the page shows another face.
pub fn kept(stands: Memo<TillStatus>) -> Option<Memo<Connection>> {
    let first = stands.with_untracked(|stands| stands.connection.clone())?;
    Some(Memo::new(move |before: Option<&Connection>| {
        let now = stands.with(|stands| stands.connection.clone());
        now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    }))
}
