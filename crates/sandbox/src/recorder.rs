//! The last requests this HubRise received, with every secret masked before it is kept. The control page and
//! `/_sandbox/requests` read them.

use std::collections::{BTreeMap, VecDeque};

use http::{HeaderMap, Method, Uri};
use serde::Serialize;
use serde_json::Value;

use crate::{faults::Mode, params::Params, random::masked};

/// Requests kept.
const KEPT: usize = 500;
/// Characters of a body kept.
const MAX_BODY: usize = 16_384;
/// Headers whose value is a secret.
const SECRET_HEADERS: [&str; 4] = ["authorization", "x-access-token", "cookie", "proxy-authorization"];
/// Form fields and JSON keys whose value is a secret.
const SECRET_FIELDS: [&str; 5] = ["client_secret", "code", "token", "access_token", "transaction"];

/// One request as it is shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Recorded {
    pub(crate) id: u64,
    /// ISO 8601, UTC, on the sandbox's clock.
    pub(crate) at: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    /// `null` while it is being answered, and for ever when the connection was dropped.
    pub(crate) status: Option<u16>,
    /// The fault it suffered.
    pub(crate) fault: Option<Mode>,
    pub(crate) duration_ms: Option<u64>,
}

/// Keeps the last requests.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    seen: u64,
    requests: VecDeque<Recorded>,
}

impl Recorder {
    /// Notes a request on arrival; answers its number.
    pub(crate) fn arrived(&mut self, at: String, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> u64 {
        self.seen += 1;
        if self.requests.len() >= KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(Recorded {
            id: self.seen,
            at,
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: masked_form(uri.query().unwrap_or_default().as_bytes()),
            headers: masked_headers(headers),
            body: masked_body(headers, body),
            status: None,
            fault: None,
            duration_ms: None,
        });
        self.seen
    }

    /// Completes a request once it is answered.
    pub(crate) fn answered(&mut self, id: u64, status: Option<u16>, fault: Option<Mode>, duration_ms: u64) {
        if let Some(request) = self.requests.iter_mut().rev().find(|request| request.id == id) {
            request.status = status;
            request.fault = fault;
            request.duration_ms = Some(duration_ms);
        }
    }

    /// The requests, oldest first.
    pub(crate) fn list(&self) -> impl DoubleEndedIterator<Item = &Recorded> {
        self.requests.iter()
    }
}

fn masked_headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = if SECRET_HEADERS.contains(&name.as_str()) { masked(&value) } else { value.into_owned() };
        shown
            .entry(name.to_string())
            .and_modify(|seen: &mut String| *seen = format!("{seen}, {value}"))
            .or_insert(value);
    }
    shown
}

fn masked_form(encoded: &[u8]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in Params::parse(encoded).iter() {
        let secret = SECRET_FIELDS.contains(&name);
        form.append_pair(name, &if secret { masked(value) } else { value.to_owned() });
    }
    form.finish()
}

fn masked_body(headers: &HeaderMap, body: &[u8]) -> String {
    if body.is_empty() {
        return String::new();
    }
    let kind = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = if let Ok(mut json) = serde_json::from_slice::<Value>(body) {
        mask_json(&mut json);
        json.to_string()
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        masked_form(body)
    } else {
        format!("({} bytes)", body.len())
    };
    text.chars().take(MAX_BODY).collect()
}

fn mask_json(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if SECRET_FIELDS.contains(&name.as_str()) => *text = masked(text),
                    other => mask_json(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(mask_json),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn no_secret_is_kept() {
        let mut headers = HeaderMap::new();
        headers.insert("x-access-token", HeaderValue::from_static("b9922a78d3ffab6b95e9d72e88"));
        headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
        let mut recorder = Recorder::default();
        let uri = Uri::from_static("/oauth2/v1/token?client_secret=top-secret-value&client_id=x");
        let body = b"code=ffae0047c4d6b9e02f95e76a3f6e906d&note=kept";
        let id = recorder.arrived("now".into(), &Method::POST, &uri, &headers, body);
        recorder.answered(id, Some(200), None, 3);
        let shown: Vec<_> = recorder.list().map(|request| serde_json::json!(request).to_string()).collect();
        for secret in ["b9922a78d3", "top-secret", "ffae0047c4"] {
            assert!(!shown[0].contains(secret), "{}", shown[0]);
        }
        assert!(shown[0].contains("note=kept") && shown[0].contains("\"status\":200"));
    }

    #[test]
    fn only_the_last_500_are_kept() {
        let mut recorder = Recorder::default();
        for _ in 0..510 {
            recorder.arrived(String::new(), &Method::GET, &Uri::from_static("/v1/location"), &HeaderMap::new(), b"");
        }
        assert_eq!(recorder.list().count(), 500);
        assert_eq!(recorder.list().next().map(|request| request.id), Some(11));
    }
}
