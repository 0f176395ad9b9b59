//! `/connections/{id}/operations/{operation}` and below: its two sides, and what people do with it.

use gloo_net::http::Method;
use passerelle_wire::{HandledMark, NewShare, Operation, ResendAsk, Share, ShareAsk, Sides};

use super::{
    ApiError,
    call::{self, BASE},
};
use crate::logic::query::encode;

/// One operation of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The connection's id.
    pub connection: String,
    /// The operation's id.
    pub operation: String,
}

impl Place {
    fn path(&self, rest: &str) -> String {
        ["/connections/", &encode(&self.connection), "/operations/", &encode(&self.operation), rest].concat()
    }

    /// Where the case is, as a page of its own; `download` makes it a file.
    pub fn case_url(&self, language: &str, download: bool) -> String {
        let file = if download { "&download=true" } else { "" };
        [BASE, &self.path("/case?language="), language, file].concat()
    }

    /// Where the HAR is.
    pub fn har_url(&self) -> String {
        [BASE, &self.path("/har")].concat()
    }
}

/// HubRise's order and the till's request.
pub async fn sides(place: &Place) -> Result<Sides, ApiError> {
    call::get(&place.path("/sides")).await
}

/// Has it sent again.
pub async fn resend(place: &Place, ask: &ResendAsk) -> Result<Operation, ApiError> {
    call::change(Method::POST, &place.path("/resend"), Some(ask)).await
}

/// Marks it as handled, or takes the mark away.
pub async fn handle(place: &Place, mark: &HandledMark) -> Result<Operation, ApiError> {
    call::change(Method::PUT, &place.path("/handled"), Some(mark)).await
}

/// Has the customer's name and address shown to this caller from now on.
pub async fn show_names(place: &Place) -> Result<(), ApiError> {
    call::change_silently(Method::POST, &place.path("/names")).await
}

/// The links to its case.
pub async fn shares(place: &Place) -> Result<Vec<Share>, ApiError> {
    call::get(&place.path("/shares")).await
}

/// Makes one.
pub async fn share(place: &Place, days: u8) -> Result<NewShare, ApiError> {
    call::change(Method::POST, &place.path("/shares"), Some(&ShareAsk { days })).await
}

/// Ends one.
pub async fn end_share(place: &Place, share: &str) -> Result<(), ApiError> {
    call::change_silently(Method::DELETE, &place.path(&["/shares/", &encode(share)].concat())).await
}
