//! One exchange as an entry of a HAR 1.2 file (<http://www.softwareishard.com/blog/har-12-spec/>). Plain functions. What is
//! not known of a call (the version of HTTP, sizes of headers) is said as the format wants unknowns said.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use passerelle_store::{ExchangeWhole, OperationId, Way};
use serde_json::{Value, json};
use url::Url;

use super::beholder::of_call;
use crate::masking::{MASK, Personal};

/// How a file begins.
pub(super) const HEAD: &str = concat!(
    r#"{"log":{"version":"1.2","creator":{"name":"Passerelle","version":""#,
    env!("CARGO_PKG_VERSION"),
    r#""},"entries":["#
);
/// How one ends that is whole.
pub(super) const FOOT: &str = "\n]}}\n";

/// Headers whose values were masked when the call was recorded, and are so here whatever was recorded.
const SECRET_HEADERS: [&str; 5] = ["x-access-token", "authorization", "proxy-authorization", "cookie", "set-cookie"];

/// An exchange, with `hidden` masked in it.
pub(super) fn entry(call: &ExchangeWhole, operation: &OperationId, hidden: Option<&Personal>) -> Value {
    let hidden = hidden.map(|personal| of_call(personal.clone(), call));
    let shown = |text: &str| hidden.as_ref().map_or_else(|| text.to_owned(), |personal| personal.mask(text));
    let row = &call.row;
    let milliseconds = milliseconds(row.duration_us);
    let mut request = json!({
        "method": row.method,
        "url": shown(&row.url),
        "httpVersion": "unknown",
        "cookies": [],
        "headers": headers(&shown(&call.request_headers)),
        "queryString": query(&row.url),
        "headersSize": -1,
        "bodySize": row.request_size,
    });
    if !call.request_body.is_empty() {
        let text = String::from_utf8_lossy(&call.request_body);
        let mut posted = json!({"mimeType": content_type(&call.request_headers), "text": shown(&text)});
        if std::str::from_utf8(&call.request_body).is_err() {
            posted["comment"] = "bytes that are no UTF-8 are U+FFFD".into();
        }
        request["postData"] = posted;
    }
    let mut entry = json!({
        "startedDateTime": row.started_at.to_string(),
        "time": milliseconds,
        "request": request,
        "response": {
            "status": row.status.unwrap_or_default(),
            "statusText": "",
            "httpVersion": "unknown",
            "cookies": [],
            "headers": headers(&shown(&call.response_headers)),
            "content": content(call, hidden.as_ref()),
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": row.response_size,
        },
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "_operation": operation.as_str(),
        "_exchange": row.id.as_str(),
        "_direction": match row.way {
            Way::HubriseToBridge => "hubrise_to_bridge",
            Way::BridgeToHubrise => "bridge_to_hubrise",
            Way::BridgeToTill => "bridge_to_till",
        },
    });
    if let Some(error) = &row.error {
        entry["comment"] = shown(error).into();
    }
    entry
}

fn content(call: &ExchangeWhole, hidden: Option<&Personal>) -> Value {
    let mime = content_type(&call.response_headers);
    let size = call.row.response_size;
    match (std::str::from_utf8(&call.response_body), hidden) {
        (Ok(text), None) => json!({"size": size, "mimeType": mime, "text": text}),
        (Ok(text), Some(personal)) => json!({"size": size, "mimeType": mime, "text": personal.mask(text)}),
        (Err(_), None) => {
            json!({"size": size, "mimeType": mime, "text": STANDARD.encode(&call.response_body), "encoding": "base64"})
        }
        // In what cannot be read nothing could be hidden.
        (Err(_), Some(personal)) => {
            let text = personal.mask(&String::from_utf8_lossy(&call.response_body));
            json!({"size": size, "mimeType": mime, "text": text, "comment": "bytes that are no UTF-8 are U+FFFD"})
        }
    }
}

fn pairs(lines: &str) -> impl Iterator<Item = (&str, &str)> {
    lines.lines().filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim()))
}

fn headers(lines: &str) -> Vec<Value> {
    pairs(lines)
        .map(|(name, value)| {
            let secret = SECRET_HEADERS.iter().any(|secret| name.eq_ignore_ascii_case(secret));
            json!({"name": name, "value": if secret { MASK } else { value }})
        })
        .collect()
}

/// What the sender says the body is, true or not.
fn content_type(lines: &str) -> String {
    let said = pairs(lines).find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    said.map_or_else(String::new, |(_, value)| value.to_owned())
}

fn query(url: &str) -> Vec<Value> {
    let url = Url::parse(url).ok();
    let pairs = url.iter().flat_map(|url| url.query_pairs());
    pairs.map(|(name, value)| json!({"name": name, "value": value})).collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "calls end within minutes, and a double counts microseconds for centuries"
)]
fn milliseconds(microseconds: u64) -> f64 {
    microseconds as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use passerelle_store::{ConnectionId, Ended, ExchangeId, ExchangeRow};

    use super::*;

    fn call(response_body: &[u8]) -> ExchangeWhole {
        ExchangeWhole {
            row: ExchangeRow {
                seq: 1,
                id: ExchangeId::new("x"),
                operation: Some(OperationId::new("o")),
                connection: ConnectionId::new("c"),
                way: Way::BridgeToTill,
                method: "POST".into(),
                url: "https://till.example/eoi?a=1&b=%20".into(),
                status: None,
                ended: Ended::Unanswered,
                started_at: Timestamp::UNIX_EPOCH,
                duration_us: 1_234,
                error: Some("no whole answer for Marie".into()),
                request_size: 40,
                response_size: 3,
            },
            request_headers: "Content-Type: application/xml\nX-Access-Token: oops\n".into(),
            request_body: b"<Member><FirstName>Marie</FirstName></Member>".to_vec(),
            response_headers: "content-type: text/plain\nset-cookie: oops\n".into(),
            response_body: response_body.to_vec(),
        }
    }

    #[test]
    fn an_exchange_is_an_entry_with_no_secret_in_it() {
        let entry = entry(&call(b"ok!"), &OperationId::new("o"), None);
        assert_eq!((&entry["time"], &entry["timings"]["wait"]), (&json!(1.234), &json!(1.234)));
        assert_eq!(entry["startedDateTime"], "1970-01-01T00:00:00Z");
        assert_eq!(entry["request"]["headers"][1], json!({"name": "X-Access-Token", "value": "•••"}));
        assert_eq!(entry["request"]["queryString"][1], json!({"name": "b", "value": " "}));
        assert_eq!(entry["request"]["postData"]["mimeType"], "application/xml");
        assert_eq!(entry["response"]["content"], json!({"size": 3, "mimeType": "text/plain", "text": "ok!"}));
        assert_eq!((&entry["response"]["status"], &entry["comment"]), (&json!(0), &json!("no whole answer for Marie")));
        assert!(!entry.to_string().contains("oops"));
    }

    #[test]
    fn what_is_no_text_is_kept_byte_by_byte_unless_names_are_hidden() {
        let odd = call(b"Marie \xff");
        let whole = entry(&odd, &OperationId::new("o"), None);
        assert_eq!(whole["response"]["content"]["encoding"], "base64");
        assert_eq!(whole["response"]["content"]["text"], "TWFyaWUg/w==");
        let masked = entry(&odd, &OperationId::new("o"), Some(&Personal::default()));
        assert_eq!(masked["response"]["content"]["text"], "••• \u{fffd}");
        assert!(!masked.to_string().contains("Marie"), "{masked}");
    }

    #[test]
    fn head_and_foot_make_a_file() {
        let file: Value = serde_json::from_str(&format!("{HEAD}{FOOT}")).unwrap_or_default();
        assert_eq!((&file["log"]["version"], &file["log"]["entries"]), (&json!("1.2"), &json!([])));
    }
}
