//! **Disconnect**, in the vendor's words: asked about with its consequence, done, and told.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{Ending, ProblemCode};

use super::Here;
use crate::{
    api::{ApiError, connections},
    browser::page,
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::perhaps,
        problem::Place,
    },
    i18n::{language, localized, td_string, text, tr},
    pages::{
        news::{News, Story},
        stuck::Stuck,
    },
};

/// The quiet button and its question.
#[component]
pub fn Disconnect(
    /// The vendor and the till.
    here: Here,
    /// The connection's id.
    connection: String,
) -> impl IntoView {
    let language = language();
    let on_change = here.on_change;
    let news = News::from_context();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let Ending { label, title, confirm, locks } = here.vendor.ending.clone();
    let (name, support) = (here.name(), here.vendor.name.clone());
    let (vendor, till) = (StoredValue::new(here.vendor.slug), StoredValue::new(here.till.id));
    let connection = StoredValue::new(connection);
    let leave = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (connection, vendor, till) = (connection.get_value(), vendor.get_value(), till.get_value());
        spawn_local(async move {
            let answer = connections::delete(&connection).await;
            _ = busy.try_set(false);
            match answer {
                Ok(disconnected) => {
                    _ = open.try_set(false);
                    news.tell(&vendor, &till, Story::Disconnected { revoked: disconnected.revoked });
                    on_change.run(());
                    page::focus("main");
                }
                // Another tab was faster: the page shows how it stands.
                Err(error) if error.code() == Some(ProblemCode::ConnectionUnknown) => {
                    _ = open.try_set(false);
                    on_change.run(());
                    page::focus("main");
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let confirm = text(move || {
        if busy.get() { td_string!(language.get(), leave.busy).to_owned() } else { localized(language.get(), &confirm) }
    });
    let afterwards = text(move || {
        if locks {
            td_string!(language.get(), locked.warning, vendor = support.as_str())
        } else {
            td_string!(language.get(), leave.again).to_owned()
        }
    });
    view! {
        <Button
            label=text(move || localized(language.get(), &label))
            weight=Weight::Danger
            on_press=move |()| {
                problem.set(None);
                open.set(true);
            }
        />
        <Dialog open=open title=text(move || localized(language.get(), &title))>
            // The vendor's question may not say which of several tills it is about.
            <p>
                <strong>{name}</strong>
            </p>
            <p>{tr!(language, leave.orders)}</p>
            <p>{afterwards}</p>
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=leave /> })
            })}
            <div class="actions">
                <Button
                    label=tr!(language, leave.cancel)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
                <Button label=confirm weight=Weight::Danger busy=busy on_press=leave />
            </div>
        </Dialog>
    }
}
