//! A till's page. Owns fetching how it stands, following it while the page is open, and keeping what is shown when a look
//! fails; which face it shows is the card's business.

mod arriving;
mod asking;
mod bridging;
mod card;
pub mod cards;
mod checks;
mod connected;
mod contact;
mod disconnect;
mod disconnected;
mod facts;
mod folded;
mod history;
mod key;
pub mod known;
pub mod live;
mod locked;
mod needs;
mod support_access;
mod verdict;

use leptos::prelude::*;
use passerelle_wire::{Layout, ProblemCode, Till, TillStatus, Vendor};
use stylers::style_sheet;

use self::{
    card::Content,
    live::{announce, follow, topic},
};
use super::{
    begin::{Begin, on_restored},
    news::News,
    stuck::{Around, Stuck},
};
use crate::{
    address::Address,
    api::{Answer, ApiError, vendors},
    app::{Profile, Ready},
    components::{
        announcer::announcer,
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
    /// To be told when the reader has ended the connection: the page begins anew.
    pub on_change: Callback<()>,
    /// To be told when the reader has changed something: the page looks again, and keeps what it shows until then.
    pub on_look: Callback<()>,
}

impl Here {
    /// The till's name; changes with the language.
    pub fn name(&self) -> Signal<String> {
        let language = language();
        let name = self.till.name.clone();
        text(move || localized(language.get(), &name))
    }
}

/// How a till stands, followed from now on.
#[derive(Clone, Copy)]
pub struct Standing {
    asked: Answer<TillStatus>,
    shown: Memo<Option<Result<TillStatus, ApiError>>>,
}

impl Standing {
    /// Asks, and follows; by a stream where `streams`, else by the clock alone.
    pub fn of(vendor: &str, till: &str, streams: bool) -> Self {
        let place = StoredValue::new((vendor.to_owned(), till.to_owned()));
        let asked = Answer::to(move || {
            let (vendor, till) = place.get_value();
            async move { vendors::status(&vendor, &till).await }
        });
        // A look that fails leaves what is shown: the line under the bar says how old it is.
        let shown =
            Memo::new(move |before: Option<&Option<Result<TillStatus, ApiError>>>| match (asked.get(), before) {
                (Some(Err(_)), Some(Some(Ok(kept)))) => Some(Ok(kept.clone())),
                (now, _) => now,
            });
        on_restored(move || asked.refresh());
        let what = Memo::new(move |_| {
            shown.with(|shown| match shown {
                Some(Ok(status)) => Some((
                    place.with_value(|(vendor, till)| {
                        topic(vendor, till, status.connection.as_ref().map(|it| it.id.as_str()))
                    }),
                    streams,
                )),
                _ => None,
            })
        });
        follow(what, move || asked.refresh());
        let language = language();
        announce(announcer(), move || language.get_untracked(), move || shown.get().and_then(Result::ok));
        Self { asked, shown }
    }

    /// Why nothing is known, or nothing yet; tracked, and silent while what is known changes.
    fn lacking(self) -> Memo<Option<Option<ApiError>>> {
        Memo::new(move |_| {
            self.shown.with(|shown| match shown {
                None => Some(None),
                Some(Err(error)) => Some(Some(error.clone())),
                Some(Ok(_)) => None,
            })
        })
    }

    /// What is known, from where something is: it never goes again while the owner lives.
    fn kept(self) -> Option<Memo<TillStatus>> {
        let first = self.shown.get_untracked()?.ok()?;
        Some(Memo::new(move |before: Option<&TillStatus>| match self.shown.get() {
            Some(Ok(status)) => status,
            _ => before.cloned().unwrap_or_else(|| first.clone()),
        }))
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
    let standing = Standing::of(&vendor, &till, true);
    let news = News::from_context();
    let address = Address::from_context();
    let begin = Begin::new(&vendor, &till);
    begin.done.set_value(Some(Callback::new(move |()| standing.asked.refresh())));
    let again = move |()| {
        profile.renew();
        standing.asked.retry();
    };
    let told = untrack(|| news.of(&vendor, &till).is_some());
    let leaving = StoredValue::new(false);
    // What is told here is old news on any other page.
    on_cleanup(move || {
        if !leaving.try_get_value().unwrap_or_default() {
            news.clear();
        }
    });
    let lacking = standing.lacking();
    // Compared before it is shown: an answer that brings nothing new leaves the page and the focus alone.
    let known = Memo::new(move |_| match (profile.of(&vendor), lacking.get()) {
        (Some(Err(error)), _) | (_, Some(Some(error))) => Some(Err(error)),
        (None, _) | (_, Some(None)) => None,
        (Some(Ok(vendor)), None) => Some(find(vendor, &till)),
    });
    // Where tills are cards, what HubRise brought back is told among the cards.
    Effect::new(move |_| {
        if let Some(Ok((vendor, _))) = known.get()
            && vendor.layout == Layout::Cards
            && told
        {
            leaving.set_value(true);
            address.replace(&Site::Vendor { vendor: vendor.slug }.path());
        }
    });
    dynamic(move || match known.get() {
        None => view! { <Waiting shape=Shape::Till on_again=again /> }.into_any(),
        Some(Err(error)) => {
            let around = Around { begin: Some(begin), till: Some(site.clone()), ..Around::default() };
            view! { <Stuck error=error place=Place::Page on_repeat=again around=around /> }.into_any()
        }
        Some(Ok((vendor, till))) => {
            Ready::mark(site.clone());
            let on_look = Callback::new(move |()| standing.asked.refresh());
            let here = Here { vendor, till, begin, on_change: Callback::new(again), on_look };
            match standing.kept() {
                Some(stands) => view! { <Card here=here stands=stands /> }.into_any(),
                None => ().into_any(),
            }
        }
    })
}

/// The till within its vendor.
fn find(vendor: Vendor, till: &str) -> Result<(Vendor, Till), ApiError> {
    match vendor.tills.iter().find(|known| known.id == till).cloned() {
        Some(till) => Ok((vendor, till)),
        None => Err(ProblemCode::TillUnknown.into()),
    }
}

/// The tills, and the card of this one.
#[component]
fn Card(here: Here, stands: Memo<TillStatus>) -> impl IntoView {
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
    view! {
        <Tills tabs=tabs />
        <div class=format!("{SCOPE} card till")>
            <Content here=here stands=stands />
        </div>
    }
}
