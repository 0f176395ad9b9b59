//! Who is at which restaurant's page, how the page embeds the console, and what it does wrong: all of it in the address, so
//! that a page can be sent to a colleague or opened by a test.

use http::Uri;

use super::{
    fault::Fault,
    vendor::{Merchant, Person, Vendor},
};
use crate::{lang::Lang, params::Params};

/// How a page embeds the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// `Passerelle.mount()`.
    Mount,
    /// The custom element.
    Element,
    /// A plain iframe with a one-time code; no script.
    Iframe,
    /// Mounted twice.
    Twice,
    /// The page itself inside an iframe.
    Nested,
    /// A page that changes its views without loading, and mounts again each time.
    Spa,
}

impl Variant {
    /// All, by their words.
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("mount", Self::Mount),
        ("element", Self::Element),
        ("iframe", Self::Iframe),
        ("twice", Self::Twice),
        ("nested", Self::Nested),
        ("spa", Self::Spa),
    ];
}

/// What the console is told of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    const ALL: [(&'static str, Self); 3] = [("auto", Self::Auto), ("light", Self::Light), ("dark", Self::Dark)];

    pub(super) fn word(self) -> &'static str {
        word(&Self::ALL, self)
    }
}

/// One look at a page.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub(super) vendor: &'static Vendor,
    pub(super) lang: Lang,
    pub(super) person: &'static Person,
    pub(super) merchant: &'static Merchant,
    pub(super) variant: Variant,
    pub(super) theme: Theme,
    pub(super) fault: Option<Fault>,
    /// A till picked by hand.
    pub(super) till: Option<&'static str>,
    /// Whether the page cuts itself off from those it opens.
    pub(super) coop: bool,
    /// Whether the page is inside another page of the office: without header and menu.
    pub(super) inner: bool,
}

impl Visit {
    /// Reads an address. `Err` says in words what is unknown in it.
    pub(super) fn read(vendor: &'static Vendor, uri: &Uri) -> Result<Self, String> {
        let query = Params::of_query(uri);
        let [manager, ..] = &vendor.people;
        let [first, _] = &vendor.merchants;
        let mut visit = Self {
            vendor,
            lang: Lang::Fr,
            person: manager,
            merchant: first,
            variant: Variant::Mount,
            theme: Theme::Auto,
            fault: None,
            till: None,
            coop: false,
            inner: false,
        };
        for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
            let found = match name {
                "lang" => Lang::from_tag(value).map(|lang| visit.lang = lang),
                "user" => vendor.people.iter().find(|one| one.key == value).map(|one| visit.person = one),
                "merchant" => vendor.merchants.iter().find(|one| one.id == value).map(|one| visit.merchant = one),
                "variant" => named(&Variant::ALL, value).map(|variant| visit.variant = variant),
                "theme" => named(&Theme::ALL, value).map(|theme| visit.theme = theme),
                "fault" => named(&Fault::ALL, value).map(|fault| visit.fault = Some(fault)),
                "till" => vendor.tills.iter().find(|(id, _)| *id == value).map(|(id, _)| visit.till = Some(id)),
                "coop" => (value == "1").then(|| visit.coop = true),
                "inner" => (value == "1").then(|| visit.inner = true),
                // What else a page's script keeps in its address is its own.
                _ => Some(()),
            };
            if found.is_none() {
                return Err(format!("`{name}={value}` is unknown here"));
            }
        }
        Ok(visit)
    }

    /// The other restaurant.
    pub(super) fn other_merchant(&self) -> &'static Merchant {
        self.vendor.merchants.iter().find(|one| one.id != self.merchant.id).unwrap_or(self.merchant)
    }

    /// An address with all that is not as usual; unescaped.
    pub(super) fn to(&self, path: &str) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        let [manager, ..] = &self.vendor.people;
        let [first, _] = &self.vendor.merchants;
        let mut unusual = |name: &str, value: &str, usual: bool| {
            if !usual {
                pairs.append_pair(name, value);
            }
        };
        unusual("lang", self.lang.tag(), self.lang == Lang::Fr);
        unusual("user", self.person.key, self.person.key == manager.key);
        unusual("merchant", self.merchant.id, self.merchant.id == first.id);
        unusual("variant", word(&Variant::ALL, self.variant), self.variant == Variant::Mount);
        unusual("theme", self.theme.word(), self.theme == Theme::Auto);
        unusual("fault", self.fault.map_or("", Fault::word), self.fault.is_none());
        unusual("till", self.till.unwrap_or_default(), self.till.is_none());
        unusual("coop", "1", !self.coop);
        unusual("inner", "1", !self.inner);
        let query = pairs.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// Where the page gets its tokens.
    pub(super) fn token_path(&self) -> String {
        self.to(&format!("/{}/token", self.vendor.slug))
    }
}

fn named<T: Copy>(all: &[(&'static str, T)], wanted: &str) -> Option<T> {
    all.iter().find(|(word, _)| *word == wanted).map(|(_, one)| *one)
}

fn word<T: Copy + PartialEq>(all: &[(&'static str, T)], wanted: T) -> &'static str {
    all.iter().find(|(_, one)| *one == wanted).map_or("", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(uri: &str) -> Result<Visit, String> {
        let vendor = Vendor::of("pos-helper").unwrap_or_else(|| panic!("there is such a vendor"));
        Visit::read(vendor, &uri.parse().unwrap_or_else(|error| panic!("{error}")))
    }

    #[test]
    fn an_address_says_only_what_is_not_as_usual_and_is_read_back() {
        let usual = read("/").unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(usual.to("/pos-helper"), "/pos-helper");
        let all = "/x?lang=en&user=viewer&merchant=resto-2&variant=spa&theme=dark&fault=merchant-other&till=comptoir&coop=1&inner=1";
        let odd = read(all).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(odd.to("/x"), all);
        assert_eq!((odd.merchant.id, odd.other_merchant().id), ("resto-2", "resto-1"));
    }

    #[test]
    fn what_is_unknown_is_named_rather_than_passed_over() {
        for wrong in ["user=boss", "fault=odd", "merchant=resto-3", "lang=de", "variant=x", "till=zelty", "coop=yes"] {
            assert_eq!(read(&format!("/?{wrong}")).err(), Some(format!("`{wrong}` is unknown here")));
        }
        assert!(read("/?view=other&user=").is_ok());
    }
}
