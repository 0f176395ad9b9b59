//! A page of operations, however they are looked for; for the list itself and for what is downloaded of it.

use jiff::Timestamp;
use passerelle_store::{FoundPage, Match, OperationRow, OperationState, Start, TermKind};
use passerelle_wire::{MatchKind, Matched};

use super::beholder::Beholder;
use super::operation_query::{Look, Wanted};
use crate::problem::ApiProblem;
use crate::state::AppState;

/// What a look found.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// Newest first, with why they are among those found.
    pub(super) found: Vec<(OperationRow, Option<Matched>)>,
    /// What goes on to older ones.
    pub(super) older: Option<i64>,
    /// What goes on to newer ones.
    pub(super) newer: Option<i64>,
    /// How far it came, where it ended before the page was full.
    pub(super) looked_to: Option<Timestamp>,
}

/// One look.
///
/// # Errors
/// When the store fails.
pub(super) async fn list(
    state: &AppState,
    beholder: &Beholder,
    wanted: &Wanted,
    start: Start,
    limit: u32,
) -> Result<Listed, ApiProblem> {
    let (store, id, filter) = (state.store(), &beholder.row.id, &wanted.filter);
    let older = match start {
        Start::Older(seq) => Some(seq),
        Start::Newest | Start::Newer(_) | Start::At(_) => None,
    };
    let mut listed = match &wanted.look {
        Look::Nothing => Listed::default(),
        Look::All => {
            let page = store.log(id, filter, start, limit).await?;
            let found = page.rows.into_iter().map(|row| (row, None)).collect();
            Listed { found, older: page.older, newer: page.newer, looked_to: page.looked_to }
        }
        Look::Facts(query) => {
            let page = store.find(id, &query.terms, Some(&query.detail), filter, older, limit).await?;
            let FoundPage { found, older } = page;
            let found = found.into_iter().map(|(row, matched)| (row, Some(by_fact(matched)))).collect();
            Listed { found, older, ..Listed::default() }
        }
        Look::Text(needle) => {
            let page = store.search_bodies(id, needle, filter, older, limit).await?;
            let mut found = Vec::with_capacity(page.found.len());
            for hit in page.found {
                let hidden = beholder.hides(state, &hit.row.id).await?;
                let matched = Matched {
                    kind: if hit.in_answer { MatchKind::Answer } else { MatchKind::Request },
                    excerpt: Some(hit.excerpt).filter(|_| !hidden),
                    exchange: Some(hit.exchange.as_str().to_owned()),
                };
                found.push((hit.row, Some(matched)));
            }
            Listed { found, older: page.older, newer: None, looked_to: page.looked_to }
        }
    };
    if let Some(tried) = wanted.tried {
        listed.found.retain(|(row, _)| row.state != OperationState::Queued || (row.tries > 0) == tried);
    }
    Ok(listed)
}

fn by_fact(matched: Match) -> Matched {
    let kind = match matched {
        Match::Term(TermKind::OrderId | TermKind::CustomerId) => MatchKind::OrderId,
        Match::Term(TermKind::Reference) => MatchKind::Reference,
        Match::Term(TermKind::CollectionCode) => MatchKind::CollectionCode,
        Match::Term(TermKind::Phone) => MatchKind::Phone,
        Match::Term(TermKind::Customer) => MatchKind::Customer,
        Match::Detail => MatchKind::Detail,
    };
    Matched { kind, excerpt: None, exchange: None }
}
