//! A line to type into: its name, what belongs there, and what is wrong with what stands there.

use leptos::prelude::*;
use stylers::style_sheet;

use super::dynamic::perhaps;

const SCOPE: &str = style_sheet!("style/components/field.css");

/// The line.
#[component]
pub fn Field(
    /// Unique on the page.
    id: &'static str,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What belongs there; may be empty.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What stands there.
    value: RwSignal<String>,
    /// What is wrong with it; empty when nothing is.
    #[prop(optional, into)]
    problem: Signal<String>,
    /// The most characters it takes.
    longest: usize,
    /// Whether it is the first thing in a dialog.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described = format!("{hint_id} {problem_id}");
    view! {
        <div class=format!("{SCOPE} field")>
            <label for=id>{label}</label>
            <input
                id=id
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength=longest.to_string()
                autofocus=first
                aria-describedby=described
                aria-invalid=move || problem.with(|problem| !problem.is_empty()).then_some("true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p id=hint_id class="hint">
                {hint}
            </p>
            <p id=problem_id class="problem" role="alert">
                {perhaps(move || Some(problem.get()).filter(|problem| !problem.is_empty()))}
            </p>
        </div>
    }
}
