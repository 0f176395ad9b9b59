//! **Modify and resend**: the request in an editor, checked as it is written, beside what was changed. Owns the text; the question
//! before it is sent, and sending it, are `send`'s.

use std::time::Duration;

use leptos::{html, prelude::*};
use passerelle_wire::Operation;

use super::{super::Here, changes::Changes, send::Sending};
use crate::{
    address::Address,
    browser::{judge, leaving},
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        icon::{Glyph, Icon},
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        body::Broken,
        difference::difference,
        written::{Fault, fault, numbers},
    },
};

/// How long nothing must be written before it is looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// The editor.
#[component]
pub fn Editor(
    /// The till.
    here: Here,
    /// The operation.
    operation: Memo<Operation>,
    /// What it begins with.
    first: String,
    /// Told when it is given up.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let language = language();
    let written = RwSignal::new(first.clone());
    // What is looked at: as it was when the writing last paused.
    let settled = RwSignal::new(first.clone());
    let waits = StoredValue::new(0_u32);
    let input = move |event| {
        written.set(event_target_value(&event));
        let turn = waits.get_value().wrapping_add(1);
        waits.set_value(turn);
        set_timeout(
            move || {
                // The page may have gone, and more may have been written.
                if waits.try_get_value() == Some(turn) {
                    settled.set(written.get_untracked());
                }
            },
            PAUSE,
        );
    };
    let first = StoredValue::new(first);
    let wrong = Memo::new(move |_| settled.with(|now| first.with_value(|first| fault(first, now, judge::xml))));
    let steps = Memo::new(move |_| settled.with(|now| first.with_value(|first| difference(first, now))));
    let verdict = text(move || wrong.with(|wrong| verdict(language.get(), wrong.as_ref())));
    let class = move || match wrong.get() {
        None => "ok",
        Some(Fault::Unchanged) => "info",
        Some(_) => "warn",
    };
    let gutter = NodeRef::<html::Pre>::new();
    let numbered = Memo::new(move |_| written.with(|now| numbers(now)));
    let sent = RwSignal::new(false);
    let changed = move || {
        let same =
            first.try_with_value(|first| written.try_with_untracked(|now| first == now)).flatten().unwrap_or(true);
        !same && !sent.try_get_untracked().unwrap_or(true)
    };
    let close = move |()| on_close.run(());
    view! {
        <div class="editor" role="group" aria-labelledby="edit">
            <h3 id="edit" tabindex="-1">
                {tr!(language, exchange.edit_title)}
            </h3>
            <p class="muted">{tr!(language, exchange.edit_means)}</p>
            <div class="write">
                <pre class="numbers" aria-hidden="true" node_ref=gutter>
                    {move || numbered.get()}
                </pre>
                <textarea
                    wrap="off"
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    rows="18"
                    aria-label=tr!(language, exchange.edit_label)
                    aria-describedby="verdict"
                    prop:value=written
                    on:input=input
                    on:scroll=move |event| {
                        if let Some(gutter) = gutter.get_untracked() {
                            gutter.set_scroll_top(event_target::<web_sys::Element>(&event).scroll_top());
                        }
                    }
                ></textarea>
            </div>
            <p id="verdict" role="status" class=move || ["judged ", class()].concat()>
                <Icon of=Glyph::Info />
                <span>{verdict}</span>
            </p>
            <Changes steps=steps />
            <Sending
                here=here
                operation=operation
                request=written
                off=Signal::derive(move || {
                    wrong.with(Option::is_some) || written.with(|now| settled.with(|seen| now != seen))
                })
                sent=sent
                on_close=close
            />
            <Leave holds=Callback::new(move |()| changed()) />
        </div>
    }
    .into_any()
}

/// Asks before what was written is lost.
#[component]
fn Leave(holds: Callback<(), bool>) -> impl IntoView {
    let language = language();
    let address = Address::from_context();
    let open = RwSignal::new(false);
    let given_up = StoredValue::new(false);
    let target = StoredValue::new(String::new());
    leaving::guard(
        move || !given_up.try_get_value().unwrap_or(true) && holds.run(()),
        move |href| {
            target.set_value(href);
            open.set(true);
        },
    );
    view! {
        <Dialog open=open title=tr!(language, exchange.leave_title)>
            <p>{tr!(language, exchange.leave_means)}</p>
            <div class="actions">
                <Button
                    label=tr!(language, exchange.leave_stay)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
                <Button
                    label=tr!(language, exchange.leave_go)
                    weight=Weight::Danger
                    on_press=move |()| {
                        open.set(false);
                        given_up.set_value(true);
                        address.go(&target.get_value());
                    }
                />
            </div>
        </Dialog>
    }
    .into_any()
}

/// How what was written stands, in words.
fn verdict(locale: Locale, fault: Option<&Fault>) -> String {
    match fault {
        None => td_string!(locale, exchange.edit_fine).to_owned(),
        Some(Fault::Unchanged) => td_string!(locale, exchange.edit_same).to_owned(),
        Some(Fault::Long) => td_string!(locale, exchange.edit_long).to_owned(),
        Some(Fault::Defines) => td_string!(locale, exchange.edit_defines).to_owned(),
        Some(Fault::Root) => td_string!(locale, exchange.edit_root).to_owned(),
        Some(Fault::Broken(Broken { place: Some((line, column)), words })) => {
            td_string!(locale, exchange.broken_at, form = "XML", line = line, column = column, words = words)
        }
        Some(Fault::Broken(Broken { place: None, words })) => {
            td_string!(locale, exchange.broken, form = "XML", words = words)
        }
    }
}
