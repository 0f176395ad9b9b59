//! A till's page: not connected, one step left, or connected. Owns fetching how it stands and which face it shows.

mod connected;
mod disconnect;
mod disconnected;
mod facts;
mod folded;

use leptos::prelude::*;
use passerelle_wire::{ConnectionState, Till, TillStatus, Vendor};
use stylers::style_sheet;

use self::{
    connected::{Choosing, Connected},
    disconnected::Disconnected,
};
use super::{
    begin::{Begin, on_restored},
    news::News,
    stuck::{Around, Stuck},
};
use crate::{
    api::{Answer, ApiError, vendors},
    app::{Profile, Ready},
    components::{
        dynamic::dynamic,
        problem::Place,
        tills::{Tab, Tills},
        waiting::{Shape, Waiting},
    },
    i18n::{language, localized, text},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/till.css");

/// What every face of the page knows.
#[derive(Clone)]
pub struct Here {
    /// The vendor.
    pub vendor: Vendor,
    /// The till.
    pub till: Till,
    /// **Connect**, or **Reconnect**.
    pub begin: Begin,
}

impl Here {
    /// The till's name; changes with the language.
    pub fn name(&self) -> Signal<String> {
        let language = language();
        let name = self.till.name.clone();
        text(move || localized(language.get(), &name))
    }
}

/// The page.
#[component]
pub fn TillPage(
    /// The vendor's slug.
    vendor: String,
    /// The till's id.
    till: String,
) -> impl IntoView {
    let site = Site::Till { vendor: vendor.clone(), till: till.clone() };
    let profile = expect_context::<Profile>();
    profile.renew();
    let status = {
        let (vendor, till) = (vendor.clone(), till.clone());
        Answer::to(move || {
            let (vendor, till) = (vendor.clone(), till.clone());
            async move { vendors::status(&vendor, &till).await }
        })
    };
    on_restored(move || status.refresh());
    // What is told here is old news on any other page.
    let news = News::from_context();
    on_cleanup(move || news.clear());
    let begin = Begin::new(&vendor, &till);
    let again = move |()| {
        profile.renew();
        status.retry();
    };
    // Compared before it is shown: an answer that brings nothing new leaves the page and the focus alone.
    let known = Memo::new(move |_| {
        let (profile, status) = (profile.of(&vendor), status.get());
        match (profile?, status?) {
            (Err(error), _) | (_, Err(error)) => Some(Err(error)),
            (Ok(vendor), Ok(status)) => Some(find(vendor, &till, status)),
        }
    });
    dynamic(move || match known.get() {
        None => view! { <Waiting shape=Shape::Till on_again=again /> }.into_any(),
        Some(Err(error)) => {
            let around = Around { begin: Some(begin), till: Some(site.clone()), ..Around::default() };
            view! { <Stuck error=error place=Place::Page on_repeat=again around=around /> }.into_any()
        }
        Some(Ok((vendor, till, status))) => {
            Ready::mark(site.clone());
            let here = Here { vendor, till, begin };
            view! { <Card here=here status=status on_change=again /> }.into_any()
        }
    })
}

/// The till within its vendor.
fn find(vendor: Vendor, till: &str, status: TillStatus) -> Result<(Vendor, Till, TillStatus), ApiError> {
    match vendor.tills.iter().find(|known| known.id == till).cloned() {
        Some(till) => Ok((vendor, till, status)),
        None => Err(passerelle_wire::ProblemCode::TillUnknown.into()),
    }
}

/// The tills, and the card of this one.
#[component]
fn Card(here: Here, status: TillStatus, #[prop(into)] on_change: Callback<()>) -> impl IntoView {
    let language = language();
    let Here { vendor, till, .. } = &here;
    let tabs = {
        let (slug, tills, own) = (vendor.slug.clone(), vendor.tills.clone(), till.id.clone());
        move || {
            let locale = language.get();
            tills
                .iter()
                .map(|till| Tab {
                    href: Site::Till { vendor: slug.clone(), till: till.id.clone() }.path(),
                    name: localized(locale, &till.name),
                    here: till.id == own,
                })
                .collect::<Vec<_>>()
        }
    };
    let face = match status.connection {
        None => view! { <Disconnected here=here revoking=status.revoking /> }.into_any(),
        Some(connection) if connection.state == ConnectionState::Choosing => {
            view! { <Choosing here=here connection=connection on_change=on_change /> }.into_any()
        }
        Some(connection) => view! { <Connected here=here connection=connection on_change=on_change /> }.into_any(),
    };
    view! {
        <Tills tabs=tabs />
        <div class=format!("{SCOPE} card till")>{face}</div>
    }
}
