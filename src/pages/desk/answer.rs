//! Declining a request: an answer for the merchant, in the merchant's language, ready to send and open to change.

use leptos::{html, prelude::*};
use passerelle_wire::SupportRequest;

use super::{
    Here,
    question::{Deed, Steps},
};
use crate::{
    api::desk,
    components::{button::Weight, dynamic::flag},
    i18n::{Locale, language, td_string, text, tr},
};

/// How long an answer may be, in characters.
const LONGEST: usize = 500;

/// The answer, and the button that sends it.
#[component]
pub fn Decline(
    /// The vendor.
    here: Here,
    /// What is declined.
    request: SupportRequest,
    /// Sends it.
    deed: Deed,
) -> impl IntoView {
    let language = language();
    let node = NodeRef::<html::Textarea>::new();
    let french = request.language == "fr";
    let answer = RwSignal::new(template(here, &request));
    let id = StoredValue::new(request.id);
    let bare = RwSignal::new(false);
    let label = text(move || {
        let locale = language.get();
        if french { td_string!(locale, desk.answer_french) } else { td_string!(locale, desk.answer_english) }
    });
    let send = move |()| {
        let said = answer.with_untracked(|answer| answer.trim().to_owned());
        bare.set(said.is_empty());
        if said.is_empty() {
            if let Some(node) = node.get_untracked() {
                _ = node.focus();
            }
            return;
        }
        let locale = language.get_untracked();
        let (vendor, id) = (here.slug(), id.get_value());
        deed.start(
            async move { desk::decline(&vendor, &id, &said).await },
            td_string!(locale, desk.declined).to_owned(),
            td_string!(locale, desk.late).to_owned(),
        );
    };
    view! {
        <p>{tr!(language, desk.decline_means)}</p>
        <label class="answer">
            <span class="small">{label}</span>
            <textarea
                rows="7"
                maxlength=LONGEST.to_string()
                lang=if french { "fr" } else { "en" }
                node_ref=node
                aria-invalid=move || bare.get().then_some("true")
                aria-describedby="desk-answer"
                prop:value=answer
                on:input=move |event| answer.set(event_target_value(&event))
            ></textarea>
        </label>
        <p id="desk-answer" class="missing small" hidden=flag(move || !bare.get())>
            {tr!(language, desk.answer_first)}
        </p>
        <Steps deed=deed label=tr!(language, desk.decline_confirm) weight=Weight::Danger on_press=send />
    }
}

/// What is most often said, in the merchant's language whatever the reader's.
fn template(here: Here, request: &SupportRequest) -> String {
    let locale = if request.language == "fr" { Locale::fr } else { Locale::en };
    let template = here.vendor.with_value(|vendor| {
        td_string!(
            locale,
            desk.template,
            name = request.name.as_str(),
            id = request.hubrise_id.as_str(),
            location = request.location_name.as_str(),
            email = vendor.support.email.as_str(),
            role = vendor.support.role.as_str(),
            vendor = vendor.name.as_str()
        )
    });
    template.chars().take(LONGEST).collect()
}
