//! What people do with an operation: send it again, mark it as handled, share it as a case; and what they did.

pub mod handled;
pub mod history;
pub mod names;
pub mod resend;
pub mod share;

use leptos::prelude::*;

use self::{handled::Handle, resend::Resend, share::Sharing};
use super::tale::Tale;
use crate::{api::ApiError, components::dynamic::perhaps, components::problem::Place, pages::stuck::Stuck};

/// The buttons; nothing for whoever may only look.
#[component]
pub fn Acts(
    /// What the page knows.
    tale: Tale,
    /// Whether sending again is the one next step.
    foremost: Memo<bool>,
) -> impl IntoView {
    let may = tale.acts;
    perhaps(move || {
        may.get().then(|| {
            view! {
                <div class="buttons">
                    <Resend tale=tale.clone() foremost=foremost />
                    <Handle tale=tale.clone() />
                    <Sharing tale=tale.clone() />
                </div>
            }
        })
    })
}

/// What kept something from being done, with the way to do it after all.
fn failure(problem: RwSignal<Option<ApiError>>, again: Callback<()>) -> impl IntoView {
    perhaps(move || problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=again /> }))
}
