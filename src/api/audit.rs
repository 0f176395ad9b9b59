//! `/connections/{id}/audit`: who did what to a connection.

use passerelle_wire::AuditPage;

use super::{ApiError, call};
use crate::logic::query::encode;

/// One page, newest first; the first without a cursor.
pub async fn page(connection: &str, cursor: Option<&str>) -> Result<AuditPage, ApiError> {
    let mut path = format!("/connections/{}/audit", encode(connection));
    if let Some(cursor) = cursor {
        path.push_str("?cursor=");
        path.push_str(&encode(cursor));
    }
    call::get(&path).await
}
