//! Connected as far as is known, but the reader's right to see it has run out: HubRise is asked again, by itself once, and
//! by a button where that came to nothing.

use leptos::prelude::*;

use crate::{
    browser::storage,
    components::{
        button::{Button, Weight},
        dynamic::dynamic,
        notice::Tone,
        progress::{Progress, Stage},
        state::State,
    },
    i18n::{language, td_string, text, tr},
    pages::{begin::Begin, stuck::Unbegun},
};

/// Where this tab remembers for which connection it has asked by itself: a refusal must not be asked for again and again.
const STORED: &str = "passerelle.asked";

/// The card's content.
#[component]
pub fn Known(
    /// The vendor's slug.
    vendor: String,
    /// The till's name.
    #[prop(into)]
    name: Signal<String>,
    /// The connection's id.
    connection: String,
) -> impl IntoView {
    let language = language();
    let begin = Begin::authorize(&vendor, &connection);
    let by_itself = storage::read_tab(STORED).as_deref() != Some(connection.as_str());
    if by_itself {
        storage::write_tab(STORED, &connection);
        begin.start_in_place();
    }
    let going = Memo::new(move |_| begin.busy.get());
    let title = text(move || {
        if going.get() { td_string!(language.get(), till.checking) } else { td_string!(language.get(), till.known) }
    });
    let means = text(move || {
        let locale = language.get();
        if going.get() { td_string!(locale, till.checking_means) } else { td_string!(locale, till.known_means) }
    });
    let steps = Signal::derive(move || vec![(Stage::Busy, td_string!(language.get(), till.checking).to_owned())]);
    view! {
        <State tone=Tone::Info title=title means=means till=name />
        <div class="body">
            {dynamic(move || {
                if going.get() {
                    view! { <Progress steps=steps /> }.into_any()
                } else {
                    view! {
                        <div class="next">
                            <Button
                                label=tr!(language, till.confirm_right)
                                weight=Weight::Primary
                                on_press=move |()| begin.start()
                            />
                        </div>
                    }
                        .into_any()
                }
            })}
            <Unbegun begin=begin />
        </div>
    }
}

/// To be called where a connection is shown: the next time its right runs out, HubRise is asked by itself again.
pub fn settled() {
    storage::forget_tab(STORED);
}
