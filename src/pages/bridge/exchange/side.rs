//! A request, or an answer: its headers and its body.

use leptos::prelude::*;

use super::{body::Body, meanings::Meanings};
use crate::{
    browser::explained::Said,
    components::{disclosure::Disclosure, dynamic::perhaps},
    i18n::{language, td_string, text, tr},
    logic::{
        body::Form,
        exchange::{Whose, header},
        visible::visible,
    },
};

/// The card.
#[component]
pub fn Side(
    /// Which of the two.
    whose: Whose,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Its headers.
    headers: Vec<(String, String)>,
    /// The body.
    body: String,
    /// What the body's file is called.
    file: String,
    /// Where nodes and headers are explained.
    meanings: Meanings,
    /// More tools for the body.
    tools: AnyView,
    /// What stands under the body.
    #[prop(optional)]
    below: Option<AnyView>,
) -> impl IntoView {
    let language = language();
    let id = whose.heading_id();
    let count = headers.len();
    let declared = header(&headers, "content-type").and_then(Form::declared);
    view! {
        <section class="card half" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <Disclosure title=text(move || td_string!(
                language.get(),
                exchange.headers,
                count = count
            ))>
                <dl class="headers">
                    {headers
                        .into_iter()
                        .map(|(name, value)| header_line(meanings, &name, &value))
                        .collect_view()}
                </dl>
            </Disclosure>
            {if body.is_empty() {
                view! {
                    <p class="muted none">{tr!(language, exchange.empty)}</p>
                    <div class="toolbar">{tools}</div>
                }
                    .into_any()
            } else {
                view! {
                    <Body
                        whose=whose
                        body=body
                        declared=declared
                        file=file
                        meanings=meanings
                        tools=tools
                    />
                }
                    .into_any()
            }}
            {below}
        </section>
    }
    .into_any()
}

/// A header, and what it is for where that is known.
fn header_line(meanings: Meanings, name: &str, value: &str) -> AnyView {
    let key = [name.to_ascii_lowercase()];
    let said = perhaps(move || {
        meanings.of("headers", &key, "").map(|Said { what, .. }| view! { <p class="muted">{what}</p> })
    });
    let (name, value) = (visible(name).into_owned(), visible(value).into_owned());
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <bdi>{value}</bdi>
                {said}
            </dd>
        </div>
    }
    .into_any()
}
