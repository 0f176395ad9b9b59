//! The app's files, as Trunk built them: in the program (release) or read from `dist/` at start (debug).
//!
//! Owns what is kept of each file; `answer` decides what a request gets, `entry` which of the pages an address belongs to.
//! Every file is found by its exact name in a map, so that no path, however it is written, leads anywhere else.

mod answer;
mod encoding;
mod entry;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{body::Bytes, http::HeaderValue};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::csp;
use encoding::Encoding;

/// What lies in `dist/`.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../dist"]
#[allow_missing = true]
struct Dist;

/// One file, in every encoding there is of it.
#[derive(Debug)]
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: HeaderValue,
    /// The first 128 bits of its SHA-256 in hexadecimal, without quotes.
    tag: String,
    /// Its name changes with its content.
    hashed: bool,
}

impl File {
    fn bytes(&self, encoding: Encoding) -> Option<&Bytes> {
        match encoding {
            Encoding::Identity => Some(&self.plain),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Brotli => self.brotli.as_ref(),
        }
    }
}

/// The app's files; cloning is cheap.
#[derive(Clone, Debug)]
pub struct AppFiles(Arc<Files>);

#[derive(Debug)]
struct Files {
    by_path: BTreeMap<String, File>,
    /// The policy that fits each page; none when the app is not built.
    policies: BTreeMap<&'static str, HeaderValue>,
    /// The pages as they stand inside other sites' pages, and the policy of each by vendor.
    framed: BTreeMap<&'static str, Framed>,
}

/// A page for a frame: the same with the frame's own script before all others.
#[derive(Debug)]
struct Framed {
    path: String,
    policies: BTreeMap<String, HeaderValue>,
}

impl AppFiles {
    /// The app this program was built with, or, in a debug build, the one that lies in `dist/` now; `hosts` are the origins
    /// whose pages may show a vendor's console, by the vendor's slug.
    #[must_use]
    pub fn built(hosts: &BTreeMap<String, Vec<String>>) -> Self {
        let files = Dist::iter().filter_map(|path| {
            let bytes = match Dist::get(&path)?.data {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
            };
            Some((path.into_owned(), bytes))
        });
        let app = Self::embeddable(files, hosts);
        if !app.is_built() {
            tracing::warn!("the app is not built: run `cargo xtask build`");
        }
        app
    }

    /// An app of these files, by path from its root; `.br` and `.gz` beside a file are its compressed forms.
    #[must_use]
    pub fn from_files(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        Self::embeddable(files, &BTreeMap::new())
    }

    /// The same, where pages of these origins may show a vendor's console, by the vendor's slug.
    #[must_use]
    pub fn embeddable(files: impl IntoIterator<Item = (String, Bytes)>, hosts: &BTreeMap<String, Vec<String>>) -> Self {
        let mut all: BTreeMap<String, Bytes> = files.into_iter().collect();
        let names: Vec<String> = all.keys().cloned().collect();
        let mut by_path = BTreeMap::new();
        for path in names {
            let compressed = Encoding::SUFFIXES.iter().any(|(_, suffix)| {
                path.strip_suffix(suffix).is_some_and(|plain| all.contains_key(plain) || by_path.contains_key(plain))
            });
            if compressed {
                continue;
            }
            let [brotli, gzip] = Encoding::SUFFIXES.map(|(_, suffix)| all.get(&format!("{path}{suffix}")).cloned());
            let Some(plain) = all.remove(&path) else { continue };
            let content_type = content_type(&path);
            let tag = csp::hex(&Sha256::digest(&plain)[..16]);
            let hashed = is_hashed(&path);
            by_path.insert(path, File { plain, brotli, gzip, content_type, tag, hashed });
        }
        let policies = entry::PAGES
            .into_iter()
            .filter_map(|page| {
                let html = String::from_utf8_lossy(&by_path.get(page)?.plain);
                Some((page, HeaderValue::try_from(csp::policy(&html)).ok()?))
            })
            .collect();
        let framed = entry::FRAMED
            .into_iter()
            .filter_map(|page| {
                let path = format!("framed/{page}");
                let html = String::from_utf8_lossy(&by_path.get(&path)?.plain).into_owned();
                let policy = |hosts: &[String]| HeaderValue::try_from(csp::policy_within(&html, hosts)).ok();
                let policies = hosts.iter().filter(|(_, hosts)| !hosts.is_empty());
                let policies = policies.filter_map(|(slug, hosts)| Some((slug.clone(), policy(hosts)?))).collect();
                Some((page, Framed { path, policies }))
            })
            .collect();
        Self(Arc::new(Files { by_path, policies, framed }))
    }

    /// Whether there is every page to serve.
    fn is_built(&self) -> bool {
        entry::PAGES.iter().all(|&page| self.0.by_path.contains_key(page))
    }
}

/// A text that other sites fetch, packed when the app was built.
#[derive(Debug)]
pub(crate) struct Packed {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Packed {
    /// The file of this name, with its packed forms if the app was built with this very text.
    pub(crate) fn of(name: &str, text: &'static str) -> Self {
        let read = |suffix: &str| Dist::get(&format!("{name}{suffix}")).map(|file| Bytes::from(file.data.into_owned()));
        let fits = read("").is_some_and(|built| built == text.as_bytes());
        let [brotli, gzip] = Encoding::SUFFIXES.map(|(_, suffix)| read(suffix).filter(|_| fits));
        Self { plain: Bytes::from_static(text.as_bytes()), brotli, gzip }
    }

    /// In the encoding that suits whoever asks best, and that encoding's name.
    pub(crate) fn bytes(&self, asked: &axum::http::HeaderMap) -> (Bytes, Option<&'static str>) {
        let all = |encoding| match encoding {
            Encoding::Identity => Some(&self.plain),
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Brotli => self.brotli.as_ref(),
        };
        let encoding = encoding::negotiate(asked, |encoding| all(encoding).is_some());
        (all(encoding).unwrap_or(&self.plain).clone(), encoding.name())
    }
}

/// The media type by the name's ending, with the encoding of what is text.
fn content_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let text = guess.type_() == "text" || guess.subtype() == "json" || guess.suffix().is_some_and(|s| s == "json");
    let full = if text { format!("{guess}; charset=utf-8") } else { guess.to_string() };
    HeaderValue::try_from(full).unwrap_or_else(|_odd| HeaderValue::from_static("application/octet-stream"))
}

/// Whether the name holds the hash Trunk writes into it: a hyphen and a number of 64 bits in hexadecimal, which ends there.
/// Trunk leaves out leading zeros; fewer than twelve digits it writes once in a hundred thousand files, and such a file is
/// asked about each time.
fn is_hashed(path: &str) -> bool {
    path.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        (12..=16).contains(&digits) && part[digits..].starts_with(['.', '_', '/'])
    })
}
