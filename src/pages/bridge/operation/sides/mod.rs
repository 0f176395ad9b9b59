//! Side by side: HubRise's order left, the till's request right, in rows of what belongs together. What is pointed at lights
//! up with its counterpart; what is pressed stays lit and is told in words. On a phone each side is a tab, and the
//! counterpart opens under the line that was tapped.

mod caption;
mod half;
mod lighting;
mod rows;
mod totals;

use leptos::prelude::*;
use passerelle_wire::{Section, Side, SideRow, Via};

use self::{
    caption::caption,
    lighting::Lighting,
    rows::{Asks, rows},
    totals::Totals,
};
use super::tale::Tale;
use crate::{
    components::{
        dynamic::{dynamic, perhaps},
        notice::{Notice, Tone},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    pages::stuck::Stuck,
};

/// Both sides.
#[component]
pub fn SideBySide(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let (asked, sides, picked) = (tale.asked_sides, tale.sides, tale.picked);
    let failed = Memo::new(move |_| match asked.get() {
        Some(Err(error)) if sides.with(Option::is_none) => Some(error),
        _ => None,
    });
    let ready = Memo::new(move |_| sides.with(Option::is_some));
    let again = move |()| asked.retry();
    view! {
        <section class="card sides" aria-labelledby="sides">
            <div class="body">
                <h2 id="sides">{tr!(language, operation.sides.title)}</h2>
                <p class="small muted">{tr!(language, operation.sides.hint)}</p>
            </div>
            {dynamic(move || match (failed.get(), ready.get()) {
                (Some(error), _) => {
                    view! { <div class="body"><Stuck error=error place=Place::Inline on_repeat=again /></div> }.into_any()
                }
                (None, false) => view! { <div class="body"><Waiting shape=Shape::Lines on_again=again /></div> }.into_any(),
                (None, true) => view! { <Known tale=tale.clone() /> }.into_any(),
            })}
            <p class="caption small" role="status">
                {text(move || caption(language.get(), sides, picked))}
            </p>
        </section>
    }
}

/// What was told.
#[component]
fn Known(tale: Tale) -> impl IntoView {
    let language = language();
    let (sides, picked) = (tale.sides, tale.picked);
    let tab = RwSignal::new(Side::Order);
    // What is shown on demand is brought to the front.
    Effect::new(move |_| {
        if let Some(point) = picked.get() {
            tab.set(point.side);
        }
    });
    let till = tale.here.name();
    let name = move |side: Side| match side {
        Side::Order => tr!(language, operation.sides.order),
        Side::Request => text(move || {
            let till = till.get();
            td_string!(language.get(), operation.sides.request, till = till.as_str())
        }),
    };
    let lighting = Lighting::of(sides, picked);
    let asks = Asks { sides, picked, language };
    let press = move |side: Side| {
        view! {
            <button
                type="button"
                aria-pressed=move || if tab.get() == side { "true" } else { "false" }
                on:click=move |_| {
                    // What was picked on the other side is no longer in view.
                    picked.set(None);
                    tab.set(side);
                }
            >
                {name(side)}
            </button>
        }
    };
    let doubt = Memo::new(move |_| {
        sides.with(|sides| match sides {
            Some(told) if told.left.is_empty() => Some(0),
            Some(told) if !told.has_request => Some(1),
            Some(told) if !told.was_sent => Some(2),
            Some(told) if !told.exact => Some(3),
            _ => None,
        })
    });
    let class = move || match tab.get() {
        Side::Order => "both order",
        Side::Request => "both request",
    };
    view! {
        {perhaps(move || {
            doubt
                .get()
                .map(|doubt| {
                    let words = match doubt {
                        0 => tr!(language, operation.sides.no_order),
                        1 => tr!(language, operation.sides.no_request),
                        2 => tr!(language, operation.sides.unsent),
                        _ => tr!(language, operation.sides.inexact),
                    };
                    view! { <div class="told"><Notice tone=Tone::Info>{words}</Notice></div> }
                })
        })}
        <div class="which" role="group" aria-label=tr!(language, operation.sides.which)>
            {press(Side::Order)}
            {press(Side::Request)}
        </div>
        <div
            class=class
            on:mouseover=move |event| lighting.point(event.target())
            on:mouseleave=move |_| lighting.away()
            on:focusin=move |event| lighting.point(event.target())
            on:click=move |event| lighting.pick(event.target())
            on:keydown=move |event| {
                if lighting.walk(&event.key(), event.target()) {
                    event.prevent_default();
                }
            }
        >
            <div class="names" aria-hidden="true">
                <strong>{name(Side::Order)}</strong>
                <strong>{name(Side::Request)}</strong>
            </div>
            {dynamic(move || {
                sides
                    .with(|sides| {
                        sides
                            .as_ref()
                            .map(|sides| {
                                let shown = Section::ALL.into_iter().filter(|section| *section != Section::Rest);
                                let rest = sides.rows.iter().any(|row| row.section == Section::Rest);
                                view! {
                                    {shown.map(|section| rows(sides, section, asks)).collect_view()}
                                    {rest
                                        .then(|| {
                                            view! {
                                                <details>
                                                    <summary class="small">{tr!(language, operation.sides.rest)}</summary>
                                                    {rows(sides, Section::Rest, asks)}
                                                </details>
                                            }
                                        })}
                                }
                            })
                    })
            })}
        </div>
        <Totals tale=tale />
    }
}

/// The sign between the halves of a row, and the class that colours it.
fn sign(row: &SideRow) -> (&'static str, &'static str) {
    match row.via {
        _ if row.differs => ("≠", "differs"),
        Via::Sent => ("→", "sent"),
        Via::Merged => ("↘", "merged"),
        Via::Skipped => ("×", "skipped"),
        Via::Ignored => ("–", "ignored"),
        Via::Own | Via::Loose => ("", "own"),
    }
}
