//! What a page shows of orders, for those who follow it: its first lines, and how the callback at HubRise stands.
//!
//! Owns which changes are news. That something was heard from HubRise is none by itself: what was heard is a line.

use passerelle_store::{ConnectionRow, OperationRow, Registration, Result};
use passerelle_vendors::Capability;

use crate::state::AppState;

/// The lines a page shows first. Older ones change no more, or are looked at on their own.
const LINES: u32 = 50;

/// A text that differs whenever what is shown does; empty where the vendor bridges no orders.
pub(super) async fn mark(state: &AppState, row: &ConnectionRow) -> Result<String> {
    if !state.vendors().get(&row.vendor).is_ok_and(|vendor| vendor.has(Capability::OrderBridge)) {
        return Ok(String::new());
    }
    let store = state.store();
    let (page, registration) = tokio::try_join!(store.operations(&row.id, None, LINES), store.registration(&row.id))?;
    Ok(text(&page.rows, &registration))
}

fn text(rows: &[OperationRow], registration: &Registration) -> String {
    let lines = rows.iter().map(|row| {
        // Two changes within a microsecond differ in what they changed.
        format!("{} {} {:?} {} {:?} {:?}", row.id, row.changed_at, row.state, row.tries, row.telling, row.flag)
    });
    let Registration { verified_at, repaired_at, error, due_at: _, refused, refused_at: _, heard_at: _ } = registration;
    lines
        .chain([format!("{verified_at:?} {repaired_at:?} {} {refused}", error.is_some())])
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn hearing_alone_is_no_news_but_a_refused_call_is() {
        let quiet = Registration::default();
        let heard = Registration { heard_at: Some(Timestamp::UNIX_EPOCH), ..Registration::default() };
        let refused = Registration { refused: 1, ..Registration::default() };
        assert_eq!(text(&[], &quiet), text(&[], &heard));
        assert_ne!(text(&[], &quiet), text(&[], &refused));
    }
}
