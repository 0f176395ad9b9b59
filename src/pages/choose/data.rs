//! The second screen: which catalog and which customer list? Then the choice is saved.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{ChoiceRequest, Chosen};

use super::{
    Here,
    listing::Listing,
    section::{Section, Wanted},
};
use crate::{
    address::Address,
    api::{ApiError, connections},
    browser::page,
    components::{
        announcer::announcer,
        button::{Button, LinkButton, Weight},
        dynamic::{dynamic, flag, perhaps},
        notice::{Notice, Tone},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    logic::wizard::{Offer, request, skips_data},
    pages::{
        news::News,
        stuck::{Around, Stuck},
    },
};

/// The screen; saves at once when nothing on it is left to choose.
#[component]
pub fn Data(
    /// The wizard.
    here: Here,
    /// The location's id.
    location: String,
    /// The account's locations, where one of them was chosen here.
    locations: Option<Listing>,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let address = Address::from_context();
    let news = News::from_context();
    let wants = |what: Chosen| here.till.chosen_here.contains(&what);
    let wanted = |listing| Wanted { listing, picked: RwSignal::new(None) };
    let (connection, place) = (here.connection.id.clone(), location.clone());
    let catalog = wants(Chosen::Catalog).then(|| {
        let (connection, place) = (connection.clone(), place.clone());
        wanted(Listing::load(move |cursor| {
            let (connection, place) = (connection.clone(), place.clone());
            async move { connections::catalogs(&connection, &place, cursor.as_deref()).await }
        }))
    });
    let list = wants(Chosen::CustomerList).then(|| {
        let (connection, place) = (connection.clone(), place.clone());
        wanted(Listing::load(move |cursor| {
            let (connection, place) = (connection.clone(), place.clone());
            async move { connections::customer_lists(&connection, &place, cursor.as_deref()).await }
        }))
    });

    let saving = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let save = {
        let (site, connection) = (here.till_site(), here.connection.id.clone());
        move |choice: ChoiceRequest| {
            if saving.get_untracked() {
                return;
            }
            saving.set(true);
            problem.set(None);
            let (site, connection) = (site.clone(), connection.clone());
            spawn_local(async move {
                match connections::choose(&connection, &choice).await {
                    Ok(connected) => {
                        news.tell_connected(connected);
                        address.replace(&site.path());
                    }
                    Err(error) => {
                        _ = saving.try_set(false);
                        _ = problem.try_set(Some(error));
                    }
                }
            });
        }
    };

    // Everything has come: `Some((catalog, list))`, each `None` where the till uses none.
    let offers = Memo::new(move |_| {
        let complete = |wanted: Option<Wanted>| match wanted {
            Some(wanted) => wanted.offer().map(Some),
            None => Some(None),
        };
        complete(catalog).zip(complete(list))
    });
    let choice = {
        let location = location.clone();
        move || {
            let (catalogs, lists) = offers.get()?;
            let pick = |wanted: Option<Wanted>| wanted.and_then(|wanted| wanted.picked.get());
            request(&location, (catalogs.as_ref(), pick(catalog).as_deref()), (lists.as_ref(), pick(list).as_deref()))
        }
    };
    {
        let (save, choice) = (save.clone(), choice.clone());
        Effect::new(move |_| {
            let skipped = offers.get().is_some_and(|(catalogs, lists)| skips_data(catalogs.as_ref(), lists.as_ref()));
            if skipped && let Some(choice) = choice() {
                save(choice);
            }
        });
    }
    page::focus("step");

    let unpicked = RwSignal::new(false);
    let submit = StoredValue::new({
        let save = save.clone();
        move || match choice() {
            Some(choice) => save(choice),
            None => {
                unpicked.set(true);
                announcer.say(td_string!(language.get_untracked(), choose.pick_first).to_owned());
            }
        }
    });
    let name = {
        let given = here.connection.location.clone();
        let location = location.clone();
        move || match (locations, &given) {
            (Some(locations), _) => locations
                .items
                .with(|items| items.iter().find(|item| item.id == location).map(|item| item.name.clone())),
            (None, Some(given)) => Some(given.name.clone()),
            (None, None) => None,
        }
    };
    let vanished = {
        let name = name.clone();
        Memo::new(move |_| locations.is_some_and(|locations| locations.complete.get()) && name().is_none())
    };
    // One memo for all the screen shows: a view that reads one memo and another derived from it can miss a change.
    let face = Memo::new(move |_| {
        if vanished.get() {
            return Face::Vanished;
        }
        let failed = [catalog, list].into_iter().flatten().find_map(|wanted| wanted.listing.problem.get());
        match (failed, offers.get()) {
            (Some(error), _) => Face::Failed(error),
            (None, None) => Face::Waiting,
            (None, Some((catalogs, lists))) if skips_data(catalogs.as_ref(), lists.as_ref()) => Face::Saving,
            (None, Some((catalogs, lists))) => Face::Lists(catalogs, lists),
        }
    });
    let again = move |()| {
        for wanted in [catalog, list].into_iter().flatten() {
            wanted.listing.again();
        }
    };
    // To the locations; where there is none to choose, to the till.
    let back = {
        let (wizard, till) = (here.site().path(), here.till_site().path());
        text(move || {
            let chosen = locations.is_some_and(|locations| locations.items.with(Vec::len) != 1);
            if chosen { wizard.clone() } else { till.clone() }
        })
    };
    let at = text(move || match name() {
        Some(name) => td_string!(language.get(), choose.data_at, location = name),
        None => "\u{a0}".to_owned(),
    });
    let around = Around { till: Some(here.till_site()), ..Around::default() };
    let back_office = here.vendor.back_office_url.clone();
    let label = text(move || {
        if saving.get() { td_string!(language.get(), choose.saving) } else { td_string!(language.get(), choose.save) }
    });
    view! {
        <form
            class="card"
            on:submit=move |event| {
                event.prevent_default();
                submit.with_value(|submit| submit());
            }
        >
            <div class="body">
                <div>
                    <h1 id="step" tabindex="-1">
                        {tr!(language, choose.data)}
                    </h1>
                    <p class="muted">{at}</p>
                </div>
                {dynamic(move || match face.get() {
                    Face::Vanished => view! {
                        <Notice tone=Tone::Warn>
                            <p>{tr!(language, choose.vanished)}</p>
                        </Notice>
                    }
                    .into_any(),
                    Face::Failed(error) => view! {
                        <Stuck error=error place=Place::Inline on_repeat=again around=around.clone() />
                    }
                    .into_any(),
                    Face::Waiting => view! { <Waiting shape=Shape::Lines on_again=again /> }.into_any(),
                    Face::Saving => view! { <p class="muted">{tr!(language, choose.saving)}</p> }.into_any(),
                    Face::Lists(catalogs, lists) => [
                        (Chosen::Catalog, catalog.zip(catalogs)),
                        (Chosen::CustomerList, list.zip(lists)),
                    ]
                    .into_iter()
                    .filter_map(|(what, wanted)| {
                        let (wanted, offer) = wanted?;
                        let back_office = back_office.clone();
                        Some(view! { <Section what=what wanted=wanted offer=offer back_office=back_office /> })
                    })
                    .collect_view()
                    .into_any(),
                })}
                {perhaps(move || {
                    problem
                        .get()
                        .map(|error| {
                            let repeat = move |()| submit.with_value(|submit| submit());
                            view! { <Stuck error=error place=Place::Inline on_repeat=repeat /> }
                        })
                })}
            </div>
            <div class="foot">
                <p
                    class="hint"
                    hidden=flag(move || !unpicked.get())
                >
                    {tr!(language, choose.pick_first)}
                </p>
                <LinkButton href=back label=tr!(language, choose.back) weight=Weight::Plain />
                <span hidden=flag(move || !matches!(face.get(), Face::Lists(..)))>
                    <Button label=label weight=Weight::Primary busy=saving submit=true />
                </span>
            </div>
        </form>
    }
}

/// What the screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    /// The location is no longer there, and neither is what it had.
    Vanished,
    /// Both lists are on their way.
    Waiting,
    /// One of them could not be read.
    Failed(ApiError),
    /// Nothing is left to choose.
    Saving,
    /// What there is, each `None` where the till uses none.
    Lists(Option<Offer>, Option<Offer>),
}
