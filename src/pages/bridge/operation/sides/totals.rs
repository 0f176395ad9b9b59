//! Both sides added up, line by line, with what differs.

use leptos::prelude::*;

use super::super::tale::Tale;
use crate::{
    browser::clock,
    components::dynamic::perhaps,
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        amount::Amount,
        money,
        sides::totals::{Sum, Total, totals},
    },
};

/// HubRise's name, as it writes it; not translated.
const HUBRISE: &str = "HubRise";

/// The comparison; nothing where there is no request.
#[component]
pub fn Totals(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let all = Memo::new(move |_| tale.model.with(|model| model.as_ref().map(totals).unwrap_or_default()));
    let till = tale.here.name();
    let operation = tale.operation;
    let currency = Memo::new(move |_| {
        operation.with(|now| {
            let total = now.line.order.as_ref().and_then(|order| order.total.as_deref());
            total.and_then(money::parts).map(|(_, currency)| currency.to_owned())
        })
    });
    let write = move |amount: Option<Amount>| {
        text(move || match (amount, currency.get()) {
            (None, _) => td_string!(language.get(), operation.sides.unread).to_owned(),
            (Some(amount), None) => amount.money(),
            (Some(amount), Some(currency)) => {
                clock::money(language.code(), &[&amount.money(), " ", &currency].concat())
            }
        })
    };
    perhaps(move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            let lines = all.into_iter().map(|total| {
                let difference = total.difference();
                let difference = match difference {
                    Some(_) => write(difference),
                    None => tr!(language, operation.sides.same),
                };
                view! {
                    <tr class=if total.difference().is_some() { "differs" } else { "" }>
                        <th scope="row">{text(move || name(language.get(), total))}</th>
                        <td>{write(total.left)}</td>
                        <td>{write(total.right)}</td>
                        <td>{difference}</td>
                    </tr>
                }
            });
            view! {
                <table class="totals">
                    <caption>{tr!(language, operation.sides.totals)}</caption>
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{HUBRISE}</th>
                            <th scope="col">{till}</th>
                            <th scope="col">{tr!(language, operation.sides.difference)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            }
        })
    })
}

fn name(locale: Locale, total: Total) -> &'static str {
    match total.of {
        Sum::Items => td_string!(locale, operation.sides.sum_items),
        Sum::Discounts => td_string!(locale, operation.sides.sum_discounts),
        Sum::Charges => td_string!(locale, operation.sides.sum_charges),
        Sum::Tips => td_string!(locale, operation.sides.sum_tips),
        Sum::Total => td_string!(locale, operation.sides.sum_total),
        Sum::Paid => td_string!(locale, operation.sides.sum_paid),
    }
}
