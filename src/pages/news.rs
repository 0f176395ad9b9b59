//! What just happened to a till, told on its page: it outlives the navigation that leads there, also into another entry
//! page, and the change of the page's face that it brings; neither a reload nor leaving the page.

use leptos::prelude::*;
use passerelle_wire::{Change, Connected, NamedRef, Subject};
use serde::{Deserialize, Serialize};

use crate::{
    address::Parting,
    browser::{clock, storage},
    components::{
        announcer::announcer,
        dynamic::perhaps,
        notice::{Notice, Tone},
    },
    i18n::{Locale, language, td_string, text, tr},
};

/// Where news waits, in this tab, while another entry page is loaded.
const STORED: &str = "passerelle.news";

/// What waits is longer than this only if somebody else wrote it.
const LONGEST: usize = 16_000;

/// What has waited longer than this, in milliseconds, is no news: the page it was for did not come.
const STALE: f64 = 120_000.0;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Story {
    /// Connected, or connected again with these differences.
    Connected {
        /// Whether it was connected before.
        again: bool,
        /// What differs from before.
        changes: Vec<Change>,
    },
    /// Another account was declined; it stays connected to this one, where known.
    Kept {
        /// The account's name.
        account: Option<String>,
    },
    /// What HubRise's **Connect** brought was declined.
    Refused,
    /// Disconnected.
    Disconnected {
        /// Whether HubRise has confirmed.
        revoked: bool,
    },
}

/// The latest story and the till it is about, and whether it has been said aloud.
#[derive(Clone, Copy)]
pub struct News(RwSignal<Option<Item>>, StoredValue<bool>);

/// A vendor, a till, and what happened to it.
type Item = (String, String, Story);

impl News {
    /// What waits in this tab since another entry page was left, taken out of there; none otherwise.
    pub fn arrived() -> Self {
        let packed = storage::read_tab(STORED);
        storage::forget_tab(STORED);
        Self(RwSignal::new(packed.and_then(|packed| unpack(&packed, clock::now()))), StoredValue::new(false))
    }

    /// Leaves what is to be told where [`News::arrived`] finds it. To be called before another entry page is loaded.
    pub fn pack(self) {
        let packed = self.0.with_untracked(|news| news.as_ref().and_then(|news| pack(news, clock::now())));
        if let Some(packed) = packed {
            storage::write_tab(STORED, &packed);
        }
    }

    /// The page's news, from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Tells what happened to a till.
    pub fn tell(self, vendor: &str, till: &str, story: Story) {
        self.1.set_value(false);
        self.0.set(Some((vendor.to_owned(), till.to_owned(), story)));
    }

    /// Tells of a connection just made.
    pub fn tell_connected(self, connected: Connected) {
        let Connected { connection, again, changes } = connected;
        self.tell(&connection.vendor, &connection.till, Story::Connected { again, changes });
    }

    /// The news of a till; tracked.
    pub fn of(self, vendor: &str, till: &str) -> Option<Story> {
        self.0.with(|news| match news {
            Some((v, t, story)) if v == vendor && t == till => Some(story.clone()),
            _ => None,
        })
    }

    /// Whether it is to be said aloud now: once, though the page changes its face under it.
    fn take_unsaid(self) -> bool {
        self.1.try_update_value(|said| !std::mem::replace(said, true)).unwrap_or_default()
    }

    /// Puts it away.
    pub fn clear(self) {
        self.0.set(None);
    }
}

/// Provides the news, where pages tell of them; what then is done before another entry page is loaded.
pub fn told() -> Parting {
    let news = News::arrived();
    provide_context(news);
    Box::new(move || news.pack())
}

/// Where no page tells of them, nor shows a till's card: what waits is left to the page it is about, and no room is taken by what
/// reads it.
pub fn untold() -> Parting {
    Box::new(|| ())
}

/// News as it waits, with the time it was left.
fn pack(item: &Item, now: f64) -> Option<String> {
    // In whole milliseconds: reading fractions takes a table of ten kilobytes.
    serde_json::to_string(&(now as u64, item)).ok().filter(|packed| packed.len() <= LONGEST)
}

/// News as it was left, if it is news still.
fn unpack(packed: &str, now: f64) -> Option<Item> {
    if packed.len() > LONGEST {
        return None;
    }
    let (left, item): (u64, Item) = crate::json::read(packed)?;
    (0.0..STALE).contains(&(now.floor() - left as f64)).then_some(item)
}

/// The news of a till, if any; announced when it appears.
#[component]
pub fn Latest(
    /// The vendor's slug.
    vendor: String,
    /// The till's id.
    till: String,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let news = News::from_context();
    let story = Memo::new(move |_| news.of(&vendor, &till));
    Effect::new(move |_| {
        if let Some(story) = story.get()
            && news.take_unsaid()
        {
            announcer.say(headline(language.get_untracked(), &story));
        }
    });
    perhaps(move || {
        story.get().map(|story| {
            let tone = match story {
                Story::Connected { .. } | Story::Disconnected { revoked: true } => Tone::Ok,
                Story::Kept { .. } | Story::Refused | Story::Disconnected { revoked: false } => Tone::Info,
            };
            let changes = match &story {
                Story::Connected { again: true, changes } => changes.clone(),
                _ => Vec::new(),
            };
            view! {
                <Notice tone=tone on_close=move |()| news.clear()>
                    <p>
                        <strong>{text(move || headline(language.get(), &story))}</strong>
                    </p>
                    {(!changes.is_empty()).then(|| view! { <Changes changes=changes /> })}
                </Notice>
            }
        })
    })
}

/// What differs from before.
#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    let language = language();
    view! {
        <p>{tr!(language, flash.changes)}</p>
        <ul>
            {changes
                .into_iter()
                .map(|change| view! { <li>{text(move || difference(language.get(), &change))}</li> })
                .collect_view()}
        </ul>
    }
}

/// The story in a sentence or two.
fn headline(locale: Locale, story: &Story) -> String {
    match story {
        Story::Connected { again: false, .. } => td_string!(locale, flash.connected).to_owned(),
        Story::Connected { again: true, changes } if changes.is_empty() => {
            format!("{} {}", td_string!(locale, flash.again), td_string!(locale, flash.unchanged))
        }
        Story::Connected { again: true, .. } => td_string!(locale, flash.again).to_owned(),
        Story::Kept { account: Some(account) } => td_string!(locale, flash.kept, account = account.as_str()),
        Story::Kept { account: None } => td_string!(locale, flash.kept_bare).to_owned(),
        Story::Refused => td_string!(locale, flash.refused).to_owned(),
        Story::Disconnected { revoked: true } => td_string!(locale, flash.disconnected).to_owned(),
        Story::Disconnected { revoked: false } => td_string!(locale, flash.disconnected_later).to_owned(),
    }
}

/// One difference: `Catalogue : Carte 2025 → Carte 2026`.
fn difference(locale: Locale, change: &Change) -> String {
    let subject = match change.subject {
        Subject::Account => td_string!(locale, till.account),
        Subject::Location => td_string!(locale, till.location),
        Subject::Catalog => td_string!(locale, till.catalog),
        Subject::CustomerList => td_string!(locale, till.customer_list),
    };
    let name = |side: &Option<NamedRef>| {
        side.as_ref().map_or_else(|| td_string!(locale, flash.nothing).to_owned(), |named| named.name.clone())
    };
    td_string!(locale, flash.change, subject = subject, from = name(&change.from), to = name(&change.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_changed_from_what_to_what() {
        let named = |name: &str| Some(NamedRef { id: "x".into(), name: name.into() });
        let change = Change { subject: Subject::Catalog, from: named("Carte 2025"), to: named("Carte 2026") };
        assert_eq!(difference(Locale::en, &change), "Catalog: Carte 2025 → Carte 2026");
        assert_eq!(difference(Locale::fr, &change), "Catalogue\u{a0}: Carte 2025 → Carte 2026");
        let first = Change { subject: Subject::CustomerList, from: None, to: named("Web") };
        assert_eq!(difference(Locale::en, &first), "Customer list: none → Web");
    }

    #[test]
    fn a_reconnection_that_changes_nothing_says_so() {
        let story = Story::Connected { again: true, changes: Vec::new() };
        assert_eq!(headline(Locale::en, &story), "Connected again. Nothing has changed.");
    }

    #[test]
    fn news_survives_the_way_to_another_entry_page_once_and_not_for_long() {
        let change = Change { subject: Subject::Location, from: None, to: None };
        let item = ("v".to_owned(), "t".to_owned(), Story::Connected { again: true, changes: vec![change] });
        let packed = pack(&item, 1_000.0).unwrap_or_default();
        assert_eq!(unpack(&packed, 2_000.0), Some(item.clone()));
        assert_eq!(unpack(&packed, 1_000.0 + STALE), None, "too late");
        assert_eq!(unpack(&packed, 0.0), None, "from the future");
        let long = Story::Kept { account: Some("x".repeat(LONGEST)) };
        assert_eq!(pack(&("v".into(), "t".into(), long), 0.0), None);
    }

    #[test]
    fn what_somebody_else_left_is_no_news() {
        for odd in
            ["", "{}", "[0,[\"v\",\"t\",\"Unheard\"]]", &format!("[0,[\"{}\",\"t\",\"Refused\"]]", "v".repeat(LONGEST))]
        {
            assert_eq!(unpack(odd, 0.0), None);
        }
    }
}
