//! What a person changed in a request, line by line.

use leptos::prelude::*;

use crate::{
    components::dynamic::dynamic,
    i18n::{language, td_string, text, tr},
    logic::{difference::Step, visible::visible},
};

/// The difference; nothing while there is none.
#[component]
pub fn Changes(
    /// Its lines.
    steps: Memo<Vec<Step>>,
) -> impl IntoView {
    let language = language();
    let line = move |step: Step| {
        let (class, sign, words) = match step {
            Step::Same(line) => ("", " ", visible(&line).into_owned()),
            Step::Gone(line) => ("gone", "−", visible(&line).into_owned()),
            Step::New(line) => ("new", "+", visible(&line).into_owned()),
            Step::Gap(count) => {
                let words = text(move || match count {
                    1 => td_string!(language.get(), exchange.gap_single).to_owned(),
                    _ => td_string!(language.get(), exchange.gap_several, count = count),
                });
                return view! { <div class="gap muted">{words}</div> }.into_any();
            }
        };
        view! {
            <div class=class>
                <span class="sign">{sign}</span>
                {words}
            </div>
        }
        .into_any()
    };
    dynamic(move || match steps.get() {
        steps if steps.is_empty() => ().into_any(),
        steps => view! {
            <h4 id="changes">{tr!(language, exchange.changes)}</h4>
            <div class="changes" role="group" aria-labelledby="changes" tabindex="0">
                {steps.into_iter().map(line).collect_view()}
            </div>
        }
        .into_any(),
    })
}
