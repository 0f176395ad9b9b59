//! What went wrong: what happened, what it means, what to do, one button, and what to quote to support.

use leptos::prelude::*;
use stylers::style_sheet;

use super::{
    copy::{Copied, Copy},
    icon::{Glyph, Icon},
};
use crate::{
    api::ApiError,
    i18n::{language, text, tr},
    logic::problem::words,
};

const SCOPE: &str = style_sheet!("style/components/problem.css");

/// How much of the page the problem takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the page: its title is the page's heading.
    Page,
    /// It stands beside what it is about.
    Inline,
}

/// A problem and the button that cures it.
#[component]
pub fn ProblemPanel(
    /// What failed.
    error: ApiError,
    /// How much of the page it takes.
    place: Place,
    /// The one button, and perhaps a quiet link beside it.
    children: Children,
) -> impl IntoView {
    let language = language();
    let reference = error.request_id().map(str::to_owned);
    let error = StoredValue::new(error);
    let words = move || error.with_value(|error| words(language.get(), error));
    let title = text(move || words().title);
    let (class, heading) = match place {
        Place::Page => ("page", view! { <h1 id="state" tabindex="-1">{title}</h1> }.into_any()),
        Place::Inline => ("inline", view! { <h2>{title}</h2> }.into_any()),
    };
    view! {
        <section class=format!("{SCOPE} problem {class}") role=(place == Place::Inline).then_some("alert")>
            <span class="mark">
                <Icon of=Glyph::Warn />
            </span>
            <div class="words">
                {heading}
                <p>{text(move || words().means)}</p>
                <p>{text(move || words().todo)}</p>
                <div class="steps">{children()}</div>
                {reference
                    .map(|reference| {
                        view! {
                            <p class="reference">
                                <span>{tr!(language, problem.reference)}</span>
                                <Copy text=reference what=Copied::Reference />
                            </p>
                        }
                    })}
            </div>
        </section>
    }
}
