//! Says aloud, to a screen reader, what has changed elsewhere on the page.

use leptos::prelude::*;

/// The page's voice; copy it where something is to be announced.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// Gives the page its voice.
    pub fn provide() -> Self {
        let announcer = Self(RwSignal::new(String::new()));
        provide_context(announcer);
        announcer
    }

    /// Announces `text` once the reader pauses; the same text twice is said twice.
    pub fn say(self, text: String) {
        _ = self.0.try_update(|now| {
            // A region whose text stays the same stays silent: a trailing space makes it another text.
            *now = if *now == text { format!("{text}\u{a0}") } else { text };
        });
    }
}

/// The page's voice, from the context.
pub fn announcer() -> Announcer {
    expect_context()
}

/// The live region itself; once on the page.
#[component]
pub fn Announcements(
    /// Whose words.
    of: Announcer,
) -> impl IntoView {
    view! { <div class="hidden" role="status" aria-live="polite">{move || of.0.get()}</div> }
}
