//! HubRise's **Connect** brought this browser here: the person is asked before anything is attached, after signing in.

use leptos::prelude::*;

use super::Run;
use crate::{
    app::Profile,
    components::button::{Button, Weight},
    i18n::{language, localized, td_string, text, tr},
    logic::callback::Offer,
    pages::{begin::Begin, news::Story, stuck::SignIn},
};

/// Take it, or leave it.
#[component]
pub(super) fn Offered(
    /// What HubRise has authorised.
    offer: Offer,
    /// The run.
    run: Run,
) -> impl IntoView {
    let language = language();
    let profile = expect_context::<Profile>();
    let Offer { attempt, vendor, till, account, location, sign_in } = offer;
    let taking = RwSignal::new(false);
    let leaving = RwSignal::new(false);
    let begin = sign_in.then(|| Begin::sign_in(&vendor));
    // The place as a person would call it.
    let place = StoredValue::new(location.as_ref().unwrap_or(&account).name.clone());
    let known = {
        let vendor = vendor.clone();
        Memo::new(move |_| profile.of(&vendor).and_then(Result::ok))
    };
    let name = {
        let till = till.clone();
        Memo::new(move |_| {
            let language = language.get();
            known
                .get()
                .and_then(|vendor| vendor.tills.into_iter().find(|known| known.id == till))
                .map_or_else(|| till.clone(), |till| localized(language, &till.name))
        })
    };
    let answer = move |accept: bool, busy: RwSignal<bool>| {
        if !taking.get_untracked() && !leaving.get_untracked() {
            run.confirm(attempt.clone(), accept, Story::Refused, busy);
        }
    };
    let (take, leave) = (answer.clone(), answer);
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {text(move || td_string!(language.get(), arrival.title, place = place.get_value()))}
                </h1>
                <p>{text(move || td_string!(language.get(), arrival.lead, till = name.get()))}</p>
                <dl class="pair">
                    <div>
                        <dt>{tr!(language, till.account)}</dt>
                        <dd>
                            <strong>{account.name}</strong>
                            <code>{account.id}</code>
                        </dd>
                    </div>
                    {location
                        .map(|location| {
                            view! {
                                <div>
                                    <dt>{tr!(language, till.location)}</dt>
                                    <dd>
                                        <strong>{location.name}</strong>
                                        <code>{location.id}</code>
                                    </dd>
                                </div>
                            }
                        })}
                </dl>
                <p class="muted">
                    {text(move || {
                        if sign_in {
                            td_string!(language.get(), arrival.sign_in).to_owned()
                        } else {
                            td_string!(language.get(), arrival.means, till = name.get())
                        }
                    })}
                </p>
                <div class="buttons">
                    {match begin {
                        Some(begin) => view! { <SignIn begin=begin /> }.into_any(),
                        None => {
                            view! {
                                <Button
                                    label=tr!(language, arrival.accept)
                                    weight=Weight::Primary
                                    busy=taking
                                    on_press=move |()| take(true, taking)
                                />
                            }
                            .into_any()
                        }
                    }}
                    {(!sign_in)
                        .then(|| {
                            view! {
                                <Button
                                    label=tr!(language, arrival.decline)
                                    weight=Weight::Plain
                                    busy=leaving
                                    on_press=move |()| leave(false, leaving)
                                />
                            }
                        })}
                </div>
            </div>
        </div>
    }
}
