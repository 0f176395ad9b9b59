//! A line or two about something that happened or is going on: an icon, words, a colour.

use leptos::prelude::*;
use stylers::style_sheet;

use super::icon::{Glyph, Icon};
use crate::i18n::{language, tr};

const SCOPE: &str = style_sheet!("style/components/notice.css");

/// What kind of thing is said; each has its icon and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It is as it should be.
    Ok,
    /// Good to know.
    Info,
    /// Something is left to do.
    Warn,
    /// It does not work.
    Fail,
    /// Nothing yet.
    Off,
}

impl Tone {
    /// The class that carries its colours.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Off => "off",
        }
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Ok => Glyph::Done,
            Self::Info => Glyph::Info,
            Self::Warn | Self::Fail => Glyph::Warn,
            Self::Off => Glyph::Off,
        }
    }
}

/// A notice; with `on_close` it can be put away.
#[component]
pub fn Notice(
    /// What kind of thing is said.
    tone: Tone,
    /// Told when it is put away.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let language = language();
    view! {
        <div class=format!("{SCOPE} notice {}", tone.class())>
            <Icon of=tone.glyph() />
            <div class="words">{children()}</div>
            {on_close
                .map(|on_close| {
                    view! {
                        <button type="button" aria-label=tr!(language, flash.close) on:click=move |_| on_close.run(())>
                            <Icon of=Glyph::Close />
                        </button>
                    }
                })}
        </div>
    }
}
