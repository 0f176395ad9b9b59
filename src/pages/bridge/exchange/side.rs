//! A request, or an answer: its headers and its body.

use leptos::prelude::*;

use crate::{
    components::disclosure::Disclosure,
    i18n::{language, td_string, text, tr},
    logic::exchange::{Whose, headers},
};

/// The card.
#[component]
pub fn Side(
    /// Which of the two.
    whose: Whose,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// `name: value` lines.
    headers: String,
    /// The body.
    body: String,
) -> impl IntoView {
    let language = language();
    let id = whose.id();
    let listed: Vec<(String, String)> = self::headers(&headers);
    let count = listed.len();
    view! {
        <section class="card side" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <Disclosure title=text(move || td_string!(language.get(), exchange.headers, count = count))>
                <dl class="headers">
                    {listed
                        .into_iter()
                        .map(|(name, value)| {
                            view! {
                                <div>
                                    <dt>{name}</dt>
                                    <dd>
                                        <bdi>{value}</bdi>
                                    </dd>
                                </div>
                            }
                        })
                        .collect_view()}
                </dl>
            </Disclosure>
            {if body.is_empty() {
                view! { <p class="muted">{tr!(language, exchange.empty)}</p> }.into_any()
            } else {
                view! {
                    <pre tabindex="0" role="group" aria-label=tr!(language, exchange.body)>
                        {body}
                    </pre>
                }
                    .into_any()
            }}
        </section>
    }
}
