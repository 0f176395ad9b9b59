//! Where a run of OAuth ended when that is on this page: failed, unknown, left waiting, or never begun.

use leptos::prelude::*;

use super::{Run, asked::Asked, offered::Offered};
use crate::{
    browser::page,
    components::{
        button::{Button, LinkButton, Weight},
        dynamic::{dynamic, perhaps},
        problem::Place,
    },
    i18n::{language, tr},
    logic::{callback::Next, run},
    pages::{
        begin::Begin,
        stuck::{Again, Around, Stuck},
    },
    routes::Site,
};

/// Where it ended, when that is on this page.
#[component]
pub(super) fn Outcome(
    /// Where it ended.
    next: Next,
    /// The run.
    run: Run,
) -> impl IntoView {
    let language = language();
    let about = run.about;
    // Whatever is learnt about the till meanwhile brings its buttons.
    let begin = Memo::new(move |_| about.get().filter(run::is_repeatable).map(Begin::of));
    let till = move || about.get().map(|what| run::site_of(&what));
    let to_till = move || till().map(|till| view! { <a href=till.path()>{tr!(language, callback.to_till)}</a> });
    match next {
        Next::Ask(question) => view! { <Asked question=*question run=run /> }.into_any(),
        Next::Offer(offer) => view! { <Offered offer=*offer run=run /> }.into_any(),
        Next::Failed(error) => {
            let repeat = move |()| run.hand_over();
            dynamic(move || {
                let around = Around { begin: begin.get(), till: till(), finishing: true };
                view! { <Stuck error=error.clone() place=Place::Page on_repeat=repeat.clone() around=around /> }
            })
            .into_any()
        }
        Next::Unknown => view! {
            <Said
                title=tr!(language, callback.unknown_title)
                means=tr!(language, callback.unknown_means)
                todo=tr!(language, callback.unknown_todo)
            >
                <Button
                    label=tr!(language, callback.check)
                    weight=Weight::Primary
                    on_press=move |()| run.look(None)
                />
                {to_till}
            </Said>
        }
        .into_any(),
        Next::Waiting => view! {
            <Said
                title=tr!(language, callback.waiting_title)
                means=tr!(language, callback.waiting_means)
                todo=tr!(language, callback.waiting_todo)
            >
                {perhaps(move || begin.get().map(|begin| view! { <Again begin=begin /> }))}
                {to_till}
            </Said>
        }
        .into_any(),
        Next::Closed => view! {
            <Said
                title=tr!(language, aside.done_title)
                means=tr!(language, aside.done_means)
                todo=tr!(language, aside.done_todo)
            >
                <Button
                    label=tr!(language, aside.close)
                    weight=Weight::Primary
                    on_press=|()| page::close()
                />
            </Said>
        }
        .into_any(),
        _ => view! {
            <Said
                title=tr!(language, callback.none_title)
                means=tr!(language, callback.none_means)
                todo=tr!(language, callback.none_todo)
            >
                <LinkButton
                    href=|| Site::Vendors.path()
                    label=tr!(language, callback.home)
                    weight=Weight::Primary
                />
            </Said>
        }
        .into_any(),
    }
}

/// What is neither a success nor a failure, in words.
#[component]
fn Said(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] means: Signal<String>,
    #[prop(into)] todo: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {title}
                </h1>
                <p class="muted">{means}</p>
                <p>{todo}</p>
                <div class="buttons">{children()}</div>
            </div>
        </div>
    }
}
