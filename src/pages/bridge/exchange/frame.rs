//! What a body's frame knows: what is laid out in it, what is folded, what is searched for, how far it is scrolled and which line is
//! looked at. Owns moving within it; drawing it is for `code`.

use std::sync::Arc;

use leptos::{html, prelude::*};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::logic::{
    found,
    layout::Layout,
    rows::{ROW, Rows},
};

/// Where what is searched for begins, and how long it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Where each begins, in bytes.
    pub places: Vec<u32>,
    /// How long each is, in bytes.
    pub length: u32,
}

/// A frame.
#[derive(Clone, Copy)]
pub struct Frame {
    /// What is in it.
    pub layout: Memo<Arc<Layout>>,
    /// Whether it is laid out: then lines fold and can be asked about.
    pub is_tree: Memo<bool>,
    /// The line at which a parser stopped.
    pub broken: Memo<Option<usize>>,
    /// Lines whose content is hidden, ascending.
    pub folded: RwSignal<Vec<u32>>,
    /// How many characters a row holds.
    pub columns: RwSignal<usize>,
    /// The rows.
    pub rows: Memo<Arc<Rows>>,
    /// What is searched for.
    pub wanted: RwSignal<String>,
    /// Where it is.
    pub found: Memo<Arc<Found>>,
    /// Which of those is looked at.
    pub at: RwSignal<usize>,
    /// How far it is scrolled and how high it is, in CSS pixels.
    pub view: RwSignal<(f64, f64)>,
    /// The line the keys are on.
    pub active: RwSignal<Option<usize>>,
    /// The line the pointer is on.
    pub hovered: RwSignal<Option<usize>>,
    /// The element that scrolls.
    pub node: NodeRef<html::Div>,
}

impl Frame {
    /// A frame of what `layout` gives.
    pub fn of(layout: Memo<Arc<Layout>>, is_tree: Memo<bool>, broken: Memo<Option<u32>>, wanted: String) -> Self {
        let folded = RwSignal::new(Vec::new());
        let columns = RwSignal::new(80);
        let wanted = RwSignal::new(wanted);
        let rows = Memo::new(move |_| {
            let columns = columns.get();
            folded.with(|folded| layout.with(|layout| Arc::new(Rows::of(layout, folded, columns))))
        });
        let found = Memo::new(move |_| {
            let (places, length) =
                wanted.with(|wanted| layout.with(|layout| found::places(&layout.text, wanted.trim())));
            Arc::new(Found { places, length })
        });
        let frame = Self {
            layout,
            is_tree,
            broken: Memo::new(move |_| broken.get().map(|place| layout.with(|layout| layout.line_of(place)))),
            folded,
            columns,
            rows,
            wanted,
            found,
            at: RwSignal::new(0),
            view: RwSignal::new((0.0, 0.0)),
            active: RwSignal::new(None),
            hovered: RwSignal::new(None),
            node: NodeRef::new(),
        };
        // Another text has other lines.
        Effect::new(move |before: Option<bool>| {
            let is_tree = is_tree.get();
            if before.is_some_and(|before| before != is_tree) {
                folded.set(Vec::new());
                frame.active.set(None);
                frame.hovered.set(None);
                frame.at.set(0);
                frame.scroll_to(0.0);
            }
            is_tree
        });
        frame
    }

    /// The line that is asked about.
    pub fn asked(self) -> Option<usize> {
        self.hovered.get().or_else(|| self.active.get())
    }

    /// Folds or unfolds a line.
    pub fn toggle(self, line: usize) {
        if !self.layout.with_untracked(|layout| layout.folds(line)) {
            return;
        }
        let Ok(number) = u32::try_from(line) else { return };
        self.folded.update(|folded| match folded.binary_search(&number) {
            Ok(at) => _ = folded.remove(at),
            Err(at) => folded.insert(at, number),
        });
    }

    /// Whether a line is folded.
    pub fn is_folded(self, line: usize) -> bool {
        u32::try_from(line).is_ok_and(|line| self.folded.with_untracked(|folded| folded.binary_search(&line).is_ok()))
    }

    /// Goes to one of what was found; past the last comes the first.
    pub fn go(self, forward: bool) {
        let count = self.found.with_untracked(|found| found.places.len());
        if count > 0 {
            let at = self.at.get_untracked().min(count - 1);
            self.at.set(if forward { (at + 1) % count } else { (at + count - 1) % count });
            self.show_found();
        }
    }

    /// Brings what is looked at into view, unfolding what hides it.
    pub fn show_found(self) {
        let at = self.at.get_untracked();
        if let Some(place) = self.found.with_untracked(|found| found.places.get(at).copied()) {
            self.reveal(place);
            // The frame itself may be below what is seen of the page.
            request_animation_frame(move || {
                if let Some(node) = self.node.try_get_untracked().flatten() {
                    let options = ScrollIntoViewOptions::new();
                    options.set_block(ScrollLogicalPosition::Nearest);
                    node.scroll_into_view_with_scroll_into_view_options(&options);
                }
            });
        }
    }

    /// Brings a place of the text into the middle of the frame.
    pub fn reveal(self, place: u32) {
        let hiding: Vec<usize> = self.layout.with_untracked(|layout| layout.parents(layout.line_of(place)).collect());
        if hiding.iter().any(|line| self.is_folded(*line)) {
            self.folded.update(|folded| folded.retain(|line| !hiding.contains(&(*line as usize))));
        }
        let (_, height) = self.seen();
        let top = pixels(self.rows.with_untracked(|rows| rows.row_of(place)));
        self.scroll_to((top - height / 2.0).max(0.0));
    }

    /// Moves the keys to a line, and brings it into view.
    pub fn activate(self, line: usize) {
        self.active.set(Some(line));
        let row = self.rows.with_untracked(|rows| rows.list.partition_point(|row| (row.line as usize) < line));
        let (top, height) = self.seen();
        let at = pixels(row);
        if at < top {
            self.scroll_to(at);
        } else if at + ROW > top + height {
            self.scroll_to(at + ROW - height);
        }
    }

    /// How far it is scrolled and how high it is just now.
    pub fn seen(self) -> (f64, f64) {
        self.node.get_untracked().map_or_else(
            || self.view.get_untracked(),
            |node| (f64::from(node.scroll_top()), f64::from(node.client_height())),
        )
    }

    /// Notes how wide and high the frame is now.
    pub fn measure(self) {
        let Some(node) = self.node.get_untracked() else { return };
        self.view.set(self.seen());
        // Fifty characters of the frame's own font, out of sight.
        let Ok(Some(probe)) = node.query_selector(".probe") else { return };
        let fifty = f64::from(probe.client_width());
        if fifty > 0.0 {
            let columns = (f64::from(node.client_width()) - GUTTER) * 50.0 / fifty;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a frame is some hundred columns wide"
            )]
            let columns = columns.max(8.0) as usize;
            if self.columns.get_untracked() != columns {
                self.columns.set(columns);
            }
        }
    }

    fn scroll_to(self, top: f64) {
        // What was unfolded has its room only once it is drawn.
        request_animation_frame(move || {
            if let Some(node) = self.node.get_untracked() {
                #[expect(clippy::cast_possible_truncation, reason = "a frame is at most ten million pixels high")]
                node.set_scroll_top(top as i32);
            }
        });
    }
}

/// What stands before a row's text, in CSS pixels; `style/pages/exchange.css` says the same.
const GUTTER: f64 = 68.0;

/// How far down a row is, in CSS pixels.
pub(super) fn pixels(row: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no list comes near 2^53 rows")]
    let row = row as f64;
    row * ROW
}
