//! Names, phones and addresses are hidden from the vendor's support until it asks for them, which is recorded.

use leptos::prelude::*;

use super::{super::tale::Tale, failure};
use crate::{
    api::{ApiError, operation},
    components::{
        button::{Button, Weight},
        dynamic::perhaps,
        notice::{Notice, Tone},
    },
    i18n::{language, td_string, tr},
};

/// The notice and its button; nothing where nothing is hidden.
#[component]
pub fn Names(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let now = tale.operation;
    let hidden = Memo::new(move |_| now.with(|now| now.names_hidden));
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let (place, asked, sides, announcer) = (tale.place, tale.asked, tale.asked_sides, tale.announcer);
    let tale = StoredValue::new(tale);
    let show = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let place = place.get_value();
        let call = async move {
            let answer = operation::show_names(&place).await;
            _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    asked.refresh();
                    sides.refresh();
                    announcer.say(td_string!(language.get_untracked(), operation.act.names_shown).to_owned());
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        };
        tale.with_value(|tale| tale.call(call));
    };
    let again = Callback::new(show);
    perhaps(move || {
        hidden.get().then(|| {
            view! {
                <Notice tone=Tone::Info>
                    <p>{tr!(language, operation.act.names)} " " {tr!(language, operation.act.names_means)}</p>
                    <p>
                        <Button
                            label=tr!(language, operation.act.names_show)
                            weight=Weight::Plain
                            busy=busy
                            on_press=show
                        />
                    </p>
                    {failure(problem, again)}
                </Notice>
            }
        })
    })
}
