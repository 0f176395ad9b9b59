//! What people did with an operation, with what they wrote to it.

use leptos::prelude::*;

use super::super::tale::Tale;
use crate::{
    browser::clock::{self, Precision},
    components::dynamic::perhaps,
    i18n::{language, text, tr},
    logic::{act::sentence, visible::visible},
};

/// The list; nothing where nobody did anything.
#[component]
pub fn History(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let operation = tale.operation;
    let acts = Memo::new(move |_| operation.with(|now| now.acts.clone()));
    perhaps(move || {
        let acts = acts.get();
        (!acts.is_empty()).then(|| {
            let lines = acts.into_iter().map(|act| {
                let time = text(move || {
                    let zone = operation.with(|now| now.timezone.clone());
                    clock::local(language.code(), &act.at, zone.as_deref(), Precision::Second)
                });
                let note = act.note.filter(|note| !note.is_empty());
                view! {
                    <li>
                        <span class="muted">{time}</span>
                        " "
                        <bdi>{text(move || sentence(language.get(), act.kind, act.by.as_deref()))}</bdi>
                        {note
                            .map(|note| {
                                view! {
                                    <p>
                                        <bdi>{visible(&note).into_owned()}</bdi>
                                    </p>
                                }
                            })}
                    </li>
                }
            });
            view! {
                <section class="card" aria-labelledby="done">
                    <div class="body">
                        <h2 id="done">{tr!(language, operation.act.done)}</h2>
                        <ul class="done small">{lines.collect_view()}</ul>
                    </div>
                </section>
            }
        })
    })
}
