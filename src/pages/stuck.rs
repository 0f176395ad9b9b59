//! A page, or a part of one, that cannot go on: the problem with the one button that cures it.

use leptos::prelude::*;

use super::begin::Begin;
use crate::{
    api::ApiError,
    browser::page,
    components::{
        button::{Button, LinkButton, Weight},
        dynamic::perhaps,
        problem::{Place, ProblemPanel},
    },
    i18n::{language, td_string, text, tr},
    logic::problem::{Remedy, remedy},
    routes::Site,
};

/// What surrounds a problem, for the buttons.
#[derive(Clone, Default)]
pub struct Around {
    /// A new run of OAuth, where the till is known.
    pub begin: Option<Begin>,
    /// The till's page, where it is known.
    pub till: Option<Site>,
    /// The support's address, where the vendor is known.
    pub support: Option<String>,
    /// Whether an attempt was being finished.
    pub finishing: bool,
}

/// The problem and its button.
#[component]
pub fn Stuck(
    /// What failed.
    error: ApiError,
    /// How much of the page it takes.
    place: Place,
    /// Makes the failed call again.
    #[prop(into)]
    on_repeat: Callback<()>,
    /// What surrounds it.
    #[prop(optional)]
    around: Around,
) -> impl IntoView {
    let language = language();
    let Around { begin, till, support, finishing } = around;
    let remedy = remedy(&error, finishing);
    let home = || Site::Vendors.path();
    let button = match (remedy, begin, till, support) {
        (Remedy::Connect, Some(begin), _, _) => view! { <Again begin=begin /> }.into_any(),
        (Remedy::Connect | Remedy::Till, _, Some(till), _) => {
            view! { <LinkButton href=till.path() label=tr!(language, step.till) weight=Weight::Primary /> }.into_any()
        }
        (Remedy::Connect | Remedy::Till | Remedy::Home, ..) => {
            view! { <LinkButton href=home label=tr!(language, step.home) weight=Weight::Primary /> }.into_any()
        }
        (Remedy::Support, _, till, Some(support)) => {
            let reference = error.request_id().unwrap_or_default();
            let mail = format!("mailto:{support}?subject=HubRise%20{reference}");
            view! {
                <LinkButton href=mail label=tr!(language, step.support) weight=Weight::Primary />
                {till.map(|till| view! { <a href=till.path()>{tr!(language, step.till)}</a> })}
            }
            .into_any()
        }
        (Remedy::Reload, ..) => view! {
            <Button label=tr!(language, step.reload) weight=Weight::Primary on_press=|()| page::reload() />
        }
        .into_any(),
        (Remedy::Repeat | Remedy::Support, ..) => view! {
            <Button label=tr!(language, step.again) weight=Weight::Primary on_press=on_repeat />
        }
        .into_any(),
    };
    view! {
        <ProblemPanel error=error place=place>
            {button}
        </ProblemPanel>
    }
}

/// **Try again** with a new run of OAuth, and what keeps it from beginning.
#[component]
pub fn Again(
    /// The run.
    begin: Begin,
) -> impl IntoView {
    let language = language();
    let label = text(move || {
        if begin.busy.get() {
            td_string!(language.get(), till.connecting)
        } else {
            td_string!(language.get(), step.again)
        }
    });
    view! {
        <Button label=label weight=Weight::Primary busy=begin.busy on_press=move |()| begin.start() />
        <Unbegun begin=begin />
    }
}

/// Why a run could not be begun, where the hand is.
#[component]
pub fn Unbegun(
    /// The run.
    begin: Begin,
) -> impl IntoView {
    perhaps(move || {
        begin.problem.get().map(|error| {
            view! { <Stuck error=error place=Place::Inline on_repeat=move |()| begin.start() /> }
        })
    })
}
