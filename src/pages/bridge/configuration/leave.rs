//! Unsaved changes are not lost by a slip: a link asks first, and so does the browser when the tab is closed.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    address::Address,
    browser::leaving,
    components::{
        button::{Button, Weight},
        dialog::Dialog,
    },
    i18n::{language, tr},
};

/// The question; nothing until it is asked.
#[component]
pub fn Leave(
    /// The form.
    form: Form,
) -> impl IntoView {
    let language = language();
    let address = Address::from_context();
    let open = RwSignal::new(false);
    let target = StoredValue::new(String::new());
    let holds = move || form.is_changed_now() && !form.given_up.try_get_untracked().unwrap_or(true);
    leaving::guard(holds, move |href| {
        target.set_value(href);
        open.set(true);
    });
    let go = move |()| {
        open.set(false);
        form.given_up.set(true);
        address.go(&target.get_value());
    };
    view! {
        <Dialog open=open title=tr!(language, configuration.leave_title)>
            <p>{tr!(language, configuration.leave_means)}</p>
            <div class="actions">
                <Button
                    label=tr!(language, configuration.leave_stay)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
                <Button label=tr!(language, configuration.leave_go) weight=Weight::Danger on_press=go />
            </div>
        </Dialog>
    }
}
