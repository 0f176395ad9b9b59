//! The wizard: what HubRise's page left to the console. Owns fetching the connection and which screen is shown; the step
//! is in the address (`?location=…`), so that reloading and the browser's Back do what one expects.

mod data;
mod listing;
mod location;
mod section;

use leptos::prelude::*;
use passerelle_wire::{Connection, ConnectionState, ProblemCode, Till, Vendor};
use stylers::style_sheet;

use self::{data::Data, listing::Listing, location::PickLocation};
use super::stuck::{Around, Stuck};
use crate::{
    address::Address,
    api::{Answer, ApiError, connections, vendors},
    app::{Profile, Ready},
    components::{
        dynamic::dynamic,
        problem::Place,
        stepper::Stepper,
        waiting::{Shape, Waiting},
    },
    i18n::{language, localized, td_string, text},
    logic::{
        query::{encode, value},
        wizard::{Step, steps},
    },
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/choose.css");

/// What every screen of the wizard knows.
#[derive(Clone, PartialEq)]
pub struct Here {
    vendor: Vendor,
    till: Till,
    connection: Connection,
}

impl Here {
    fn till_site(&self) -> Site {
        Site::Till { vendor: self.vendor.slug.clone(), till: self.till.id.clone() }
    }

    fn site(&self) -> Site {
        Site::Choose { vendor: self.vendor.slug.clone(), till: self.till.id.clone() }
    }

    /// The wizard's address with a location chosen.
    fn with_location(&self, location: &str) -> String {
        format!("{}?location={}", self.site().path(), encode(location))
    }
}

/// The page.
#[component]
pub fn ChoosePage(
    /// The vendor's slug.
    vendor: String,
    /// The till's id.
    till: String,
) -> impl IntoView {
    let home = Site::Till { vendor: vendor.clone(), till: till.clone() };
    let profile = expect_context::<Profile>();
    profile.renew();
    let status = {
        let (vendor, till) = (vendor.clone(), till.clone());
        Answer::to(move || {
            let (vendor, till) = (vendor.clone(), till.clone());
            async move { vendors::status(&vendor, &till).await }
        })
    };
    let again = move |()| {
        profile.renew();
        status.retry();
    };
    // `Ok(None)`: nothing is left to choose here.
    let known = Memo::new(move |_| -> Option<Result<Option<Here>, ApiError>> {
        let (profile, status) = (profile.of(&vendor), status.get());
        let (vendor, status) = match (profile?, status?) {
            (Err(error), _) | (_, Err(error)) => return Some(Err(error)),
            (Ok(vendor), Ok(status)) => (vendor, status),
        };
        let Some(till) = vendor.tills.iter().find(|known| known.id == till).cloned() else {
            return Some(Err(ProblemCode::TillUnknown.into()));
        };
        let open = status.connection.filter(|connection| connection.state == ConnectionState::Choosing);
        Some(Ok(open.map(|connection| Here { vendor, till, connection })))
    });
    let address = Address::from_context();
    {
        let home = home.clone();
        Effect::new(move |_| {
            if let Some(Ok(None)) = known.get() {
                address.replace(&home.path());
            }
        });
    }
    dynamic(move || match known.get() {
        Some(Err(error)) => {
            let around = Around { till: Some(home.clone()), ..Around::default() };
            view! { <Stuck error=error place=Place::Page on_repeat=again around=around /> }.into_any()
        }
        Some(Ok(Some(here))) => view! { <Wizard here=here /> }.into_any(),
        // As wide as what will stand there.
        _ => view! {
            <div class=format!("{SCOPE} choose")>
                <Waiting shape=Shape::List on_again=again />
            </div>
        }
        .into_any(),
    })
}

/// Which screen, and the locations, which both screens need.
#[component]
fn Wizard(here: Here) -> impl IntoView {
    let language = language();
    let address = Address::from_context();
    let plan = steps(&here.till.chosen_here);
    let asks_location = plan.contains(&Step::Location);
    let locations = asks_location.then(|| {
        let connection = here.connection.id.clone();
        Listing::load(move |cursor| {
            let connection = connection.clone();
            async move { connections::locations(&connection, cursor.as_deref()).await }
        })
    });
    let given = here.connection.location.as_ref().map(|location| location.id.clone());
    let location = Memo::new(move |_| if asks_location { value(&address.search(), "location") } else { given.clone() });
    // Kept while the reader goes back and forth.
    let picked = RwSignal::new(location.get_untracked());

    let names = {
        let plan = plan.clone();
        move || {
            let locale = language.get();
            let name = |step: &Step| match step {
                Step::Location => td_string!(locale, choose.step_location).to_owned(),
                Step::Data => td_string!(locale, choose.step_data).to_owned(),
            };
            plan.iter().map(name).collect::<Vec<_>>()
        }
    };
    let at = move || usize::from(asks_location && location.with(Option::is_some));
    let till_name = here.till.name.clone();
    let count = plan.len();
    Ready::mark(here.site());
    view! {
        <div class=format!("{SCOPE} choose")>
            <div class="top">
                <p class="muted small">{text(move || localized(language.get(), &till_name))}</p>
                {(count > 1).then(|| view! { <Stepper names=names here=at /> })}
            </div>
            {dynamic(move || {
                let here = here.clone();
                match (locations, location.get()) {
                    (Some(locations), None) => {
                        view! { <PickLocation here=here locations=locations picked=picked /> }.into_any()
                    }
                    (locations, Some(location)) => {
                        view! { <Data here=here location=location locations=locations /> }.into_any()
                    }
                    // The server gives a location with every connection that leaves none to choose.
                    (None, None) => view! {
                        <Stuck
                            error=ApiError::Unreadable
                            place=Place::Page
                            on_repeat=|()| crate::browser::page::reload()
                        />
                    }
                    .into_any(),
                }
            })}
        </div>
    }
}
