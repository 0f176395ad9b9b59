//! Connecting from a back office's frame: HubRise in a window of its own, and what the page says meanwhile. Used by the entry
//! pages on which tills are connected; the others lead to the till's own page.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{AttemptBegin, ConnectionState};
use stylers::style_sheet;

use super::begin::Begin;
use crate::{
    api::{attempts, vendors},
    browser::{frame, page},
    components::{
        announcer::announcer,
        button::{Button, Weight},
        notice::{Notice, Tone},
    },
    i18n::{language, td_string, tr},
    logic::aside::{Aside, Heard, heard},
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/components/aside.css");

/// Between two looks at the attempt.
const PAUSE: Duration = Duration::from_secs(2);

/// Looks after which a window that reads as closed is: one that comes back to the console reads so too, until it is done.
const PATIENCE: u32 = 3;

/// Begins in a window of its own: opened now, within the press, or browsers would not let it.
pub fn start(begin: Begin, what: AttemptBegin) {
    let Some((number, blocked)) = frame::open() else { return };
    begin.aside.set(Aside::None);
    let what = AttemptBegin { popup: Some(number.clone()), return_to: frame::address(), ..what };
    spawn_local(async move {
        match attempts::begin(&what).await {
            Ok(started) => {
                begin.number.set_value(number);
                let aside = if blocked { Aside::Asked } else { Aside::Open };
                begin.show(aside);
                watch(begin, what, started.id, 0);
            }
            Err(error) => begin.failed(error),
        }
    });
}

/// Looks how the attempt stands until something came of it, or another was begun. `gone`: for how many looks the window has
/// read as closed.
fn watch(begin: Begin, what: AttemptBegin, attempt: String, gone: u32) {
    set_timeout(
        move || {
            let aside = begin.aside.try_get_untracked().unwrap_or_default();
            if aside == Aside::None || what.popup != begin.number.try_get_value() {
                return;
            }
            let gone = if frame::closed() { gone + 1 } else { 0 };
            spawn_local(async move {
                let answer = attempts::by_id(&attempt).await;
                if what.popup != begin.number.try_get_value() {
                    return;
                }
                match heard(answer, aside, gone >= PATIENCE) {
                    Heard::Wait(fares) => {
                        if fares != aside {
                            begin.show(fares);
                        }
                        watch(begin, what, attempt, gone);
                    }
                    // A policy may have cut the window off: what comes of it after all is shown.
                    Heard::Left => {
                        begin.show(Aside::Left);
                        watch(begin, what, attempt, gone);
                    }
                    Heard::Failed(_) if aside == Aside::Left => {}
                    Heard::Failed(error) => begin.failed(error),
                    Heard::Done => done(begin, what).await,
                }
            });
        },
        PAUSE,
    );
}

/// Shows what came of it: the choices that are left, or the till.
async fn done(begin: Begin, what: AttemptBegin) {
    begin.show(Aside::None);
    let (vendor, till) = (what.vendor, what.till.unwrap_or_default());
    let chooses = match vendors::status(&vendor, &till).await {
        Ok(status) => status.connection.is_some_and(|connection| connection.state == ConnectionState::Choosing),
        Err(_) => false,
    };
    if chooses {
        page::leave_for(&Site::Choose { vendor, till }.path());
    } else if begin.number.try_get_value().is_some() {
        match begin.done.get_value() {
            Some(done) => done.run(()),
            None => page::leave_for(&Site::Till { vendor, till }.path()),
        }
    }
}

/// How the window fares, in words, with the way on.
#[component]
pub fn Window(
    /// The run.
    begin: Begin,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let said = Memo::new(move |_| begin.aside.get());
    Effect::new(move |_| {
        let locale = language.get_untracked();
        match said.get() {
            Aside::None | Aside::Asked => {}
            Aside::Open => announcer.say(td_string!(locale, aside.open_title).to_owned()),
            Aside::Blocked => announcer.say(td_string!(locale, aside.blocked_title).to_owned()),
            Aside::Left => announcer.say(td_string!(locale, aside.left_title).to_owned()),
        }
    });
    move || match said.get() {
        Aside::None | Aside::Asked => ().into_any(),
        Aside::Open => view! {
            <div class=format!("{SCOPE} aside")>
                <Notice tone=Tone::Info>
                    <p>
                        <strong>{tr!(language, aside.open_title)}</strong>
                    </p>
                    <p>{tr!(language, aside.open_means)}</p>
                </Notice>
                <div class="buttons">
                    <Button
                        label=tr!(language, aside.again)
                        weight=Weight::Plain
                        on_press=move |()| begin.start()
                    />
                    <Button
                        label=tr!(language, leave.cancel)
                        weight=Weight::Plain
                        on_press=move |()| begin.show(Aside::None)
                    />
                </div>
            </div>
        }
        .into_any(),
        Aside::Blocked => view! {
            <div class=format!("{SCOPE} aside")>
                <Notice tone=Tone::Warn>
                    <p>
                        <strong>{tr!(language, aside.blocked_title)}</strong>
                    </p>
                    <p>{tr!(language, aside.blocked_means)}</p>
                </Notice>
                <div class="buttons">
                    <Button
                        label=tr!(language, aside.here)
                        weight=Weight::Primary
                        on_press=move |()| frame::top(&format!("{}.top", begin.number.get_value()))
                    />
                    <Button
                        label=tr!(language, aside.again)
                        weight=Weight::Plain
                        on_press=move |()| begin.start()
                    />
                </div>
            </div>
        }
        .into_any(),
        Aside::Left => view! {
            <div class=format!("{SCOPE} aside")>
                <Notice tone=Tone::Warn>
                    <p>
                        <strong>{tr!(language, aside.left_title)}</strong>
                    </p>
                    <p>{tr!(language, aside.left_means)}</p>
                </Notice>
                <div class="buttons">
                    <Button
                        label=tr!(language, aside.again)
                        weight=Weight::Primary
                        on_press=move |()| begin.start()
                    />
                </div>
            </div>
        }
        .into_any(),
    }
}
