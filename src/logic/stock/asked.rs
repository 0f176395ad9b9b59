//! What the board is asked for, as it stands in the address: a text to find, what alone is shown, the order, and the tile that
//! is open. So that a link, a reload and Back lead to the same board.

use passerelle_wire::{StockKind, StockTile};

use super::super::query::{encode, value};

/// How many characters are searched for at most.
pub const LONGEST: usize = 100;

/// What alone is shown; several of them are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Only {
    /// What the till says is out of stock.
    Out,
    /// What is *INACTIF* on the till.
    Inactive,
    /// What the catalog does not know.
    Unknown,
    /// What HubRise holds otherwise than it should.
    Differs,
}

/// Each with its name in the address, in the order they are shown.
pub const ONLY: [(Only, &str); 4] =
    [(Only::Out, "out"), (Only::Inactive, "inactive"), (Only::Unknown, "unknown"), (Only::Differs, "differs")];

/// The place of [`Only::Differs`] among them.
pub const DIFFERS: usize = 3;

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By category, as in the catalog.
    #[default]
    Catalog,
    /// By name.
    Name,
    /// What there is least of first.
    Quantity,
    /// What was sent last first.
    Sent,
}

/// Each with its name in the address.
pub const SORTS: [(Sort, &str); 4] =
    [(Sort::Catalog, "catalog"), (Sort::Name, "name"), (Sort::Quantity, "quantity"), (Sort::Sent, "sent")];

/// Names a tile: its kind and its ref.
pub type Key = (StockKind, String);

/// The key of a tile.
pub fn key(tile: &StockTile) -> Key {
    (tile.kind, tile.reference.clone())
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockQuery {
    /// The text to find.
    pub text: String,
    /// What alone is shown; all of it where this is empty.
    pub only: Vec<Only>,
    /// In which order.
    pub sort: Sort,
    /// The tile that is open.
    pub open: Option<Key>,
}

impl StockQuery {
    /// Reads an address's query, with or without its `?`. What nobody could have chosen counts as not chosen.
    pub fn read(query: &str) -> Self {
        let words = value(query, "only").unwrap_or_default();
        let only = ONLY.iter().filter(|(_, word)| words.split(',').any(|wanted| wanted == *word));
        let sort = value(query, "sort").unwrap_or_default();
        let tile = value(query, "tile").unwrap_or_default();
        let open = match tile.split_once(':') {
            Some(("sku", reference)) => Some((StockKind::Sku, reference.to_owned())),
            Some(("option", reference)) => Some((StockKind::Option, reference.to_owned())),
            _ => None,
        };
        Self {
            text: tidy(&value(query, "q").unwrap_or_default()),
            only: only.map(|(only, _)| *only).collect(),
            sort: SORTS.iter().find(|(_, word)| *word == sort).map(|(sort, _)| *sort).unwrap_or_default(),
            open: open.filter(|(_, reference)| !reference.is_empty()),
        }
    }

    /// The query of an address, without its `?`; empty for the whole board.
    pub fn address(&self) -> String {
        let mut pairs = Vec::new();
        if !self.text.is_empty() {
            pairs.push(format!("q={}", encode(&self.text)));
        }
        if !self.only.is_empty() {
            let words = ONLY.iter().filter(|(only, _)| self.only.contains(only)).map(|(_, word)| *word);
            pairs.push(format!("only={}", words.collect::<Vec<_>>().join(",")));
        }
        if let Some((_, word)) = SORTS.iter().find(|(sort, _)| *sort == self.sort && self.sort != Sort::Catalog) {
            pairs.push(format!("sort={word}"));
        }
        if let Some((kind, reference)) = &self.open {
            let kind = if *kind == StockKind::Sku { "sku" } else { "option" };
            pairs.push(format!("tile={}", encode(&format!("{kind}:{reference}"))));
        }
        pairs.join("&")
    }

    /// The same with one more thing shown alone, or one less.
    pub fn toggled(&self, only: Only) -> Self {
        let mut next = self.clone();
        if self.only.contains(&only) {
            next.only.retain(|known| *known != only);
        } else {
            next.only.push(only);
        }
        next
    }

    /// The same with another text to find.
    pub fn find(&self, text: &str) -> Self {
        Self { text: tidy(text), ..self.clone() }
    }

    /// The same in another order.
    pub fn sorted(&self, word: &str) -> Self {
        let sort = SORTS.iter().find(|(_, known)| *known == word).map(|(sort, _)| *sort);
        Self { sort: sort.unwrap_or_default(), ..self.clone() }
    }

    /// The same with this tile open, or none.
    pub fn opened(&self, open: Option<Key>) -> Self {
        Self { open, ..self.clone() }
    }

    /// Whether all of the board is shown.
    pub fn is_all(&self) -> bool {
        self.text.is_empty() && self.only.is_empty()
    }

    /// Whether the other asks for the same tiles in the same order, whichever is open.
    pub fn lists_as(&self, other: &Self) -> bool {
        (&self.text, &self.only, self.sort) == (&other.text, &other.only, other.sort)
    }
}

/// A text to find as it stands in the address.
fn tidy(text: &str) -> String {
    text.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back() {
        let query = StockQuery {
            text: "été & co".into(),
            only: vec![Only::Out, Only::Differs],
            sort: Sort::Quantity,
            open: Some((StockKind::Option, "A:B c".into())),
        };
        assert_eq!(StockQuery::read(&query.address()), query);
        assert_eq!(StockQuery::default().address(), "");
        assert_eq!(StockQuery::read("?only=out&sort=catalog").address(), "only=out");
    }

    #[test]
    fn what_nobody_could_have_chosen_is_not_chosen() {
        for odd in ["only=everything", "sort=colour", "tile=MAR-M", "tile=sku:", "q=%20%20", "x=1"] {
            assert_eq!(StockQuery::read(odd), StockQuery::default(), "{odd}");
        }
        assert_eq!(StockQuery::read(&format!("q={}", "a".repeat(300))).text.len(), LONGEST);
    }

    #[test]
    fn a_filter_pressed_twice_is_as_before() {
        let query = StockQuery::read("only=out");
        assert_eq!(query.toggled(Only::Inactive).address(), "only=out,inactive");
        assert_eq!(query.toggled(Only::Inactive).toggled(Only::Inactive), query);
        assert!(query.toggled(Only::Out).is_all());
    }

    #[test]
    fn opening_a_tile_lists_nothing_else() {
        let query = StockQuery::read("q=a");
        let open = query.opened(Some((StockKind::Sku, "A".into())));
        assert!(query.lists_as(&open) && query != open && !query.lists_as(&query.sorted("name")));
    }
}
