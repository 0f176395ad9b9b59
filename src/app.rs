//! The frame around every page: bar, main column, announcements. Which page stands in it is for the entry to say.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::Router;
use passerelle_wire::{AttemptBegin, EmbedRole, SignedIn, Vendor};

use crate::{
    address::{Address, Parting},
    api::{ApiError, last_heard, session, until_cleanup, vendors},
    browser::{frame, page, storage},
    components::{
        announcer::{Announcements, Announcer},
        dynamic::dynamic,
        header::{Header, STORED as THEME},
        offline::Offline,
    },
    entry::{Brought, Pages},
    i18n::{Language, Locale, language, localized, td_string, tr},
    logic::{callback::Landing, look},
    pages::{news, who::Who},
    routes::{Entry, Part, Site},
};

/// The profile of the vendor the address is about, shared by the frame and the page.
#[derive(Clone, Copy)]
pub struct Profile {
    known: RwSignal<Option<(String, Result<Vendor, ApiError>)>>,
    asked: RwSignal<()>,
}

impl Profile {
    /// Follows `slug`: asks for each vendor the address comes to be about.
    fn follow(slug: Memo<Option<String>>) -> Self {
        let profile = Self { known: RwSignal::new(None), asked: RwSignal::new(()) };
        Effect::new(move |_| {
            profile.asked.track();
            if let Some(slug) = slug.get() {
                spawn_local(until_cleanup(async move {
                    let answer = vendors::get(&slug).await;
                    profile.known.set(Some((slug, answer)));
                }));
            }
        });
        profile
    }

    /// The profile of `vendor`, once it has come; tracked.
    pub fn of(self, vendor: &str) -> Option<Result<Vendor, ApiError>> {
        self.known.with(|known| match known {
            Some((slug, answer)) if slug == vendor => Some(answer.clone()),
            _ => None,
        })
    }

    /// Forgets what is here and asks again.
    pub fn retry(self) {
        self.known.set(None);
        self.asked.set(());
    }

    /// Asks again where the last answer was a failure. To be called by a page that opens: what failed under the page
    /// before it may have come right meanwhile.
    pub fn renew(self) {
        if self.known.with_untracked(|known| matches!(known, Some((_, Err(_))))) {
            self.retry();
        }
    }
}

/// Tells, by `data-ready` on `<main>`, that a page's content is shown: for tests and benches.
#[derive(Clone, Copy)]
pub struct Ready(RwSignal<Option<Site>>);

impl Ready {
    /// To be called where a page's content is built.
    pub fn mark(site: Site) {
        let Self(ready) = expect_context();
        // After this turn, when the content is in the document.
        Effect::new(move |_| ready.set(Some(site.clone())));
    }
}

/// What this tab set out to do at HubRise, as far as the callback page knows; its address tells nothing.
#[derive(Clone, Copy)]
pub struct About(pub RwSignal<Option<AttemptBegin>>);

/// What HubRise brought, to be taken once by the callback page.
#[derive(Clone, Copy)]
pub struct Landed(pub StoredValue<Option<Landing>>);

/// Who is signed in at which vendor's console; nobody is known to be until the session has come.
#[derive(Clone, Copy)]
pub struct Users(RwSignal<Vec<SignedIn>>);

impl Users {
    /// The user of a vendor's console; tracked.
    pub fn of(self, vendor: &str) -> Option<SignedIn> {
        self.0.with(|users| users.iter().find(|user| user.vendor == vendor).cloned())
    }

    /// In a back office's frame: what the back office lets the reader do at a vendor; tracked.
    pub fn role(self, vendor: &str) -> Option<EmbedRole> {
        self.of(vendor)?.embedded
    }
}

/// The app.
#[component]
pub fn App(
    /// Which of the entry pages this is.
    entry: Entry,
    /// The page of an address.
    pages: Pages,
    /// Whether news of tills are told here.
    news: fn() -> Parting,
    /// What it begins with, where HubRise sends the browser.
    brought: Brought,
) -> impl IntoView {
    Language::provide();
    let announcer = Announcer::provide();
    let parting = StoredValue::new(Some(news()));
    provide_context(Ready(RwSignal::new(None)));
    provide_context(About(RwSignal::new(brought.begun)));
    provide_context(Landed(StoredValue::new(brought.landing)));
    view! {
        <Router>
            <Frame entry=entry pages=pages parting=parting />
        </Router>
        <Announcements of=announcer />
    }
}

/// Bar and column; knows the address and the vendor it is about.
#[component]
fn Frame(entry: Entry, pages: Pages, parting: StoredValue<Option<Parting>>) -> impl IntoView {
    let language = language();
    let parting = parting.try_update_value(Option::take).flatten();
    let address = Address::provide(entry, parting.unwrap_or_else(news::untold));
    let site = Memo::new(move |_| Site::parse(&address.path()));
    let About(about) = expect_context();
    let slug = Memo::new(move |_| {
        let site = site.get();
        match site.vendor() {
            Some(vendor) => Some(vendor.to_owned()),
            None if site == Site::Callback => about.get().map(|what| what.vendor),
            None => None,
        }
    });
    let profile = Profile::follow(slug);
    provide_context(profile);
    provide_context(site);
    learn_users();

    let vendor = Memo::new(move |_| slug.get().and_then(|slug| profile.of(&slug)).and_then(Result::ok));
    wear_look(slug, vendor);
    keep_title(site, vendor);
    focus_new_pages(site);

    let name = move || match (slug.get(), vendor.get()) {
        (_, Some(vendor)) => Some(vendor.name),
        (Some(slug), None) if !matches!(profile.of(&slug), Some(Err(_))) => None,
        _ => Some(td_string!(language.get(), app.name).to_owned()),
    };
    let home = move || match vendor.get() {
        Some(vendor) => Site::Vendor { vendor: vendor.slug }.path(),
        None => Site::Vendors.path(),
    };
    let Ready(ready) = expect_context();
    view! {
        <a
            class="skip"
            href="#main"
            on:click=|event| {
                event.prevent_default();
                page::focus("main");
            }
        >
            {tr!(language, app.skip)}
        </a>
        <Header name=name home=home>
            <Who vendor=slug />
        </Header>
        <Offline last_heard=|()| last_heard() />
        <main
            id="main"
            class="column"
            tabindex="-1"
            data-ready=move || (ready.get() == Some(site.get())).then_some("true")
        >
            {dynamic(move || pages(site.get()))}
        </main>
    }
}

/// Keeps [`Users`] as the session tells them. The session is asked for by whoever needs it first; here, in any case.
fn learn_users() {
    let users = RwSignal::new(Vec::new());
    provide_context(Users(users));
    session::watch(move |signed_in| _ = users.try_set(signed_in.to_vec()));
    spawn_local(async {
        // What went wrong is said where the session is needed.
        _ = session::current().await;
    });
}

/// Puts on the vendor's look, and remembers it so that `index.html` can wear it from the first paint on.
fn wear_look(slug: Memo<Option<String>>, vendor: Memo<Option<Vendor>>) {
    Effect::new(move |_| match (slug.get(), vendor.get()) {
        (None, None) => wear(look::OURS),
        (Some(_), None) => {}
        (_, Some(vendor)) => {
            let worn = look::of(&vendor);
            storage::write(look::STORED, &look::kept(&vendor.slug, &worn));
            wear(worn);
        }
    });
}

fn wear([properties @ .., (_, theme)]: look::Worn) {
    for (name, value) in properties {
        page::set_property(name, &value);
    }
    // Of the reader's own choice, or the back office's, before the vendor's.
    let chosen = if frame::framed() { frame::theme() } else { storage::read(THEME) };
    if chosen.is_none() {
        page::set_theme(Some(&*theme).filter(|theme| !theme.is_empty()));
    }
}

/// Keeps `document.title`: the most telling word first.
fn keep_title(site: Memo<Site>, vendor: Memo<Option<Vendor>>) {
    let language = language();
    Effect::new(move |_| {
        let locale = language.get();
        let site = site.get();
        let vendor = vendor.get();
        let till = vendor.as_ref().zip(site.till()).and_then(|(vendor, till)| {
            vendor.tills.iter().find(|known| known.id == till).map(|known| localized(locale, &known.name))
        });
        let mut parts = Vec::new();
        match &site {
            Site::Vendors => parts.push(td_string!(locale, title.vendors).to_owned()),
            Site::Choose { .. } => parts.push(td_string!(locale, title.choose).to_owned()),
            Site::Callback | Site::Arrival { .. } => parts.push(td_string!(locale, title.callback).to_owned()),
            Site::Opened { .. } => parts.push(td_string!(locale, title.opened).to_owned()),
            Site::Desk { .. } => parts.push(td_string!(locale, title.desk).to_owned()),
            Site::Account { .. } => parts.push(td_string!(locale, title.account).to_owned()),
            Site::Missing => parts.push(td_string!(locale, title.missing).to_owned()),
            Site::Bridge { part, .. } => parts.push(part_title(locale, part).to_owned()),
            Site::Vendor { .. } | Site::Till { .. } => {}
        }
        parts.extend(till);
        parts.push(vendor.map_or_else(|| td_string!(locale, app.name).to_owned(), |vendor| vendor.name));
        page::set_title(&parts.join(" · "));
    });
}

/// The title of a page of a connected till beside its connection.
fn part_title(locale: Locale, part: &Part) -> &'static str {
    match part {
        Part::Configuration => td_string!(locale, bridge_settings.configuration),
        Part::Operations | Part::Operation(_) | Part::Exchange { .. } => td_string!(locale, bridge_settings.operations),
        Part::Menu => td_string!(locale, bridge_settings.menu),
        Part::Stock => td_string!(locale, stock.page),
    }
}

/// Moves the focus into a page that has taken another's place, as a browser does on a real navigation.
fn focus_new_pages(site: Memo<Site>) {
    Effect::new(move |before: Option<Site>| {
        let site = site.get();
        if before.is_some_and(|before| before != site) {
            page::focus("main");
        }
        site
    });
}
