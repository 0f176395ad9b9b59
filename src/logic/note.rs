//! What the translation of an order noted, in words, and how grave it is.

use passerelle_wire::{Note, NoteCode};

use crate::i18n::{Locale, td_string};

/// Whether a note tells of something the till did not get, or will not like; otherwise it is good to know.
pub fn is_grave(code: NoteCode) -> bool {
    use NoteCode as N;
    !matches!(code, N::DiscountByName | N::DiscountByDefault | N::CustomerAnonymised)
}

/// The note in a sentence.
pub fn words(locale: Locale, note: &Note) -> String {
    use NoteCode as N;
    let name = note.name.as_str();
    let other = note.other.as_deref().unwrap_or("–");
    match note.code {
        N::ItemSkipped => td_string!(locale, note.item_skipped, name = name),
        N::OptionSkipped => td_string!(locale, note.option_skipped, name = name),
        N::DealSkipped => td_string!(locale, note.deal_skipped, name = name),
        N::DiscountSkipped => td_string!(locale, note.discount_skipped, name = name),
        N::ChargeSkipped => td_string!(locale, note.charge_skipped, name = name),
        N::PaymentSkipped => td_string!(locale, note.payment_skipped, name = name),
        N::DiscountByName => td_string!(locale, note.discount_by_name, name = name, other = other),
        N::DiscountByDefault => td_string!(locale, note.discount_by_default, name = name, other = other),
        N::NoteLost => td_string!(locale, note.note_lost, name = name),
        N::TotalDiffers => td_string!(locale, note.total_differs, name = name, other = other),
        N::CharactersRemoved => td_string!(locale, note.characters_removed, name = name),
        N::AmountUnreadable => td_string!(locale, note.amount_unreadable, name = name),
        N::TimeUnreadable => td_string!(locale, note.time_unreadable, name = name),
        N::ServiceWithoutRef => td_string!(locale, note.service_without_ref, name = name),
        N::CustomerAnonymised => td_string!(locale, note.customer_anonymised).to_owned(),
        N::RefNotANumber => td_string!(locale, note.ref_not_a_number, name = name, other = other),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const ALL: [NoteCode; 16] = [
        NoteCode::ItemSkipped,
        NoteCode::OptionSkipped,
        NoteCode::DealSkipped,
        NoteCode::DiscountSkipped,
        NoteCode::ChargeSkipped,
        NoteCode::PaymentSkipped,
        NoteCode::DiscountByName,
        NoteCode::DiscountByDefault,
        NoteCode::NoteLost,
        NoteCode::TotalDiffers,
        NoteCode::CharactersRemoved,
        NoteCode::AmountUnreadable,
        NoteCode::TimeUnreadable,
        NoteCode::ServiceWithoutRef,
        NoteCode::CustomerAnonymised,
        NoteCode::RefNotANumber,
    ];

    fn note(code: NoteCode) -> Note {
        Note { code, path: "items[0]".into(), name: "Egg".into(), other: Some("12.00 EUR".into()) }
    }

    #[test]
    fn every_note_has_words_of_its_own_and_names_what_it_is_about() {
        for locale in [Locale::en, Locale::fr] {
            let all: HashSet<String> = ALL.iter().map(|&code| words(locale, &note(code))).collect();
            assert_eq!(all.len(), ALL.len());
            for code in ALL.into_iter().filter(|&code| code != NoteCode::CustomerAnonymised) {
                assert!(words(locale, &note(code)).contains("Egg"), "{code:?}");
            }
        }
    }

    #[test]
    fn a_total_that_differs_names_both_amounts() {
        let total = Note { name: "10.00 EUR".into(), ..note(NoteCode::TotalDiffers) };
        assert_eq!(
            words(Locale::en, &total),
            "The till will compute 10.00 EUR, and 12.00 EUR was paid: it will probably refuse."
        );
        assert!(is_grave(NoteCode::TotalDiffers));
        assert!(!is_grave(NoteCode::DiscountByName));
    }
}
