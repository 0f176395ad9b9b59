//! A question that must be answered first: the browser's own modal dialog, which keeps the focus and gives it back.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::{html, prelude::*};
use stylers::style_sheet;

const SCOPE: &str = style_sheet!("style/components/dialog.css");

/// How many dialogs there have been: a page may hold several, and each is named by a heading of its own.
static DIALOGS: AtomicU32 = AtomicU32::new(0);

/// The dialog; Escape closes it as its own button would.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What is asked.
    #[prop(into)]
    title: Signal<String>,
    /// The consequence, and the buttons.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = format!("question-{}", DIALOGS.fetch_add(1, Ordering::Relaxed));
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            match (open.get(), dialog.open()) {
                (true, false) => _ = dialog.show_modal(),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    view! {
        <dialog
            class=format!("{SCOPE} dialog")
            node_ref=node
            aria-labelledby=heading
            on:close=move |_| open.set(false)
        >
            <h2 id=heading.clone()>{title}</h2>
            {children()}
        </dialog>
    }
}
