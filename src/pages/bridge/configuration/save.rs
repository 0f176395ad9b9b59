//! **Save**, beside what there is to say about it: that something is not saved yet, who saved last, and why saving failed.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    browser::clock,
    components::{
        button::{Button, Weight},
        dynamic::perhaps,
        icon::{Glyph, Icon},
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    pages::stuck::Stuck,
};

/// The foot of the form.
#[component]
pub fn Save(
    /// The form.
    form: Form,
) -> impl IntoView {
    let language = language();
    let changed = Memo::new(move |_| form.is_changed());
    let first = form.is_first();
    let label = text(move || match form.busy.get() {
        true => td_string!(language.get(), configuration.saving),
        false => td_string!(language.get(), configuration.save),
    });
    let off = Signal::derive(move || form.theirs.with(Option::is_some) || !(changed.get() || first.get()));
    let last = text(move || {
        form.base.with(|base| match (&base.changed_at, base.changed_by.is_empty()) {
            (None, _) => String::new(),
            (Some(at), true) => {
                td_string!(language.get(), configuration.last, time = clock::date_time(language.code(), at))
            }
            (Some(at), false) => {
                let time = clock::date_time(language.code(), at);
                td_string!(language.get(), configuration.last_by, time = time, name = base.changed_by.as_str())
            }
        })
    });
    view! {
        {perhaps(move || {
            form.problem
                .get()
                .map(|error| {
                    view! {
                        <div class="told">
                            <Stuck error=error place=Place::Inline on_repeat=move |()| form.save() />
                        </div>
                    }
                })
        })}
        <div class="save">
            <Button label=label weight=Weight::Primary busy=form.busy off=off submit=true />
            {perhaps(move || {
                (changed.get() && !first.get())
                    .then(|| {
                        view! {
                            <Button
                                label=tr!(language, configuration.discard)
                                weight=Weight::Plain
                                on_press=move |()| form.discard()
                            />
                        }
                    })
            })}
            <p class="small" role="status">
                {perhaps(move || {
                    changed
                        .get()
                        .then(|| {
                            view! {
                                <span class="unsaved">
                                    <Icon of=Glyph::Warn />
                                    {tr!(language, configuration.unsaved)}
                                </span>
                            }
                        })
                })}
                {perhaps(move || (!changed.get()).then(|| view! { <span class="muted">{last}</span> }))}
            </p>
        </div>
    }
}
