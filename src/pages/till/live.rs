//! Follows a till while its page is open: opens the stream, keeps the clock, and asks when `logic::live` says so.

use std::time::Duration;

use leptos::prelude::*;
use passerelle_wire::TillStatus;

use crate::{
    api::events::{Stream, Topic},
    components::announcer::Announcer,
    i18n::{Locale, td_string},
    logic::{
        health,
        live::{Act, EVERY, Heard, Turn, Watch, turn},
    },
};

/// What is followed, as soon as something is known to follow; and whether by a stream.
pub type Followed = Memo<Option<(Topic, bool)>>;

/// Calls `look` whenever something may have changed, until the owner goes.
pub fn follow(what: Followed, look: impl Fn() + Copy + Send + Sync + 'static) {
    let watch = StoredValue::new(Watch::default());
    let stream = StoredValue::new_local(None::<Stream>);
    let reopen = RwSignal::new(());
    let hear = move |heard| match watch.try_update_value(|watch| watch.hear(heard)) {
        Some(Act::Look) => look(),
        Some(Act::LookAndReopen) => {
            look();
            _ = reopen.try_set(());
        }
        Some(Act::Rest) | None => {}
    };
    Effect::new(move |_| {
        reopen.track();
        // The former one closes first: a browser has few to give.
        stream.set_value(None);
        watch.set_value(Watch::default());
        if let Some((topic, true)) = what.get() {
            stream.set_value(Stream::open(&topic, hear));
        }
    });
    let timer = set_interval_with_handle(
        move || {
            if what.try_with_untracked(Option::is_some).unwrap_or_default() {
                hear(Heard::Tick);
            }
        },
        Duration::from_secs(EVERY),
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}

/// What to follow of a till, by its open connection's id.
pub fn topic(vendor: &str, till: &str, connection: Option<&str>) -> Topic {
    match connection {
        Some(connection) => Topic::Connection(connection.to_owned()),
        None => Topic::Till { vendor: vendor.to_owned(), till: till.to_owned() },
    }
}

/// Says aloud what turns while the page is open; silent about what it finds, and about what the reader did.
pub fn announce(
    announcer: Announcer,
    locale: impl Fn() -> Locale + 'static,
    stands: impl Fn() -> Option<TillStatus> + 'static,
) {
    Effect::new(move |before: Option<Option<TillStatus>>| {
        let now = stands();
        if let (Some(Some(before)), Some(now)) = (&before, &now)
            && let Some(turn) = turn(before, now)
        {
            announcer.say(words(locale(), turn).to_owned());
        }
        now
    });
}

/// A turn in a sentence.
fn words(locale: Locale, turn: Turn) -> &'static str {
    match turn {
        Turn::On => td_string!(locale, till.now_on),
        Turn::Off => td_string!(locale, till.now_off),
        Turn::Failing(state) => health::words(locale, state).0,
        Turn::Recovered => td_string!(locale, health.back),
        Turn::Declined => td_string!(locale, asking.now_declined),
        Turn::Released => td_string!(locale, locked.now_free),
    }
}
