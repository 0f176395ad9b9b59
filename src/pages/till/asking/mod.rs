//! Not connected, and connected by the vendor's support: the four steps that lead there, and how the request stands.

mod form;
mod sent;

use leptos::prelude::*;
use passerelle_wire::{RequestState, SupportRequest, TillStatus};

use self::{form::Form, sent::Sent};
use super::{Here, folded::Folded, needs::Needs, support_access::SupportAccess};
use crate::{
    components::{
        button::NewTab,
        dynamic::perhaps,
        notice::{Notice, Tone},
        state::State,
    },
    i18n::{language, localized, td_string, text, tr},
    pages::news::Latest,
};

/// The card's content.
#[component]
pub fn Asking(
    /// The vendor and the till.
    here: Here,
    /// How the till stands.
    stands: Memo<TillStatus>,
    /// How the request stands, if there is one.
    state: Option<RequestState>,
) -> impl IntoView {
    let language = language();
    let name = StoredValue::new(here.vendor.name.clone());
    let promise = here.vendor.promise.clone();
    let (tone, title) = match state {
        Some(RequestState::Waiting) => (Tone::Info, tr!(language, asking.waiting)),
        Some(RequestState::Declined) => (Tone::Warn, tr!(language, asking.declined)),
        _ => (Tone::Off, tr!(language, till.off)),
    };
    let means = text(move || match state {
        Some(RequestState::Waiting) => {
            td_string!(language.get(), asking.waiting_means, vendor = name.get_value())
        }
        Some(RequestState::Declined) => td_string!(language.get(), asking.declined_means).to_owned(),
        _ => localized(language.get(), &promise),
    });
    // Kept once it is gone: what is shown stays until the page shows another face.
    let request = Memo::new(move |before: Option<&Option<SupportRequest>>| {
        stands.with(|stands| stands.request.clone()).or_else(|| before.cloned().flatten())
    });
    let content = if state == Some(RequestState::Waiting) {
        view! { <Sent here=here.clone() request=request /> }.into_any()
    } else {
        view! { <Steps here=here.clone() request=request /> }.into_any()
    };
    view! {
        <State tone=tone title=title means=means till=here.name() />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            {perhaps(move || {
                let answer = request.get()?.answer?;
                Some(
                    view! {
                        <Notice tone=Tone::Warn>
                            <p>
                                <strong>{tr!(language, asking.answer)}</strong>
                            </p>
                            <p>{answer}</p>
                        </Notice>
                    },
                )
            })}
            {content}
        </div>
        <Folded here=here granted=false alone=state != Some(RequestState::Waiting) />
    }
}

/// The four steps.
#[component]
fn Steps(here: Here, request: Memo<Option<SupportRequest>>) -> impl IntoView {
    let language = language();
    let name = here.vendor.name.clone();
    let needs = here.vendor.prerequisites.clone();
    let publisher = here.vendor.contact.clone().unwrap_or_else(|| here.vendor.support.email.clone());
    view! {
        <p>{text(move || td_string!(language.get(), asking.lead, vendor = name.as_str()))}</p>
        <ol class="steps" aria-label=tr!(language, asking.steps)>
            <li>
                <h2>{tr!(language, asking.step_needs)}</h2>
                <Needs of=needs />
                <p class="small">
                    <a href=format!("mailto:{publisher}?subject=HubRise")>{tr!(language, asking.publisher)}</a>
                </p>
            </li>
            <li>
                <h2>{tr!(language, asking.step_account)}</h2>
                <p class="small">
                    <a href=here.vendor.signup_url.clone() target="_blank" rel="noopener noreferrer">
                        {tr!(language, till.sign_up)}
                        <NewTab />
                    </a>
                </p>
                <p class="small muted">{tr!(language, asking.account_have)}</p>
            </li>
            <li>
                <h2>{tr!(language, asking.step_access)}</h2>
                <div class="small access">
                    <SupportAccess vendor=here.vendor.clone() />
                </div>
            </li>
            <li>
                <h2>{tr!(language, asking.step_request)}</h2>
                <Form here=here request=request />
            </li>
        </ol>
    }
}
