//! The kitchen ticket: the order as anybody can read it, ready to be printed alone.

use leptos::prelude::*;
use passerelle_wire::{Sides, TicketLine};

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
    logic::visible::visible,
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
    let (operation, sides) = (tale.operation, tale.sides);
    let all =
        Memo::new(move |_| sides.with(|sides| sides.as_ref().map(|sides| sides.ticket.clone()).unwrap_or_default()));
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
            let lines = all.into_iter().map(|TicketLine { depth, count, name, aside }| {
                let class = format!("d{}{}", depth.min(4), if aside { " aside" } else { "" });
                let count = (!count.is_empty()).then(|| view! { <span class="count">{count}</span> " " });
                view! {
                    <li class=class>
                        {count} <bdi>{visible(&name).into_owned()}</bdi>
                    </li>
                }
            });
            let note =
                text(move || match sides.with(|sides| sides.as_ref().is_some_and(|sides| !sides.right.is_empty())) {
                    true => td_string!(language.get(), operation.ticket.as_sent),
                    false => td_string!(language.get(), operation.ticket.as_ordered),
                });
            let paid = text(move || {
                sides.with(|sides| match sides {
                    Some(Sides { pays: Some(how), .. }) => {
                        td_string!(language.get(), operation.ticket.pay, how = &*visible(how))
                    }
                    Some(Sides { paid: true, .. }) => td_string!(language.get(), operation.ticket.paid).to_owned(),
                    _ => String::new(),
                })
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
