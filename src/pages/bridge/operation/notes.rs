//! What the translation noted, each note with the way to the part it is about.

use leptos::prelude::*;
use passerelle_wire::{Note, Spot};

use super::tale::Tale;
use crate::{
    components::{
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
    },
    i18n::{language, td_string, text, tr},
    logic::{
        note::{is_grave, words},
        visible::visible,
    },
};

/// The notes.
#[component]
pub fn Notes(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let notes = Memo::new(move |_| tale.operation.with(|operation| operation.notes.clone()));
    view! {
        <section class="card notes" aria-labelledby="notes">
            <div class="body">
                <h2 id="notes">{tr!(language, operation.notes)}</h2>
                {dynamic(move || {
                    let all = notes.get().into_iter().map(|note| view! { <One tale=tale.clone() note=note /> });
                    view! { <ul>{all.collect_view()}</ul> }
                })}
            </div>
        </section>
    }
}

/// One note.
#[component]
fn One(tale: Tale, note: Note) -> impl IntoView {
    let language = language();
    let (class, glyph) = match is_grave(note.code) {
        true => ("warn", Glyph::Warn),
        false => ("info", Glyph::Info),
    };
    let path = note.path.clone();
    let sides = tale.sides;
    let part = Memo::new(move |_| {
        let path = &note.path;
        sides.with(|sides| sides.as_ref()?.noted.iter().find(|spot| spot.what == *path).map(Spot::point))
    });
    let note = Note { path: String::new(), name: visible(&note.name).into_owned(), ..note };
    let shown = path.clone();
    view! {
        <li class=class>
            <Icon of=glyph />
            <span>
                {text(move || words(language.get(), &note))} " "
                {perhaps(move || {
                    let tale = tale.clone();
                    let label = text({
                        let path = path.clone();
                        move || td_string!(language.get(), operation.about.show_part, part = path.as_str())
                    });
                    part.get()
                        .map(|point| {
                            view! {
                                <button type="button" class="link" aria-label=label on:click=move |_| tale.show(point)>
                                    {tr!(language, operation.about.show)}
                                </button>
                            }
                        })
                })} " " <code>{shown}</code>
            </span>
        </li>
    }
}
