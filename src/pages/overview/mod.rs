//! A vendor before anything is connected: what it is, what flows and what never does, what is needed, and the way on.
//! Everything on it is said by the profile.

mod diagram;
mod facts;
mod setup;
mod way;

use leptos::prelude::*;
use passerelle_wire::{Layout, Localized, Overview, Prerequisite, Vendor};
use stylers::style_sheet;

use self::{diagram::Diagram, facts::Facts, setup::SetupText, way::Way};
use super::{stuck::Stuck, till::cards::Cards};
use crate::{
    api::{Answer, vendors},
    app::{Profile, Ready},
    components::{
        dynamic::dynamic,
        icon::{Glyph, Icon},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, localized, td_string, text, tr},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/overview.css");

/// The page.
#[component]
pub fn OverviewPage(
    /// The vendor's slug.
    vendor: String,
) -> impl IntoView {
    let site = Site::Vendor { vendor: vendor.clone() };
    let profile = expect_context::<Profile>();
    profile.renew();
    let overview = {
        let vendor = vendor.clone();
        Answer::to(move || {
            let vendor = vendor.clone();
            async move { vendors::overview(&vendor).await }
        })
    };
    let again = move |()| {
        profile.retry();
        overview.retry();
    };
    let known = Memo::new(move |_| match (profile.of(&vendor)?, overview.get()?) {
        (Err(error), _) | (_, Err(error)) => Some(Err(error)),
        (Ok(vendor), Ok(overview)) => Some(Ok((vendor, overview))),
    });
    dynamic(move || match known.get() {
        None => view! { <Waiting shape=Shape::Card on_again=again /> }.into_any(),
        Some(Err(error)) => view! { <Stuck error=error place=Place::Page on_repeat=again /> }.into_any(),
        Some(Ok((vendor, overview))) => {
            Ready::mark(site.clone());
            view! { <Shown vendor=vendor overview=overview /> }.into_any()
        }
    })
}

/// The vendor.
#[component]
fn Shown(vendor: Vendor, overview: Overview) -> impl IntoView {
    let language = language();
    let name = StoredValue::new(vendor.name.clone());
    let (what, category) = (overview.what.clone(), overview.category.clone());
    let (flows, never) = (vendor.flows.clone(), vendor.never.clone());
    let (setup, needed) = (overview.setup.clone(), vendor.prerequisites.clone());
    view! {
        <article class=format!("{SCOPE} overview")>
            <div class="card">
                <div class="body">
                    <div class="top">
                        <img src=vendor.logo_url.clone() alt="" width="48" height="48" />
                        <div>
                            <h1 id="state" tabindex="-1">
                                {vendor.name.clone()}
                            </h1>
                            <p class="small muted">{said(category)}</p>
                        </div>
                    </div>
                    <p>{said(what)}</p>
                    {(vendor.layout == Layout::Page).then(|| view! { <Way vendor=vendor.clone() /> })}
                </div>
            </div>
            {(vendor.layout == Layout::Cards).then(|| view! { <Cards vendor=vendor.clone() /> })}
            {(!flows.is_empty())
                .then(|| {
                    view! {
                        <section class="card">
                            <div class="body">
                                <h2>{text(move || td_string!(language.get(), overview.flows, vendor = name.get_value()))}</h2>
                                <Diagram vendor=name.get_value() flows=flows />
                                {(!never.is_empty()).then(|| view! { <Never never=never /> })}
                            </div>
                        </section>
                    }
                })}
            {(!needed.is_empty())
                .then(|| {
                    view! {
                        <section class="card">
                            <div class="body">
                                <h2>{tr!(language, overview.prerequisites)}</h2>
                                <ul class="needed">{needed.into_iter().map(need).collect_view()}</ul>
                            </div>
                        </section>
                    }
                })}
            <Facts vendor=vendor overview=overview />
            <SetupText setup=setup />
        </article>
    }
}

/// What never flows.
#[component]
fn Never(never: Vec<Localized>) -> impl IntoView {
    let language = language();
    view! {
        <h3>{tr!(language, overview.never)}</h3>
        <ul class="never">
            {never
                .into_iter()
                .map(|what| {
                    view! {
                        <li>
                            <Icon of=Glyph::Close />
                            <span>{said(what)}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// Something needed first, and what to do without it.
fn need(Prerequisite { what, otherwise }: Prerequisite) -> impl IntoView {
    view! {
        <li>
            // No tick: nobody has checked it.
            <Icon of=Glyph::Off />
            <span>
                <strong>{said(what)}</strong>
                <span class="small muted">{said(otherwise)}</span>
            </span>
        </li>
    }
}

/// A text of the profile, in the language of the page.
fn said(words: Localized) -> Signal<String> {
    let language = language();
    text(move || localized(language.get(), &words))
}
