//! What back offices and their pages fetch that is not the app: the script that mounts the console, and the page a frame
//! opens in a window of its own.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256, Sha384};

use crate::app_files::Packed;
use crate::attempts::POPUP_PATH;
use crate::csp;

/// The script's version: what it takes and tells may grow within one, and changes only with the first number.
const VERSION: &str = "1.0.0";
/// The script at this version, for ever the same.
pub(crate) const SCRIPT: &str = "/embed/1.0.0/embed.js";

/// Fetched by pages of other sites, who may pin it by its hash.
static EMBED: &str = include_str!("../../../../public/embed/embed.js");
static PACKED: LazyLock<Packed> = LazyLock::new(|| Packed::of("embed/embed.js", EMBED));
static TYPES: &str = include_str!("../../../../public/embed/embed.d.ts");
/// The window's page.
static POPUP: &str = include_str!("popup.html");

static INTEGRITY: LazyLock<String> = LazyLock::new(|| format!("sha384-{}", STANDARD.encode(Sha384::digest(EMBED))));
static POPUP_POLICY: LazyLock<String> = LazyLock::new(|| csp::policy(POPUP));

/// What the `integrity` attribute of the script must be.
pub(crate) fn integrity() -> &'static str {
    &INTEGRITY
}

/// The routes.
pub(super) fn routes() -> Router {
    let versioned = |name: &str| format!("/embed/{VERSION}/{name}");
    Router::new()
        .route("/embed/1/embed.js", get(|asked: HeaderMap| async move { latest(&asked) }))
        .route(&versioned("embed.js"), get(|asked: HeaderMap| async move { script(&asked, IMMUTABLE) }))
        .route(&versioned("embed.d.ts"), get(|| async { file(TYPES, "text/plain; charset=utf-8", IMMUTABLE) }))
        .route(POPUP_PATH, get(popup).with_state(()))
}

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// An hour: a mended script reaches back offices that did not pin it, and none asks at every page.
const LATEST: &str = "public, max-age=3600";

fn latest(asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", csp::hex(&Sha256::digest(EMBED)[..16]));
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut response = script(asked, LATEST);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The script, packed where that is welcome.
fn script(asked: &HeaderMap, kept: &'static str) -> Response {
    let (bytes, encoding) = PACKED.bytes(asked);
    let mut response = file(bytes, "text/javascript; charset=utf-8", kept);
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(name) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}

fn file(text: impl IntoResponse, kind: &'static str, kept: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, kept),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        // In a frame it is a text, by which `diagnose()` learns whether the host's policy lets our frames in.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, text).into_response()
}

/// The window's page, for who comes from one of our own pages: a link from elsewhere would have somebody else's HubRise
/// account connected to the till of whoever made the link.
async fn popup(State(()): State<()>, asked: HeaderMap) -> Response {
    let from = asked.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    if from.is_some_and(|site| site != "same-origin") {
        let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        return (StatusCode::FORBIDDEN, headers, ELSEWHERE).into_response();
    }
    let policy = HeaderValue::from_str(&POPUP_POLICY).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, policy),
        // Otherwise the frame could not tell an open window from a closed one.
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("unsafe-none")),
    ];
    (headers, POPUP).into_response()
}

const ELSEWHERE: &str = "Cette page s'ouvre depuis votre back-office, par le bouton de connexion.\n\
    This page is opened from your back office, by its connect button.\n";

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use axum::{body::Body, extract::Request};
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str, header: Option<(&str, &str)>) -> Response {
        let mut request = Request::builder().uri(path);
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        routes().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn pages_of_other_sites_may_fetch_the_script_and_pin_it() {
        for path in ["/embed/1/embed.js", SCRIPT] {
            let response = ask(path, None).await;
            let headers = response.headers().clone();
            assert_eq!(headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
            assert_eq!(headers["cross-origin-resource-policy"], "cross-origin");
            assert_eq!(headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
            let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
            assert_eq!(format!("sha384-{}", STANDARD.encode(Sha384::digest(&body))), integrity());
        }
        assert_eq!(ask(SCRIPT, None).await.headers()[header::CACHE_CONTROL], IMMUTABLE);
    }

    #[tokio::test]
    async fn the_script_is_packed_for_who_takes_it_so() {
        let built = PACKED.bytes(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("br"))]));
        let response = ask(SCRIPT, Some(("accept-encoding", "gzip, br"))).await;
        let encoding = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(encoding.as_deref(), built.1, "as brotli wherever the app is built");
        assert_eq!(response.headers()[header::VARY], "accept-encoding");
        let plain = ask(SCRIPT, None).await;
        assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
    }

    #[tokio::test]
    async fn the_latest_script_is_asked_about_by_its_tag() {
        let first = ask("/embed/1/embed.js", None).await;
        let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert_eq!(ask("/embed/1/embed.js", Some(("if-none-match", &tag))).await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(ask("/embed/1/embed.js", Some(("if-none-match", "\"x\""))).await.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn a_window_opens_from_our_own_pages_alone() {
        for site in ["cross-site", "same-site", "none"] {
            let response = ask(POPUP_PATH, Some(("sec-fetch-site", site))).await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{site}");
        }
        let response = ask(POPUP_PATH, Some(("sec-fetch-site", "same-origin"))).await;
        assert_eq!(response.status(), StatusCode::OK);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("'sha256-"), "{policy}");
    }
}
