//! What unfolds under the state of a till that is not connected yet: what it will be allowed to do, in plain words, and
//! how support is given access.

use leptos::prelude::*;
use passerelle_wire::Permission;

use super::{Here, support_access::SupportAccess};
use crate::{
    components::disclosure::Disclosure,
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
    /// Whether how to give support access is told elsewhere on the page.
    #[prop(optional)]
    alone: bool,
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
        {(!alone)
            .then(|| {
                view! {
                    <Disclosure title=tr!(language, support.title)>
                        <SupportAccess vendor=vendor />
                    </Disclosure>
                }
            })}
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
