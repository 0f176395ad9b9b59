//! Opening a connection. HubRise is always asked, though the right may be known: it answers unseen, and the till's page
//! shows the connection whose right was proven last. So that nobody ever opens another merchant's by mistake.

use leptos::prelude::*;
use passerelle_wire::{AttemptBegin, DeskLine, Purpose};

use super::Here;
use crate::{
    components::announcer::announcer,
    i18n::{language, td_string},
    logic::run::blank,
    pages::{begin::Begin, stuck::Unbegun},
    routes::Site,
};

/// The run that proves the right to a connection and leads to its till's page.
pub fn prove_right(here: Here, line: &DeskLine) -> Begin {
    let till = Site::Till { vendor: here.slug(), till: line.till.clone() };
    Begin::of(AttemptBegin {
        connection: Some(line.id.clone()),
        return_to: Some(till.path()),
        ..blank(&here.slug(), Purpose::Authorize)
    })
}

/// Begins at once; shows only what keeps it from beginning.
#[component]
pub fn Opening(
    /// The vendor.
    here: Here,
    /// The connection.
    line: DeskLine,
) -> impl IntoView {
    let begin = prove_right(here, &line);
    announcer().say(td_string!(language().get_untracked(), till.connecting).to_owned());
    begin.start();
    view! {
        <div class="opening">
            <Unbegun begin=begin />
        </div>
    }
}
