//! HubRise's **Open** sent the browser here with the id of an installation, which identifies and proves nothing: the person
//! signs in if need be, HubRise is asked whether they may see it, and the way leads on to the till.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{AttemptBegin, Purpose};

use super::{
    begin::Begin,
    stuck::{Around, SignIn, Stuck},
};
use crate::{
    address::Address,
    api::{ApiError, session, until_cleanup},
    app::Ready,
    components::{
        button::{LinkButton, Weight},
        dynamic::dynamic,
        problem::Place,
        progress::{Progress, Stage},
        waiting::Slow,
    },
    i18n::{language, td_string, tr},
    logic::{
        opened::{Step, step},
        query,
        run::blank,
    },
    routes::Site,
};

/// The page.
#[component]
pub fn OpenedPage(
    /// The vendor's slug.
    vendor: String,
) -> impl IntoView {
    let search = Address::from_context().search();
    let site = Site::Opened { vendor: vendor.clone() };
    Ready::mark(site.clone());
    let overview = Site::Vendor { vendor: vendor.clone() };
    let Some(installation) = query::value(&search, "app_instance_id") else {
        return view! { <Nothing overview=overview /> }.into_any();
    };
    // One run at most at a time: whichever comes next is begun with the same hands.
    let begin = Begin::of(blank(&vendor, Purpose::Authorize));
    let asked = RwSignal::new(None::<Result<Step, ApiError>>);
    let slug = vendor.clone();
    let tried = query::value(&search, "signed").is_some();
    let go = Callback::new(move |()| {
        let (vendor, site, installation) = (vendor.clone(), site.clone(), installation.clone());
        asked.set(None);
        begin.problem.set(None);
        spawn_local(until_cleanup(async move {
            let next = session::current().await.map(|session| step(&session.users, &vendor, tried));
            asked.set(Some(next.clone()));
            let (purpose, return_to) = match next {
                // Coming back here signed in, and no better off, must not lead to HubRise for ever.
                Ok(Step::SignIn) => (
                    Purpose::SignIn,
                    Some(format!("{}?app_instance_id={}&signed=1", site.path(), query::encode(&installation))),
                ),
                Ok(Step::Authorize) => (Purpose::Authorize, None),
                Ok(Step::Lost) | Err(_) => return,
            };
            let app_instance_id = (purpose == Purpose::Authorize).then_some(installation);
            begin.set(AttemptBegin { app_instance_id, return_to, ..blank(&vendor, purpose) });
            begin.start_in_place();
        }));
    });
    go.run(());
    dynamic(move || {
        let around = || Around { till: Some(overview.clone()), ..Around::default() };
        match (asked.get(), begin.problem.get()) {
            (Some(Ok(Step::Lost)), _) => view! { <Lost vendor=slug.clone() /> }.into_any(),
            (Some(Err(error)), _) | (_, Some(error)) => {
                view! { <Stuck error=error place=Place::Page on_repeat=go around=around() /> }.into_any()
            }
            (step, None) => {
                let signing_in = matches!(step, Some(Ok(Step::SignIn)));
                view! { <UnderWay signing_in=signing_in on_again=go /> }.into_any()
            }
        }
    })
    .into_any()
}

/// On the way.
#[component]
fn UnderWay(signing_in: bool, on_again: Callback<()>) -> impl IntoView {
    let language = language();
    let steps = move || {
        let locale = language.get();
        let busy = if signing_in {
            td_string!(locale, arrival.open_step_sign_in)
        } else {
            td_string!(locale, arrival.open_step_right)
        };
        vec![
            (Stage::Done, td_string!(locale, arrival.open_step_asked).to_owned()),
            (Stage::Busy, busy.to_owned()),
            (Stage::Next, td_string!(locale, arrival.open_step_till).to_owned()),
        ]
    };
    view! {
        <div class="card" aria-busy="true">
            <div class="body">
                <h1>{tr!(language, arrival.open_title)}</h1>
                <p class="muted">{tr!(language, arrival.open_lead)}</p>
                <Progress steps=steps />
                <Slow label=tr!(language, wait.again) on_again=on_again />
            </div>
        </div>
    }
}

/// Signed in at HubRise, but this browser kept nothing of it.
#[component]
fn Lost(vendor: String) -> impl IntoView {
    let language = language();
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {tr!(language, problem.sign_in_required.title)}
                </h1>
                <p class="muted">{tr!(language, arrival.open_cookies)}</p>
                <div class="buttons">
                    <SignIn begin=Begin::sign_in(&vendor) />
                </div>
            </div>
        </div>
    }
}

/// Opened by hand.
#[component]
fn Nothing(overview: Site) -> impl IntoView {
    let language = language();
    view! {
        <div class="card">
            <div class="body">
                <h1>{tr!(language, arrival.open_nothing)}</h1>
                <p class="muted">{tr!(language, arrival.open_nothing_todo)}</p>
                <div>
                    <LinkButton href=overview.path() label=tr!(language, step.overview) weight=Weight::Primary />
                </div>
            </div>
        </div>
    }
}
