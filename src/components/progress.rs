//! Steps that happen by themselves, with the one under way marked by an icon and a word.

use leptos::prelude::*;
use stylers::style_sheet;

use super::icon::{Glyph, Icon};
use crate::i18n::{language, td_string};

const SCOPE: &str = style_sheet!("style/components/progress.css");

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Behind us.
    Done,
    /// Under way.
    Busy,
    /// Ahead.
    Next,
}

/// The steps, in order.
#[component]
pub fn Progress(
    /// Each with its words.
    #[prop(into)]
    steps: Signal<Vec<(Stage, String)>>,
) -> impl IntoView {
    let language = language();
    let step = move |(stage, words): (Stage, String)| {
        let locale = language.get();
        let (class, glyph, spoken) = match stage {
            Stage::Done => ("done", Glyph::Done, td_string!(locale, callback.step_done)),
            Stage::Busy => ("busy", Glyph::Clock, td_string!(locale, callback.step_busy)),
            Stage::Next => ("next", Glyph::Off, td_string!(locale, callback.step_next)),
        };
        view! {
            <li class=class aria-current=(stage == Stage::Busy).then_some("step")>
                <Icon of=glyph />
                <span>{words}<span class="hidden">" ("{spoken}")"</span></span>
            </li>
        }
    };
    view! {
        <ol class=format!("{SCOPE} progress")>{move || steps.get().into_iter().map(step).collect_view()}</ol>
    }
}
