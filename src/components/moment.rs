//! A time, absolute and relative; the relative part is kept true.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    browser::clock,
    i18n::{language, text},
};

/// The time.
#[component]
pub fn Moment(
    /// When: RFC 3339.
    #[prop(into)]
    at: Signal<String>,
) -> impl IntoView {
    let language = language();
    let tick = ticking();
    let absolute = text(move || at.with(|at| clock::date_time(language.code(), at)));
    let relative = text(move || {
        tick.track();
        at.with(|at| clock::ago(language.code(), at)).map(|ago| format!("({ago})")).unwrap_or_default()
    });
    view! {
        <time datetime=at>{absolute}</time>
        <span class="muted">{relative}</span>
    }
}

/// Notifies every half minute, for what tells how long ago something was.
pub fn ticking() -> RwSignal<()> {
    let tick = RwSignal::new(());
    let timer = set_interval_with_handle(move || tick.set(()), Duration::from_secs(30));
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    tick
}
