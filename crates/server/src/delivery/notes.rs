//! What a translation noted, as it is kept with its operation and shown: the bridge's words as the wire's.

use passerelle_bridge as bridge;
use passerelle_wire::{Note, NoteCode};

/// Notes kept of one order: nobody reads more.
const MOST: usize = 500;
/// What the store takes of them, in bytes.
const LARGEST: usize = 64 * 1024;

/// The notes as they are kept: as many of the first as fit. None where there are none.
pub(super) fn kept(notes: &[bridge::Note]) -> Option<String> {
    let mut json = String::new();
    for note in notes.iter().take(MOST) {
        let Ok(one) = serde_json::to_string(&shown(note)) else { continue };
        // With what goes before or after it: a bracket or a comma.
        if json.len() + one.len() + 2 > LARGEST {
            break;
        }
        json.push(if json.is_empty() { '[' } else { ',' });
        json.push_str(&one);
    }
    if json.is_empty() { None } else { Some(json + "]") }
}

/// A note as it is told.
fn shown(note: &bridge::Note) -> Note {
    Note { code: code(note.code), path: note.path.clone(), name: note.name.clone(), other: note.other.clone() }
}

const fn code(code: bridge::NoteCode) -> NoteCode {
    use bridge::NoteCode as B;
    match code {
        B::ItemSkipped => NoteCode::ItemSkipped,
        B::OptionSkipped => NoteCode::OptionSkipped,
        B::DealSkipped => NoteCode::DealSkipped,
        B::DiscountSkipped => NoteCode::DiscountSkipped,
        B::ChargeSkipped => NoteCode::ChargeSkipped,
        B::PaymentSkipped => NoteCode::PaymentSkipped,
        B::DiscountByName => NoteCode::DiscountByName,
        B::DiscountByDefault => NoteCode::DiscountByDefault,
        B::NoteLost => NoteCode::NoteLost,
        B::TotalDiffers => NoteCode::TotalDiffers,
        B::CharactersRemoved => NoteCode::CharactersRemoved,
        B::AmountUnreadable => NoteCode::AmountUnreadable,
        B::TimeUnreadable => NoteCode::TimeUnreadable,
        B::ServiceWithoutRef => NoteCode::ServiceWithoutRef,
        B::CustomerAnonymised => NoteCode::CustomerAnonymised,
        B::RefNotANumber => NoteCode::RefNotANumber,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn note(name: String) -> bridge::Note {
        bridge::Note { code: bridge::NoteCode::ItemSkipped, path: "items[0]".into(), name, other: None }
    }

    fn read(kept: &str) -> Vec<Note> {
        serde_json::from_str(kept).unwrap()
    }

    #[test]
    fn keeps_what_the_wire_reads_back() {
        let kept = kept(&[note("Tea \"green\"".into()), note("Cake".into())]).unwrap();
        let read = read(&kept);
        assert_eq!((read.len(), read[0].code, read[0].name.as_str()), (2, NoteCode::ItemSkipped, "Tea \"green\""));
    }

    #[test]
    fn keeps_nothing_where_nothing_was_noted() {
        assert_eq!(kept(&[]), None);
    }

    #[test]
    fn keeps_the_first_five_hundred_and_what_fits() {
        assert_eq!(read(&kept(&vec![note("Tea".into()); 501]).unwrap()).len(), MOST);
        let large = kept(&vec![note("é".repeat(120)); 500]).unwrap();
        assert!(large.len() <= LARGEST && read(&large).len() > 100, "{} bytes", large.len());
    }
}
