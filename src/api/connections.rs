//! `/connections`: what can be chosen for one, choosing, and disconnecting.

use gloo_net::http::Method;
use passerelle_wire::{ChoicePage, ChoiceRequest, Connected, Disconnected};

use super::{ApiError, call};
use crate::logic::query::encode;

/// One page of the account's locations.
pub async fn locations(connection: &str, cursor: Option<&str>) -> Result<ChoicePage, ApiError> {
    page(connection, "locations", None, cursor).await
}

/// One page of the catalogs of a location and of its account.
pub async fn catalogs(connection: &str, location: &str, cursor: Option<&str>) -> Result<ChoicePage, ApiError> {
    page(connection, "catalogs", Some(location), cursor).await
}

/// One page of the customer lists of a location and of its account.
pub async fn customer_lists(connection: &str, location: &str, cursor: Option<&str>) -> Result<ChoicePage, ApiError> {
    page(connection, "customer_lists", Some(location), cursor).await
}

/// Completes a connection.
pub async fn choose(connection: &str, choice: &ChoiceRequest) -> Result<Connected, ApiError> {
    call::change(Method::PUT, &format!("/connections/{}/choice", encode(connection)), Some(choice)).await
}

/// Disconnects.
pub async fn delete(connection: &str) -> Result<Disconnected, ApiError> {
    call::change::<(), _>(Method::DELETE, &format!("/connections/{}", encode(connection)), None).await
}

/// One page of something to choose.
async fn page(
    connection: &str,
    what: &str,
    location: Option<&str>,
    cursor: Option<&str>,
) -> Result<ChoicePage, ApiError> {
    let mut path = format!("/connections/{}/{what}", encode(connection));
    let mut separator = '?';
    for (name, value) in [("location_id", location), ("cursor", cursor)] {
        if let Some(value) = value {
            path.push(separator);
            path.push_str(name);
            path.push('=');
            path.push_str(&encode(value));
            separator = '&';
        }
    }
    call::get(&path).await
}
