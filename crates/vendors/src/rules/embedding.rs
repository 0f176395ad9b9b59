//! What the embedding of a profile must satisfy: origins, and keys that verify something.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::words::{one_of, origin};
use crate::embedding::{EmbedKey, Embedding, KeyAlgorithm};
use crate::reader::{Found, Reader};
use crate::source::Source;

const ALGORITHMS: [(&str, KeyAlgorithm); 2] = [("EdDSA", KeyAlgorithm::EdDsa), ("ES256", KeyAlgorithm::Es256)];

/// The longest id of a key, in characters.
const LONGEST_ID: usize = 64;

/// What stands before the key in an Ed25519 `SubjectPublicKeyInfo`: two sequences and the algorithm's identifier (RFC 8410).
const ED25519: &[u8] = &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The same for a point on P-256 that is not compressed (RFC 5480), up to and with the 4 that says so.
const P256: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

pub(super) fn embedding(source: &mut Source<'_>, table: Option<Reader<'_, '_>>) -> Option<Embedding> {
    let Some(mut table) = table else { return Some(Embedding::default()) };
    let origins = table.texts(source, "origins");
    let keys = table.optional_tables(source, "keys");
    table.end(source);
    let origins = origins.and_then(|found| {
        let origins: Vec<_> = found.value.into_iter().map(|found| origin(source, found)).collect();
        origins.into_iter().collect()
    });
    let keys = keys.and_then(|found| match found {
        Some(found) => every_key(source, found),
        None => Some(Vec::new()),
    });
    Some(Embedding { origins: origins?, keys: keys? })
}

fn every_key(source: &mut Source<'_>, found: Found<Vec<Reader<'_, '_>>>) -> Option<Vec<EmbedKey>> {
    let mut keys: Vec<EmbedKey> = Vec::new();
    let mut sound = true;
    for mut table in found.value {
        let id = table.text(source, "id");
        let place = id.as_ref().map(|found| (found.at.clone(), found.key.clone()));
        let id = id.and_then(|found| key_id(source, found));
        let algorithm = table.text(source, "algorithm").and_then(|found| one_of(source, found, &ALGORITHMS));
        let public_key = table.text(source, "public_key");
        table.end(source);
        let public_key = public_key.zip(algorithm).and_then(|(found, algorithm)| key(source, &found, algorithm));
        let (Some(id), Some(algorithm), Some(public_key)) = (id, algorithm, public_key) else {
            sound = false;
            continue;
        };
        if keys.iter().any(|key| key.id == id)
            && let Some((at, key)) = place
        {
            source.fault(at, &key, "is the id of another key already");
            sound = false;
        }
        keys.push(EmbedKey { id, algorithm, public_key });
    }
    sound.then_some(keys)
}

fn key_id(source: &mut Source<'_>, found: Found<String>) -> Option<String> {
    let shaped = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if !found.value.is_empty() && found.value.len() <= LONGEST_ID && found.value.bytes().all(shaped) {
        return Some(found.value);
    }
    source.fault(found.at, &found.key, "a key's id has 1 to 64 letters, digits and `-_.`");
    None
}

/// The key inside a PEM block. Of the many shapes a key may have, these two are what every tool writes.
fn key(source: &mut Source<'_>, found: &Found<String>, algorithm: KeyAlgorithm) -> Option<Vec<u8>> {
    let (before, length, made) = match algorithm {
        KeyAlgorithm::EdDsa => (ED25519, 32, "openssl genpkey -algorithm ed25519"),
        KeyAlgorithm::Es256 => (P256, 65, "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256"),
    };
    let key = block(&found.value).and_then(|der| der.strip_prefix(before).map(<[u8]>::to_vec));
    if let Some(key) = key.filter(|key| key.len() == length && (length == 32 || key.first() == Some(&4))) {
        return Some(key);
    }
    let fault = if found.value.contains("PRIVATE") {
        // Not repeated, not kept: whoever reads the profile could sign.
        "is a private key: it belongs into no file of ours; make another, and give its public half".to_owned()
    } else {
        format!("is no public key for it in PEM: `{made} -out key.pem`, then `openssl pkey -in key.pem -pubout`")
    };
    source.fault(found.at.clone(), &found.key, fault);
    None
}

fn block(pem: &str) -> Option<Vec<u8>> {
    let body = pem.trim().strip_prefix("-----BEGIN PUBLIC KEY-----")?.strip_suffix("-----END PUBLIC KEY-----")?;
    let packed: String = body.split_whitespace().collect();
    STANDARD.decode(packed).ok()
}
