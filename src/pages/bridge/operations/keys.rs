//! The list of keys, for who asks with `?`.

use leptos::prelude::*;

use super::frame::on;
use crate::{
    components::{
        button::{Button, Weight},
        dialog::Dialog,
    },
    i18n::{language, tr},
};

/// The button that shows the keys, and the dialog with them.
#[component]
pub fn Keys() -> impl IntoView {
    let language = language();
    let open = RwSignal::new(false);
    let asked = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "?"
            && !event.ctrl_key()
            && !event.meta_key()
            && !on(&event, "input, textarea, select, dialog")
        {
            event.prevent_default();
            open.set(true);
        }
    });
    on_cleanup(move || asked.remove());
    let keys = [
        ("/", tr!(language, operations.key_search)),
        ("↓ ↑ j k", tr!(language, operations.key_move)),
        ("⇞ ⇟", tr!(language, operations.key_page)),
        ("Enter", tr!(language, operations.key_open)),
        ("Esc", tr!(language, operations.key_leave)),
        ("?", tr!(language, operations.keys)),
    ];
    let line = |(key, words)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div> };
    view! {
        <button type="button" class="clear wide" aria-keyshortcuts="?" on:click=move |_| open.set(true)>
            {tr!(language, operations.keys)}
        </button>
        <p id="list-keys" class="hidden">
            {tr!(language, operations.keys_short)}
        </p>
        <Dialog open=open title=tr!(language, operations.keys)>
            <dl class="keys">{keys.into_iter().map(line).collect_view()}</dl>
            <div class="actions">
                <Button label=tr!(language, desk.close) weight=Weight::Plain first=true on_press=move |()| open.set(false) />
            </div>
        </Dialog>
    }
}
