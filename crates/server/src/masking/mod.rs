//! What is personal in an exchange, made unreadable: names, phones, e-mail addresses, addresses, notes for the courier.
//!
//! Owns which parts of an order, a request and an answer are personal, and how they are hidden: by their place (a key of
//! HubRise's customer, an element of `Member`), and wherever else their values are repeated. Plain functions of text that may
//! be broken: what cannot be parsed is masked as far as it is understood, and nothing is dropped. Owns no rule of who sees
//! what.

mod json;
mod values;
mod xml;

#[cfg(test)]
mod tests;

pub(crate) use json::raw_member;

use values::Values;

/// What stands in the place of what is hidden.
pub(crate) const MASK: &str = "•••";

/// The personal values of one operation, gathered from its event: they are hidden wherever they are repeated.
#[derive(Clone, Default)]
pub(crate) struct Personal {
    values: Values,
}

impl Personal {
    /// Those of an order, of an event that holds one, or of a request (`Member`). Nothing in a text that holds none.
    pub(crate) fn of(text: &str) -> Self {
        let mut values = Values::default();
        match form(text) {
            Form::Json => json::gather(text, &mut values),
            Form::Xml => xml::gather(text, &mut values),
            Form::Plain => {}
        }
        Self { values }
    }

    /// The same and those of another text: a request that a person wrote names others than its order does.
    pub(crate) fn and(mut self, text: &str) -> Self {
        self.values.join(Self::of(text).values);
        self
    }

    /// A body, a line of headers, any text: with its personal parts hidden, and every repetition of these values.
    pub(crate) fn mask(&self, text: &str) -> String {
        match form(text) {
            Form::Json => json::mask(text, &self.values),
            Form::Xml => xml::mask(text, &self.values),
            Form::Plain => self.values.mask(text).unwrap_or_else(|| text.to_owned()),
        }
    }
}

/// A JSON text with its own personal values hidden, wherever in it they are repeated.
pub(crate) fn mask_json(text: &str) -> String {
    Personal::of(text).mask(text)
}

/// A request with another text for its token (`EOIAuthenticationToken`): nothing else of it changes.
pub(crate) fn with_token(text: &str, token: &str) -> String {
    xml::with_token(text, token)
}

enum Form {
    Json,
    Xml,
    Plain,
}

fn form(text: &str) -> Form {
    match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
        Some('{' | '[') => Form::Json,
        Some('<') => Form::Xml,
        _ => Form::Plain,
    }
}
