//! Good to know about a vendor: category, availability, price, and where to ask.

use leptos::prelude::*;
use passerelle_wire::{Overview, Vendor};

use super::said;
use crate::{
    components::button::NewTab,
    i18n::{language, tr},
};

/// The rows.
#[component]
pub fn Facts(
    /// The vendor.
    vendor: Vendor,
    /// What its product is.
    overview: Overview,
) -> impl IntoView {
    let language = language();
    let Vendor { support, contact, .. } = vendor;
    let Overview { category, availability, price, website, .. } = overview;
    view! {
        <section class="card">
            <div class="body">
                <h2>{tr!(language, overview.facts)}</h2>
                <dl>
                    {row(tr!(language, overview.category), said(category).into_any())}
                    {row(tr!(language, overview.availability), said(availability).into_any())}
                    {row(tr!(language, overview.price), said(price).into_any())}
                    {website
                        .map(|url| {
                            let shown = url.trim_start_matches("https://").trim_end_matches('/').to_owned();
                            row(tr!(language, overview.website), out(url, text_of(shown)))
                        })}
                    {contact
                        .map(|address| {
                            let href = format!("mailto:{address}");
                            row(tr!(language, overview.contact), view! { <a href=href>{address}</a> }.into_any())
                        })}
                    {support
                        .docs_url
                        .map(|url| row(tr!(language, overview.docs), out(url, tr!(language, overview.docs_open))))}
                </dl>
            </div>
        </section>
    }
}

/// A label and what stands beside it.
fn row(label: Signal<String>, content: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{content}</dd>
        </div>
    }
    .into_any()
}

/// A link to another site.
fn out(url: String, words: Signal<String>) -> AnyView {
    view! {
        <a href=url target="_blank" rel="noopener noreferrer">
            {words}
            <NewTab />
        </a>
    }
    .into_any()
}

/// A text that is the same in every language.
fn text_of(words: String) -> Signal<String> {
    Signal::stored(words)
}
