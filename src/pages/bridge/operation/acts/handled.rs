//! **Mark as handled**, with a note, where an operation needs a person; and taking the mark away.

use leptos::prelude::*;
use passerelle_wire::HandledMark;

use super::{super::tale::Tale, failure};
use crate::{
    api::{ApiError, operation},
    browser::clock::{self, Precision},
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::dynamic,
        field::Field,
    },
    i18n::{language, td_string, text, tr},
    logic::operation::{Look, look},
};

/// How long a note may be, in characters.
const LONGEST: usize = 500;

/// The button and its question.
#[component]
pub fn Handle(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let now = tale.operation;
    let handled = Memo::new(move |_| now.with(|now| now.line.handled_at.clone()));
    let needs = Memo::new(move |_| now.with(|now| matches!(look(&now.line), Look::Broken | Look::Unsure)));
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let note = RwSignal::new(String::new());
    let place = tale.place;
    let tale = StoredValue::new(tale);
    let mark = move |is: bool| {
        problem.set(None);
        let note = note.with_untracked(|note| Some(note.trim().to_owned()).filter(|note| is && !note.is_empty()));
        let (place, mark) = (place.get_value(), HandledMark { handled: is, note });
        let call = async move { operation::handle(&place, &mark).await };
        let locale = language.get_untracked();
        let done = match is {
            true => td_string!(locale, operation.act.marked),
            false => td_string!(locale, operation.act.reopened),
        };
        tale.with_value(|tale| {
            tale.change(call, busy, done.to_owned(), move |over| match over {
                Ok(()) => _ = open.try_set(false),
                Err(error) => _ = problem.try_set(Some(error)),
            });
        });
    };
    let again = Callback::new(move |()| mark(handled.with_untracked(Option::is_none)));
    let when = text(move || {
        let zone = now.with(|now| now.timezone.clone());
        let at = handled.get().unwrap_or_default();
        let time = clock::local(language.code(), &at, zone.as_deref(), Precision::Second);
        td_string!(language.get(), operation.act.handled, time = time.as_str())
    });
    view! {
        {dynamic(move || match (handled.with(Option::is_some), needs.get()) {
            (true, _) => view! {
                <span class="small muted">{when}</span>
                <Button
                    label=tr!(language, operation.act.reopen)
                    weight=Weight::Plain
                    busy=busy
                    on_press=move |()| mark(false)
                />
            }
            .into_any(),
            (false, true) => view! {
                <Button
                    label=tr!(language, operation.act.handle)
                    weight=Weight::Plain
                    on_press=move |()| {
                        problem.set(None);
                        open.set(true);
                    }
                />
            }
            .into_any(),
            (false, false) => ().into_any(),
        })}
        {dynamic(move || (!open.get()).then(|| failure(problem, again)))}
        <Dialog open=open title=tr!(language, operation.act.handle_title)>
            <p>{tr!(language, operation.act.handle_means)}</p>
            <Field
                id="handled-note"
                label=tr!(language, operation.act.note)
                hint=tr!(language, operation.act.note_hint)
                value=note
                longest=LONGEST
                first=true
            />
            {dynamic(move || open.get().then(|| failure(problem, again)))}
            <div class="actions">
                <Button label=tr!(language, leave.cancel) weight=Weight::Plain on_press=move |()| open.set(false) />
                <Button
                    label=tr!(language, operation.act.handle)
                    weight=Weight::Primary
                    busy=busy
                    on_press=move |()| mark(true)
                />
            </div>
        </Dialog>
    }
}
