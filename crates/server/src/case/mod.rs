//! A case: one operation as a page of its own, for somebody who has no account here. It opens offline, asks nothing of
//! anybody, holds no script, and no name, phone, e-mail address, address or token.
//!
//! Owns what a case tells (`story`), in which words (`words`), as what HTML (`html`), and the links to cases (`link`). Does
//! not own what is personal (`masking`) nor who may make one (`api/shares.rs`). What it shows depends on the operation alone,
//! not on the moment: the preview, the file and the link are the same bytes.

mod html;
mod link;
mod pretty;
mod story;
mod text;
mod words;

#[cfg(test)]
mod tests;

use passerelle_store::{ActRow, ConnectionRow, ExchangeWhole, NamedRef, OperationRow};
use passerelle_wire::Note;

use crate::masking::{self, Personal};
use crate::problem::ApiProblem;
use crate::state::AppState;

pub(crate) use html::{gone, policy};
pub(crate) use link::{answer, hash, routes};
pub(crate) use words::Language;

/// Calls shown of one operation: the first and the last of them.
const FIRST: usize = 10;
const LAST: usize = 30;

/// All that a case tells of, nothing of it masked yet but secrets.
pub(crate) struct Case {
    vendor: String,
    till: passerelle_vendors::Localized,
    account: NamedRef,
    location: Option<NamedRef>,
    timezone: Option<String>,
    operation: OperationRow,
    notes: Vec<Note>,
    acts: Vec<ActRow>,
    calls: Vec<ExchangeWhole>,
    /// Calls that are not in `calls`.
    more: usize,
}

impl Case {
    /// What is kept of an operation.
    ///
    /// # Errors
    /// When the store fails, or the till's vendor is served no more.
    pub(crate) async fn of(
        state: &AppState,
        connection: ConnectionRow,
        operation: OperationRow,
    ) -> Result<Self, ApiProblem> {
        let (vendor, till) = state.vendors().till(&connection.vendor, &connection.till)?;
        let store = state.store();
        let (lines, acts) = tokio::try_join!(
            store.exchanges(&connection.id, &operation.id),
            store.acts(&connection.id, &operation.id)
        )?;
        let more = lines.len().saturating_sub(FIRST + LAST);
        let mut calls = Vec::with_capacity(lines.len() - more);
        for (_, line) in lines.iter().enumerate().filter(|(at, _)| *at < FIRST || *at >= FIRST + more) {
            calls.extend(store.exchange(&connection.id, &line.id).await?);
        }
        let notes = operation.notes.as_deref().and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_default();
        let (vendor, till) = (vendor.profile.name.clone(), till.name().clone());
        let ConnectionRow { account, location, timezone, .. } = connection;
        Ok(Self { vendor, till, account, location, timezone, operation, notes, acts, calls, more })
    }

    /// The page.
    pub(crate) fn page(mut self, language: Language) -> String {
        self.mask();
        html::page(&self, language)
    }

    /// Takes out what is personal, wherever it is, and what is left of the token.
    fn mask(&mut self) {
        let mut personal = Personal::default();
        for call in &self.calls {
            for body in [&call.request_body, &call.response_body] {
                personal = personal.and(&String::from_utf8_lossy(body));
            }
        }
        let mask = |text: &mut String| *text = personal.mask(text);
        let body = |bytes: &mut Vec<u8>| {
            let masked = personal.mask(&String::from_utf8_lossy(bytes));
            *bytes = masking::with_token(&masked, masking::MASK).into_bytes();
        };
        for call in &mut self.calls {
            mask(&mut call.row.url);
            mask(&mut call.request_headers);
            mask(&mut call.response_headers);
            call.row.error.iter_mut().for_each(mask);
            body(&mut call.request_body);
            body(&mut call.response_body);
        }
        self.operation.detail.iter_mut().for_each(mask);
        for act in &mut self.acts {
            // Who works here is nobody's business elsewhere.
            act.by = None;
            act.note.iter_mut().for_each(mask);
        }
        for note in &mut self.notes {
            mask(&mut note.name);
            note.other.iter_mut().for_each(mask);
        }
    }
}
