//! The stock board's decisions: what of it is shown and in which order, where each tile stands, how it stands as a whole, and
//! what its history looks like.

pub mod amount;
pub mod arranged;
pub mod asked;
pub mod chart;
pub mod grid;
pub mod standing;
pub mod words;

use passerelle_wire::{StockSays, StockTile};

use self::amount::thousandths;

/// How a tile looks: as on the till, with what the till cannot know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// More than nothing: green.
    InStock,
    /// Nothing, or less: red.
    Exhausted,
    /// *INACTIF*.
    Inactive,
    /// Sold without being counted.
    Unmanaged,
    /// The till says nothing of it: HubRise alone has an entry.
    Silent,
}

/// How a tile looks.
pub fn look(tile: &StockTile) -> Look {
    match tile.says {
        StockSays::Inactive => Look::Inactive,
        StockSays::Unmanaged => Look::Unmanaged,
        StockSays::Nothing => Look::Silent,
        StockSays::Counted => match tile.quantity.as_deref().and_then(thousandths) {
            Some(1..) => Look::InStock,
            _ => Look::Exhausted,
        },
    }
}

/// What a tile is called: its name, else its ref.
pub fn name(tile: &StockTile) -> &str {
    if tile.name.is_empty() { &tile.reference } else { &tile.name }
}

/// Writes down what is seen of a tile, so that it is drawn anew when that changes.
pub fn fingerprint(tile: &StockTile, into: &mut String) {
    for part in
        [&tile.reference, &tile.name, tile.quantity.as_deref().unwrap_or("-"), tile.held.as_deref().unwrap_or("-")]
    {
        into.push_str(part);
        into.push('\n');
    }
    let look = match look(tile) {
        Look::InStock => 'g',
        Look::Exhausted => 'r',
        Look::Inactive => 'i',
        Look::Unmanaged => 'u',
        Look::Silent => 's',
    };
    into.push(look);
    for (is, sign) in [(tile.differs, 'd'), (tile.unknown, 'n'), (tile.doubt, 'w')] {
        into.push(if is { sign } else { '.' });
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A tile that counts so many.
    pub fn tile(reference: &str, quantity: &str) -> StockTile {
        StockTile {
            reference: reference.to_owned(),
            name: format!("Name of {reference}"),
            category: Some(0),
            quantity: Some(quantity.to_owned()),
            wanted: Some(quantity.to_owned()),
            held: Some(quantity.to_owned()),
            ..StockTile::default()
        }
    }

    #[test]
    fn green_is_more_than_nothing_and_a_word_says_what_is_no_number() {
        let check = |says, quantity, expected| assert_eq!(look(&StockTile { says, ..tile("A", quantity) }), expected);
        check(StockSays::Counted, "8", Look::InStock);
        check(StockSays::Counted, "0.001", Look::InStock);
        check(StockSays::Counted, "0", Look::Exhausted);
        check(StockSays::Counted, "-19", Look::Exhausted);
        check(StockSays::Inactive, "8", Look::Inactive);
        check(StockSays::Unmanaged, "8", Look::Unmanaged);
        check(StockSays::Nothing, "", Look::Silent);
    }

    #[test]
    fn whatever_is_seen_of_a_tile_changes_its_fingerprint() {
        let of = |tile: &StockTile| {
            let mut print = String::new();
            fingerprint(tile, &mut print);
            print
        };
        let usual = tile("A", "8");
        assert_eq!(of(&usual), of(&StockTile { sent_at: Some(3), ..usual.clone() }));
        for other in [
            tile("B", "8"),
            tile("A", "7"),
            StockTile { name: String::new(), ..usual.clone() },
            StockTile { held: None, ..usual.clone() },
            StockTile { says: StockSays::Inactive, ..usual.clone() },
            StockTile { differs: true, ..usual.clone() },
            StockTile { unknown: true, ..usual.clone() },
            StockTile { doubt: true, ..usual.clone() },
        ] {
            assert_ne!(of(&usual), of(&other), "{other:?}");
        }
    }

    #[test]
    fn a_tile_without_a_name_is_called_by_its_ref() {
        assert_eq!(name(&tile("A", "1")), "Name of A");
        assert_eq!(name(&StockTile { name: String::new(), ..tile("A", "1") }), "A");
    }
}
