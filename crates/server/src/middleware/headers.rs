//! Headers that every answer carries, and the two that depend on what was asked. The CSP comes with the app's page.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// On every answer, unless the handler has set its own.
const ALWAYS: [(HeaderName, &str); 6] = [
    // Pages have a policy of their own; whatever else there is stands in no frame.
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// A year, as browsers' preload lists ask; without the subdomains, which may not be ours.
const HSTS: &str = "max-age=31536000";

/// What depends on the settings.
#[derive(Clone, Copy, Debug)]
pub struct Security {
    /// Whether browsers come by https and may be told to do so for good.
    pub https: bool,
}

/// Adds the headers.
pub async fn add(
    axum::extract::State(security): axum::extract::State<Security>,
    request: Request,
    next: Next,
) -> Response {
    let api = super::is_api(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &ALWAYS {
        or_set(headers, name, value);
    }
    if security.https {
        or_set(headers, &header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if api {
        or_set(headers, &header::CACHE_CONTROL, "no-store");
    }
    response
}

fn or_set(headers: &mut HeaderMap, name: &HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
