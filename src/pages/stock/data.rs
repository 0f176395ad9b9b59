//! The board as far as it has come: asks for it, looks again when something turned, and keeps the order of what is shown until
//! the reader wants another. What changes together is kept together: a signal of each type is compiled apart.

use leptos::{html, prelude::*, task::spawn_local};
use passerelle_wire::{StockBoard, StockHead, StockTile};

use super::asked::Asked;
use crate::{
    api::{ApiError, stock, until_cleanup},
    browser::clock,
    logic::stock::{
        arranged::{Order, counts, heading},
        asked::{Key, Sort, StockQuery, key},
        grid::Grid,
    },
    pages::bridge::Here,
};

/// What has come, and how it is shown.
pub struct Shown {
    /// The board.
    pub board: StockBoard,
    /// Where the tiles that are shown stand on it, in the order shown.
    pub places: Vec<usize>,
    /// Where each of them stands in the frame.
    pub grid: Grid,
    /// How many each filter would show.
    pub counts: [usize; 4],
    order: Order,
}

impl Shown {
    /// The tile at a place in the order shown.
    pub fn tile(&self, at: usize) -> Option<&StockTile> {
        self.places.get(at).and_then(|place| self.board.tiles.get(*place))
    }

    /// The tile of this name.
    pub fn named(&self, wanted: &Key) -> Option<&StockTile> {
        self.board.tiles.iter().find(|tile| key(tile) == *wanted)
    }

    fn lay(&mut self, sort: Sort, columns: usize) {
        self.places = self.order.places(&self.board);
        let headings: Vec<_> =
            (0..self.places.len()).filter_map(|at| self.tile(at)).map(|tile| heading(tile, sort)).collect();
        self.grid = Grid::new(&headings, columns);
    }
}

/// The board; copy it where it is needed.
#[derive(Clone, Copy)]
pub struct Data {
    connection: StoredValue<String>,
    /// What is asked for.
    pub asked: Asked,
    /// What has come; a look that fails leaves it.
    pub shown: RwSignal<Option<Shown>>,
    /// Why the last look failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// When it was last looked at.
    pub refreshed: RwSignal<Option<String>>,
    /// Whether another order would be shown now.
    pub moved: RwSignal<bool>,
    /// The tile the keys are on, by its place in the order shown.
    pub active: RwSignal<Option<usize>>,
    /// The frame that scrolls.
    pub frame: NodeRef<html::Div>,
    columns: StoredValue<usize>,
    looking: StoredValue<bool>,
    behind: StoredValue<bool>,
    owner: StoredValue<Option<Owner>>,
}

impl Data {
    /// Asks at once, and whenever something turned; ends with the reactive owner.
    pub fn of(here: &Here, asked: Asked) -> Self {
        let data = Self {
            connection: here.id,
            asked,
            shown: RwSignal::new(None),
            problem: RwSignal::new(None),
            refreshed: RwSignal::new(None),
            moved: RwSignal::new(false),
            active: RwSignal::new(None),
            frame: NodeRef::new(),
            columns: StoredValue::new(2),
            looking: StoredValue::new(false),
            behind: StoredValue::new(false),
            owner: StoredValue::new(Owner::current()),
        };
        data.look();
        let turned = here.turned;
        Effect::new(move |before: Option<()>| {
            turned.track();
            if before.is_some() {
                data.look();
            }
        });
        // A question of its own begins with an order of its own.
        Effect::new(move |before: Option<StockQuery>| {
            let query = asked.query.get();
            if before.is_some_and(|before| !before.lists_as(&query)) {
                data.rearrange();
                data.active.set(None);
                if let Some(frame) = data.frame.get_untracked() {
                    frame.set_scroll_top(0);
                }
            }
            query
        });
        data
    }

    /// Something of what has come; tracked.
    pub fn of_head<T>(self, take: impl FnOnce(&StockHead) -> Option<T>) -> Option<T> {
        self.shown.with(|shown| shown.as_ref().and_then(|shown| take(&shown.board.head)))
    }

    /// Whether stock leaves; tracked.
    pub fn sends(self) -> bool {
        self.of_head(|head| Some(head.sending)).unwrap_or(true)
    }

    /// How many tiles a filter shows, by its place among them; tracked.
    pub fn count(self, filter: usize) -> usize {
        self.shown.with(|shown| shown.as_ref().and_then(|shown| shown.counts.get(filter).copied()).unwrap_or_default())
    }

    /// Shows what would be shown now.
    pub fn rearrange(self) {
        let query = self.asked.query.get_untracked();
        self.moved.set(false);
        self.shown.update(|shown| {
            if let Some(shown) = shown {
                shown.order = Order::of(&shown.board, &query);
                shown.lay(query.sort, self.columns.get_value());
            }
        });
    }

    /// Puts so many tiles side by side.
    pub fn widen(self, columns: usize) {
        if self.columns.get_value() != columns {
            self.columns.set_value(columns);
            let sort = self.asked.query.with_untracked(|query| query.sort);
            self.shown.update(|shown| {
                if let Some(shown) = shown {
                    shown.lay(sort, columns);
                }
            });
        }
    }

    /// How many tiles stand side by side; untracked.
    pub fn columns(self) -> usize {
        self.columns.get_value()
    }

    /// Asks for the board; once more afterwards where something turned meanwhile.
    pub fn look(self) {
        if self.looking.try_get_value().unwrap_or(true) {
            _ = self.behind.try_set_value(true);
            return;
        }
        self.looking.set_value(true);
        if self.shown.with_untracked(Option::is_none) {
            self.problem.set(None);
        }
        let read = async move {
            loop {
                self.behind.set_value(false);
                match stock::board(&self.connection.get_value()).await {
                    Ok(board) => self.take(board),
                    Err(error) => self.problem.set(Some(error)),
                }
                if !self.behind.get_value() {
                    break;
                }
            }
            self.looking.set_value(false);
        };
        match self.owner.get_value() {
            Some(owner) => spawn_local(owner.with(|| until_cleanup(read))),
            None => spawn_local(read),
        }
    }

    /// Takes in a board. What stands in the catalog's order follows it; any other order stays until it is asked for anew.
    fn take(self, board: StockBoard) {
        let query = self.asked.query.get_untracked();
        let wanted = Order::of(&board, &query);
        let follows = query.is_all() && query.sort == Sort::Catalog;
        self.problem.set(None);
        self.refreshed.set(Some(clock::moment()));
        let counts = counts(&board);
        let before = self.shown.try_update_untracked(Option::take).flatten();
        let order = before.map(|before| before.order).filter(|_| !follows);
        self.moved.set(order.as_ref().is_some_and(|order| !order.lists_as(&wanted)));
        let (order, places, grid) = (order.unwrap_or(wanted), Vec::new(), Grid::default());
        let mut shown = Shown { board, places, grid, counts, order };
        shown.lay(query.sort, self.columns.get_value());
        self.shown.set(Some(shown));
    }

    /// The tile at a place in the order shown; untracked.
    pub fn tile(self, at: usize) -> Option<StockTile> {
        self.shown.with_untracked(|shown| shown.as_ref().and_then(|shown| shown.tile(at).cloned()))
    }
}
