//! The cause card: what happened, what it means, what to do, who can do it, and the way to where it is done.

use leptos::prelude::*;
use passerelle_wire::{Operation, OperationLine, OperationState};

use super::super::{
    Here,
    operations::{class, glyph},
};
use crate::{
    browser::clock::{self, Precision},
    components::{
        button::{LinkButton, Weight},
        dynamic::{dynamic, perhaps},
        icon::Icon,
    },
    i18n::{language, td_string, text, tr},
    logic::{
        cause::{Cure, Words, cure, is_said_by_till, outlook, words},
        operation::{look, state, title},
    },
    routes::Part,
};

/// The card.
#[component]
pub fn CauseCard(
    /// The till.
    here: Here,
    /// The operation.
    operation: Memo<Operation>,
) -> impl IntoView {
    let language = language();
    let line = Memo::new(move |_| operation.with(|operation| operation.line.clone()));
    let name = here.name();
    let said = Memo::new(move |_| {
        let name = name.get();
        line.with(|line| words(language.get(), line, &name))
    });
    let asks = Memo::new(move |_| line.with(look));
    let of = move |take: fn(&Words) -> &str| text(move || said.with(|words| take(words).to_owned()));
    let todo = of(|words| &words.todo);
    let who = of(|words| &words.who);
    // What happens by itself, or that nothing does any more.
    let onward = text(move || {
        let zone = operation.with(|operation| operation.timezone.clone());
        line.with(|line| {
            let next = line
                .next_try_at
                .as_deref()
                .map(|at| clock::local(language.code(), at, zone.as_deref(), Precision::Second));
            outlook(language.get(), line.state, next.as_deref()).unwrap_or_default()
        })
    });
    let detail = text(move || line.with(|line| detail(language.get(), line)));
    let path = here.clone();
    let cured = Memo::new(move |_| line.with(|line| line.cause.map_or(Cure::Elsewhere, cure)));
    let paragraph = |words: Signal<String>, class: &'static str| {
        perhaps(move || {
            Some(words.get()).filter(|words| !words.is_empty()).map(|words| view! { <p class=class>{words}</p> })
        })
    };
    view! {
        <section class=move || format!("card cause {}", class(asks.get())) aria-labelledby="state">
            <div class="body">
                <p class=move || format!("what {}", class(asks.get()))>
                    {dynamic(move || view! { <Icon of=glyph(asks.get()) /> })}
                    <strong>{text(move || line.with(|line| state(language.get(), line)))}</strong>
                    <span class="muted">{text(move || line.with(|line| title(language.get(), line)))}</span>
                </p>
                <h1 id="state" tabindex="-1">
                    {of(|words| words.title)}
                </h1>
                <p>{of(|words| words.means)}</p>
                {paragraph(todo, "todo")}
                {paragraph(detail, "said")}
                {paragraph(onward, "muted")}
                {perhaps(move || {
                    Some(who.get())
                        .filter(|who| !who.is_empty())
                        .map(|who| {
                            view! {
                                <p class="small">
                                    <strong>{tr!(language, operation.who)}</strong>
                                    " · "
                                    {who}
                                </p>
                            }
                        })
                })}
                {perhaps(move || {
                    let (href, label) = match cured.get() {
                        Cure::Elsewhere => return None,
                        Cure::Configuration => (path.path(Part::Configuration), tr!(language, operation.configure)),
                        Cure::Menu => (path.path(Part::Menu), tr!(language, operation.check_menu)),
                        Cure::Connection => (path.till_path(), tr!(language, operation.connection)),
                    };
                    Some(view! {
                        <p>
                            <LinkButton href=href label=label weight=Weight::Primary />
                        </p>
                    })
                })}
            </div>
        </section>
    }
}

/// What was said beside the cause: by the till in its own words, or by whoever noted it.
fn detail(locale: crate::i18n::Locale, line: &OperationLine) -> String {
    match (line.detail.as_deref().filter(|detail| !detail.is_empty()), line.cause) {
        (None, _) => String::new(),
        (Some(detail), Some(cause)) if is_said_by_till(cause) => {
            td_string!(locale, operation.said, detail = detail)
        }
        (Some(_), None) if line.state == OperationState::Delivered => String::new(),
        (Some(detail), _) => td_string!(locale, operation.detail, detail = detail),
    }
}
