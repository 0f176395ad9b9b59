//! The till's configuration as its users know it: API token, Debug mode, what becomes of orders, deals, discounts; saving
//! it, testing the connection, and forgetting it all. Owns fetching it and which parts are shown; the form is `form`'s.

mod conflict;
mod fields;
mod form;
mod kept;
mod leave;
mod orders;
mod reset;
mod save;
mod test;

use leptos::prelude::*;
use passerelle_wire::TillSettings;

use self::{
    conflict::Conflict,
    fields::Token,
    form::Form,
    leave::Leave,
    orders::{Deals, Discounts, Orders},
    reset::Reset,
    save::Save,
    test::Test,
};
use super::{Here, head::Head, settings::Settings};
use crate::{
    api::ApiError,
    components::{
        dynamic::{dynamic, perhaps},
        notice::{Notice, Tone},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, tr},
    pages::stuck::Stuck,
};

/// The page.
#[component]
pub fn Configuration(
    /// The till.
    here: Here,
) -> impl IntoView {
    let language = language();
    let settings: Settings = expect_context();
    let again = move |()| settings.retry();
    // What comes later, and what is saved here, changes the form in place.
    let lacking = Memo::new(move |before: Option<&Option<Option<ApiError>>>| match (settings.get(), before) {
        (_, Some(None)) | (Some(Ok(_)), _) => None,
        (Some(Err(error)), _) => Some(Some(error)),
        (None, _) => Some(None),
    });
    let content = {
        let here = here.clone();
        dynamic(move || match lacking.get() {
            Some(None) => view! { <Waiting shape=Shape::Lines on_again=again /> }.into_any(),
            Some(Some(error)) => view! {
                <div class="body">
                    <Stuck error=error place=Place::Inline on_repeat=again />
                </div>
            }
            .into_any(),
            None => match untrack(|| settings.get()) {
                Some(Ok(settings)) => view! { <Whole here=here.clone() saved=settings /> }.into_any(),
                _ => ().into_any(),
            },
        })
    };
    view! {
        <section class="card configuration" aria-labelledby="state">
            <Head here=here />
            <div class="title">
                <h1 id="state" tabindex="-1">
                    {tr!(language, bridge_settings.configuration)}
                </h1>
            </div>
            {content}
        </section>
    }
}

/// The form and what stands under it.
#[component]
fn Whole(here: Here, saved: TillSettings) -> impl IntoView {
    let language = language();
    let form = Form::begin(&here, saved);
    let manages = here.manages();
    let first = form.is_first();
    let name = here.name();
    view! {
        <Leave form=form />
        {perhaps(move || {
            form.restored
                .get()
                .then(|| {
                    view! {
                        <div class="told">
                            <Notice tone=Tone::Info on_close=move |()| form.restored.set(false)>
                                <p>{tr!(language, configuration.kept)}</p>
                            </Notice>
                        </div>
                    }
                })
        })}
        {perhaps(move || {
            (!manages.get())
                .then(|| {
                    view! {
                        <div class="told">
                            <Notice tone=Tone::Info>
                                <p>{tr!(language, configuration.view_only)}</p>
                            </Notice>
                        </div>
                    }
                })
        })}
        <form
            novalidate=""
            on:submit=move |event| {
                event.prevent_default();
                form.save();
            }
        >
            <fieldset class="all" disabled=move || !manages.get()>
                <legend class="hidden">{tr!(language, bridge_settings.configuration)}</legend>
                <Token form=form />
                // At first, only what an order cannot do without.
                {perhaps(move || {
                    (!first.get())
                        .then(|| {
                            view! {
                                <Orders form=form />
                                <Deals form=form />
                                <Discounts form=form till=name />
                            }
                        })
                })}
            </fieldset>
            <Conflict form=form />
            {perhaps(move || manages.get().then(|| view! { <Save form=form /> }))}
        </form>
        {dynamic(move || {
            let here = here.clone();
            if manages.get() {
                view! {
                    <Test here=here.clone() form=form />
                    <Reset here=here form=form />
                }
                    .into_any()
            } else {
                ().into_any()
            }
        })}
    }
}
