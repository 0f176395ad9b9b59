//! What a request for the app gets: a file, the page for an address inside the app, or the truth that there is none.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

use super::{AppFiles, File, encoding, entry};

/// Names that change with their content never need to be asked for again (a year, as RFC 9111 caches take it).
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Kept, but asked about each time: the tag makes that a small answer.
const ASK_FIRST: &str = "no-cache";

impl AppFiles {
    /// Answers a request that no route has taken. The caller has dealt with `/api`.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Response {
        let head = request.method() == Method::HEAD;
        if !head && request.method() != Method::GET {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD work here\n");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        let response = match self.find(request) {
            Found::File(file) => self.file(file, None, request.headers()),
            Found::Page(page, policy) => {
                let mut response = self.file(page, policy, request.headers());
                // Another page for a frame than for a window.
                response
                    .headers_mut()
                    .insert(header::VARY, HeaderValue::from_static("accept-encoding, sec-fetch-dest"));
                response
            }
            Found::Nothing => plain(StatusCode::NOT_FOUND, "there is no such file\n"),
            Found::NoApp => plain(StatusCode::SERVICE_UNAVAILABLE, "the app is not built: run `cargo xtask build`\n"),
        };
        if head { response.map(|_body| Body::empty()) } else { response }
    }

    fn find(&self, request: &Request) -> Found<'_> {
        let Ok(path) = percent_decode_str(request.uri().path()).decode_utf8() else { return Found::Nothing };
        let path = path.strip_prefix('/').unwrap_or(&path);
        let page = match entry::named(path) {
            Some(page) => page,
            None => {
                // A page for frames has a policy by vendor, and so comes by a vendor's address alone.
                if let Some(file) = self.0.by_path.get(path).filter(|_| !path.starts_with("framed/")) {
                    return Found::File(file);
                }
                if !could_be_a_page(path) || !accepts_html(request.headers()) {
                    return Found::Nothing;
                }
                entry::of(path)
            }
        };
        if is_framed(request.headers())
            && let Some((file, policy)) = self.for_frame(page, path)
        {
            return Found::Page(file, Some(policy));
        }
        self.0.by_path.get(page).map_or(Found::NoApp, |file| Found::Page(file, self.0.policies.get(page)))
    }

    /// The page for a frame in a back office of the vendor the address is about.
    fn for_frame(&self, page: &str, path: &str) -> Option<(&File, &HeaderValue)> {
        let vendor = entry::framed_vendor(path)?;
        let framed = self.0.framed.get(page)?;
        Some((self.0.by_path.get(&framed.path)?, framed.policies.get(vendor)?))
    }

    /// A file, in the encoding that suits best, or 304 where the browser has it already.
    fn file(&self, file: &File, policy: Option<&HeaderValue>, asked: &HeaderMap) -> Response {
        let encoding = encoding::negotiate(asked, |encoding| file.bytes(encoding).is_some());
        let bytes = file.bytes(encoding).unwrap_or(&file.plain).clone();
        let tag = match encoding.name() {
            None => format!("\"{}\"", file.tag),
            Some(name) => format!("\"{}-{name}\"", file.tag),
        };
        let mut headers = HeaderMap::new();
        headers
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(if file.hashed { IMMUTABLE } else { ASK_FIRST }));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(policy) = policy {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        }
        let known = holds(asked, &tag);
        if let Ok(tag) = HeaderValue::try_from(tag) {
            headers.insert(header::ETAG, tag);
        }
        if known {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, file.content_type.clone());
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if let Some(name) = encoding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        (headers, Body::from(bytes)).into_response()
    }
}

enum Found<'files> {
    File(&'files File),
    Page(&'files File, Option<&'files HeaderValue>),
    Nothing,
    NoApp,
}

/// Whether a frame asks. Browsers say so, and no page can make them say otherwise (Fetch Metadata).
fn is_framed(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|dest| dest == "iframe")
}

/// The app's addresses have no dot in their last part, and nothing in them that only somebody up to no good writes.
fn could_be_a_page(path: &str) -> bool {
    let odd = path.contains(['\\', '\0']) || path.split('/').any(|part| part == ".." || part == ".");
    !odd && !path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

/// Whether a page is among what is asked for; those who say nothing take anything.
fn accepts_html(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    accepted.peek().is_none()
        || accepted.flat_map(|value| value.split(',')).any(|choice| {
            let mut parts = choice.split(';').map(str::trim);
            let media = parts.next().unwrap_or_default().to_ascii_lowercase();
            let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            !refused && matches!(media.as_str(), "text/html" | "text/*" | "*/*" | "application/xhtml+xml")
        })
}

/// Whether the browser holds what this tag stands for (RFC 9110, section 13.1.2: compared weakly).
fn holds(headers: &HeaderMap, tag: &str) -> bool {
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').map(str::trim).any(|held| held == "*" || held.strip_prefix("W/").unwrap_or(held) == tag)
    })
}

/// A sentence for whoever reads it; never kept.
fn plain(status: StatusCode, sentence: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, sentence).into_response()
}
