//! The words of a case: the app's own for causes, states and notes, and its page's from `locales/case`. Compiled in, so that
//! a case says the same wherever it is opened.

use std::sync::LazyLock;

use passerelle_vendors::Localized;
use serde_json::Value;

/// A language that is spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

struct Book {
    app: Value,
    case: Value,
}

impl Book {
    fn open(app: &str, case: &str) -> Self {
        // Words that cannot be read are seen by the tests below, and are shown by their names.
        Self {
            app: serde_json::from_str(app).unwrap_or_default(),
            case: serde_json::from_str(case).unwrap_or_default(),
        }
    }
}

static ENGLISH: LazyLock<Book> = LazyLock::new(|| {
    Book::open(
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/en.json")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/case/en.json")),
    )
});
static FRENCH: LazyLock<Book> = LazyLock::new(|| {
    Book::open(
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/fr.json")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales/case/fr.json")),
    )
});

impl Language {
    /// As `?language=` names it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "en" => Some(Self::En),
            "fr" => Some(Self::Fr),
            _ => None,
        }
    }

    /// The one a browser likes best of the two (`Accept-Language`); English when it likes neither.
    pub(crate) fn liked(accepted: &str) -> Self {
        let first =
            accepted.split([',', ';']).map(str::trim).find(|tag| tag.starts_with("fr") || tag.starts_with("en"));
        if first.is_some_and(|tag| tag.starts_with("fr")) { Self::Fr } else { Self::En }
    }

    /// As HTML names it.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// A profile's text.
    pub(crate) fn of(self, text: &Localized) -> &str {
        match self {
            Self::En => &text.en,
            Self::Fr => &text.fr,
        }
    }

    /// A word of the page.
    pub(super) fn word(self, name: &'static str) -> &'static str {
        self.book().case[name].as_str().unwrap_or(name)
    }

    /// A word of the page with texts in it.
    pub(super) fn filled(self, name: &'static str, texts: &[(&str, &str)]) -> String {
        fill(self.word(name), texts)
    }

    /// A word of the app's (`cause`, `wrong_token`, `title`); none where it has no such word.
    pub(super) fn app(self, path: &[&str], texts: &[(&str, &str)]) -> Option<String> {
        let word = path.iter().fold(&self.book().app, |at, key| &at[*key]);
        word.as_str().map(|word| fill(word, texts))
    }

    fn book(self) -> &'static Book {
        match self {
            Self::En => &ENGLISH,
            Self::Fr => &FRENCH,
        }
    }
}

/// The word with each text in its `{{ place }}`. One pass: a text that looks like a place is none.
fn fill(word: &str, texts: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((place, after)) = after.split_once("}}") else { break };
        filled.push_str(before);
        let text = texts.iter().find(|(name, _)| *name == place.trim()).map(|(_, text)| *text);
        filled.push_str(text.unwrap_or_default());
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use passerelle_wire::{Cause, NoteCode};

    use super::*;

    fn keys(book: &Book) -> Vec<&String> {
        let keys: Vec<_> = book.case.as_object().unwrap().keys().collect();
        assert!(keys.len() > 40);
        keys
    }

    #[test]
    fn both_languages_have_the_same_words_with_the_same_places() {
        assert_eq!(keys(&ENGLISH), keys(&FRENCH));
        for key in keys(&ENGLISH) {
            let places = |book: &Book| {
                let word = book.case[key.as_str()].as_str().unwrap();
                let mut places: Vec<_> =
                    word.split("{{").skip(1).map(|rest| rest.split_once("}}").unwrap().0.trim().to_owned()).collect();
                places.sort();
                places
            };
            assert_eq!(places(&ENGLISH), places(&FRENCH), "{key}");
        }
    }

    #[test]
    fn every_cause_and_every_note_has_words() {
        let name = |value: Value| value.as_str().unwrap().to_owned();
        for language in [Language::En, Language::Fr] {
            for cause in Cause::ALL {
                let name = name(serde_json::to_value(cause).unwrap());
                for part in ["title", "means", "todo"] {
                    assert!(language.app(&["cause", &name, part], &[]).is_some(), "{name} {part}");
                }
            }
            let note = name(serde_json::to_value(NoteCode::ItemSkipped).unwrap());
            let text = language.app(&["note", &note], &[("name", "Tea {{ name }}")]).unwrap();
            assert!(text.contains("Tea {{ name }}"), "{text}");
        }
    }

    #[test]
    fn the_language_is_the_browsers() {
        assert_eq!(Language::liked("fr-FR,fr;q=0.9,en;q=0.8"), Language::Fr);
        assert_eq!(Language::liked("de, en-GB;q=0.8, fr;q=0.1"), Language::En);
        assert_eq!(Language::liked(""), Language::En);
        assert_eq!(Language::named("de"), None);
    }
}
