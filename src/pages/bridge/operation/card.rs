//! The cause card: what happened, what it means, what to do, who can do it; which part of the order or of the request it is
//! about; the way to where it is cured, and what can be done here.

use leptos::prelude::*;
use passerelle_wire::{NoteCode, OperationLine, OperationState, Resendable, Way};

use super::{
    super::operations::{class, glyph},
    acts::Acts,
    tale::Tale,
};
use crate::{
    browser::clock::{self, Precision},
    components::{
        button::{LinkButton, Weight},
        dynamic::{dynamic, perhaps},
        icon::Icon,
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        cause::{Cure, Words, cure, is_lost, is_said_by_till, outlook, words},
        operation::{Look, about, look, state, title},
        query::encode,
        visible::visible,
    },
    routes::Part,
};

/// The card.
#[component]
pub fn CauseCard(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let (here, operation, sides) = (tale.here.clone(), tale.operation, tale.sides);
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
    let local = move |at: &str| {
        let zone = operation.with(|operation| operation.timezone.clone());
        clock::local(language.code(), at, zone.as_deref(), Precision::Second)
    };
    // What happens by itself, or that nothing does any more.
    let onward = text(move || {
        line.with(|line| {
            let next = line.next_try_at.as_deref().map(local);
            outlook(language.get(), line.state, next.as_deref()).unwrap_or_default()
        })
    });
    let detail = text(move || line.with(|line| detail(language.get(), line)));
    let facts = text(move || line.with(|line| facts(language.get(), language.code(), line, &local)));
    let manual = text(move || {
        line.with(|line| match (line.manual, line.resends) {
            (true, _) => td_string!(language.get(), operation.act.manual),
            (false, 1..) => td_string!(language.get(), operation.act.resends),
            (false, 0) => "",
        })
    });
    let path = here.clone();
    let cured = Memo::new(move |_| line.with(|line| line.cause.map_or(Cure::Elsewhere, cure)));
    let spot = Memo::new(move |_| {
        // They come after the operation: of one that failed no longer, they may still tell what it failed of.
        line.with(|line| line.cause)?;
        sides.with(|sides| sides.as_ref()?.about.clone())
    });
    let lost = Memo::new(move |_| {
        // Amounts that differ tell what to change, too.
        let noted = |code| operation.with(|now| now.notes.iter().any(|note| note.code == code));
        let found = spot.with(Option::is_some) || noted(NoteCode::TotalDiffers);
        line.with(|line| is_lost(line, found))
    });
    let answer = Memo::new(move |_| {
        operation.with(|now| {
            let call = now.exchanges.iter().rev().find(|exchange| exchange.way == Way::BridgeToTill)?;
            Some((now.line.id.clone(), call.id.clone()))
        })
    });
    // Where the cure is elsewhere in the console, that is the one next step.
    let foremost = Memo::new(move |_| {
        let safe = line.with(|line| line.resendable == Resendable::Safe);
        safe && asks.get() == Look::Broken && cured.get() == Cure::Elsewhere
    });
    let paragraph = |words: Signal<String>, class: &'static str| {
        perhaps(move || {
            Some(words.get()).filter(|words| !words.is_empty()).map(|words| view! { <p class=class>{words}</p> })
        })
    };
    let shown = tale.clone();
    let about = move || {
        spot.get().map(|spot| {
            let (tale, point) = (shown.clone(), spot.point());
            view! {
                <p>
                    {tr!(language, operation.about.it)}
                    " "
                    <strong>
                        <bdi>{visible(&spot.what).into_owned()}</bdi>
                    </strong>
                    " "
                    <button type="button" class="link" on:click=move |_| tale.show(point)>
                        {tr!(language, operation.about.show)}
                    </button>
                </p>
            }
        })
    };
    let answered = here.clone();
    let helped = tale.clone();
    view! {
        <section class=move || format!("card cause {}", class(asks.get())) aria-labelledby="state">
            <div class="body">
                <p class=move || format!("what {}", class(asks.get()))>
                    {dynamic(move || view! { <Icon of=glyph(asks.get()) /> })}
                    <strong>{text(move || line.with(|line| state(language.get(), line)))}</strong>
                    <span class="muted">
                        <bdi>{text(move || line.with(|line| visible(&title(language.get(), line)).into_owned()))}</bdi>
                        <bdi>{facts}</bdi>
                    </span>
                    {paragraph(manual, "small")}
                </p>
                <h1 id="state" tabindex="-1">
                    {of(|words| words.title)}
                </h1>
                <p>{of(|words| words.means)}</p>
                {paragraph(todo, "todo")}
                {paragraph(detail, "said")}
                {perhaps(about)}
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
                {perhaps(move || lost.get().then(|| view! { <Lost tale=helped.clone() /> }))}
                <div class="buttons">
                    {perhaps(move || {
                        let (href, label) = match cured.get() {
                            Cure::Elsewhere => return None,
                            Cure::Configuration => (path.path(Part::Configuration), tr!(language, operation.configure)),
                            Cure::Menu => (path.path(Part::Menu), tr!(language, operation.check_menu)),
                            Cure::Connection => (path.till_path(), tr!(language, operation.connection)),
                        };
                        Some(view! { <LinkButton href=href label=label weight=Weight::Primary /> })
                    })} <Acts tale=tale foremost=foremost />
                    {perhaps(move || {
                        let (operation, exchange) = answer.get()?;
                        let href = answered.path(Part::Exchange { operation, exchange });
                        line.with(|line| line.cause.is_some())
                            .then(|| view! { <a href=href>{tr!(language, operation.about.answer)}</a> })
                    })}
                </div>
            </div>
        </section>
    }
}

/// Whom to ask where nothing here says what to change, and what to give them.
#[component]
fn Lost(tale: Tale) -> impl IntoView {
    let language = language();
    let support = &tale.here.vendor.support;
    let email = support.till_email.clone().unwrap_or_else(|| support.email.clone());
    let (place, operation) = (tale.place, tale.operation);
    let case = Signal::derive(move || place.with_value(|place| place.case_url(language.code(), true)));
    let address = email.clone();
    let mail = Signal::derive(move || {
        let id = operation
            .with(|now| now.line.order.as_ref().map_or_else(|| now.line.id.clone(), |order| order.order_id.clone()));
        let locale = language.get();
        let subject = td_string!(locale, operation.about.subject, id = id.as_str());
        let letter = td_string!(locale, operation.about.letter);
        ["mailto:", &address, "?subject=", &encode(&subject), "&body=", &encode(letter)].concat()
    });
    view! {
        <p>
            {text(move || td_string!(language.get(), operation.about.lost, email = email.as_str()))} " "
            <a href=move || mail.get()>{tr!(language, operation.about.write)}</a> " · "
            <a href=move || case.get() download="">
                {tr!(language, operation.about.take)}
            </a>
        </p>
    }
}

/// Channel, amount and time of an order, each after a dot.
fn facts(locale: Locale, code: &'static str, line: &OperationLine, local: &impl Fn(&str) -> String) -> String {
    let Some(order) = &line.order else {
        return line.stock.map(|_| [" · ", &about(locale, line)].concat()).unwrap_or_default();
    };
    let due =
        order.expected_at.as_deref().map(|at| [td_string!(locale, operation.story.wanted), " ", &local(at)].concat());
    let channel =
        order.channel.as_deref().filter(|channel| !channel.is_empty()).map(|channel| visible(channel).into_owned());
    let total = order.total.as_deref().map(|total| clock::money(code, total));
    [channel, total, due].into_iter().flatten().map(|fact| [" · ", &fact].concat()).collect()
}

/// What was said beside the cause: by the till in its own words, or by whoever noted it.
fn detail(locale: Locale, line: &OperationLine) -> String {
    let detail = line.detail.as_deref().filter(|detail| !detail.is_empty()).map(visible);
    match (detail, line.cause) {
        (None, _) => String::new(),
        (Some(detail), Some(cause)) if is_said_by_till(cause) => td_string!(locale, operation.said, detail = &*detail),
        (Some(_), None) if line.state == OperationState::Delivered => String::new(),
        (Some(detail), _) => td_string!(locale, operation.detail, detail = &*detail),
    }
}
