//! Icons, drawn inline on a grid of 20: always beside a word, so never read out.

use leptos::prelude::*;

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A hollow circle: not yet.
    Off,
    /// A tick.
    Check,
    /// A tick in a circle.
    Done,
    /// A clock: under way, or waiting.
    Clock,
    /// An `i` in a circle.
    Info,
    /// An exclamation mark in a triangle.
    Warn,
    /// A cross.
    Close,
    /// A plus sign.
    Plus,
    /// Two sheets.
    Copy,
    /// An arrow leaving a box: opens elsewhere.
    Out,
    /// A chevron to the right.
    Right,
    /// A chevron to the left.
    Left,
    /// A chevron down.
    Down,
    /// A globe.
    Globe,
    /// A half-filled circle: light and dark.
    Theme,
    /// A magnifying glass.
    Search,
    /// A cloud struck through.
    Offline,
    /// Head and shoulders.
    Person,
}

impl Glyph {
    /// What it is drawn by.
    pub fn path(self) -> &'static str {
        match self {
            Self::Off => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z",
            Self::Check => "m4.5 10.5 3.7 3.7 7.3-8",
            Self::Done => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm-3 7.2 2.2 2.2 4-4.6",
            Self::Clock => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 3.4V10l2.4 1.8",
            Self::Info => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 6.6v3.6m0-6.4v.1",
            Self::Warn => "M10 3.4 2.6 16.2h14.8L10 3.4Zm0 4.8v3.4m0 2.2v.1",
            Self::Plus => "M10 4.5v11M4.5 10h11",
            Self::Close => "m5.5 5.5 9 9m0-9-9 9",
            Self::Copy => "M7.5 6.5h8v10h-8zM12.5 6.5v-3h-8v10h3",
            Self::Out => "M11.5 4H16v4.5M16 4l-6.5 6.5M14 11.5V16H4V6h4.5",
            Self::Right => "m7.5 4.5 5.5 5.5-5.5 5.5",
            Self::Left => "M12.5 4.5 7 10l5.5 5.5",
            Self::Down => "m4.5 7.5 5.5 5.5 5.5-5.5",
            Self::Globe => {
                "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm-7 7h14M10 3c2.2 1.8 3.2 4.2 3.2 7s-1 5.2-3.2 7c-2.2-1.8-3.2-4.2-3.2-7s1-5.2 3.2-7Z"
            }
            Self::Theme => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 0v14m2.5-12.5v11m2.4-9v7",
            Self::Search => "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4Zm3.7 8.7L16.5 16.5",
            Self::Person => {
                "M10 3.5a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4ZM3.8 16.5c.6-3 3-4.6 6.2-4.6s5.6 1.6 6.2 4.6"
            }
            Self::Offline => "M6.2 7.2A4 4 0 0 0 6 15h8.5M8.6 5.6A4.6 4.6 0 0 1 14 9.2a3 3 0 0 1 2.3 4.5M3.5 3.5l13 13",
        }
    }
}

/// One icon.
#[component]
pub fn Icon(
    /// What to draw.
    of: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=of.path()></path>
        </svg>
    }
}
