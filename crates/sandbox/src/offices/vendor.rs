//! What a back office is made of: its people, its restaurants, its menu, and where in it the console is. The four of them
//! are in `catalogue`.

use crate::lang::Lang;

/// French, then English.
pub(super) type Words = (&'static str, &'static str);

/// One of the two.
pub(super) fn say(lang: Lang, words: Words) -> &'static str {
    lang.pick(words.0, words.1)
}

/// A vendor and its back office.
#[derive(Debug)]
pub(super) struct Vendor {
    /// What the console knows it by; the first part of its addresses here.
    pub(super) slug: &'static str,
    /// The product's name, in its header.
    pub(super) name: &'static str,
    /// The vendor's name in sentences about its support.
    pub(super) house: &'static str,
    /// How its menu is laid out.
    pub(super) layout: Layout,
    /// What its first page is called.
    pub(super) home: Words,
    /// Ids and names of the tills it has at the console.
    pub(super) tills: &'static [(&'static str, Words)],
    /// Its menu; where an entry has others in it, they are its pages or sections.
    pub(super) menu: &'static [Entry],
    /// Where the console is in it: the slugs of the menu's entries.
    pub(super) console: &'static [&'static str],
    /// What a second console on the same page shows.
    pub(super) second: Place,
    /// The two restaurants that use it.
    pub(super) merchants: [Merchant; 2],
    /// Who uses it: a manager, somebody employed, and the vendor's own support.
    pub(super) people: [Person; 3],
}

/// How a menu is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A bar whose entries drop down.
    DropDown,
    /// A bar; below it the tabs of the entry one is in.
    Tabs,
    /// A column; beside it the sections of the entry one is in.
    Side,
}

/// An entry of a menu.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its part of the address.
    pub(super) slug: &'static str,
    /// What it is called.
    pub(super) words: Words,
    /// What its page shows.
    pub(super) shows: Shows,
    /// What is in it.
    pub(super) inner: &'static [Entry],
}

impl Entry {
    /// A page that is not part of the demonstration.
    pub(super) const fn aside(slug: &'static str, words: Words) -> Self {
        Self { slug, words, shows: Shows::Aside, inner: &[] }
    }

    /// A page with the console.
    pub(super) const fn console(slug: &'static str, words: Words, place: Place) -> Self {
        Self { slug, words, shows: Shows::Console(place), inner: &[] }
    }

    /// What has entries of its own.
    pub(super) const fn group(slug: &'static str, words: Words, inner: &'static [Self]) -> Self {
        Self { slug, words, shows: Shows::Aside, inner }
    }
}

/// What is on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    /// A sentence that this is not part of the demonstration.
    Aside,
    /// The console.
    Console(Place),
    /// HubRise's list of connections, with **OPEN**.
    Installations,
}

/// What of the console is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// `overview`, `connection`, `operations`, `configuration`, `menu` or `stock`.
    pub(super) page: &'static str,
    /// Which till; `None` for the overview of all.
    pub(super) till: Option<&'static str>,
}

/// A restaurant.
#[derive(Debug)]
pub(super) struct Merchant {
    /// The back office's own id of it.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// Its account at HubRise.
    pub(super) account: &'static str,
}

/// Somebody who uses a back office.
#[derive(Debug)]
pub(super) struct Person {
    /// What the address calls the user.
    pub(super) key: &'static str,
    /// The back office's own id.
    pub(super) id: &'static str,
    /// Their name.
    pub(super) name: &'static str,
    /// What the header calls what they are.
    pub(super) post: Words,
    /// What the token says they may do.
    pub(super) role: &'static str,
}

impl Vendor {
    /// The vendor of a slug.
    pub(super) fn of(slug: &str) -> Option<&'static Self> {
        super::catalogue::ALL.iter().find(|vendor| vendor.slug == slug)
    }

    /// The entries on the way to a page, outermost first; `None` where no page is.
    pub(super) fn trail(&self, path: &str) -> Option<Vec<&'static Entry>> {
        let mut entries = self.menu;
        let mut trail = Vec::new();
        for part in path.split('/') {
            let entry = entries.iter().find(|entry| entry.slug == part)?;
            trail.push(entry);
            entries = entry.inner;
        }
        Some(trail)
    }

    /// The address of the page with the console.
    pub(super) fn console_path(&self) -> String {
        format!("/{}/{}", self.slug, self.console.join("/"))
    }

    /// The words on the way to the console, as the vendor's documents write them.
    pub(super) fn console_words(&self, lang: Lang) -> Vec<&'static str> {
        let trail = self.trail(&self.console.join("/")).unwrap_or_default();
        trail.into_iter().map(|entry| say(lang, entry.words)).collect()
    }

    /// Whether the console has several tills on one page, so that one must be picked.
    pub(super) fn picks_till(&self, place: Place) -> bool {
        place.till.is_some() && self.tills.len() > 1
    }
}
