//! The support desk: what waits for the vendor's support, and all its connections by name. Owns who may see it and
//! fetching what stands on top; the list fetches itself (`list`).

mod access;
mod answer;
mod find;
mod gate;
mod grid;
mod list;
mod locks;
mod opening;
mod question;
mod requests;
mod row;
mod state;

use leptos::prelude::*;
use passerelle_wire::{ProblemCode, Vendor};
use stylers::style_sheet;

use self::{
    find::Find,
    gate::{Refused, SignIn},
    grid::Grid,
    list::List,
    locks::Locks,
    question::{Asking, Question},
    requests::Requests,
};
use super::{begin::on_restored, stuck::Stuck};
use crate::{
    api::{Answer, ApiError, desk, session},
    app::{Profile, Ready},
    browser::clock,
    components::{
        dynamic::dynamic,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{Locale, language, localized, td_string, text, tr},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/desk.css");

/// Coming back to the page sooner than this, in milliseconds, asks for nothing.
const FRESH: f64 = 2_000.0;

/// What every part of the desk knows.
#[derive(Clone, Copy)]
pub struct Here {
    vendor: StoredValue<Vendor>,
}

impl Here {
    /// The vendor's slug.
    fn slug(self) -> String {
        self.vendor.with_value(|vendor| vendor.slug.clone())
    }

    /// The desk's address.
    fn site(self) -> Site {
        Site::Desk { vendor: self.slug() }
    }

    /// A till's name, or its id where the vendor has it no more.
    fn till_name(self, locale: Locale, till: &str) -> String {
        self.vendor.with_value(|vendor| {
            let known = vendor.tills.iter().find(|known| known.id == till);
            known.map_or_else(|| till.to_owned(), |known| localized(locale, &known.name))
        })
    }
}

/// The page.
#[component]
pub fn DeskPage(
    /// The vendor's slug.
    vendor: String,
) -> impl IntoView {
    let profile = expect_context::<Profile>();
    profile.renew();
    let people = Answer::to(|| async { session::current().await.map(|session| session.users.clone()) });
    let again = move |()| {
        profile.renew();
        people.retry();
    };
    let known = Memo::new(move |_| match (profile.of(&vendor)?, people.get()?) {
        (Err(error), _) | (_, Err(error)) => Some(Err(error)),
        (Ok(vendor), Ok(people)) => {
            let user = people.into_iter().find(|user| user.vendor == vendor.slug);
            Some(Ok((vendor, user)))
        }
    });
    dynamic(move || match known.get() {
        None => waiting(again),
        Some(Err(error)) => view! { <Stuck error=error place=Place::Page on_repeat=again /> }.into_any(),
        Some(Ok((vendor, user))) => {
            let here = Here { vendor: StoredValue::new(vendor) };
            match user {
                None => view! { <SignIn here=here /> }.into_any(),
                Some(user) if !user.support => view! { <Refused here=here email=user.email /> }.into_any(),
                Some(_) => view! { <Desk here=here /> }.into_any(),
            }
        }
    })
}

/// Bones as wide as what will stand there.
fn waiting(on_again: impl Fn(()) + Send + Sync + 'static) -> AnyView {
    view! {
        <div class=format!("{SCOPE} desk")>
            <Waiting shape=Shape::List on_again=on_again />
        </div>
    }
    .into_any()
}

/// The desk itself, for who may see it. Asks for the top and for the list at once.
#[component]
fn Desk(here: Here) -> impl IntoView {
    let vendor = here.slug();
    let top = Answer::to(move || {
        let vendor = vendor.clone();
        async move { desk::get(&vendor).await }
    });
    let list = List::of(here);
    let asked = StoredValue::new(clock::now());
    let look = move || {
        if clock::now() - asked.get_value() > FRESH {
            asked.set_value(clock::now());
            top.refresh();
            list.refresh();
        }
    };
    on_restored(look);
    let back = window_event_listener(leptos::ev::focus, move |_| look());
    on_cleanup(move || back.remove());
    let change = move |()| {
        top.refresh();
        list.refresh();
    };
    let again = move |()| {
        top.retry();
        list.again();
    };
    // The list stands once it is known what stands above it: so that nothing moves. A later failure leaves what is here.
    let face = Memo::new(move |before: Option<&Face>| match (top.get(), before) {
        (None, _) => Face::Waiting,
        (Some(Err(error)), _) if turned_away(&error).is_some() => Face::Failed(error),
        (_, Some(Face::Shown)) | (Some(Ok(_)), _) => Face::Shown,
        (Some(Err(error)), _) => Face::Failed(error),
    });
    let shown = Memo::new(move |before: Option<&Option<passerelle_wire::Desk>>| match top.get() {
        Some(Ok(desk)) => Some(desk),
        _ => before.cloned().flatten(),
    });
    dynamic(move || match face.get() {
        Face::Waiting => waiting(again),
        Face::Failed(error) => match turned_away(&error) {
            Some(ProblemCode::SupportOnly) => view! { <Refused here=here email=String::new() /> }.into_any(),
            Some(_) => view! { <SignIn here=here /> }.into_any(),
            None => view! { <Stuck error=error place=Place::Page on_repeat=again /> }.into_any(),
        },
        Face::Shown => view! { <Shown here=here top=shown list=list on_change=change /> }.into_any(),
    })
}

/// What the desk shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Waiting,
    Failed(ApiError),
    Shown,
}

/// Whether the server does not let this person see the desk, whatever the session said when the page was opened.
fn turned_away(error: &ApiError) -> Option<ProblemCode> {
    error.code().filter(|code| matches!(code, ProblemCode::SignInRequired | ProblemCode::SupportOnly))
}

/// All parts, one under the other.
#[component]
fn Shown(
    here: Here,
    top: Memo<Option<passerelle_wire::Desk>>,
    list: List,
    #[prop(into)] on_change: Callback<()>,
) -> impl IntoView {
    let language = language();
    Ready::mark(here.site());
    let asking = Asking::default();
    let requests = Memo::new(move |_| top.with(|top| top.as_ref().map(|top| top.requests.clone()).unwrap_or_default()));
    let locks = Memo::new(move |_| top.with(|top| top.as_ref().map(|top| top.locks.clone()).unwrap_or_default()));
    let counts = text(move || {
        let locale = language.get();
        let (all, failing) = top.with(|top| top.as_ref().map_or((0, 0), |top| (top.connections, top.failing)));
        let number = |count: u64| clock::number(language.code(), usize::try_from(count).unwrap_or(usize::MAX));
        let all = match all {
            1 => td_string!(locale, desk.count_single).to_owned(),
            all => td_string!(locale, desk.count_several, count = number(all)),
        };
        match failing {
            0 => all,
            1 => format!("{all} · {}", td_string!(locale, desk.failing_single)),
            failing => format!("{all} · {}", td_string!(locale, desk.failing_several, count = number(failing))),
        }
    });
    view! {
        <div class=format!("{SCOPE} desk")>
            <div class="top">
                <h1>{tr!(language, desk.title)}</h1>
                <p class="muted small">{counts}</p>
            </div>
            <Requests here=here requests=requests asking=asking />
            <Locks here=here locks=locks asking=asking />
            <section class="card all" aria-labelledby="desk-all">
                <Find list=list />
                <Grid here=here list=list asking=asking />
            </section>
            <Question here=here asking=asking on_change=on_change />
        </div>
    }
}
