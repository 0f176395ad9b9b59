//! The line that appears while the device is offline, and says how old what is shown is.

use leptos::prelude::*;
use stylers::style_sheet;

use super::{
    announcer::announcer,
    dynamic::perhaps,
    icon::{Glyph, Icon},
};
use crate::{
    browser::{clock, page},
    i18n::{language, td_string, text},
};

const SCOPE: &str = style_sheet!("style/components/offline.css");

/// The line; takes no space while online.
#[component]
pub fn Offline(
    /// When the server last answered, in milliseconds since 1970; read when the device goes offline.
    #[prop(into)]
    last_heard: Callback<(), Option<f64>>,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let since = RwSignal::new((!page::online()).then(|| last_heard.run(())));
    let gone = window_event_listener(leptos::ev::offline, move |_| since.set(Some(last_heard.run(()))));
    let back = window_event_listener(leptos::ev::online, move |_| {
        since.set(None);
        announcer.say(td_string!(language.get_untracked(), app.online).to_owned());
    });
    on_cleanup(move || {
        gone.remove();
        back.remove();
    });
    let words = move |heard: Option<f64>| match heard {
        Some(heard) => {
            td_string!(language.get(), app.offline, time = clock::time_of_day(language.code(), heard))
        }
        None => td_string!(language.get(), app.offline_bare).to_owned(),
    };
    view! {
        <div class=format!("{SCOPE} offline") role="status">
            {perhaps(move || {
                since.get()
                    .map(|heard| {
                        view! {
                            <p>
                                <Icon of=Glyph::Offline />
                                <span>{text(move || words(heard))}</span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}
