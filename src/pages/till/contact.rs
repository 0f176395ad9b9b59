//! Whom to ask when nothing on the page helps: the vendor's support, by e-mail and telephone.

use leptos::prelude::*;
use passerelle_wire::Vendor;

use crate::{
    components::copy::{Copied, Copy},
    i18n::{language, td_string, text, tr},
};

/// A link that opens a mail, the address to copy, and the telephone where there is one.
#[component]
pub fn Contact(
    /// The vendor.
    vendor: Vendor,
) -> impl IntoView {
    let language = language();
    let name = vendor.name;
    let href = format!("mailto:{}?subject=HubRise", vendor.support.email);
    view! {
        <p class="contact">
            <a href=href>{text(move || td_string!(language.get(), locked.contact, vendor = name.as_str()))}</a>
            <Copy text=vendor.support.email what=Copied::Address />
            {vendor
                .support
                .phone
                .map(|phone| {
                    let href = format!("tel:{}", phone.replace(' ', ""));
                    view! { <span>{tr!(language, support.phone)} " " <a href=href>{phone}</a></span> }
                })}
        </p>
    }
}
