//! Where a period lies in the order of arrival, so that nothing outside of it is read.

use super::{NEIGHBOURS, Shelf, Span, count};
use crate::{OperationFilter, Result};

/// The span that holds all of a filter's period. Where orders are few on one side of it, it is open there: what is read
/// too much is left out by the filter.
pub(super) async fn span<S: Shelf + ?Sized>(shelf: &S, place: i64, filter: &OperationFilter) -> Result<Span> {
    let mut span = Span::ALL;
    if let Some(until) = filter.until {
        let later = shelf.neighbours(place, until, true).await?;
        if later.len() >= count(NEIGHBOURS) {
            span.last = later.into_iter().max().unwrap_or(span.last);
        }
    }
    if let Some(from) = filter.from {
        let earlier = shelf.neighbours(place, from, false).await?;
        if earlier.len() >= count(NEIGHBOURS) {
            span.first = earlier.into_iter().min().unwrap_or(span.first);
        }
    }
    Ok(span)
}
