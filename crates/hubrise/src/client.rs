//! HubRise's API, as far as Passerelle calls it.
//!
//! Owns paths, paging and the reading of good answers. Does not own what a bad answer means, nor any retry.

mod callbacks;
mod inventory;
mod light;
mod orders;
mod reading;

use std::sync::Arc;

use ::http::{HeaderMap, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;

use crate::base::Base;
use crate::http::Http;
use crate::identifier::segment;
use crate::model::{Account, CatalogSummary, CustomerListSummary, Location};
use crate::verdict::Asked;
use crate::{AccessToken, Error, Observer};

pub use callbacks::EventSummary;
pub use inventory::{InventoryChange, InventoryKey};
use reading::next_cursor;
pub(crate) use reading::{json, nothing};

/// The header that carries the token; HubRise takes no `Authorization: Bearer`.
const TOKEN_HEADER: &str = "x-access-token";

/// Entries a page: HubRise's maximum and default.
const PAGE: &str = "100";

/// The longest cursor taken from HubRise or from a caller, in bytes. HubRise's are a few characters (`cjkl44`).
const LONGEST_CURSOR: usize = 512;

/// HubRise's API (`https://api.hubrise.com/v1`).
#[derive(Clone, Debug)]
pub struct Api {
    http: Http,
    base: Base,
}

/// Which location is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocationPath<'a> {
    /// `/location`: the token's own. Location-level tokens only.
    Own,
    /// `/locations/:id`. Both levels: a location-level token reaches its own location this way too.
    Id(&'a str),
}

impl LocationPath<'_> {
    fn path(self, rest: &str) -> Result<String, Error> {
        Ok(match self {
            Self::Own => format!("/location{rest}"),
            Self::Id(id) => format!("/locations/{}{rest}", segment("location id", id)?),
        })
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// In HubRise's order; at most 100.
    pub items: Vec<T>,
    /// What to ask the next page with; absent on the last.
    pub next_cursor: Option<String>,
}

/// Every method makes one call and fails with [`Error`]: [`Error::TokenDead`] when the token works no more,
/// [`Error::Forbidden`] when the scope does not cover it, [`Error::MalformedId`] before any call is made.
impl Api {
    /// The API at `base`.
    pub fn new(http: Http, base: Base) -> Self {
        Self { http, base }
    }

    /// The same API, telling its calls to another observer: one that keeps them, for the length of one, say.
    #[must_use]
    pub fn observed_by(&self, observer: Arc<dyn Observer>) -> Self {
        Self { http: self.http.clone().observed_by(observer), base: self.base.clone() }
    }

    /// `GET /account`: the token's account. Account-level tokens only; at location level, see
    /// [`Location::account`].
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn account(&self, token: &AccessToken) -> Result<Account, Error> {
        self.get("get_account", token, "/account").await
    }

    /// `GET /locations`: a page of the account's locations. Account-level tokens only.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn locations(&self, token: &AccessToken, cursor: Option<&str>) -> Result<Page<Location>, Error> {
        self.list("list_locations", token, "/locations", cursor).await
    }

    /// `GET /location` or `GET /locations/:id`.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn location(&self, token: &AccessToken, location: LocationPath<'_>) -> Result<Location, Error> {
        self.get("get_location", token, &location.path("")?).await
    }

    /// A page of the catalogs a location has access to: its own and its account's.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn location_catalogs(
        &self,
        token: &AccessToken,
        location: LocationPath<'_>,
        cursor: Option<&str>,
    ) -> Result<Page<CatalogSummary>, Error> {
        self.list("list_location_catalogs", token, &location.path("/catalogs")?, cursor).await
    }

    /// `GET /account/catalogs`: a page of the account's own catalogs. Account-level tokens only.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn account_catalogs(
        &self,
        token: &AccessToken,
        cursor: Option<&str>,
    ) -> Result<Page<CatalogSummary>, Error> {
        self.list("list_account_catalogs", token, "/account/catalogs", cursor).await
    }

    /// A page of the customer lists a location has access to: its own and its account's.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn location_customer_lists(
        &self,
        token: &AccessToken,
        location: LocationPath<'_>,
        cursor: Option<&str>,
    ) -> Result<Page<CustomerListSummary>, Error> {
        self.list("list_location_customer_lists", token, &location.path("/customer_lists")?, cursor).await
    }

    /// `GET /account/customer_lists`: a page of the account's own customer lists. Account-level tokens only.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn account_customer_lists(
        &self,
        token: &AccessToken,
        cursor: Option<&str>,
    ) -> Result<Page<CustomerListSummary>, Error> {
        self.list("list_account_customer_lists", token, "/account/customer_lists", cursor).await
    }

    async fn get<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        token: &AccessToken,
        path: &str,
    ) -> Result<T, Error> {
        self.call(operation, token, Method::GET, path, &[], |_, body| json(body)).await
    }

    async fn list<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        token: &AccessToken,
        path: &str,
        cursor: Option<&str>,
    ) -> Result<Page<T>, Error> {
        if cursor.is_some_and(|cursor| cursor.is_empty() || cursor.len() > LONGEST_CURSOR) {
            return Err(Error::MalformedId { what: "cursor" });
        }
        let query: Vec<(&str, &str)> =
            [("count", PAGE)].into_iter().chain(cursor.map(|cursor| ("cursor", cursor))).collect();
        self.call(operation, token, Method::GET, path, &query, |headers, body| {
            Ok(Page { items: json(body)?, next_cursor: next_cursor(headers, cursor)? })
        })
        .await
    }

    async fn call<T>(
        &self,
        operation: &'static str,
        token: &AccessToken,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        read: impl FnOnce(&HeaderMap, &[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let request = self.request(token, method, path, query)?;
        self.made(operation, token, request, read).await
    }

    /// A request with the token in its header.
    fn request(
        &self,
        token: &AccessToken,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<RequestBuilder, Error> {
        let mut url = self.base.at(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let mut header = HeaderValue::from_str(token.expose())
            .map_err(|_| Error::Nonsense { what: "the access token cannot stand in a header".to_owned() })?;
        header.set_sensitive(true);
        Ok(self.http.request(method, url).header(TOKEN_HEADER, header))
    }

    async fn made<T>(
        &self,
        operation: &'static str,
        token: &AccessToken,
        request: RequestBuilder,
        read: impl FnOnce(&HeaderMap, &[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.http.call(operation, Asked::Api, request, &[token.expose()], read).await
    }
}
