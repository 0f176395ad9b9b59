//! Makes orders: one when asked, and those of the streams when they are due. What an order of a shape looks like is in
//! `shapes`; which streams there are in `state::streams`.

pub(crate) mod shapes;

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::{
    clock,
    state::{App, State},
};

/// Orders made while the state is held, at most: others wait for it.
const AT_ONCE: usize = 50;

/// Makes an order of a shape at a location; answers its id, or `None` for a shape nobody knows.
pub(crate) fn make(state: &mut State, location_id: &str, shape: &str) -> Option<String> {
    let shape = shapes::named(shape)?;
    let (_, zone) = state.currency_and_zone(location_id);
    let now = state.clock.now();
    let number = state.generated;
    state.generated += 1;
    let in_minutes = |minutes: i64| {
        let at = now.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap_or(now);
        clock::iso_in(at, &zone)
    };
    let made = (shape.make)(&shapes::Frame { number, in_minutes: &in_minutes });
    let at = state.put_order(location_id, made.fields, made.without);
    Some(state.orders[at].id.clone())
}

/// Makes what the streams want made, for ever.
pub(crate) async fn work(app: App) {
    let bell = app.state().streams.bell();
    loop {
        let next = {
            let mut state = app.state();
            let (due, next) = state.streams.take(Instant::now(), AT_ONCE);
            for order in due {
                make(&mut state, &order.location_id, order.shape);
            }
            next
        };
        match next {
            // Lets others at the state between two handfuls, even when this one is late.
            Some(at) if at <= Instant::now() => tokio::task::yield_now().await,
            Some(at) => {
                tokio::select! {
                    () = sleep_until(at) => {}
                    () = bell.notified() => {}
                }
            }
            None => bell.notified().await,
        }
    }
}

/// How long between two orders at so many a second.
pub(crate) fn apart(per_second: u32) -> Duration {
    Duration::from_secs(1) / per_second.max(1)
}
