//! Another account than before: the person is asked whether to switch, with both before their eyes.

use leptos::prelude::*;

use super::Run;
use crate::{
    app::Profile,
    components::button::{Button, Weight},
    i18n::{language, localized, td_string, text, tr},
    logic::callback::Question,
    pages::news::Story,
};

/// Another account than before: switch, or keep.
#[component]
pub(super) fn Asked(
    /// What is asked.
    question: Question,
    /// The run.
    run: Run,
) -> impl IntoView {
    let language = language();
    let profile = expect_context::<Profile>();
    let Question { attempt, vendor, till, from, to } = question;
    let switching = RwSignal::new(false);
    let keeping = RwSignal::new(false);
    let name = {
        let till = till.clone();
        // Until the profile has come, its id names the till.
        Memo::new(move |_| {
            let known = profile.of(&vendor).and_then(Result::ok);
            known
                .and_then(|vendor| vendor.tills.into_iter().find(|known| known.id == till))
                .map_or_else(|| till.clone(), |till| localized(language.get(), &till.name))
        })
    };
    let (old, new) = (StoredValue::new(from.name.clone()), StoredValue::new(to.name.clone()));
    let answer = move |accept: bool, busy: RwSignal<bool>| {
        if !switching.get_untracked() && !keeping.get_untracked() {
            run.confirm(attempt.clone(), accept, Story::Kept { account: Some(old.get_value()) }, busy);
        }
    };
    let (switch, keep) = (answer.clone(), answer);
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {tr!(language, callback.confirm_title)}
                </h1>
                <p>
                    {text(move || {
                        td_string!(language.get(), callback.confirm_lead,
                            till = name.get(), from = old.get_value(), to = new.get_value()
                        )
                    })}
                </p>
                <dl class="pair">
                    <div>
                        <dt>{tr!(language, callback.confirm_now)}</dt>
                        <dd>
                            <strong>{from.name}</strong>
                            <code>{from.id}</code>
                        </dd>
                    </div>
                    <div>
                        <dt>{tr!(language, callback.confirm_new)}</dt>
                        <dd>
                            <strong>{to.name}</strong>
                            <code>{to.id}</code>
                        </dd>
                    </div>
                </dl>
                <p class="muted">
                    {text(move || {
                        td_string!(language.get(), callback.confirm_means, from = old.get_value(), to = new.get_value())
                    })}
                </p>
                <div class="buttons">
                    <Button
                        label=tr!(language, callback.confirm_accept)
                        weight=Weight::Primary
                        busy=switching
                        on_press=move |()| switch(true, switching)
                    />
                    <Button
                        label=text(move || td_string!(language.get(), callback.confirm_decline, account = old.get_value()))
                        weight=Weight::Plain
                        busy=keeping
                        on_press=move |()| keep(false, keeping)
                    />
                </div>
            </div>
        </div>
    }
}
