//! Where the reader is in a wizard: a numbered list with the present step marked.

use leptos::prelude::*;
use stylers::style_sheet;

use super::icon::{Glyph, Icon};
use crate::i18n::{language, tr};

const SCOPE: &str = style_sheet!("style/components/stepper.css");

/// The steps of a wizard.
#[component]
pub fn Stepper(
    /// Their names, in order.
    #[prop(into)]
    names: Signal<Vec<String>>,
    /// The present one, counted from zero.
    #[prop(into)]
    here: Signal<usize>,
) -> impl IntoView {
    let language = language();
    let steps = move || {
        let here = here.get();
        names
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, name)| {
                let mark = if at < here {
                    view! { <Icon of=Glyph::Check /> }.into_any()
                } else {
                    (at + 1).to_string().into_any()
                };
                view! {
                    <li aria-current=(at == here).then_some("step") class:past=at < here>
                        <span class="mark" aria-hidden="true">{mark}</span>
                        <span>{name}</span>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ol class=format!("{SCOPE} stepper") aria-label=tr!(language, choose.steps)>{steps}</ol> }
}
