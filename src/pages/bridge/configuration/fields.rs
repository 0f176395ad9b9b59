//! The pieces the form is made of: a box to tick, a choice of a few, and the part about the API token.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    components::field::Field,
    i18n::{language, td_string, text, tr},
    logic::token::{LONGEST, Shape, shape},
};

/// A box to tick, with what it does.
#[component]
pub fn Tick(
    /// Unique on the page.
    id: &'static str,
    /// Its name.
    label: Signal<String>,
    /// What it does.
    hint: Signal<String>,
    /// Whether it is ticked.
    on: Signal<bool>,
    /// Told whether it was ticked.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="line">
            <label class="tick">
                <input
                    id=id
                    type="checkbox"
                    prop:checked=on
                    aria-describedby=hint_id.clone()
                    on:change=move |event| on_change.run(event_target_checked(&event))
                />
                <span>{label}</span>
            </label>
            <p id=hint_id class="small muted">
                {hint}
            </p>
        </div>
    }
}

/// A choice of two.
#[component]
pub fn Either(
    /// Unique on the page.
    name: &'static str,
    /// What is chosen.
    legend: Signal<String>,
    /// What is offered: as it is by default, and otherwise.
    offers: [Signal<String>; 2],
    /// Whether the other is chosen.
    other: Signal<bool>,
    /// Told whether the other was chosen.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let [usual, otherwise] = offers;
    let radio = move |label: Signal<String>, is_other: bool| {
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name=name
                    prop:checked=move || other.get() == is_other
                    on:change=move |_| on_change.run(is_other)
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="either">
            <legend>{legend}</legend>
            {radio(usual, false)}
            {radio(otherwise, true)}
        </fieldset>
    }
}

/// The API token and Debug mode.
#[component]
pub fn Token(
    /// The form.
    form: Form,
) -> impl IntoView {
    let language = language();
    let looks = Memo::new(move |_| form.token.with(|token| shape(token)));
    let tail = Memo::new(move |_| form.base.with(|base| base.api_token_tail.clone()));
    let wrong = text(move || {
        let locale = language.get();
        match looks.get() {
            Shape::Impossible => td_string!(locale, configuration.impossible),
            Shape::Empty if tail.get().is_none() && form.tried.get() => td_string!(locale, configuration.empty),
            _ => "",
        }
    });
    let advice = text(move || {
        let locale = language.get();
        match (looks.get(), tail.get()) {
            (Shape::NoPrefix, _) => td_string!(locale, configuration.no_prefix).to_owned(),
            (Shape::Unusual, _) => td_string!(locale, configuration.unusual).to_owned(),
            (Shape::Empty, Some(tail)) => td_string!(locale, configuration.present, tail = tail),
            _ => String::new(),
        }
    });
    view! {
        <div class="part">
            <Field
                id="api-token"
                label=tr!(language, configuration.token)
                hint=tr!(language, configuration.token_hint)
                value=form.token
                problem=wrong
                longest=LONGEST
            />
            <p class="small advice" role="status">
                {advice}
            </p>
            <p class="small muted">{tr!(language, configuration.secret)}</p>
            <Tick
                id="debug"
                label=tr!(language, configuration.debug)
                hint=tr!(language, configuration.debug_hint)
                on=Signal::derive(move || form.choices.with(|choices| choices.debug))
                on_change=move |on| form.choose(|choices| choices.debug = on)
            />
        </div>
    }
}
