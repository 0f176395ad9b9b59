//! A question that must be answered first: the browser's own modal dialog, which keeps the focus and gives it back.

use leptos::{html, prelude::*};
use stylers::style_sheet;

const SCOPE: &str = style_sheet!("style/components/dialog.css");

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
            aria-labelledby="question"
            on:close=move |_| open.set(false)
        >
            <h2 id="question">{title}</h2>
            {children()}
        </dialog>
    }
}
