//! **Reset the configuration**: asked about with its consequence, done, and told on the till's page.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::ProblemCode;

use super::{super::Here, form::Form};
use crate::{
    address::Address,
    api::{ApiError, till_settings},
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::perhaps,
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    pages::{
        news::{News, Story},
        stuck::Stuck,
    },
};

/// The quiet button and its question.
#[component]
pub fn Reset(
    /// The till.
    here: Here,
    /// The form, whose changes go with it.
    form: Form,
) -> impl IntoView {
    let language = language();
    let address = Address::from_context();
    let news = News::from_context();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let name = here.name();
    let till = StoredValue::new((here.vendor.slug.clone(), here.till.id.clone(), here.till_path()));
    let id = here.id;
    let reset = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (connection, (vendor, till, path)) = (id.get_value(), till.get_value());
        spawn_local(async move {
            let answer = till_settings::reset(&connection).await;
            _ = busy.try_set(false);
            match answer {
                Ok(done) => {
                    _ = form.given_up.try_set(true);
                    news.tell(&vendor, &till, Story::Disconnected { revoked: done.revoked });
                    address.go(&path);
                }
                // Another tab was faster: the till's page shows how it stands.
                Err(error) if error.code() == Some(ProblemCode::ConnectionUnknown) => {
                    _ = form.given_up.try_set(true);
                    address.go(&path);
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let label = text(move || match busy.get() {
        true => td_string!(language.get(), configuration.reset_busy),
        false => td_string!(language.get(), configuration.reset_go),
    });
    view! {
        <section class="part after" aria-labelledby="part-reset">
            <h2 id="part-reset" class="hidden">
                {tr!(language, configuration.reset)}
            </h2>
            <div>
                <Button
                    label=tr!(language, configuration.reset)
                    weight=Weight::Danger
                    on_press=move |()| {
                        problem.set(None);
                        open.set(true);
                    }
                />
            </div>
        </section>
        <Dialog
            open=open
            title=text(move || td_string!(language.get(), configuration.reset_title, till = name.get()))
        >
            <p>{tr!(language, configuration.reset_ends)}</p>
            <p>{tr!(language, configuration.reset_forgets)}</p>
            <p>{tr!(language, configuration.reset_keeps)}</p>
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=reset /> })
            })}
            <div class="actions">
                <Button
                    label=tr!(language, leave.cancel)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
                <Button label=label weight=Weight::Danger busy=busy on_press=reset />
            </div>
        </Dialog>
    }
}
