//! The way back to the operation, and to the exchanges before and after this one.

use leptos::prelude::*;
use passerelle_wire::Operation;

use super::super::Here;
use crate::{
    components::{
        dynamic::perhaps,
        icon::{Glyph, Icon},
    },
    i18n::{language, td_string, text, tr},
    logic::{operation::title, visible::visible},
    routes::Part,
};

/// The way back to the operation, and to the exchanges before and after this one.
#[component]
pub fn Around(
    /// The till.
    here: Here,
    /// The operation.
    operation: Memo<Operation>,
    /// The exchange's id.
    id: String,
) -> impl IntoView {
    let language = language();
    let whole = operation.with_untracked(|operation| operation.line.id.clone());
    let back = here.path(Part::Operation(whole.clone()));
    let order = text(move || operation.with(|operation| visible(&title(language.get(), &operation.line)).into_owned()));
    let at = Memo::new(move |_| {
        operation.with(|operation| {
            let lines = &operation.exchanges;
            let at = lines.iter().position(|line| line.id == id).unwrap_or_default();
            let id = |at: usize| lines.get(at).map(|line| line.id.clone());
            (at.checked_sub(1).and_then(id), at + 1, lines.len(), id(at + 1))
        })
    });
    let link = move |to: Option<String>, label: Signal<String>, glyph: Glyph| {
        let icon = move || view! { <Icon of=glyph /> };
        match to {
            Some(exchange) => {
                let href = here.path(Part::Exchange { operation: whole.clone(), exchange });
                view! {
                    <a href=href aria-label=label title=label>
                        {icon()}
                    </a>
                }
                .into_any()
            }
            None => view! { <span class="muted">{icon()}</span> }.into_any(),
        }
    };
    view! {
        <p class="back">
            <a href=back>
                <Icon of=Glyph::Left />
                <span>
                    <bdi>{order}</bdi>
                </span>
            </a>
        </p>
        {perhaps(move || {
            let (before, at, count, after) = at.get();
            let link = link.clone();
            (count > 1)
                .then(move || {
                    view! {
                        <nav class="around" aria-label=tr!(language, exchange.around)>
                            {link(before, tr!(language, exchange.before), Glyph::Left)}
                            <span>
                                {text(move || td_string!(language.get(), exchange.place, at = at, count = count))}
                            </span>
                            {link(after, tr!(language, exchange.after), Glyph::Right)}
                        </nav>
                    }
                })
        })}
    }
}
