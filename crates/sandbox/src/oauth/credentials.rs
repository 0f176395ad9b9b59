//! The client's name and secret, wherever a call carries them: HTTP Basic (documented), the form body (documented as
//! backwards compatible), the query with an empty body and a JSON body (both seen in the field).

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, Uri, header};
use serde_json::Value;

use crate::{params::Params, random, state::State};

/// A call of a client's server.
pub(crate) struct ClientCall {
    /// Client id and secret, if both were given.
    claimed: Option<(String, String)>,
    fields: Fields,
}

enum Fields {
    Form(Params),
    Json(Value),
}

impl ClientCall {
    /// Reads a call from whichever place it uses.
    pub(crate) fn read(uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Self {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let fields = if body.is_empty() {
            Fields::Form(Params::of_query(uri))
        } else if kind.starts_with("application/json") {
            Fields::Json(serde_json::from_slice(body).unwrap_or_default())
        } else {
            Fields::Form(Params::parse(body))
        };
        let mut call = Self { claimed: basic(headers), fields };
        if call.claimed.is_none() {
            call.claimed = call.field("client_id").zip(call.field("client_secret"));
        }
        call
    }

    /// A field of the body, or of the query when there is no body.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        match &self.fields {
            Fields::Form(form) => form.get(name).map(str::to_owned),
            Fields::Json(json) => json[name].as_str().map(str::to_owned),
        }
    }

    /// The client that calls, if its secret is right.
    pub(crate) fn client(&self, state: &State) -> Option<String> {
        let (id, secret) = self.claimed.as_ref()?;
        let client = state.directory.client(id)?;
        random::same_secret(&client.secret, secret).then(|| client.id.clone())
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, encoded) = value.split_once(' ')?;
    if !kind.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    decoded.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
}
