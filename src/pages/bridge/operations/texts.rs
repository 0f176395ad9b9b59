//! What the bodies of requests and answers hold of the text looked for, below what is known of the orders: found step by
//! step, newest first, as far back as it was looked.

use leptos::prelude::*;

use super::{super::Here, Asked, frame::Frame, list::List, tools::Far};
use crate::{
    components::dynamic::perhaps,
    i18n::{language, td_string, text, tr},
    logic::operation_pages::Pages,
};

/// The section, while a text is looked for.
#[component]
pub fn Texts(
    /// The till.
    here: Here,
    /// What is asked for.
    asked: Asked,
) -> impl IntoView {
    let wanted = Memo::new(move |_| Some(asked.query.get()).filter(|query| !query.text().is_empty()));
    perhaps(move || {
        let here = here.clone();
        wanted.get().map(|_| view! { <Said here=here asked=asked /> })
    })
}

#[component]
fn Said(here: Here, asked: Asked) -> impl IntoView {
    let language = language();
    let list = List::of_bodies(&here, asked);
    let some = Memo::new(move |_| list.pages.with(Pages::lines_known) > 0 || list.stuck.with(Option::is_some));
    let stands = text(move || match (some.get(), list.pages.with(Pages::more)) {
        (true, _) => "",
        (false, true) => td_string!(language.get(), operations.searching),
        (false, false) => td_string!(language.get(), operations.texts_none),
    });
    view! {
        <section class="texts" aria-labelledby="said">
            <div class="tools">
                <h2 id="said">{tr!(language, operations.texts)}</h2>
                <span class="muted small" role="status">
                    {stands}
                </span>
                <Far list=list />
            </div>
            {perhaps(move || {
                let here = here.clone();
                some.get().then(|| view! { <Frame here=here list=list named="said" /> })
            })}
        </section>
    }
}
