//! How support is given access at HubRise, whether it was seen to work, and the other ways to reach support.

use leptos::prelude::*;
use passerelle_wire::Vendor;

use crate::{
    browser::clock,
    components::{
        button::NewTab,
        copy::{Copied, Copy},
        disclosure::Disclosure,
    },
    i18n::{language, td_string, text, tr},
};

/// The panel of a connection: its title says whether support has proven its access.
#[component]
pub fn SupportPanel(
    /// The vendor.
    vendor: Vendor,
    /// When support last proved it, if it ever did.
    verified_at: Memo<Option<String>>,
) -> impl IntoView {
    let language = language();
    let name = StoredValue::new(vendor.name.clone());
    let verified = text(move || {
        verified_at.with(|at| match at {
            Some(at) => {
                td_string!(language.get(), checks.support, time = clock::date_time(language.code(), at))
            }
            None => td_string!(language.get(), checks.support_never).to_owned(),
        })
    });
    let title = text(move || format!("{} · {}", td_string!(language.get(), support.title), verified.get()));
    let how = text(move || {
        let (locale, vendor) = (language.get(), name.get_value());
        if verified_at.with(Option::is_some) {
            td_string!(locale, checks.support_how, vendor = vendor)
        } else {
            td_string!(locale, checks.support_how_never, vendor = vendor)
        }
    });
    view! {
        <Disclosure title=title>
            <p>{how}</p>
            <SupportAccess vendor=vendor />
        </Disclosure>
    }
}

/// The steps at HubRise, the address to add, and the other ways to reach support.
#[component]
pub fn SupportAccess(
    /// The vendor.
    vendor: Vendor,
) -> impl IntoView {
    let language = language();
    let Vendor { name, support, menu_path, back_office_url, .. } = vendor;
    let name = StoredValue::new(name);
    let role = StoredValue::new(support.role);
    let path = menu_path.join(" › ");
    view! {
        <p>{text(move || td_string!(language.get(), support.lead, vendor = name.get_value()))}</p>
        <ol>
            <li>{tr!(language, support.step_open)}</li>
            <li>
                {text(move || td_string!(language.get(), support.step_add, role = role.get_value()))} " "
                <Copy text=support.email what=Copied::Address />
            </li>
            <li>{tr!(language, support.step_plus)}</li>
        </ol>
        <p class="muted">{tr!(language, support.advice)}</p>
        <p>
            <a href=back_office_url target="_blank" rel="noopener noreferrer">
                {tr!(language, till.open_hubrise)}
                <NewTab />
            </a>
        </p>
        {support
            .phone
            .map(|phone| {
                let href = format!("tel:{}", phone.replace(' ', ""));
                view! { <p>{tr!(language, support.phone)} " " <a href=href>{phone}</a></p> }
            })}
        {support
            .docs_url
            .map(|docs| {
                view! {
                    <p>
                        <a href=docs target="_blank" rel="noopener noreferrer">
                            {text(move || td_string!(language.get(), support.docs, vendor = name.get_value()))}
                            <NewTab />
                        </a>
                    </p>
                }
            })}
        {(!path.is_empty())
            .then(|| {
                view! {
                    <p class="muted">
                        {text(move || td_string!(language.get(), support.path, vendor = name.get_value(), path = path.as_str()))}
                    </p>
                }
            })}
    }
}
