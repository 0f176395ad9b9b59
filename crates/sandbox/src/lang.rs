//! French or English, and how it is chosen: the visitor's own choice (a cookie), else the browser's `Accept-Language`.
//! The words themselves stand where they are used, in pairs.

use http::{HeaderMap, header};

use crate::cookies;

/// Name of the cookie that remembers the language chosen by hand.
pub(crate) const COOKIE: &str = "sandbox_hubrise_lang";

/// One of the two languages of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    Fr,
    En,
}

impl Lang {
    /// Both, in the order the switch shows them.
    pub(crate) const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// BCP 47 tag, for `lang` attributes and the cookie.
    pub(crate) fn tag(self) -> &'static str {
        self.pick("fr", "en")
    }

    /// The language's own name.
    pub(crate) fn name(self) -> &'static str {
        self.pick("Français", "English")
    }

    /// One of two texts.
    pub(crate) fn pick<T>(self, fr: T, en: T) -> T {
        match self {
            Self::Fr => fr,
            Self::En => en,
        }
    }

    /// Reads a tag as the switch sends it.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language to answer a request in.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        if let Some(chosen) = cookies::get(headers, COOKIE).as_deref().and_then(Self::from_tag) {
            return chosen;
        }
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self::preferred(accepted)
    }

    /// The better liked of the two in an `Accept-Language` header; English when it names neither.
    fn preferred(header: &str) -> Self {
        let mut best: Option<(u32, Self)> = None;
        for entry in header.split(',').take(20) {
            let (tag, weight) = entry.split_once(";q=").unwrap_or((entry, "1"));
            let tag = tag.trim().to_ascii_lowercase();
            let Some(lang) = Self::from_tag(tag.split('-').next().unwrap_or_default()) else { continue };
            let weight = weight_in_thousandths(weight.trim());
            if weight > 0 && best.is_none_or(|(liked, _)| weight > liked) {
                best = Some((weight, lang));
            }
        }
        best.map_or(Self::En, |(_, lang)| lang)
    }
}

fn weight_in_thousandths(text: &str) -> u32 {
    crate::money::parse_thousandths(text).and_then(|value| u32::try_from(value).ok()).unwrap_or(0).min(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_weight_wins_and_english_is_the_rest() {
        assert_eq!(Lang::preferred("fr-CA,fr;q=0.9,en;q=0.8"), Lang::Fr);
        assert_eq!(Lang::preferred("en;q=0.3, fr;q=0.4"), Lang::Fr);
        assert_eq!(Lang::preferred("de,en-GB;q=0.5"), Lang::En);
        assert_eq!(Lang::preferred("fr;q=0"), Lang::En);
        assert_eq!(Lang::preferred(""), Lang::En);
    }
}
