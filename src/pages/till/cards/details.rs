//! **Details** of a connected till: the names and ids, whether it works, the way to its own page, and the end of it.

use leptos::prelude::*;
use passerelle_wire::{Connection, Role};

use super::super::{Here, disconnect::Disconnect, facts::Facts};
use crate::{
    components::{
        button::{Button, LinkButton, Weight},
        dialog::Dialog,
        dynamic::perhaps,
        notice::{Notice, Tone},
    },
    i18n::{language, td_string, text, tr},
    logic::health::{Gravity, gravity, words},
    routes::Site,
};

/// The dialog.
#[component]
pub fn Details(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Memo<Connection>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let language = language();
    let name = here.name();
    let state = Memo::new(move |_| connection.with(|connection| connection.health.state));
    let manages = Memo::new(move |_| connection.with(|connection| connection.role == Role::Manage));
    let id = connection.with_untracked(|connection| connection.id.clone());
    let own = Site::Till { vendor: here.vendor.slug.clone(), till: here.till.id.clone() }.path();
    let vendor = StoredValue::new(here.vendor.name.clone());
    view! {
        <Dialog open=open title=text(move || td_string!(language.get(), cards.details_of, till = name.get()))>
            {perhaps(move || {
                matches!(gravity(state.get()), Gravity::Passing | Gravity::Broken)
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Fail>
                                <p>
                                    <strong>{text(move || words(language.get(), state.get()).0)}</strong>
                                </p>
                                <p>{text(move || words(language.get(), state.get()).1)}</p>
                            </Notice>
                        }
                    })
            })}
            <Facts connection=connection complete=true />
            <div class="actions">
                <Button
                    label=tr!(language, cards.close)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
                <LinkButton href=move || own.clone() label=tr!(language, cards.more) weight=Weight::Plain />
                {perhaps(move || {
                    manages
                        .get()
                        .then(|| view! { <Disconnect here=here.clone() connection=id.clone() /> })
                })}
            </div>
            {perhaps(move || {
                (!manages.get())
                    .then(|| {
                        let words = move || td_string!(language.get(), till.view_only, vendor = vendor.get_value());
                        view! { <p class="small">{text(words)}</p> }
                    })
            })}
        </Dialog>
    }
}
