//! An id in monospace with a button that copies it.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use stylers::style_sheet;

use super::{
    announcer::announcer,
    icon::{Glyph, Icon},
};
use crate::{
    browser::clipboard,
    i18n::{language, td_string, text as text_of},
};

const SCOPE: &str = style_sheet!("style/components/copy.css");

/// What is copied, for the button's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// An id of HubRise's.
    Id,
    /// An e-mail address.
    Address,
    /// A request id.
    Reference,
    /// A secret, which is not read out.
    Key,
}

/// The text and its button.
#[component]
pub fn Copy(
    /// What is shown and copied.
    text: String,
    /// What it is.
    what: Copied,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let done = RwSignal::new(false);
    let shown = text.clone();
    let text = StoredValue::new(text);
    let label = text_of(move || {
        let id = text.get_value();
        match what {
            Copied::Id => td_string!(language.get(), copy.label, id = id),
            Copied::Address => td_string!(language.get(), copy.address, id = id),
            Copied::Reference => td_string!(language.get(), copy.reference, id = id),
            Copied::Key => td_string!(language.get(), stock.key_copy).to_owned(),
        }
    });
    let copy = move |_| {
        let text = text.get_value();
        spawn_local(async move {
            if clipboard::copy(&text).await {
                let locale = language.get_untracked();
                announcer.say(match what {
                    Copied::Key => td_string!(locale, stock.key_copied).to_owned(),
                    Copied::Id | Copied::Address | Copied::Reference => td_string!(locale, copy.done, id = text),
                });
                _ = done.try_set(true);
                set_timeout(move || _ = done.try_set(false), Duration::from_secs(2));
            } else {
                announcer.say(td_string!(language.get_untracked(), copy.failed).to_owned());
            }
        });
    };
    view! {
        <span class=format!("{SCOPE} copy")>
            <code>{shown}</code>
            <button type="button" aria-label=label title=label class:done=done on:click=copy>
                <span class="before">
                    <Icon of=Glyph::Copy />
                </span>
                <span class="after">
                    <Icon of=Glyph::Check />
                </span>
            </button>
        </span>
    }
}
