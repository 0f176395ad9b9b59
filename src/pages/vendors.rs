//! Which vendor: a page that steps aside when there is nothing to choose.

use leptos::prelude::*;
use passerelle_wire::VendorSummary;
use stylers::style_sheet;

use super::stuck::Stuck;
use crate::{
    address::Address,
    api::{Answer, vendors},
    app::Ready,
    components::{
        dynamic::dynamic,
        icon::{Glyph, Icon},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, localized, text, tr},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/vendors.css");

/// `/`: the vendors of this console.
#[component]
pub fn VendorsPage() -> impl IntoView {
    let list = Answer::to(vendors::list);
    let again = move |()| list.retry();
    let address = Address::from_context();
    Effect::new(move |_| {
        if let Some(Ok([only])) = list.get().as_ref().map(|answer| answer.as_deref()) {
            let only = Site::Vendor { vendor: only.slug.clone() };
            address.replace(&only.path());
        }
    });
    dynamic(move || match list.get() {
        Some(Err(error)) => view! { <Stuck error=error place=Place::Page on_repeat=again /> }.into_any(),
        Some(Ok(vendors)) if vendors.len() != 1 => view! { <List vendors=vendors /> }.into_any(),
        _ => view! { <Waiting shape=Shape::Card on_again=again /> }.into_any(),
    })
}

/// Several vendors, or none.
#[component]
fn List(vendors: Vec<VendorSummary>) -> impl IntoView {
    let language = language();
    Ready::mark(Site::Vendors);
    if vendors.is_empty() {
        return view! {
            <div class="card">
                <div class="body">
                    <h1>{tr!(language, vendors.empty)}</h1>
                    <p class="muted">{tr!(language, vendors.empty_next)}</p>
                </div>
            </div>
        }
        .into_any();
    }
    view! {
        <section class=format!("{SCOPE} vendors")>
            <h1>{tr!(language, vendors.title)}</h1>
            <p class="muted">{tr!(language, vendors.lead)}</p>
            <ul class="card">
                {vendors
                    .into_iter()
                    .map(|VendorSummary { slug, name, category, .. }| {
                        let logo = vendors::logo(&slug);
                        view! {
                            <li>
                                <a href=Site::Vendor { vendor: slug }.path()>
                                    <img src=logo alt="" width="32" height="32" />
                                    <span class="name">
                                        {name}
                                        <span class="small muted">{text(move || localized(language.get(), &category))}</span>
                                    </span>
                                    <Icon of=Glyph::Right />
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
    .into_any()
}
