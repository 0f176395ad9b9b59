//! What unfolds under a till's state: its permissions in plain words, and how support is given access.

use leptos::prelude::*;
use passerelle_wire::{Permission, Vendor};

use super::Here;
use crate::{
    components::{
        button::NewTab,
        copy::{Copied, Copy},
        disclosure::Disclosure,
    },
    i18n::{language, td_string, text, tr},
    logic::permission::{by_level, level_words, words},
};

/// Both.
#[component]
pub fn Folded(
    /// The vendor and the till.
    here: Here,
    /// Whether the permissions are granted already.
    granted: bool,
) -> impl IntoView {
    let language = language();
    let Here { vendor, till, .. } = here;
    let name = StoredValue::new(vendor.name.clone());
    let title = text(move || {
        let (locale, vendor) = (language.get(), name.get_value());
        if granted {
            td_string!(locale, permissions.granted, vendor = vendor)
        } else {
            td_string!(locale, permissions.title, vendor = vendor)
        }
    });
    view! {
        <Disclosure title=title>
            <Permissions permissions=till.permissions />
        </Disclosure>
        <Disclosure title=tr!(language, support.title)>
            <SupportAccess vendor=vendor />
        </Disclosure>
    }
}

/// The permissions, grouped by how far they reach.
#[component]
fn Permissions(permissions: Vec<Permission>) -> impl IntoView {
    let language = language();
    view! {
        {by_level(&permissions)
            .into_iter()
            .map(|(level, group)| {
                view! {
                    <p>{text(move || level_words(language.get(), level))}</p>
                    <ul>
                        {group
                            .into_iter()
                            .map(|permission| view! { <li>{text(move || words(language.get(), permission))}</li> })
                            .collect_view()}
                    </ul>
                }
            })
            .collect_view()}
        <p class="muted">{tr!(language, permissions.least)}</p>
    }
}

/// The steps at HubRise, the address to add, and the other ways to reach support.
#[component]
fn SupportAccess(vendor: Vendor) -> impl IntoView {
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
