//! Both sides added up, line by line, with what differs.

use leptos::prelude::*;
use passerelle_wire::Sum;

use super::super::tale::Tale;
use crate::{
    browser::clock,
    components::dynamic::perhaps,
    i18n::{Locale, language, td_string, text, tr},
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
    let sides = tale.sides;
    let till = tale.here.name();
    let write = move |amount: Option<String>| {
        text(move || match &amount {
            None => td_string!(language.get(), operation.sides.unread).to_owned(),
            Some(amount) => clock::money(language.code(), amount),
        })
    };
    perhaps(move || {
        let all = sides.with(|sides| sides.as_ref().map(|sides| sides.totals.clone()).unwrap_or_default());
        (!all.is_empty()).then(|| {
            let lines = all.into_iter().map(|total| {
                let of = total.of;
                let class = if total.difference.is_some() { "differs" } else { "" };
                let difference = match total.difference {
                    None => tr!(language, operation.sides.same),
                    difference => write(difference),
                };
                view! {
                    <tr class=class>
                        <th scope="row">{text(move || name(language.get(), of))}</th>
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

fn name(locale: Locale, of: Sum) -> &'static str {
    match of {
        Sum::Items => td_string!(locale, operation.sides.sum_items),
        Sum::Discounts => td_string!(locale, operation.sides.sum_discounts),
        Sum::Charges => td_string!(locale, operation.sides.sum_charges),
        Sum::Tips => td_string!(locale, operation.sides.sum_tips),
        Sum::Total => td_string!(locale, operation.sides.sum_total),
        Sum::Paid => td_string!(locale, operation.sides.sum_paid),
    }
}
