//! Which tiles are shown, and in which order. The order is kept while things change, so that nothing moves under the hand:
//! what would stand elsewhere is announced.

use passerelle_wire::{StockBoard, StockTile};

use super::{
    Look,
    amount::thousandths,
    asked::{Key, ONLY, Only, Sort, StockQuery, key},
    look, name,
};
use crate::logic::search::{fold, matches};

/// What tiles stand under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// A category of the catalog, by its place.
    Category(u32),
    /// The catalog names none for them.
    Uncategorised,
    /// The catalog does not know them.
    Unknown,
    /// They are in an order that has nothing to do with the catalog.
    None,
}

/// Which of them are shown.
pub fn is_asked(tile: &StockTile, only: Only) -> bool {
    match only {
        Only::Out => look(tile) == Look::Exhausted,
        Only::Inactive => look(tile) == Look::Inactive,
        Only::Unknown => tile.unknown,
        Only::Differs => tile.differs,
    }
}

/// The places of the tiles asked for, in the order asked for.
pub fn arrange(board: &StockBoard, query: &StockQuery) -> Vec<usize> {
    let wanted = fold(&query.text);
    let shown = |tile: &StockTile| {
        let alone = query.only.is_empty() || query.only.iter().any(|only| is_asked(tile, *only));
        alone && (wanted.is_empty() || matches(&[fold(&tile.name), fold(&tile.reference)].join(" "), &wanted))
    };
    // All orders by keys of one type: a sort of each type is compiled apart.
    let rank = |tile: &StockTile| match query.sort {
        // As the server has them, but each category in one piece.
        Sort::Catalog if tile.unknown => (i64::MAX, String::new()),
        Sort::Catalog => (tile.category.map_or(i64::MAX - 1, i64::from), String::new()),
        Sort::Name => (0, fold(name(tile))),
        Sort::Quantity => {
            let counted = matches!(look(tile), Look::InStock | Look::Exhausted);
            let amount = tile.quantity.as_deref().and_then(thousandths).filter(|_| counted);
            (amount.unwrap_or(i64::MAX), String::new())
        }
        Sort::Sent => (tile.sent_at.map_or(i64::MAX, i64::saturating_neg), String::new()),
    };
    let found = board.tiles.iter().enumerate().filter(|(_, tile)| shown(tile));
    let mut ranked: Vec<_> = found.map(|(place, tile)| (rank(tile), place)).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, place)| place).collect()
}

/// How many tiles of the board each filter would show.
pub fn counts(board: &StockBoard) -> [usize; 4] {
    ONLY.map(|(only, _)| board.tiles.iter().filter(|tile| is_asked(tile, only)).count())
}

/// What a tile stands under.
pub fn heading(tile: &StockTile, sort: Sort) -> Heading {
    match (sort, tile.unknown, tile.category) {
        (Sort::Name | Sort::Quantity | Sort::Sent, ..) => Heading::None,
        (Sort::Catalog, true, _) => Heading::Unknown,
        (Sort::Catalog, false, Some(category)) => Heading::Category(category),
        (Sort::Catalog, false, None) => Heading::Uncategorised,
    }
}

/// Tiles in an order that was once asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order(Vec<(usize, Key)>);

impl Order {
    /// The order asked for.
    pub fn of(board: &StockBoard, query: &StockQuery) -> Self {
        Self(arrange(board, query).into_iter().map(|place| (place, key(&board.tiles[place]))).collect())
    }

    /// Whether the other shows the same tiles in the same order, wherever they stand.
    pub fn lists_as(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|((_, one), (_, other))| one == other)
    }

    /// Where they stand in a board that may be another by now; what is gone is left out. Boards seldom differ in what they
    /// hold, so each is looked for right behind the one before it on the board it was put in order by.
    pub fn places(&self, board: &StockBoard) -> Vec<usize> {
        let count = board.tiles.len();
        let mut shift = 0;
        let find = |(place, (kind, reference)): &(usize, Key)| {
            let is_it = |at: &usize| {
                board.tiles.get(*at).is_some_and(|tile| tile.kind == *kind && tile.reference == *reference)
            };
            let found = (0..count).map(|more| (place + shift + more) % count.max(1)).find(is_it);
            if let Some(at) = found {
                shift = (at + count - place % count.max(1)) % count.max(1);
            }
            found
        };
        self.0.iter().filter_map(find).collect()
    }
}

#[cfg(test)]
pub mod tests {
    use passerelle_wire::{StockHead, StockSays, StockWay};

    use super::*;
    use crate::logic::stock::tests::tile;

    /// A head with nothing particular about it.
    pub fn head() -> StockHead {
        StockHead {
            sending: true,
            sequence: Some(1),
            received_at: Some("2026-11-22T18:31:02Z".into()),
            entries: 4,
            catalog: Some(passerelle_wire::NamedRef { id: "c".into(), name: "Carte".into() }),
            catalog_read_at: Some("2026-11-22T18:00:00Z".into()),
            known_at: Some("2026-11-22T18:00:00Z".into()),
            way: StockWay::Rest,
            next_at: None,
            cause: None,
            sent_at: Some("2026-11-22T18:31:03Z".into()),
            operation: None,
            sync: None,
            sync_advised: false,
            keys: 1,
        }
    }

    fn board() -> StockBoard {
        let tiles = vec![
            StockTile { name: "Œufs".into(), ..tile("A", "8") },
            StockTile { category: Some(1), sent_at: Some(9), ..tile("B", "-19") },
            StockTile { says: StockSays::Inactive, differs: true, ..tile("C", "3") },
            StockTile { category: None, unknown: true, held: None, ..tile("D", "2.5") },
        ];
        StockBoard { head: head(), categories: vec!["Pizzas".into(), "Desserts".into()], tiles }
    }

    fn check(query: &str, expected: &str) {
        let board = board();
        let places = arrange(&board, &StockQuery::read(query));
        let refs: String = places.into_iter().map(|place| board.tiles[place].reference.as_str()).collect();
        assert_eq!(refs, expected, "{query}");
    }

    #[test]
    fn each_category_is_in_one_piece_and_what_is_unknown_comes_last() {
        check("", "ACBD");
        let headings: Vec<_> = board().tiles.iter().map(|tile| heading(tile, Sort::Catalog)).collect();
        let of = Heading::Category;
        assert_eq!(headings, [of(0), of(1), of(0), Heading::Unknown]);
    }

    #[test]
    fn filters_add_up_and_the_text_narrows() {
        check("only=out", "B");
        check("only=inactive,unknown", "CD");
        check("only=differs", "C");
        check("q=oeuf", "A");
        check("q=name%20b", "B");
        check("only=out&q=oeuf", "");
        assert_eq!(counts(&board()), [1, 1, 1, 1]);
    }

    #[test]
    fn sorts_by_name_quantity_and_time() {
        check("sort=name", "BCDA");
        check("sort=quantity", "BDAC");
        check("sort=sent", "BACD");
    }

    #[test]
    fn an_order_outlasts_the_changes_of_what_is_in_it() {
        let mut board = board();
        let query = StockQuery::read("sort=quantity");
        let order = Order::of(&board, &query);
        board.tiles[0].quantity = Some("-100".into());
        board.tiles.remove(1);
        let refs: Vec<_> =
            order.places(&board).into_iter().map(|place| board.tiles[place].reference.as_str()).collect();
        assert_eq!(refs, ["D", "A", "C"]);
        assert!(!Order::of(&board, &query).lists_as(&order));
        board.tiles.clear();
        assert!(order.places(&board).is_empty());
    }
}
