//! What a translation tells a person. Owns the closed list; the words are the app's.

use serde::Serialize;

/// Something a person should know about how an order was translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What is noted.
    pub code: NoteCode,
    /// Where in the HubRise order (`items[0].options[2]`); empty for the whole order.
    pub path: String,
    /// What it is called there, or the amount it is about; text from outside, at most [`NAME_LENGTH`] characters.
    pub name: String,
    /// A second amount or name, where `code` needs one; as long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
}

/// How much of a name a note repeats, in characters.
pub const NAME_LENGTH: usize = 120;

/// What a translation can note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteCode {
    /// An item without a ref: skipped, its options with it.
    ItemSkipped,
    /// An option without a ref: skipped.
    OptionSkipped,
    /// A deal without a ref: its items keep their prices.
    DealSkipped,
    /// A discount without a ref: dropped.
    DiscountSkipped,
    /// A charge without a ref: skipped.
    ChargeSkipped,
    /// A payment without a ref: skipped.
    PaymentSkipped,
    /// A discount took its ref (`other`) by its name.
    DiscountByName,
    /// A discount took the default ref (`other`).
    DiscountByDefault,
    /// A note on an item or an order, which the till cannot take.
    NoteLost,
    /// The till will compute `name`, `other` was paid: it will probably refuse.
    TotalDiffers,
    /// Characters no XML can hold were taken out; `name` is what is left.
    CharactersRemoved,
    /// An amount or quantity (`other`) that cannot be read was left out, with what it belongs to.
    AmountUnreadable,
    /// The time the order is wanted at cannot be read: it is sent as one for as soon as possible.
    TimeUnreadable,
    /// The service type has no ref.
    ServiceWithoutRef,
    /// The customer was anonymised.
    CustomerAnonymised,
    /// A ref (`other`) is not a number, and the till's are.
    RefNotANumber,
}

/// As much of a text as a note repeats.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(NAME_LENGTH) {
        None => text.to_owned(),
        Some((end, _)) => {
            let kept: String = text[..end].chars().take(NAME_LENGTH - 1).collect();
            kept + "…"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(short("Käse"), "Käse");
        assert_eq!(short(&"é".repeat(NAME_LENGTH)), "é".repeat(NAME_LENGTH));
        let cut = short(&"é".repeat(NAME_LENGTH + 1));
        assert_eq!(cut.chars().count(), NAME_LENGTH);
        assert!(cut.ends_with("é…"));
    }
}
