//! The tills of a vendor, side by side under the bar; one of them is this page.

use leptos::prelude::*;
use stylers::style_sheet;

use crate::i18n::{language, tr};

const SCOPE: &str = style_sheet!("style/components/tills.css");

/// A till to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its address.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Whether it is this page.
    pub here: bool,
}

/// The tills; takes the same space when there is only one, which is then named and no link.
#[component]
pub fn Tills(
    /// In the vendor's order.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
) -> impl IntoView {
    let language = language();
    let links = move || {
        let tabs = tabs.get();
        let alone = tabs.len() == 1;
        tabs.into_iter()
            .map(|Tab { href, name, here }| {
                if alone {
                    view! { <span class="alone">{name}</span> }.into_any()
                } else {
                    view! { <a href=href aria-current=here.then_some("page")>{name}</a> }.into_any()
                }
            })
            .collect_view()
    };
    view! {
        <nav class=format!("{SCOPE} row tills") aria-label=tr!(language, till.tills)>
            {links}
        </nav>
    }
}
