//! The parts of the form about orders, deals and discounts.

use leptos::prelude::*;
use passerelle_wire::{BridgeChoices, OnRefusal, OnUnknown};

use super::{
    fields::{Either, Tick},
    form::Form,
};
use crate::{
    components::field::Field,
    i18n::{language, td_string, text, tr},
    logic::draft::LONGEST_REF,
};

/// Reads a choice as it stands in the form.
fn read(form: Form, take: fn(&BridgeChoices) -> bool) -> Signal<bool> {
    Signal::derive(move || form.choices.with(take))
}

/// What HubRise is told, and what becomes of orders that did not go well.
#[component]
pub fn Orders(
    /// The form.
    form: Form,
) -> impl IntoView {
    let language = language();
    view! {
        <section class="part" aria-labelledby="part-orders">
            <h2 id="part-orders">{tr!(language, configuration.orders)}</h2>
            <div class="line choice">
                <label for="new-status">{tr!(language, configuration.new_status)}</label>
                // HubRise's own bridge offers no other.
                <select id="new-status" aria-describedby="new-status-hint">
                    <option selected=true>{tr!(language, configuration.received)}</option>
                </select>
                <p id="new-status-hint" class="small muted">
                    {tr!(language, configuration.new_status_hint)}
                </p>
            </div>
            <Either
                name="on-refusal"
                legend=tr!(language, configuration.on_refusal)
                offers=[tr!(language, configuration.stay_new), tr!(language, configuration.reject)]
                other=read(form, |choices| choices.on_refusal == OnRefusal::Reject)
                on_change=move |reject| {
                    form.choose(|choices| {
                        choices.on_refusal = if reject { OnRefusal::Reject } else { OnRefusal::StayNew };
                    });
                }
            />
            <Either
                name="on-unknown"
                legend=tr!(language, configuration.on_unknown)
                offers=[tr!(language, configuration.hold), tr!(language, configuration.resend)]
                other=read(form, |choices| choices.on_unknown == OnUnknown::Resend)
                on_change=move |resend| {
                    form.choose(|choices| {
                        choices.on_unknown = if resend { OnUnknown::Resend } else { OnUnknown::Hold };
                    });
                }
            />
        </section>
    }
}

/// How deals are sent.
#[component]
pub fn Deals(
    /// The form.
    form: Form,
) -> impl IntoView {
    let language = language();
    view! {
        <section class="part" aria-labelledby="part-deals">
            <h2 id="part-deals">{tr!(language, configuration.deals)}</h2>
            <Tick
                id="aggregate"
                label=tr!(language, configuration.aggregate)
                hint=tr!(language, configuration.aggregate_hint)
                on=read(form, |choices| choices.deals.aggregate_prices)
                on_change=move |on| form.choose(|choices| choices.deals.aggregate_prices = on)
            />
            <Tick
                id="combo"
                label=tr!(language, configuration.combo)
                hint=tr!(language, configuration.combo_hint)
                on=read(form, |choices| choices.deals.refs_as_combo_ids)
                on_change=move |on| form.choose(|choices| choices.deals.refs_as_combo_ids = on)
            />
        </section>
    }
}

/// How discounts are sent.
#[component]
pub fn Discounts(
    /// The form.
    form: Form,
    /// The till's name.
    till: Signal<String>,
) -> impl IntoView {
    let language = language();
    let wrong = text(move || match form.draft().is_ref_too_long() {
        true => td_string!(language.get(), configuration.default_ref_long),
        false => "",
    });
    view! {
        <section class="part" aria-labelledby="part-discounts">
            <h2 id="part-discounts">{tr!(language, configuration.discounts)}</h2>
            <Field
                id="default-ref"
                label=tr!(language, configuration.default_ref)
                hint=tr!(language, configuration.default_ref_hint)
                value=form.default_ref
                problem=wrong
                longest=4 * LONGEST_REF
            />
            <Tick
                id="fetch"
                label=tr!(language, configuration.fetch)
                hint=text(move || td_string!(language.get(), configuration.fetch_hint, till = till.get()))
                on=read(form, |choices| choices.discounts.fetch_refs)
                on_change=move |on| form.choose(|choices| choices.discounts.fetch_refs = on)
            />
        </section>
    }
}
