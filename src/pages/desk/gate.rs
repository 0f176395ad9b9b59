//! Who does not see the desk: what it is, and how to get in or back.

use leptos::prelude::*;
use stylers::style_sheet;

use super::Here;
use crate::{
    app::Ready,
    components::button::{Button, LinkButton, Weight},
    i18n::{language, td_string, text, tr},
    pages::{begin::Begin, stuck::Unbegun},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/desk_gate.css");

/// For who is not signed in.
#[component]
pub fn SignIn(
    /// The vendor.
    here: Here,
) -> impl IntoView {
    let language = language();
    Ready::mark(here.site());
    let begin = Begin::sign_in(&here.slug());
    let name = here.vendor.with_value(|vendor| vendor.name.clone());
    let lead = text(move || td_string!(language.get(), desk.sign_in_lead, vendor = name.as_str()));
    let label = text(move || match begin.busy.get() {
        true => td_string!(language.get(), till.connecting),
        false => td_string!(language.get(), desk.sign_in),
    });
    view! {
        <section class=format!("{SCOPE} card gate")>
            <div class="body">
                <h1>{tr!(language, desk.title)}</h1>
                <p class="muted">{lead}</p>
                <div class="buttons">
                    <Button label=label weight=Weight::Primary busy=begin.busy on_press=move |()| begin.start() />
                    <Back here=here weight=Weight::Plain />
                </div>
                <Unbegun begin=begin />
            </div>
        </section>
    }
}

/// For who is signed in, but is not of the vendor's support.
#[component]
pub fn Refused(
    /// The vendor.
    here: Here,
    /// Who is signed in; empty when not known.
    email: String,
) -> impl IntoView {
    let language = language();
    Ready::mark(here.site());
    let name = here.vendor.with_value(|vendor| vendor.name.clone());
    let title = text(move || td_string!(language.get(), desk.only_title, vendor = name.as_str()));
    let means = (!email.is_empty()).then(|| {
        let means = text(move || td_string!(language.get(), desk.only_means, email = email.as_str()));
        view! { <p class="muted">{means}</p> }
    });
    view! {
        <section class=format!("{SCOPE} card gate")>
            <div class="body">
                <h1>{title}</h1>
                {means}
                <p class="muted">{tr!(language, desk.only_todo)}</p>
                <div class="buttons">
                    <Back here=here weight=Weight::Primary />
                </div>
            </div>
        </section>
    }
}

/// The way back to the vendor's own page.
#[component]
fn Back(here: Here, weight: Weight) -> impl IntoView {
    let language = language();
    let name = here.vendor.with_value(|vendor| vendor.name.clone());
    let label = text(move || td_string!(language.get(), desk.back, vendor = name.as_str()));
    view! { <LinkButton href=Site::Vendor { vendor: here.slug() }.path() label=label weight=weight /> }
}
