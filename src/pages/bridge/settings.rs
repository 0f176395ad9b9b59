//! The till's configuration as far as a page knows it: what was saved here, else what was there; and what every page asks of
//! it, its token.

use leptos::prelude::*;
use passerelle_wire::TillSettings;

use crate::api::{Answer, ApiError, till_settings};

/// The end of the till's token, where there is a token, once that is known.
#[derive(Clone, Copy)]
pub struct Token(Signal<Option<Option<String>>>);

impl Token {
    /// Asks for it: for the pages that need to know no more of a configuration.
    pub fn of(connection: &str) -> Self {
        let id = StoredValue::new(connection.to_owned());
        let asked = Answer::to(move || {
            let id = id.get_value();
            async move { till_settings::tail(&id).await }
        });
        Self(Signal::derive(move || asked.get().and_then(Result::ok)))
    }

    /// Of a till that is given none: nothing is known of it, and it is not awaited.
    pub fn none() -> Self {
        Self(Signal::derive(|| None))
    }

    /// Its end; tracked.
    pub fn tail(self) -> Option<String> {
        let Self(known) = self;
        known.get().flatten()
    }

    /// Whether the till waits for it; tracked.
    pub fn is_awaited(self) -> bool {
        let Self(known) = self;
        known.get() == Some(None)
    }
}

/// The configuration.
#[derive(Clone, Copy)]
pub struct Settings {
    asked: Answer<TillSettings>,
    saved: RwSignal<Option<TillSettings>>,
}

impl Settings {
    /// Asks for it, and lets the pages below know it.
    pub fn provide(connection: &str) -> Token {
        let id = StoredValue::new(connection.to_owned());
        let asked = Answer::to(move || {
            let id = id.get_value();
            async move { till_settings::get(&id).await }
        });
        let settings = Self { asked, saved: RwSignal::new(None) };
        provide_context(settings);
        Token(Signal::derive(move || settings.get().and_then(Result::ok).map(|known| known.api_token_tail)))
    }

    /// What is known; tracked.
    pub fn get(self) -> Option<Result<TillSettings, ApiError>> {
        self.saved.get().map(Ok).or_else(|| self.asked.get())
    }

    /// Takes what was saved, or found, elsewhere.
    pub fn set(self, settings: TillSettings) {
        _ = self.saved.try_set(Some(settings));
    }

    /// Asks again.
    pub fn retry(self) {
        self.asked.retry();
    }
}
