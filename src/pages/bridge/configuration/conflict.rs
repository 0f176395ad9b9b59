//! Two people at once: the second to save is told who was faster and what changed, and chooses how to go on. Nothing is
//! saved by choosing.

use leptos::prelude::*;
use passerelle_wire::TillSettings;

use super::form::Form;
use crate::{
    browser::clock,
    components::{
        button::{Button, Weight},
        dynamic::perhaps,
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::draft::{Difference, name},
};

/// What is told; nothing while nobody was faster.
#[component]
pub fn Conflict(
    /// The form.
    form: Form,
) -> impl IntoView {
    perhaps(move || form.theirs.get().map(|theirs| view! { <Told form=form theirs=theirs /> }))
}

#[component]
fn Told(form: Form, theirs: TillSettings) -> impl IntoView {
    let language = language();
    let (who, at) = (theirs.changed_by.clone(), theirs.changed_at.clone().unwrap_or_default());
    let said = text(move || {
        let time = clock::ago(language.code(), &at).unwrap_or_default();
        match who.as_str() {
            "" => td_string!(language.get(), configuration.conflict_somebody, time = time),
            who => td_string!(language.get(), configuration.conflict_who, name = who, time = time),
        }
    });
    let lines = move || {
        let locale = language.get();
        let found = form.base.with(|base| form.draft().differences(locale, base, &theirs));
        if found.is_empty() {
            return view! { <p>{td_string!(locale, configuration.conflict_none)}</p> }.into_any();
        }
        let lines = found.into_iter().map(|found| view! { <li>{line(locale, &found)}</li> }).collect_view();
        view! {
            <p>{td_string!(locale, configuration.conflict_what)}</p>
            <ul>{lines}</ul>
        }
        .into_any()
    };
    view! {
        <section class="conflict" role="alert" aria-labelledby="conflict">
            <h2 id="conflict" tabindex="-1">
                {tr!(language, configuration.conflict)}
            </h2>
            <p>{said}</p>
            {lines}
            <div class="buttons">
                <Button
                    label=tr!(language, configuration.conflict_keep)
                    weight=Weight::Primary
                    on_press=move |()| form.settle(true)
                />
                <Button
                    label=tr!(language, configuration.conflict_drop)
                    weight=Weight::Danger
                    on_press=move |()| form.settle(false)
                />
            </div>
        </section>
    }
}

/// One difference: `Debug mode: Off → On`.
fn line(locale: Locale, found: &Difference) -> String {
    let (what, from, to) = (name(locale, found.setting), found.from.as_str(), found.to.as_str());
    let line = td_string!(locale, configuration.conflict_line, what = what, from = from, to = to);
    match &found.mine {
        Some(mine) => format!("{line} {}", td_string!(locale, configuration.conflict_mine, mine = mine.as_str())),
        None => line,
    }
}
