//! The calls about callbacks: where HubRise tells of events, and what it has not been able to tell yet.
//!
//! Owns their paths and bodies. Does not own which events are asked for. Polling the events is for catching up: HubRise
//! asks not to do it more often than every 30 seconds.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Api, Page, json, nothing};
use crate::identifier::segment;
use crate::model::Callback;
use crate::{AccessToken, Error};

/// One entry of the list of events; what happened is read by [`Api::callback_event`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct EventSummary {
    /// Opaque; case matters.
    pub id: String,
}

/// See [`Api`] for how each of them fails.
impl Api {
    /// `GET /callback`: the connection's callback; `url` absent and no events when there is none.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn get_callback(&self, token: &AccessToken) -> Result<Callback, Error> {
        self.get("get_callback", token, "/callback").await
    }

    /// `POST /callback`: from now on HubRise tells `url` of these events (resource type → event types), in the place of
    /// whatever was set before. What HubRise answers is not read: what it has kept, [`Api::get_callback`] tells.
    ///
    /// # Errors
    /// See [`Api`]; [`Error::Unprocessable`] when the scope covers no such events or the address is not to HubRise's taste.
    pub async fn set_callback(
        &self,
        token: &AccessToken,
        url: &str,
        events: &BTreeMap<String, Vec<String>>,
    ) -> Result<(), Error> {
        let body = json!({"url": url, "events": events});
        self.send("set_callback", token, Method::POST, "/callback", &body).await
    }

    /// `DELETE /callback`: HubRise tells of no event any more. That there was none is no failure.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn delete_callback(&self, token: &AccessToken) -> Result<(), Error> {
        gone(self.call("delete_callback", token, Method::DELETE, "/callback", &[], |_, body| nothing(body)).await)
    }

    /// `GET /callback/events`: a page of the events HubRise has not delivered yet.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn callback_events(
        &self,
        token: &AccessToken,
        cursor: Option<&str>,
    ) -> Result<Page<EventSummary>, Error> {
        self.list("list_callback_events", token, "/callback/events", cursor).await
    }

    /// `GET /callback/events/:id`: an event as HubRise would have sent it, byte by byte: it is kept as such. That it is
    /// JSON is all that is looked at.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn callback_event(&self, token: &AccessToken, event: &str) -> Result<Vec<u8>, Error> {
        let path = format!("/callback/events/{}", segment("event id", event)?);
        self.call("get_callback_event", token, Method::GET, &path, &[], |_, body| {
            json::<serde::de::IgnoredAny>(body).map(|_| body.to_vec())
        })
        .await
    }

    /// `DELETE /callback/events/:id`: HubRise need not tell of it any more. That it is gone already is no failure.
    ///
    /// # Errors
    /// See [`Api`].
    pub async fn delete_callback_event(&self, token: &AccessToken, event: &str) -> Result<(), Error> {
        let path = format!("/callback/events/{}", segment("event id", event)?);
        gone(self.call("delete_callback_event", token, Method::DELETE, &path, &[], |_, body| nothing(body)).await)
    }

    /// A call with a JSON body, of whose answer only that it is a good one counts.
    pub(super) async fn send(
        &self,
        operation: &'static str,
        token: &AccessToken,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<(), Error> {
        let request = self.request(token, method, path, &[])?.json(body);
        self.made(operation, token, request, |_, body| nothing(body)).await
    }
}

/// What is not there any more is as good as deleted.
fn gone(deleted: Result<(), Error>) -> Result<(), Error> {
    match deleted {
        Err(Error::NotFound) => Ok(()),
        other => other,
    }
}
