//! Parts of a view that change as a whole. All of them are of one type: a view of every closure type would be compiled
//! apart, and the reader would download each.

use leptos::{
    prelude::*,
    tachys::view::any_view::{AnyView, IntoAny},
};

use crate::browser::page;

/// A part that changes.
pub type Dynamic = Box<dyn FnMut() -> AnyView + Send>;

/// A part that changes with what `view` reads.
pub fn dynamic<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> Dynamic {
    Box::new(move || view().into_any())
}

/// A part that is there while `view` gives one.
pub fn perhaps<V: IntoAny>(mut view: impl FnMut() -> Option<V> + Send + 'static) -> Dynamic {
    Box::new(move || view().map_or_else(|| ().into_any(), IntoAny::into_any))
}

/// A part that is drawn anew with what `view` reads, in which the link that has the focus keeps it.
pub fn redrawn(mut view: impl FnMut() -> AnyView + Send + 'static) -> Dynamic {
    Box::new(move || {
        if let Some(href) = page::focused_link() {
            page::refocus_link(href);
        }
        view()
    })
}

/// A switch that changes with what `on` reads.
pub fn flag(on: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(on)
}
