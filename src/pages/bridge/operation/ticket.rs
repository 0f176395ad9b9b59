//! The kitchen ticket: the order as anybody can read it, ready to be printed alone.

use leptos::prelude::*;

use super::tale::Tale;
use crate::{
    browser::{
        clock::{self, Precision},
        page,
    },
    components::{
        button::{Button, Weight},
        dynamic::perhaps,
    },
    i18n::{language, td_string, text, tr},
    logic::{
        sides::{Kind, Model, Section},
        ticket::{Entry, entries},
        visible::visible,
    },
};

/// The ticket; nothing where nothing was ordered.
#[component]
pub fn Ticket(
    /// What the page knows.
    tale: Tale,
    /// Whether only the ticket is to be printed.
    printing: RwSignal<bool>,
) -> impl IntoView {
    let language = language();
    let (operation, model) = (tale.operation, tale.model);
    let all = Memo::new(move |_| model.with(|model| model.as_ref().map(entries).unwrap_or_default()));
    let sent = Memo::new(move |_| model.with(|model| model.as_ref().is_some_and(|model| !model.right.is_empty())));
    let how = Memo::new(move |_| model.with(|model| model.as_ref().and_then(payment)));
    // What the kitchen calls it, and where it came from.
    let head = text(move || {
        operation.with(|now| {
            let Some(order) = &now.line.order else { return String::new() };
            let name = order.reference.as_deref().filter(|name| !name.is_empty()).unwrap_or(&order.order_id);
            match order.channel.as_deref().filter(|channel| !channel.is_empty()) {
                Some(channel) => [&*visible(name), " · ", &visible(channel)].concat(),
                None => visible(name).into_owned(),
            }
        })
    });
    let due = text(move || {
        operation.with(|now| {
            let due = now.line.order.as_ref().and_then(|order| order.expected_at.as_deref());
            match due {
                Some(due) => clock::local(language.code(), due, now.timezone.as_deref(), Precision::Second),
                None => td_string!(language.get(), operation.asap).to_owned(),
            }
        })
    });
    let print = move |()| {
        printing.set(true);
        // Once the page is laid out for it.
        request_animation_frame(move || {
            page::print();
            _ = printing.try_set(false);
        });
    };
    perhaps(move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            let lines = all.into_iter().map(|Entry { depth, count, name, aside }| {
                let class = format!("d{}{}", depth.min(4), if aside { " aside" } else { "" });
                let count = (!count.is_empty()).then(|| view! { <span class="count">{count}</span> " " });
                view! {
                    <li class=class>
                        {count} <bdi>{visible(&name).into_owned()}</bdi>
                    </li>
                }
            });
            let note = text(move || match sent.get() {
                true => td_string!(language.get(), operation.ticket.as_sent),
                false => td_string!(language.get(), operation.ticket.as_ordered),
            });
            let paid = text(move || match how.get() {
                Some(Some(how)) => td_string!(language.get(), operation.ticket.pay, how = &*visible(&how)),
                Some(None) => td_string!(language.get(), operation.ticket.paid).to_owned(),
                None => String::new(),
            });
            view! {
                <section class="card ticket" aria-labelledby="ticket">
                    <div class="body">
                        <h2 id="ticket">{tr!(language, operation.ticket.title)}</h2>
                        <p class="small muted">{note}</p>
                        <div class="paper">
                            <p>
                                <strong>
                                    <bdi>{head}</bdi>
                                </strong>
                            </p>
                            <p>{due}</p>
                            <ul>{lines.collect_view()}</ul>
                            <p>
                                <bdi>{paid}</bdi>
                            </p>
                        </div>
                        <div class="buttons">
                            <Button label=tr!(language, operation.ticket.print) weight=Weight::Plain on_press=print />
                        </div>
                    </div>
                </section>
            }
        })
    })
}

/// What the request says of paying: how it will be paid, or that it was; nothing where it says neither.
fn payment(model: &Model) -> Option<Option<String>> {
    let mut paying = model.right.iter().filter(|line| line.section == Section::Payments);
    let footer = paying.clone().find(|line| line.kind == Kind::Field);
    match footer {
        Some(footer) => footer.cells.first().map(|cell| Some(cell.text.clone())),
        None => paying.any(|line| line.kind == Kind::Payment).then_some(None),
    }
}
