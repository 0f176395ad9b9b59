//! The words that explain nodes and headers, in the page's language: asked for once the page is there, and again when the language
//! changes. Owns the strip under a body that shows them.

use leptos::{prelude::*, reactive::owner::LocalStorage, task::spawn_local};

use super::frame::Frame;
use crate::{
    api::until_cleanup,
    browser::explained::{Explained, Said},
    components::dynamic::dynamic,
    i18n::{language, td_string, tr},
    logic::explained::{names, title},
};

/// The explanations, as far as they have come.
#[derive(Clone, Copy)]
pub struct Meanings(RwSignal<Option<Explained>, LocalStorage>);

impl Meanings {
    /// Asks for them.
    pub fn ask() -> Self {
        let meanings = RwSignal::new_local(None);
        let language = language();
        Effect::new(move |_| {
            let code = language.code();
            spawn_local(until_cleanup(async move {
                if let Some(all) = Explained::fetch(code).await {
                    _ = meanings.try_set(Some(all));
                }
            }));
        });
        Self(meanings)
    }

    /// Notifies when they have come.
    pub fn track(self) {
        self.0.track();
    }

    /// Whether something is explained; not tracked.
    pub fn knows(self, part: &str, names: &[String]) -> bool {
        !names.is_empty() && self.0.with_untracked(|all| all.as_ref().is_some_and(|all| all.knows(part, names)))
    }

    /// What is said of something; tracked.
    pub fn of(self, part: &str, names: &[String], value: &str) -> Option<Said> {
        self.0.with(|all| all.as_ref()?.of(part, names, value))
    }
}

/// What the line that is looked at says in words.
#[component]
pub fn Strip(
    /// The frame.
    frame: Frame,
    /// Where nodes are explained.
    meanings: Meanings,
    /// In which part of the explanations.
    part: &'static str,
) -> impl IntoView {
    let language = language();
    let asked = Memo::new(move |_| {
        let line = frame.asked()?;
        frame.layout.with(|layout| {
            let names = names(layout, line);
            let value = layout.lines.get(line).map(|found| layout.at(found.value)).unwrap_or_default();
            (!names.is_empty()).then(|| (title(layout, line), meanings.of(part, &names, value.trim())))
        })
    });
    let strip = dynamic(move || match asked.get() {
        None => view! { <p class="muted">{tr!(language, exchange.point)}</p> }.into_any(),
        Some((title, said)) => {
            let (what, value) = match said {
                Some(Said { what, value }) => (what, value),
                None => (td_string!(language.get(), exchange.unexplained).to_owned(), None),
            };
            view! {
                <p>
                    <code>
                        <bdi>{title}</bdi>
                    </code>
                </p>
                <p>{value.map(|value| view! { <strong>{value}</strong> " " })} {what}</p>
            }
            .into_any()
        }
    });
    view! {
        <div class="strip" role="status">
            {strip}
        </div>
    }
    .into_any()
}
