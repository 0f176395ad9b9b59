//! The calls that tell whether something is there and may be read, at the least cost to HubRise and to us.
//!
//! Owns their paths. None of them counts as a heavy call but [`Api::orders_latest`] and [`Api::orders_since`], of
//! which HubRise allows ten a minute.

use reqwest::Method;

use super::{Api, LocationPath, Page, json, next_cursor};
use crate::identifier::segment;
use crate::model::{CatalogSummary, CustomerListSummary, OrderSummary, User};
use crate::{AccessToken, Error};

/// See [`Api`] for how each of them fails.
impl Api {
    /// `GET /user`: whose token it is. Profile scopes only; the e-mail address comes with `profile_with_email`.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn user(&self, token: &AccessToken) -> Result<User, Error> {
        self.get("get_user", token, "/user").await
    }

    /// `GET /catalogs/:id?hide_data=true`: that a catalog is there, without what it offers.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn catalog_hidden(&self, token: &AccessToken, catalog: &str) -> Result<CatalogSummary, Error> {
        let path = format!("/catalogs/{}", segment("catalog id", catalog)?);
        let query = [("hide_data", "true")];
        self.call("get_catalog_hidden", token, Method::GET, &path, &query, |_, body| json(body)).await
    }

    /// `GET /customer_lists/:id`: that a customer list is there, without its customers.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn customer_list(&self, token: &AccessToken, list: &str) -> Result<CustomerListSummary, Error> {
        self.get("get_customer_list", token, &format!("/customer_lists/{}", segment("customer list id", list)?)).await
    }

    /// `GET /location/orders?count=1` or `GET /locations/:id/orders?count=1`: one order, if there is any. A heavy call:
    /// ten a minute. HubRise does not say in which order it lists: that this one is the latest is not certain.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn orders_latest(
        &self,
        token: &AccessToken,
        location: LocationPath<'_>,
    ) -> Result<Option<OrderSummary>, Error> {
        let path = location.path("/orders")?;
        let one = [("count", "1")];
        let read = |body: &[u8]| json::<Vec<OrderSummary>>(body).map(|orders| orders.into_iter().next());
        self.call("list_orders", token, Method::GET, &path, &one, |_, body| read(body)).await
    }

    /// `GET …/orders?after=…&count=20`: a page of the orders created at `after` (ISO 8601) or later. Small, as orders come
    /// whole. A heavy call: ten a minute.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn orders_since(
        &self,
        token: &AccessToken,
        location: LocationPath<'_>,
        after: &str,
        cursor: Option<&str>,
    ) -> Result<Page<OrderSummary>, Error> {
        let path = location.path("/orders")?;
        let query: Vec<(&str, &str)> =
            [("count", "20"), ("after", after)].into_iter().chain(cursor.map(|cursor| ("cursor", cursor))).collect();
        self.call("list_orders_since", token, Method::GET, &path, &query, |headers, body| {
            Ok(Page { items: json(body)?, next_cursor: next_cursor(headers, cursor)? })
        })
        .await
    }
}
