//! The pages of a connected till beside its connection: its operations, one of them, its configuration, a check of its menu, its stock.
//! Owns what they share: whose till it is, how its connection stands, following it, and the way from one page to another.

pub mod configuration;
pub mod exchange;
mod head;
pub mod menu;
pub mod operation;
pub mod operations;
mod pace;
pub mod settings;

use leptos::prelude::*;
use passerelle_wire::{Capability, Role, Till, Vendor};
use stylers::style_sheet;

use self::{
    head::{Health, Nav},
    settings::Token,
};
use super::{
    begin::on_restored,
    missing::MissingPage,
    stuck::{Around, Stuck},
    till::{
        known::{self, Known},
        live::{follow, topic},
    },
};
use crate::{
    api::{Answer, ApiError, vendors},
    app::{Profile, Ready},
    components::{
        button::{LinkButton, Weight},
        dynamic::dynamic,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, localized, text, tr},
    logic::{
        bridge_face::{Face, face},
        standing::{Bound, Standing},
    },
    routes::{Part, Site},
};

const SCOPE: &str = style_sheet!("style/pages/bridge.css");

/// What every one of the pages knows.
#[derive(Clone)]
pub struct Here {
    /// The vendor.
    pub vendor: Vendor,
    /// The till.
    pub till: Till,
    /// The connection.
    pub connection: Memo<Bound>,
    /// The connection's id.
    pub id: StoredValue<String>,
    /// The till's token, as far as it is known.
    pub token: Token,
    /// Notifies when something about the connection may have changed.
    pub turned: RwSignal<()>,
}

impl Here {
    /// The till's name; changes with the language.
    pub fn name(&self) -> Signal<String> {
        let language = language();
        let name = self.till.name.clone();
        text(move || localized(language.get(), &name))
    }

    /// The address of one of the pages.
    pub fn path(&self, part: Part) -> String {
        Site::Bridge { vendor: self.vendor.slug.clone(), till: self.till.id.clone(), part }.path()
    }

    /// The address of the till's own page.
    pub fn till_path(&self) -> String {
        Site::Till { vendor: self.vendor.slug.clone(), till: self.till.id.clone() }.path()
    }

    /// Whether the reader may change the connection; tracked.
    pub fn manages(&self) -> Memo<bool> {
        let connection = self.connection;
        Memo::new(move |_| connection.with(|connection| connection.role == Role::Manage))
    }
}

/// The page.
#[component]
pub fn BridgePage(
    /// The vendor's slug.
    vendor: String,
    /// The till's id.
    till: String,
    /// Which of the pages.
    part: Part,
    /// What stands on it, as far as this program knows.
    content: fn(Here, Part) -> AnyView,
    /// Asks for a connection's token.
    token: fn(&str) -> Token,
) -> impl IntoView {
    let site = Site::Bridge { vendor: vendor.clone(), till: till.clone(), part: part.clone() };
    let profile = expect_context::<Profile>();
    profile.renew();
    let place = StoredValue::new((vendor.clone(), till.clone()));
    let asked = Answer::to(move || {
        let (vendor, till) = place.get_value();
        async move { vendors::standing(&vendor, &till).await }
    });
    let turned = RwSignal::new(());
    let look = pace::paced(move || {
        asked.refresh();
        _ = turned.try_set(());
    });
    on_restored(look);
    // A look that fails leaves what is shown.
    let status = Memo::new(move |before: Option<&Option<Result<Standing, ApiError>>>| match (asked.get(), before) {
        (Some(Err(_)), Some(Some(Ok(kept)))) => Some(Ok(kept.clone())),
        (now, _) => now,
    });
    let what = Memo::new(move |_| {
        status.with(|status| match status {
            Some(Ok(status)) => Some((
                place.with_value(|(vendor, till)| {
                    topic(vendor, till, status.connection.as_ref().map(|bound| bound.id.as_str()))
                }),
                true,
            )),
            _ => None,
        })
    });
    follow(what, look);
    let wanted = part.clone();
    let shown = Memo::new(move |_| {
        let (vendor, till) = place.get_value();
        status.with(|status| face(&wanted, profile.of(&vendor).as_ref(), &till, status.as_ref()))
    });
    // The vendor and the till, where the profile has come.
    let known = move || {
        let (vendor, till) = place.get_value();
        let vendor = untrack(|| profile.of(&vendor))?.ok()?;
        let till = vendor.tills.iter().find(|known| known.id == till).cloned()?;
        Some((vendor, till))
    };
    let again = move |()| {
        profile.renew();
        asked.retry();
    };
    dynamic(move || match (shown.get(), known()) {
        (Face::Failed(error), _) => {
            let around = Around { till: Some(site.clone()), ..Around::default() };
            view! { <Stuck error=error place=Place::Page on_repeat=again around=around /> }.into_any()
        }
        (Face::Missing, _) => view! { <MissingPage /> }.into_any(),
        // As wide as what will stand there.
        (Face::Waiting, _) | (_, None) => view! {
            <div class=class(&part)>
                <Waiting shape=Shape::List on_again=again />
            </div>
        }
        .into_any(),
        (Face::Known { connection }, Some((vendor, till))) => {
            Ready::mark(site.clone());
            let language = language();
            let name = text(move || localized(language.get(), &till.name));
            view! {
                <div class="card">
                    <Known vendor=vendor.slug name=name connection=connection />
                </div>
            }
            .into_any()
        }
        (Face::Off, Some((vendor, till))) => {
            Ready::mark(site.clone());
            view! { <Off href=Site::Till { vendor: vendor.slug, till: till.id }.path() /> }.into_any()
        }
        (Face::On { connection: id }, Some((vendor, till))) => match kept(status) {
            Some(connection) => {
                known::settled();
                Ready::mark(site.clone());
                // What sends stock alone has none.
                let bridges = vendor.capabilities.contains(&Capability::OrderBridge);
                let token = if bridges { token(&id) } else { Token::none() };
                let here = Here { vendor, till, connection, id: StoredValue::new(id), token, turned };
                view! { <Shown here=here part=part.clone() content=content /> }.into_any()
            }
            None => ().into_any(),
        },
    })
}

/// The connection, and once it is gone what it was, until the page shows another face.
fn kept(status: Memo<Option<Result<Standing, ApiError>>>) -> Option<Memo<Bound>> {
    let now = move || {
        status.with(|status| match status {
            Some(Ok(status)) => status.connection.clone(),
            _ => None,
        })
    };
    let first = untrack(now)?;
    Some(Memo::new(move |before: Option<&Bound>| now().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())))
}

/// The class of a page: a form is narrow, a list is wide.
fn class(part: &Part) -> String {
    let width = if *part == Part::Configuration { "" } else { " wide" };
    format!("{SCOPE} bridge{width}")
}

/// One of the pages, within what they share.
#[component]
fn Shown(here: Here, part: Part, content: fn(Here, Part) -> AnyView) -> impl IntoView {
    let whole = class(&part);
    view! {
        <div class=whole>
            <Nav here=here.clone() part=part.clone() />
            <Health here=here.clone() />
            {content(here, part)}
        </div>
    }
}

/// Not connected: there is nothing to follow and nothing to configure.
#[component]
fn Off(href: String) -> impl IntoView {
    let language = language();
    view! {
        <div class="card">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {tr!(language, bridge_settings.off)}
                </h1>
                <p class="muted">{tr!(language, bridge_settings.off_means)}</p>
                <div>
                    <LinkButton href=href label=tr!(language, step.till) weight=Weight::Primary />
                </div>
            </div>
        </div>
    }
}
