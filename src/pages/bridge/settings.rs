//! The till's configuration as far as a page knows it: what was saved here, else what was there.

use leptos::prelude::*;
use passerelle_wire::TillSettings;

use crate::api::{Answer, ApiError, till_settings};

/// The configuration.
#[derive(Clone, Copy)]
pub struct Settings {
    asked: Answer<TillSettings>,
    saved: RwSignal<Option<TillSettings>>,
}

impl Settings {
    /// Asks for it.
    pub fn of(connection: &str) -> Self {
        let id = StoredValue::new(connection.to_owned());
        let asked = Answer::to(move || {
            let id = id.get_value();
            async move { till_settings::get(&id).await }
        });
        Self { asked, saved: RwSignal::new(None) }
    }

    /// What is known; tracked.
    pub fn get(self) -> Option<Result<TillSettings, ApiError>> {
        self.saved.get().map(Ok).or_else(|| self.asked.get())
    }

    /// The end of the token; tracked.
    pub fn tail(self) -> Option<String> {
        self.get().and_then(Result::ok).and_then(|settings| settings.api_token_tail)
    }

    /// Whether the till waits for its token; tracked.
    pub fn is_unfinished(self) -> bool {
        matches!(self.get(), Some(Ok(TillSettings { api_token_tail: None, .. })))
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
