//! Many changes in a second are one look: a rush of orders must not become a rush of calls.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock;

/// Between two looks, in milliseconds.
const EVERY: f64 = 1_000.0;

/// `act`, at once where the last time is long enough ago, otherwise as soon as it is; however often it is asked for. Until
/// the reactive owner goes.
pub fn paced(act: impl Fn() + Copy + Send + Sync + 'static) -> impl Fn() + Copy + Send + Sync + 'static {
    let waits = StoredValue::new(false);
    let last = StoredValue::new(f64::NEG_INFINITY);
    let go = move || {
        // A timer may come after the page has gone.
        if waits.try_set_value(false).is_none() {
            last.set_value(clock::now());
            act();
        }
    };
    move || {
        if waits.try_get_value().unwrap_or(true) {
            return;
        }
        let rest = EVERY - (clock::now() - last.get_value());
        if rest <= 0.0 {
            go();
        } else {
            waits.set_value(true);
            set_timeout(go, Duration::from_secs_f64((rest / 1_000.0).clamp(0.0, 1.0)));
        }
    }
}
