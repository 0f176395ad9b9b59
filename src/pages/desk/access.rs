//! Opening a connection one has no right to yet: proving it at HubRise, or asking the manager for it in the manager's
//! language, with a message ready to copy.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::DeskLine;

use super::{Here, opening::prove_right, question::Asking};
use crate::{
    browser::clipboard,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        copy::{Copied, Copy},
    },
    i18n::{LANGUAGES, Locale, language, td_string, text, tr},
    pages::stuck::Unbegun,
};

/// Both ways.
#[component]
pub fn Access(
    /// The vendor.
    here: Here,
    /// The connection, as far as it may be seen.
    line: DeskLine,
    /// The dialog it stands in.
    asking: Asking,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let begin = prove_right(here, &line);
    let prove = text(move || match begin.busy.get() {
        true => td_string!(language.get(), till.connecting),
        false => td_string!(language.get(), desk.prove),
    });
    // The reader's language is the best guess at the manager's.
    let french = RwSignal::new(language.get_untracked() == Locale::fr);
    let account = StoredValue::new(line.account_name);
    let message = text(move || {
        let locale = if french.get() { Locale::fr } else { Locale::en };
        here.vendor.with_value(|vendor| {
            td_string!(
                locale,
                desk.message,
                account = account.get_value(),
                email = vendor.support.email.as_str(),
                role = vendor.support.role.as_str(),
                vendor = vendor.name.as_str()
            )
        })
    });
    let copy = move |()| {
        let message = message.get_untracked();
        spawn_local(async move {
            let locale = language.get_untracked();
            let done = clipboard::copy(&message).await;
            let said = if done { td_string!(locale, desk.copied) } else { td_string!(locale, copy.failed) };
            announcer.say(said.to_owned());
        });
    };
    let tongues = LANGUAGES
        .map(|(code, name)| {
            let pressed = move || if french.get() == (code == "fr") { "true" } else { "false" };
            view! {
                <button type="button" lang=code aria-pressed=pressed on:click=move |_| french.set(code == "fr")>
                    {name}
                </button>
            }
        })
        .collect_view();
    let email = here.vendor.with_value(|vendor| vendor.support.email.clone());
    view! {
        <p>{tr!(language, desk.access_means)}</p>
        <div class="buttons">
            <Button label=prove weight=Weight::Primary busy=begin.busy on_press=move |()| begin.start() />
        </div>
        <Unbegun begin=begin />
        <h3>{tr!(language, desk.ask_title)}</h3>
        <p>{tr!(language, desk.ask_means)} " " <Copy text=email what=Copied::Address /></p>
        <div class="tongues" role="group" aria-label=tr!(language, desk.ask_language)>
            {tongues}
        </div>
        <p class="message" lang=move || if french.get() { "fr" } else { "en" }>
            {message}
        </p>
        <div class="actions">
            <Button label=tr!(language, desk.close) weight=Weight::Plain on_press=move |()| asking.open.set(false) />
            <Button label=tr!(language, desk.copy) weight=Weight::Plain on_press=copy />
        </div>
    }
}
