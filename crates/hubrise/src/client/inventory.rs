//! The calls about an inventory: what of a catalog is limited at a location.
//!
//! Owns their paths, the form of what is sent, and the room and time a large inventory needs. Does not own what should be
//! held.

use std::time::Duration;

use reqwest::Method;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{Api, LocationPath, json, nothing};
use crate::identifier::segment;
use crate::{AccessToken, Error, InventoryEntry};

/// The largest inventory read, in bytes: 16 MiB. Twenty thousand entries come to a tenth of it.
const LARGEST: usize = 16 * 1024 * 1024;
/// How long a call about a whole inventory may take.
const TIME: Duration = Duration::from_secs(30);

/// One entry to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryChange {
    /// `sku_ref` or `option_ref`.
    pub key: InventoryKey,
    /// The ref.
    pub reference: String,
    /// A decimal of up to three places, `0` or more; none removes the entry, in a `PATCH`.
    pub stock: Option<String>,
    /// When a stock of `0` ends: ISO 8601.
    pub expires_at: Option<String>,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InventoryKey {
    /// A product's sku.
    Sku,
    /// An option.
    Option,
}

impl Serialize for InventoryChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let key = match self.key {
            InventoryKey::Sku => "sku_ref",
            InventoryKey::Option => "option_ref",
        };
        map.serialize_entry(key, &self.reference)?;
        map.serialize_entry("stock", &self.stock)?;
        if let Some(expires_at) = &self.expires_at {
            map.serialize_entry("expires_at", expires_at)?;
        }
        map.end()
    }
}

/// See [`Api`] for how each of them fails; [`Error::Unprocessable`] when a ref is not in the catalog.
impl Api {
    /// `GET /catalogs/:id/location/inventory` or `GET /catalogs/:id/locations/:id/inventory`: what of a catalog is
    /// limited at a location. What is not in it is unlimited. Up to 16 MiB, within 30 s.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn inventory(
        &self,
        token: &AccessToken,
        catalog: &str,
        location: LocationPath<'_>,
    ) -> Result<Vec<InventoryEntry>, Error> {
        let request = self.roomy().request(token, Method::GET, &path(catalog, location)?, &[])?.timeout(TIME);
        self.roomy().made("get_inventory", token, request, |_, body| json(body)).await
    }

    /// `PATCH` of the same: changes these entries and no others.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn patch_inventory(
        &self,
        token: &AccessToken,
        catalog: &str,
        location: LocationPath<'_>,
        changes: &[InventoryChange],
    ) -> Result<(), Error> {
        self.write("patch_inventory", Method::PATCH, token, &path(catalog, location)?, changes).await
    }

    /// `PUT` of the same: the whole inventory of that catalog at that location. What is left out has no entry any more.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn put_inventory(
        &self,
        token: &AccessToken,
        catalog: &str,
        location: LocationPath<'_>,
        entries: &[InventoryChange],
    ) -> Result<(), Error> {
        self.write("put_inventory", Method::PUT, token, &path(catalog, location)?, entries).await
    }

    async fn write(
        &self,
        operation: &'static str,
        method: Method,
        token: &AccessToken,
        path: &str,
        entries: &[InventoryChange],
    ) -> Result<(), Error> {
        let request = self.request(token, method, path, &[])?.timeout(TIME).json(entries);
        self.roomy().made(operation, token, request, |_, body| nothing(body)).await
    }

    fn roomy(&self) -> Self {
        Self { http: self.http.clone().limited_to(LARGEST), base: self.base.clone() }
    }
}

fn path(catalog: &str, location: LocationPath<'_>) -> Result<String, Error> {
    Ok(format!("/catalogs/{}{}", segment("catalog id", catalog)?, location.path("/inventory")?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn an_entry_that_goes_is_sent_with_a_stock_of_null() {
        let change = |key, stock: Option<&str>, expires_at: Option<&str>| InventoryChange {
            key,
            reference: "COKE".into(),
            stock: stock.map(str::to_owned),
            expires_at: expires_at.map(str::to_owned),
        };
        let text = |change: &InventoryChange| serde_json::to_string(change).unwrap();
        assert_eq!(text(&change(InventoryKey::Sku, None, None)), r#"{"sku_ref":"COKE","stock":null}"#);
        let until = change(InventoryKey::Option, Some("0"), Some("2030-08-05T08:00:00Z"));
        assert_eq!(text(&until), r#"{"option_ref":"COKE","stock":"0","expires_at":"2030-08-05T08:00:00Z"}"#);
    }
}
