//! Each rule of the app's files: what is found, in which form, and how long it may be kept.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::{
    body::Body,
    extract::Request,
    http::{Method, StatusCode, header},
    response::Response,
};

use super::*;

const SCRIPT: &str = "passerelle-app-0123456789abcdef.js";
const PAGE: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">start()</script>";
const WELCOME: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">welcome()</script>";
const RETURNING: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">returning()</script>";
const OFFICE: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">office()</script>";
const BRIDGE: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">bridge()</script>";
const SETUP: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">setup()</script>";
const EXCHANGE: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">exchange()</script>";
const STOCK: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">stock()</script>";
const OPERATION: &str = "<!doctype html><title>Passerelle</title><script type=\"module\">operation()</script>";

fn app() -> AppFiles {
    files(&[
        (entry::CONSOLE, PAGE),
        (entry::WELCOME, WELCOME),
        (entry::RETURNING, RETURNING),
        (entry::OFFICE, OFFICE),
        (entry::BRIDGE, BRIDGE),
        (entry::SETUP, SETUP),
        (entry::OPERATION, OPERATION),
        (entry::EXCHANGE, EXCHANGE),
        (entry::STOCK, STOCK),
        ("index.html.br", "page as brotli"),
        ("passerelle-app-0123456789abcdef_bg.wasm", "\0asm"),
        (SCRIPT, "export {}"),
        ("passerelle-app-0123456789abcdef.js.br", "script as brotli"),
        ("passerelle-app-0123456789abcdef.js.gz", "script as gzip"),
        ("snippets/leptos-fedcba9876543210/inline0.js", "1"),
        ("base-fedcba9876543210.css", "a{}"),
        ("manifest.webmanifest", "{}"),
        ("icon.svg", "<svg/>"),
        ("archive.gz", "alone"),
    ])
}

fn files(files: &[(&str, &'static str)]) -> AppFiles {
    AppFiles::from_files(files.iter().map(|(path, text)| ((*path).to_owned(), Bytes::from_static(text.as_bytes()))))
}

fn ask(method: Method, path: &str, headers: &[(header::HeaderName, &str)]) -> Request {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.body(Body::empty()).unwrap()
}

fn get(path: &str) -> Response {
    app().answer(&ask(Method::GET, path, &[]))
}

fn get_with(path: &str, header: header::HeaderName, value: &str) -> Response {
    app().answer(&ask(Method::GET, path, &[(header, value)]))
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn check_header(response: &Response, name: header::HeaderName, expected: &str) {
    assert_eq!(response.headers().get(&name).map(|value| value.to_str().unwrap()), Some(expected), "{name}");
}

#[test]
fn files_have_their_types() {
    for (path, expected) in [
        ("/passerelle-app-0123456789abcdef_bg.wasm", "application/wasm"),
        ("/passerelle-app-0123456789abcdef.js", "text/javascript; charset=utf-8"),
        ("/base-fedcba9876543210.css", "text/css; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
    ] {
        check_header(&get(path), header::CONTENT_TYPE, expected);
    }
}

#[test]
fn hashed_names_are_kept_for_good_and_others_asked_about() {
    for path in [
        "/passerelle-app-0123456789abcdef_bg.wasm",
        "/passerelle-app-0123456789abcdef.js",
        "/base-fedcba9876543210.css",
        "/snippets/leptos-fedcba9876543210/inline0.js",
    ] {
        check_header(&get(path), header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    }
    for path in ["/", "/index.html", "/pos-helper/caisse", "/icon.svg", "/manifest.webmanifest"] {
        check_header(&get(path), header::CACHE_CONTROL, "no-cache");
    }
}

#[test]
fn a_hash_is_up_to_sixteen_digits_after_a_hyphen() {
    for name in ["a-0123456789abcdef.css", "a-123456789abcdef_bg.wasm", "a-56789abcdef0.js"] {
        assert!(is_hashed(name), "{name}");
    }
    for name in ["0123456789abcdef.css", "a-0123456789abcdeff.css", "a-0123456789abcdeg.css", "a-facade.css"] {
        assert!(!is_hashed(name), "{name}");
    }
}

#[tokio::test]
async fn sends_the_compressed_form_the_browser_takes() {
    let path = format!("/{SCRIPT}");
    for (given, encoding, body) in [
        ("gzip, deflate, br", Some("br"), "script as brotli"),
        ("gzip", Some("gzip"), "script as gzip"),
        ("br;q=0, gzip", Some("gzip"), "script as gzip"),
        ("br;q=0, gzip;q=0", None, "export {}"),
        ("deflate", None, "export {}"),
    ] {
        let response = get_with(&path, header::ACCEPT_ENCODING, given);
        let sent = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(sent.as_deref(), encoding, "{given}");
        check_header(&response, header::VARY, "accept-encoding");
        check_header(&response, header::CONTENT_TYPE, "text/javascript; charset=utf-8");
        check_header(&response, header::CONTENT_LENGTH, &body.len().to_string());
        assert_eq!(text(response).await, body, "{given}");
    }
}

#[tokio::test]
async fn the_page_is_compressed_too() {
    let response = get_with("/pos-helper/caisse", header::ACCEPT_ENCODING, "br");
    check_header(&response, header::CONTENT_ENCODING, "br");
    assert_eq!(text(response).await, "page as brotli");
}

#[test]
fn compressed_forms_have_no_address_of_their_own() {
    assert_eq!(get(&format!("/{SCRIPT}.br")).status(), StatusCode::NOT_FOUND);
    assert_eq!(get(&format!("/{SCRIPT}.gz")).status(), StatusCode::NOT_FOUND);
    assert_eq!(get("/archive.gz").status(), StatusCode::OK);
}

#[test]
fn each_form_has_its_tag_and_a_browser_that_holds_it_gets_no_body() {
    let path = format!("/{SCRIPT}");
    let tag = |encoding: &str| {
        let response = get_with(&path, header::ACCEPT_ENCODING, encoding);
        response.headers()[header::ETAG].to_str().unwrap().to_owned()
    };
    let (plain, brotli) = (tag("identity"), tag("br"));
    assert_ne!(plain, brotli);
    for held in [brotli.clone(), format!("W/{brotli}"), format!("\"other\", {brotli}"), "*".to_owned()] {
        let asked = [(header::ACCEPT_ENCODING, "br"), (header::IF_NONE_MATCH, held.as_str())];
        let response = app().answer(&ask(Method::GET, &path, &asked));
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{held}");
        check_header(&response, header::ETAG, &brotli);
        assert!(response.headers().get(header::CONTENT_TYPE).is_none());
    }
    assert_eq!(get_with(&path, header::IF_NONE_MATCH, &brotli).status(), StatusCode::OK);
}

#[tokio::test]
async fn head_says_the_same_without_the_body() {
    let path = format!("/{SCRIPT}");
    let (got, headed) = (get(&path), app().answer(&ask(Method::HEAD, &path, &[])));
    assert_eq!(got.headers(), headed.headers());
    check_header(&headed, header::CONTENT_LENGTH, "9");
    assert_eq!(text(headed).await, "");
}

#[tokio::test]
async fn deep_links_are_answered_by_the_page_of_their_entry_with_its_own_policy() {
    let mut policies = BTreeMap::new();
    for (path, page) in [
        ("/", WELCOME),
        ("/welcome.html", WELCOME),
        ("/pos-helper", WELCOME),
        ("/index.html", PAGE),
        ("/a/b/c/d", PAGE),
        ("/pos-helper/caisse", PAGE),
        ("/pos-helper/caisse/choose", RETURNING),
        ("/pos-helper/caisse/choose?location=a.b", RETURNING),
        ("/oauth/callback?code=a.b&state=c", RETURNING),
        ("/pos-helper/hubrise/connect?code=a.b", RETURNING),
        ("/pos-helper/hubrise/open?app_instance_id=x", RETURNING),
        ("/returning.html", RETURNING),
        ("/pos-helper/desk", OFFICE),
        ("/pos-helper/account", OFFICE),
        ("/office.html", OFFICE),
        ("/pixelpoint-bridge/pixelpoint/operations", BRIDGE),
        ("/pixelpoint-bridge/pixelpoint/operations/k7", OPERATION),
        ("/bridge.html", BRIDGE),
        ("/pixelpoint-bridge/pixelpoint/configuration", SETUP),
        ("/pixelpoint-bridge/pixelpoint/menu", SETUP),
        ("/setup.html", SETUP),
        ("/operation.html", OPERATION),
        ("/pixelpoint-bridge/pixelpoint/operations/k7/exchanges/e1", EXCHANGE),
        ("/exchange.html", EXCHANGE),
        ("/carre-pos/caisse/stock", STOCK),
        ("/stock.html", STOCK),
    ] {
        let response = get_with(path, header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        check_header(&response, header::CACHE_CONTROL, "no-cache");
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{policy}");
        assert_eq!(text(response).await, page, "{path}");
        let known = policies.entry(page).or_insert_with(|| policy.clone());
        assert_eq!(*known, policy, "{path}: the policy fits the page");
    }
    let different: std::collections::BTreeSet<_> = policies.values().collect();
    assert_eq!(different.len(), 9, "each page has its own script, and so its own policy");
    assert_eq!(get("/pos-helper").status(), StatusCode::OK, "who names no type takes the page");
}

#[tokio::test]
async fn a_build_that_lacks_a_page_says_so_rather_than_serve_another() {
    let app = files(&[(entry::CONSOLE, PAGE)]);
    assert!(!app.is_built());
    assert_eq!(app.answer(&ask(Method::GET, "/pos-helper/caisse", &[])).status(), StatusCode::OK);
    for path in ["/", "/pos-helper/account", "/oauth/callback", "/office.html"] {
        assert_eq!(app.answer(&ask(Method::GET, path, &[])).status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
}

#[test]
fn files_other_than_the_page_carry_no_policy() {
    assert!(get("/icon.svg").headers().get(header::CONTENT_SECURITY_POLICY).is_none());
}

#[test]
fn what_does_not_take_html_gets_no_page() {
    for accept in ["application/json", "image/avif,image/webp", "text/html;q=0"] {
        assert_eq!(get_with("/pos-helper", header::ACCEPT, accept).status(), StatusCode::NOT_FOUND, "{accept}");
    }
}

#[tokio::test]
async fn a_missing_file_is_a_plain_404() {
    for path in ["/gone-0123456789abcdef.js", "/pos-helper/robots.txt", "/.env", "/.git"] {
        let response = get(path);
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        check_header(&response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
        check_header(&response, header::CACHE_CONTROL, "no-store");
        assert_eq!(text(response).await, "there is no such file\n");
    }
}

#[test]
fn no_path_leads_out_of_the_app() {
    for path in [
        "/../Cargo.toml",
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "/snippets/../../etc/passwd",
        "/./etc/passwd",
        "/passwd%00",
        "/%ff%fe",
    ] {
        assert_eq!(get(path).status(), StatusCode::NOT_FOUND, "{path}");
    }
    // Not a file of ours either: the app's page says that there is nothing.
    assert_eq!(get("//etc/passwd").status(), StatusCode::OK);
}

proptest::proptest! {
    #[test]
    fn whatever_the_path_only_the_apps_own_files_are_sent(
        path in "(/|\\.|%2e|%2f|%5c|%00|%ff|[a-z-]|index|html|js|br){0,24}",
    ) {
        let response = get(&format!("/{path}"));
        if response.status() == StatusCode::OK {
            let tag = response.headers()[header::ETAG].to_str().unwrap().trim_matches('"').to_owned();
            let ours = app().0.by_path.values().any(|file| file.tag == tag);
            proptest::prop_assert!(ours);
        } else {
            proptest::prop_assert_eq!(response.status(), StatusCode::NOT_FOUND);
        }
    }
}

#[test]
fn only_reading_is_allowed() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let response = app().answer(&ask(method, "/", &[]));
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        check_header(&response, header::ALLOW, "GET, HEAD");
    }
}

#[tokio::test]
async fn says_what_to_do_when_the_app_is_not_built() {
    let response = files(&[]).answer(&ask(Method::GET, "/pos-helper", &[]));
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(text(response).await, "the app is not built: run `cargo xtask build`\n");
    assert!(!files(&[]).is_built());
}

#[tokio::test]
async fn a_frame_gets_the_page_with_its_script_where_the_vendor_names_a_host() {
    const FRAMED: &str =
        "<!doctype html><title>Passerelle</title><script>frame()</script><script type=\"module\">start()</script>";
    let texts = [(entry::CONSOLE, PAGE), (entry::OFFICE, OFFICE), ("framed/index.html", FRAMED)];
    let texts = texts.map(|(path, text)| (path.to_owned(), Bytes::from_static(text.as_bytes())));
    let hosts = BTreeMap::from([
        ("pos-helper".to_owned(), vec!["https://office.example".to_owned(), "https://till.example".to_owned()]),
        ("somm-it".to_owned(), Vec::new()),
    ]);
    let app = AppFiles::embeddable(texts, &hosts);
    let dest = |value: &'static str| (header::HeaderName::from_static("sec-fetch-dest"), value);
    let answer = |path: &str, value| app.answer(&ask(Method::GET, path, &[dest(value)]));
    let policy = |response: &Response| response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();

    let framed = answer("/pos-helper/caisse", "iframe");
    assert!(policy(&framed).ends_with("; frame-ancestors https://office.example https://till.example"));
    check_header(&framed, header::VARY, "accept-encoding, sec-fetch-dest");
    assert_eq!(text(framed).await, FRAMED);
    assert_eq!(answer("/framed/index.html", "document").status(), StatusCode::NOT_FOUND);
    // A window, a vendor without hosts, one there is not, and what stands in no frame.
    for (path, value) in [
        ("/pos-helper/caisse", "document"),
        ("/somm-it/tiller", "iframe"),
        ("/nobody/caisse", "iframe"),
        ("/pos-helper/desk", "iframe"),
    ] {
        let response = answer(path, value);
        assert!(policy(&response).ends_with("; frame-ancestors 'none'"), "{path} {value}");
        assert!(!text(response).await.contains("frame()"), "{path} {value}");
    }
}
