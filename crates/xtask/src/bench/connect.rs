//! Somebody to measure with: a connected till, or a user signed in. The OAuth run is made as a browser makes it, but for
//! HubRise's pages, whose outcome the sandbox's control call `grant` gives at once.

use std::time::UNIX_EPOCH;

use anyhow::Context;
use serde_json::{Value, json};

use super::keep_alive::Connection;
use crate::services::Addresses;

/// The demo vendor and its till whose choices are all made at HubRise.
pub(crate) const VENDOR: &str = "pos-helper";
/// See [`VENDOR`].
pub(crate) const TILL: &str = "caisse";

/// The user whose till is connected.
const MERCHANT: &str = "nina@bella-pizza.example";
/// The vendor's support, as the sandbox seeds it.
const SUPPORT: &str = "support@poshelper.fr";

/// A session with its till connected.
pub(crate) struct Visitor {
    /// The session's cookie.
    pub(crate) cookie: String,
    /// The connection's id.
    pub(crate) connection: String,
    /// The connection's location at HubRise.
    pub(crate) location: String,
}

/// Connects the till for a new session.
pub(crate) fn till(at: &Addresses) -> anyhow::Result<Visitor> {
    let (cookie, outcome) = run(at, VENDOR, &json!({ "vendor": VENDOR, "till": TILL }), MERCHANT)?;
    anyhow::ensure!(outcome["kind"] == "connected", "the till was not connected: {outcome}");
    let connection = &outcome["connection"];
    Ok(Visitor { cookie, connection: text(connection, "id")?, location: text(&connection["location"], "id")? })
}

/// Signs the vendor's support in; the session's cookie.
pub(crate) fn support(at: &Addresses) -> anyhow::Result<String> {
    user(at, VENDOR, SUPPORT)
}

/// Signs a user in at a vendor; the session's cookie.
pub(crate) fn user(at: &Addresses, vendor: &str, email: &str) -> anyhow::Result<String> {
    let (cookie, outcome) = run(at, vendor, &json!({ "vendor": vendor, "purpose": "sign_in" }), email)?;
    anyhow::ensure!(outcome["kind"] == "signed_in", "`{email}` was not signed in: {outcome}");
    Ok(cookie)
}

/// Connects a till from its vendor's back office, for the restaurant that its pages are of: as `role` says (`manager`,
/// `viewer`, `support`), with what `email` grants in the window that opens. A place that is connected already becomes the
/// restaurant's, too.
pub(crate) fn aside(at: &Addresses, (vendor, till): (&str, &str), role: &str, email: &str) -> anyhow::Result<()> {
    let origin = format!("origin: {}", at.console());
    let path = format!("/{vendor}/token?user={role}&as=json");
    let mut office = Connection::open(at.offices_port)?.named(&format!("localhost:{}", at.offices_port));
    let token = office.post(&path, &[], &json!({}))?.json().context("a back office's token")?;
    let mut console = Connection::open(at.console_port)?;
    let mut post = |path: &str, headers: &[String], body: &Value| -> anyhow::Result<(Value, Option<String>)> {
        let answer = console.post(&format!("/api/v1{path}"), headers, body)?;
        Ok((answer.json().with_context(|| format!("POST {path}"))?, answer.cookie))
    };

    let handed_over = json!({ "vendor": vendor, "token": token["token"], "host": at.offices() });
    let (begun, _) = post("/embed/sessions", std::slice::from_ref(&origin), &handed_over)?;
    let frame = [origin.clone(), format!("authorization: Bearer {}", text(&begun, "bearer")?)];
    let number = format!("{:022}", UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos());
    let asked = json!({ "vendor": vendor, "till": till, "popup": number });
    post("/attempts", &frame, &asked)?;

    let (opened, cookie) = post("/embed/popups", std::slice::from_ref(&origin), &json!({ "nonce": number }))?;
    let cookie = cookie.context("a window got no session")?;
    let csrf = Connection::open(at.console_port)?.get("/api/v1/session", Some(&cookie))?;
    let csrf = text(&csrf.json().context("GET /api/v1/session")?, "csrf_token")?;
    let granted = granted(at, vendor, &text(&opened, "authorize_url")?, email)?;
    let window = [origin, format!("cookie: {cookie}"), format!("x-csrf-token: {csrf}")];
    let (outcome, _) = post("/attempts/finish", &window, &granted)?;
    anyhow::ensure!(outcome["kind"] == "connected", "the till was not connected: {outcome}");
    Ok(())
}

/// One OAuth run of a new session; the session's cookie after it, and its outcome.
fn run(at: &Addresses, vendor: &str, asked: &Value, email: &str) -> anyhow::Result<(String, Value)> {
    let mut console = Connection::open(at.console_port)?;
    let answer = console.get("/api/v1/session", None)?;
    let csrf = text(&answer.json().context("GET /api/v1/session")?, "csrf_token")?;
    let mut cookie = answer.cookie.context("GET /api/v1/session set no cookie")?;

    let origin = at.console();
    let mut change = |path: &str, body: &Value| -> anyhow::Result<Value> {
        let headers = [format!("cookie: {cookie}"), format!("origin: {origin}"), format!("x-csrf-token: {csrf}")];
        let answer = console.post(path, &headers, body)?;
        let told = answer.json().with_context(|| format!("POST {path}"))?;
        // A session may be renewed once it has proved something.
        if let Some(renewed) = answer.cookie {
            cookie = renewed;
        }
        Ok(told)
    };

    let started = change("/api/v1/attempts", asked)?;
    let granted = granted(at, vendor, &text(&started, "authorize_url")?, email)?;
    let outcome = change("/api/v1/attempts/finish", &granted)?;
    Ok((cookie, outcome))
}

/// What HubRise's page would send back.
fn granted(at: &Addresses, vendor: &str, authorize_url: &str, email: &str) -> anyhow::Result<Value> {
    let state = query(authorize_url, "state").context("the authorisation page's address has no state")?;
    let scope = query(authorize_url, "scope").context("the authorisation page's address has no scope")?;
    let wish = json!({ "client_id": format!("{vendor}-sandbox"), "email": email, "scope": decoded(scope) });
    let granted = Connection::open(at.sandbox_port)?.post("/_sandbox/grant", &[], &wish)?;
    let code = text(&granted.json().context("POST /_sandbox/grant")?, "code")?;
    Ok(json!({ "state": decoded(state), "code": code }))
}

pub(crate) fn text(from: &Value, field: &str) -> anyhow::Result<String> {
    Ok(from[field].as_str().with_context(|| format!("the answer has no `{field}`: {from}"))?.to_owned())
}

/// A parameter of an address, still encoded.
fn query<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    url.split_once('?')?.1.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Percent-decoded; what cannot be decoded stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten().and_then(hex);
        bytes.push(escaped.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_parameter_of_an_address() {
        let url = "http://127.0.0.1/authorize?scope=location%5Borders.write%2Ccatalog.read%5D&state=a%2Bb&restate=c";
        assert_eq!(query(url, "scope").map(decoded).as_deref(), Some("location[orders.write,catalog.read]"));
        assert_eq!(query(url, "state").map(decoded).as_deref(), Some("a+b"));
        assert_eq!(query(url, "code"), None);
    }

    #[test]
    fn decodes_what_it_can() {
        assert_eq!(decoded("caf%C3%A9+noir"), "café noir");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz"), "%zz");
    }
}
