//! The words: compile-checked keys from `locales/`, and which language they are shown in.
//!
//! Owns: the language of the page (the browser's by default, the reader's choice remembered). Does not own any
//! word: those live in `locales/` and, where a vendor says them, in its profile.

#[expect(unused_imports, dead_code, clippy::expect_used, reason = "generated code offers more than the app uses")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use generated::i18n::Locale;
pub use leptos_i18n::td_string;

use leptos::prelude::*;
use passerelle_wire::Localized;

use crate::browser::{frame, page, storage};

/// Where the reader's choice of language is remembered.
const STORED: &str = "passerelle.language";

/// The language of the page; copy it where words are needed.
#[derive(Clone, Copy)]
pub struct Language(RwSignal<Locale>);

impl Language {
    /// Takes the language that `index.html` chose before the first paint (a back office's, the reader's choice, the
    /// browser's), keeps `<html lang>` right from then on, and provides it to the whole page.
    pub fn provide() -> Self {
        let language = Self(RwSignal::new(from_code(&page::language()).unwrap_or(Locale::en)));
        Effect::new(move |_| page::set_language(language.code()));
        // The back office's word is not remembered: it says it each time.
        frame::on_locale(move |code| {
            if let Some(locale) = from_code(&code) {
                language.0.set(locale);
            }
        });
        provide_context(language);
        language
    }

    /// The language in use; tracked.
    pub fn get(self) -> Locale {
        self.0.get()
    }

    /// The language in use, for what happens once.
    pub fn get_untracked(self) -> Locale {
        self.0.get_untracked()
    }

    /// Its BCP 47 code, as `Intl` and `<html lang>` want it; tracked.
    pub fn code(self) -> &'static str {
        code(self.get())
    }

    /// Switches and remembers. Where storage is denied the choice lasts as long as the page.
    pub fn choose(self, wanted: &str) {
        if let Some(locale) = from_code(wanted) {
            storage::write(STORED, code(locale));
            self.0.set(locale);
        }
    }
}

/// The page's language, from the context.
pub fn language() -> Language {
    expect_context()
}

/// A text that changes with the language: `tr!(language, till.connect)`, `tr!(language, choose.refine, count = 200)`.
macro_rules! tr {
    ($language:expr, $($key:ident).+) => {
        $crate::i18n::plain_text($language, |locale| $crate::i18n::td_string!(locale, $($key).+))
    };
    ($language:expr, $($key:tt)+) => {{
        let language = $language;
        $crate::i18n::text(move || $crate::i18n::td_string!(language.get(), $($key)+))
    }};
}
pub(crate) use tr;

/// A text that changes with what `words` reads. One type for all of them: a view of every closure type would be compiled
/// apart, and the reader would download each.
pub fn text<S: Into<String>>(words: impl Fn() -> S + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || words().into())
}

/// A text without parts that vary. A plain function, so that all of them share one closure.
pub fn plain_text(language: Language, words: fn(Locale) -> &'static str) -> Signal<String> {
    Signal::derive(move || words(language.get()).to_owned())
}

/// One side of a text a profile gives in both languages.
pub fn localized(locale: Locale, text: &Localized) -> String {
    match locale {
        Locale::en => text.en.clone(),
        Locale::fr => text.fr.clone(),
    }
}

/// Every language, with its own name for itself.
pub const LANGUAGES: [(&str, &str); 2] = [("fr", "Français"), ("en", "English")];

/// A language's code.
fn code(locale: Locale) -> &'static str {
    match locale {
        Locale::en => "en",
        Locale::fr => "fr",
    }
}

/// The language of a code such as `fr-CA`.
fn from_code(code: &str) -> Option<Locale> {
    match code.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
        "en" => Some(Locale::en),
        "fr" => Some(Locale::fr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_languages_by_their_codes_alone() {
        for (code, expected) in
            [("fr-CA", Some(Locale::fr)), ("EN-us", Some(Locale::en)), ("de", None), ("french", None), ("", None)]
        {
            assert_eq!(from_code(code), expected, "{code}");
        }
    }

    #[test]
    fn every_language_offered_can_be_chosen() {
        for (offered, _) in LANGUAGES {
            assert_eq!(from_code(offered).map(code), Some(offered));
        }
    }
}
