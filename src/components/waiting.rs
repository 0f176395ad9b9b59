//! What stands in for content on its way: bones after 150 ms, and words with a way out after 8 s.

use std::time::Duration;

use leptos::prelude::*;
use stylers::style_sheet;

use super::{
    announcer::announcer,
    button::{Button, Weight},
    dynamic::perhaps,
};
use crate::i18n::{language, td_string, tr};

const SCOPE: &str = style_sheet!("style/components/waiting.css");

/// After this a sentence says that it takes long.
const SLOW: Duration = Duration::from_secs(8);

/// Which shape the content will have, so that nothing moves when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A till's page: the tills, the bridge, a heading, a button.
    Till,
    /// A heading and a list.
    List,
    /// One card and what is under it.
    Card,
    /// Lines within a card that is there already.
    Lines,
}

/// The bones of `shape`.
#[component]
pub fn Waiting(
    /// What they stand in for.
    shape: Shape,
    /// Asks again.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let language = language();
    view! {
        <div class=format!("{SCOPE} waiting") data-waiting="">
            {match shape {
                Shape::Till | Shape::List | Shape::Card => view! { <h1 class="hidden">{tr!(language, wait.loading)}</h1> }.into_any(),
                Shape::Lines => view! { <p class="hidden">{tr!(language, wait.loading)}</p> }.into_any(),
            }}
            <div class="bones" aria-hidden="true">
                {match shape {
                    Shape::Till => till().into_any(),
                    Shape::List => list().into_any(),
                    Shape::Card => card().into_any(),
                    Shape::Lines => lines().into_any(),
                }}
            </div>
            <Slow label=tr!(language, wait.again) on_again=on_again />
        </div>
    }
}

/// The words that come after 8 s, with a way out.
#[component]
pub fn Slow(
    /// The way out.
    #[prop(into)]
    label: Signal<String>,
    /// Takes it.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let slow = RwSignal::new(false);
    let timer = set_timeout_with_handle(
        move || {
            if slow.try_set(true).is_none() {
                announcer.say(td_string!(language.get_untracked(), wait.slow).to_owned());
            }
        },
        SLOW,
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    perhaps(move || {
        slow.get().then(|| {
            view! {
                <div class=format!("{SCOPE} waiting slow")>
                    <p>{tr!(language, wait.slow)}</p>
                    <Button
                        label=label
                        weight=Weight::Plain
                        on_press=move |()| {
                            slow.set(false);
                            on_again.run(());
                        }
                    />
                </div>
            }
        })
    })
}

/// As in `index.html`.
fn till() -> impl IntoView {
    view! {
        <div class="row">
            <div class="bone third"></div>
        </div>
        {card()}
    }
}

/// As in `index.html`, where it says that the page is plain.
fn card() -> impl IntoView {
    view! {
        <div class="card">
            <div class="body">
                <div class="bone bridge"></div>
                <div class="bone half"></div>
                <div class="bone most"></div>
                <div class="bone press"></div>
            </div>
        </div>
    }
}

fn list() -> impl IntoView {
    view! {
        <div class="row">
            <div class="bone half"></div>
        </div>
        <div class="card">
            <div class="body">
                <div class="bone most"></div>
                <div class="bone half"></div>
                <div class="bone most"></div>
            </div>
        </div>
    }
}

fn lines() -> impl IntoView {
    view! {
        <div class="body">
            <div class="bone most"></div>
            <div class="bone half"></div>
            <div class="bone most"></div>
        </div>
    }
}
