//! The first screen: which location?

use leptos::prelude::*;

use super::{Here, listing::Listing};
use crate::{
    address::Address,
    browser::page,
    components::{
        announcer::announcer,
        button::{Button, LinkButton, OutButton, Weight},
        choices::Choices,
        dynamic::{dynamic, flag},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, tr},
    logic::wizard::{Offer, offer},
    pages::stuck::Stuck,
};

/// The screen; steps aside when there is one location only.
#[component]
pub fn PickLocation(
    /// The wizard.
    here: Here,
    /// The account's locations.
    locations: Listing,
    /// The location picked so far.
    picked: RwSignal<Option<String>>,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let address = Address::from_context();
    let back_office = here.vendor.back_office_url.clone();
    let till = here.till_site();
    {
        let here = here.clone();
        Effect::new(move |_| {
            if locations.complete.get()
                && let Offer::Only(only) = locations.items.with(|items| offer(items))
            {
                address.replace(&here.with_location(&only.id));
            }
        });
    }
    page::focus("step");
    let unpicked = RwSignal::new(false);
    let next = move || {
        // What is picked may have gone from the list meanwhile.
        let chosen = picked
            .get_untracked()
            .filter(|id| locations.items.with_untracked(|items| items.iter().any(|item| item.id == *id)));
        match chosen {
            Some(location) => address.go(&here.with_location(&location)),
            None => {
                unpicked.set(true);
                announcer.say(td_string!(language.get_untracked(), choose.pick_first).to_owned());
            }
        }
    };
    let again = move |()| locations.again();
    let face = Memo::new(move |_| {
        let (count, complete) = (locations.items.with(Vec::len), locations.complete.get());
        match (locations.problem.get(), count, complete) {
            (Some(error), ..) => Face::Failed(error),
            (None, 0, true) => Face::Nothing,
            // One so far may stay the only one.
            (None, 0 | 1, _) => Face::Waiting,
            _ => Face::List,
        }
    });
    view! {
        <form
            class="card"
            on:submit=move |event| {
                event.prevent_default();
                next();
            }
        >
            <div class="body">
                <h1 id="step" tabindex="-1">
                    {tr!(language, choose.location)}
                </h1>
                {dynamic(move || match face.get() {
                    Face::Waiting => view! { <Waiting shape=Shape::Lines on_again=again /> }.into_any(),
                    Face::Failed(error) => {
                        view! { <Stuck error=error place=Place::Inline on_repeat=again /> }.into_any()
                    }
                    Face::Nothing => view! {
                        <div class="empty">
                            <p>
                                <strong>{tr!(language, choose.no_location)}</strong>
                            </p>
                            <p class="muted">{tr!(language, choose.no_location_next)}</p>
                            <div class="buttons">
                                <OutButton href=back_office.clone() label=tr!(language, choose.create) />
                                <Button label=tr!(language, choose.check) weight=Weight::Plain on_press=again />
                            </div>
                        </div>
                    }
                    .into_any(),
                    Face::List => view! {
                        <Choices
                            legend=tr!(language, choose.location)
                            name="location"
                            items=locations.items
                            complete=locations.complete
                            picked=picked
                        />
                    }
                    .into_any(),
                })}
            </div>
            <div class="foot" hidden=move || face.get() != Face::List>
                <p class="hint" hidden=flag(move || !unpicked.get() || picked.with(Option::is_some))>
                    {tr!(language, choose.pick_first)}
                </p>
                <LinkButton href=till.path() label=tr!(language, choose.back) weight=Weight::Plain />
                <Button label=tr!(language, choose.next) weight=Weight::Primary submit=true />
            </div>
        </form>
    }
}

/// What the screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Waiting,
    Failed(crate::api::ApiError),
    Nothing,
    List,
}
