//! Nine programs from one library, so that none outgrows the first load: each names its own pages and no others, which
//! are then not even in its file. Owns the order of the first moments, too: what HubRise brought leaves the address bar
//! before anything else can see it, and the shell of `index.html` goes when the app stands in its place.

use leptos::prelude::*;
use passerelle_wire::AttemptBegin;

use crate::{
    address::Parting,
    app::{App, AppProps},
    browser::{frame, page},
    logic::{
        callback::{self, Landing},
        problem,
    },
    pages::{
        account::AccountPage,
        aside::{self, Window},
        begin::{self, Windowed},
        bridge::{
            BridgePage, Here,
            configuration::Configuration,
            exchange::ExchangePart,
            menu::Menu,
            operation::OperationPart,
            operations::Operations,
            settings::{Settings, Token},
        },
        callback::CallbackPage,
        choose::ChoosePage,
        desk::DeskPage,
        missing::MissingPage,
        news,
        opened::OpenedPage,
        overview::OverviewPage,
        stock::Stock,
        till::TillPage,
        vendors::VendorsPage,
    },
    routes::{Entry, Part, Site},
};

/// The page of an address, for the addresses of one entry.
pub(crate) type Pages = fn(Site) -> AnyView;

/// `index.html`.
pub fn console() {
    know_windows();
    start(Entry::Console, Brought::default(), news::told, |site| match site {
        Site::Till { vendor, till } => view! { <TillPage vendor=vendor till=till /> }.into_any(),
        _ => view! { <MissingPage /> }.into_any(),
    });
}

/// `welcome.html`.
pub fn welcome() {
    know_windows();
    start(Entry::Welcome, Brought::default(), news::told, |site| match site {
        Site::Vendors => view! { <VendorsPage /> }.into_any(),
        Site::Vendor { vendor } => view! { <OverviewPage vendor=vendor /> }.into_any(),
        _ => view! { <MissingPage /> }.into_any(),
    });
}

/// `returning.html`.
pub fn returning() {
    know_windows();
    problem::know_runs();
    let (path, search) = page::address();
    let site = Site::parse(&path);
    let landing = callback::landing(&site, &search);
    if landing.is_some() {
        // `code` and `state` are secrets while they live: out of the address bar and the history at once.
        page::replace_address(&site.path());
    }
    let brought = Brought { landing, begun: begin::remembered() };
    start(Entry::Returning, brought, news::told, |site| match site {
        Site::Callback | Site::Arrival { .. } => view! { <CallbackPage site=site /> }.into_any(),
        Site::Opened { vendor } => view! { <OpenedPage vendor=vendor /> }.into_any(),
        Site::Choose { vendor, till } => view! { <ChoosePage vendor=vendor till=till /> }.into_any(),
        _ => view! { <MissingPage /> }.into_any(),
    });
}

/// `office.html`.
pub fn office() {
    start(Entry::Office, Brought::default(), news::untold, |site| match site {
        Site::Desk { vendor } => view! { <DeskPage vendor=vendor /> }.into_any(),
        Site::Account { vendor } => view! { <AccountPage vendor=vendor /> }.into_any(),
        _ => view! { <MissingPage /> }.into_any(),
    });
}

/// `bridge.html`.
pub fn bridge() {
    fn content(here: Here, part: Part) -> AnyView {
        match part {
            Part::Operations => view! { <Operations here=here /> }.into_any(),
            _ => ().into_any(),
        }
    }
    start(Entry::Bridge, Brought::default(), news::untold, |site| bridged(site, content, Token::of));
}

/// `operation.html`.
pub fn operation() {
    fn content(here: Here, part: Part) -> AnyView {
        match part {
            Part::Operation(id) => view! { <OperationPart here=here id=id /> }.into_any(),
            _ => ().into_any(),
        }
    }
    problem::know_acts();
    start(Entry::Operation, Brought::default(), news::untold, |site| bridged(site, content, Token::of));
}

/// `exchange.html`.
pub fn exchange() {
    fn content(here: Here, part: Part) -> AnyView {
        match part {
            Part::Exchange { operation, exchange } => {
                view! { <ExchangePart here=here operation=operation id=exchange /> }.into_any()
            }
            _ => ().into_any(),
        }
    }
    problem::know_acts();
    start(Entry::Exchange, Brought::default(), news::untold, |site| bridged(site, content, Token::of));
}

/// `setup.html`.
pub fn setup() {
    fn content(here: Here, part: Part) -> AnyView {
        match part {
            Part::Configuration => view! { <Configuration here=here /> }.into_any(),
            Part::Menu => view! { <Menu here=here /> }.into_any(),
            _ => ().into_any(),
        }
    }
    start(Entry::Setup, Brought::default(), news::told, |site| bridged(site, content, Settings::provide));
}

/// `stock.html`.
pub fn stock() {
    fn content(here: Here, part: Part) -> AnyView {
        match part {
            Part::Stock => view! { <Stock here=here /> }.into_any(),
            _ => ().into_any(),
        }
    }
    problem::know_stock();
    start(Entry::Stock, Brought::default(), news::untold, |site| bridged(site, content, Token::of));
}

/// A page of a connected till beside its connection; each of the five entries has the content of its own.
fn bridged(site: Site, content: fn(Here, Part) -> AnyView, token: fn(&str) -> Token) -> AnyView {
    match site {
        Site::Bridge { vendor, till, part } => {
            view! { <BridgePage vendor=vendor till=till part=part content=content token=token /> }.into_any()
        }
        _ => view! { <MissingPage /> }.into_any(),
    }
}

/// In a back office's frame, HubRise stands in a window of its own.
fn know_windows() {
    if frame::framed() {
        // What went wrong in the window is told here.
        problem::know_runs();
        begin::know_windows(Windowed {
            start: aside::start,
            view: |begin| view! { <Window begin=begin /> }.into_any(),
        });
    }
}

/// What a page HubRise sends the browser to begins with; nothing on the others, which need not know how to read it.
#[derive(Default)]
pub(crate) struct Brought {
    /// What the address held.
    pub(crate) landing: Option<Landing>,
    /// What this tab set out to do.
    pub(crate) begun: Option<AttemptBegin>,
}

fn start(entry: Entry, brought: Brought, news: fn() -> Parting, pages: Pages) {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(move || App(AppProps { entry, pages, news, brought }));
    page::remove_shell();
}
