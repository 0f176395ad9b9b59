//! One operation: what happened to it, what that means and what to do, what is known of the order, what its translation
//! noted, and all that was said. Looked at again when something turned; what is shown changes in place.

mod card;
mod exchanges;
mod facts;

use leptos::prelude::*;
use passerelle_wire::{Note, Operation};

use self::{card::CauseCard, exchanges::Exchanges, facts::Facts};
use super::Here;
use crate::{
    api::{Answer, ApiError, operations},
    components::{
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, text, tr},
    logic::note::{is_grave, words},
    pages::stuck::Stuck,
    routes::Part,
};

/// The page.
#[component]
pub fn OperationPart(
    /// The till.
    here: Here,
    /// The operation's id.
    id: String,
) -> impl IntoView {
    let language = language();
    let (connection, id) = (here.id, StoredValue::new(id));
    let asked = Answer::to(move || {
        let (connection, id) = (connection.get_value(), id.get_value());
        async move { operations::get(&connection, &id).await }
    });
    let turned = here.turned;
    Effect::new(move |before: Option<()>| {
        turned.track();
        if before.is_some() {
            asked.refresh();
        }
    });
    let kept = Memo::new(move |before: Option<&Option<Result<Operation, ApiError>>>| match (asked.get(), before) {
        (Some(Err(_)), Some(Some(Ok(kept)))) => Some(Ok(kept.clone())),
        (now, _) => now,
    });
    let lacking = Memo::new(move |_| {
        kept.with(|kept| match kept {
            None => Some(None),
            Some(Err(error)) => Some(Some(error.clone())),
            Some(Ok(_)) => None,
        })
    });
    let again = move |()| asked.retry();
    let list = here.path(Part::Operations);
    view! {
        <p class="back">
            <a href=list>
                <Icon of=Glyph::Left />
                <span>{tr!(language, operation.back)}</span>
            </a>
        </p>
        {dynamic(move || match lacking.get() {
            Some(None) => view! { <Waiting shape=Shape::Card on_again=again /> }.into_any(),
            Some(Some(error)) => view! { <Stuck error=error place=Place::Page on_repeat=again /> }.into_any(),
            None => match kept.get_untracked() {
                Some(Ok(first)) => {
                    let operation = Memo::new(move |before: Option<&Operation>| match kept.get() {
                        Some(Ok(now)) => now,
                        _ => before.cloned().unwrap_or_else(|| first.clone()),
                    });
                    view! { <Story here=here.clone() operation=operation /> }.into_any()
                }
                _ => ().into_any(),
            },
        })}
    }
}

/// All of it.
#[component]
fn Story(here: Here, operation: Memo<Operation>) -> impl IntoView {
    let notes = Memo::new(move |_| operation.with(|operation| operation.notes.clone()));
    view! {
        <CauseCard here=here.clone() operation=operation />
        <Facts operation=operation />
        {perhaps(move || {
            notes.with(|notes| !notes.is_empty()).then(|| view! { <Notes notes=notes.get() /> })
        })}
        <Exchanges here=here operation=operation />
    }
}

/// What the translation noted.
#[component]
fn Notes(notes: Vec<Note>) -> impl IntoView {
    let language = language();
    view! {
        <section class="card notes" aria-labelledby="notes">
            <div class="body">
                <h2 id="notes">{tr!(language, operation.notes)}</h2>
                <ul>
                    {notes
                        .into_iter()
                        .map(|note| {
                            let (class, glyph) = match is_grave(note.code) {
                                true => ("warn", Glyph::Warn),
                                false => ("info", Glyph::Info),
                            };
                            let path = note.path.clone();
                            view! {
                                <li class=class>
                                    <Icon of=glyph />
                                    <span>
                                        {text(move || words(language.get(), &note))} " "
                                        <code>{path}</code>
                                    </span>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        </section>
    }
}
