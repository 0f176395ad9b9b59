//! A page, or a part of one, that cannot go on: the problem with the one button that cures it.

use leptos::prelude::*;

use super::begin::Begin;
use crate::{
    api::ApiError,
    app::{About, Profile},
    browser::page,
    components::{
        button::{Button, LinkButton, Weight},
        dynamic::{dynamic, perhaps},
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
    /// The page it is about: the till's, where it is known, or the vendor's.
    pub till: Option<Site>,
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
    let Around { begin, till, finishing } = around;
    let remedy = remedy(&error, finishing);
    let slug = vendor_here();
    let site = till.or_else(|| slug.clone().map(|vendor| Site::Vendor { vendor }));
    let repeat = move || {
        view! { <Button label=tr!(language, step.again) weight=Weight::Primary on_press=on_repeat /> }.into_any()
    };
    let button = match (remedy, begin, site) {
        (Remedy::Connect, Some(begin), _) => view! { <Again begin=begin /> }.into_any(),
        (Remedy::SignIn, ..) if slug.is_some() => {
            let begin = Begin::sign_in(&slug.unwrap_or_default());
            view! { <SignIn begin=begin /> }.into_any()
        }
        (Remedy::Support, _, site) => {
            let reference = error.request_id().unwrap_or_default().to_owned();
            let support = move || slug.as_deref().and_then(support_of);
            dynamic(move || match (support(), &site) {
                (None, _) => repeat(),
                (Some(support), site) => {
                    let mail = format!("mailto:{support}?subject=HubRise%20{reference}");
                    let beside = site.as_ref().map(|site| view! { <a href=site.path()>{way_to(site)}</a> });
                    view! {
                        <LinkButton href=mail label=tr!(language, step.support) weight=Weight::Primary />
                        {beside}
                    }
                    .into_any()
                }
            })
            .into_any()
        }
        (Remedy::Connect | Remedy::Till | Remedy::SignIn, _, Some(site)) => {
            view! { <LinkButton href=site.path() label=way_to(&site) weight=Weight::Primary /> }.into_any()
        }
        (Remedy::Connect | Remedy::Till | Remedy::SignIn | Remedy::Home, ..) => {
            view! { <LinkButton href=|| Site::Vendors.path() label=tr!(language, step.home) weight=Weight::Primary /> }
                .into_any()
        }
        (Remedy::Reload, ..) => view! {
            <Button label=tr!(language, step.reload) weight=Weight::Primary on_press=|()| page::reload() />
        }
        .into_any(),
        (Remedy::Repeat, ..) => repeat(),
    };
    view! {
        <ProblemPanel error=error place=place>
            {button}
        </ProblemPanel>
    }
}

/// The vendor the page is about.
fn vendor_here() -> Option<String> {
    let About(about) = expect_context();
    let site = expect_context::<Memo<Site>>().get_untracked();
    match site.vendor() {
        Some(vendor) => Some(vendor.to_owned()),
        None if site == Site::Callback => about.get_untracked().map(|what| what.vendor),
        None => None,
    }
}

/// The vendor's support, once its profile has come; tracked.
fn support_of(vendor: &str) -> Option<String> {
    let profile = expect_context::<Profile>();
    profile.of(vendor)?.ok().map(|vendor| vendor.support.email)
}

/// The words of a link to `site`.
fn way_to(site: &Site) -> Signal<String> {
    let language = language();
    match site.till() {
        Some(_) => tr!(language, step.till),
        None => tr!(language, step.overview),
    }
}

/// **Sign in with HubRise**, and what keeps it from beginning.
#[component]
pub fn SignIn(
    /// The run.
    begin: Begin,
) -> impl IntoView {
    let language = language();
    let label = text(move || {
        if begin.busy.get() {
            td_string!(language.get(), till.connecting)
        } else {
            td_string!(language.get(), sign_in.press)
        }
    });
    view! {
        <Button label=label weight=Weight::Primary busy=begin.busy on_press=move |()| begin.start() />
        <Unbegun begin=begin />
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
    let problem = perhaps(move || {
        begin.problem.get().map(|error| {
            view! { <Stuck error=error place=Place::Inline on_repeat=move |()| begin.start() /> }
        })
    });
    view! {
        {problem}
        {begin.told()}
    }
}
