//! The words of a tile: how it stands on the till, what HubRise holds, and why that is so.

use passerelle_wire::{StockReason, StockTile};

use super::{Look, amount::written, look};
use crate::i18n::{Locale, td_string};

/// How a tile stands on the till, in a word.
pub fn word(locale: Locale, look: Look) -> &'static str {
    match look {
        Look::InStock => td_string!(locale, stock.in_stock),
        Look::Exhausted => td_string!(locale, stock.exhausted),
        Look::Inactive => td_string!(locale, stock.inactive),
        Look::Unmanaged => td_string!(locale, stock.unmanaged),
        Look::Silent => td_string!(locale, stock.silent),
    }
}

/// What HubRise holds: a number, or that there is no limit.
pub fn held(locale: Locale, language: &str, held: Option<&str>) -> String {
    match held {
        Some(held) => written(held, language),
        None => td_string!(locale, stock.unlimited).to_owned(),
    }
}

/// Why HubRise holds, or should hold, what it does: sentences, the first that of the till's rules. `sending`: whether anything
/// leaves.
pub fn why(locale: Locale, tile: &StockTile, sending: bool) -> Vec<&'static str> {
    let mut said = Vec::new();
    if tile.unknown {
        said.push(td_string!(locale, stock.why_unknown));
        return said;
    }
    said.push(match (tile.reason, look(tile)) {
        (Some(StockReason::Unavailable), _) => td_string!(locale, stock.why_unavailable),
        (Some(StockReason::BelowZero), _) => td_string!(locale, stock.why_below_zero),
        (Some(StockReason::Rounded), _) => td_string!(locale, stock.why_rounded),
        (Some(StockReason::Unmanaged), _) => td_string!(locale, stock.why_unmanaged),
        (None, Look::Silent) => td_string!(locale, stock.why_silent),
        (None, _) => td_string!(locale, stock.why_counted),
    });
    if tile.others_at.is_some() {
        said.push(td_string!(locale, stock.why_others));
    }
    if tile.doubt {
        said.push(td_string!(locale, stock.why_doubt));
    }
    if tile.differs && !sending {
        said.push(td_string!(locale, stock.why_off));
    } else if tile.differs {
        said.push(td_string!(locale, stock.why_differs));
    }
    said
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use passerelle_wire::StockSays;

    use super::*;
    use crate::logic::stock::tests::tile;

    #[test]
    fn every_rule_has_words_of_its_own_in_both_languages() {
        use StockReason as R;
        for locale in [Locale::en, Locale::fr] {
            let first = |reason, says| why(locale, &StockTile { reason, says, ..tile("A", "0") }, true)[0];
            let words = [
                first(Some(R::Unavailable), StockSays::Inactive),
                first(Some(R::BelowZero), StockSays::Counted),
                first(Some(R::Rounded), StockSays::Counted),
                first(Some(R::Unmanaged), StockSays::Unmanaged),
                first(None, StockSays::Counted),
                first(None, StockSays::Nothing),
            ];
            assert_eq!(words.into_iter().collect::<HashSet<_>>().len(), 6);
        }
    }

    #[test]
    fn a_drift_says_who_and_what_heals_it() {
        let drifted = StockTile { others_at: Some(1), differs: true, ..tile("A", "5") };
        let said = why(Locale::en, &drifted, true);
        assert_eq!(said[1..], [td_string!(Locale::en, stock.why_others), td_string!(Locale::en, stock.why_differs)]);
        assert_eq!(why(Locale::en, &drifted, false)[2], td_string!(Locale::en, stock.why_off));
    }

    #[test]
    fn what_the_catalog_does_not_know_is_all_there_is_to_say() {
        let unknown = StockTile { unknown: true, reason: Some(StockReason::BelowZero), ..tile("A", "-1") };
        assert_eq!(why(Locale::fr, &unknown, true), [td_string!(Locale::fr, stock.why_unknown)]);
    }

    #[test]
    fn no_entry_means_no_limit() {
        assert_eq!(held(Locale::fr, "fr", Some("1.5")), "1,5");
        assert_eq!(held(Locale::fr, "fr", None), "illimité");
    }
}
