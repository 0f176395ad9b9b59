//! The calls that read a menu whole and change an order.
//!
//! Owns their paths and the room a menu needs. Does not own what is in either: a menu comes in whatever shape the caller
//! reads it into, a change goes out as the caller wrote it.

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

use super::{Api, LocationPath, json};
use crate::identifier::segment;
use crate::{AccessToken, Error};

/// The largest catalog read, in bytes: 16 MiB. Ten thousand products with long descriptions come to half of it.
const LARGEST_CATALOG: usize = 16 * 1024 * 1024;

/// How long a whole catalog may take; HubRise computes it on demand.
const CATALOG_TIME: Duration = Duration::from_secs(30);

/// See [`Api`] for how each of them fails.
impl Api {
    /// `GET /catalogs/:id`: a catalog with all it offers, up to 16 MiB, within 30 s. A heavy call: ten a minute.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn catalog<T: DeserializeOwned>(&self, token: &AccessToken, catalog: &str) -> Result<T, Error> {
        let path = format!("/catalogs/{}", segment("catalog id", catalog)?);
        let roomy = Self { http: self.http.clone().limited_to(LARGEST_CATALOG), base: self.base.clone() };
        let request = roomy.request(token, Method::GET, &path, &[])?.timeout(CATALOG_TIME);
        roomy.made("get_catalog", token, request, |_, body| json(body)).await
    }

    /// `PATCH /location/orders/:id` or `PATCH /locations/:id/orders/:id`: changes what `change` names and nothing else
    /// (`{"status": "received"}`).
    ///
    /// # Errors
    /// See [`Api`]; [`Error::Unprocessable`] when HubRise has moved the order on and does not go back.
    pub async fn patch_order(
        &self,
        token: &AccessToken,
        location: LocationPath<'_>,
        order: &str,
        change: &Value,
    ) -> Result<(), Error> {
        let path = format!("{}/{}", location.path("/orders")?, segment("order id", order)?);
        self.send("patch_order", token, Method::PATCH, &path, change).await
    }
}
