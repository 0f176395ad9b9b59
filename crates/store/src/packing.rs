//! Exchanges as they are written: texts cut to what is kept; headers and bodies packed into one and compressed. Owns that
//! format; knows no database.
//!
//! Packed are four lengths (32 bits each, the lowest byte first: request's headers and body, answer's headers and body),
//! then one zstd frame that holds the four parts one after another. Together they compress better than apart.

use jiff::Timestamp;
use zstd::bulk::Compressor;

use crate::text::{LONGEST_FACT, LONGEST_TEXT, shortened};
use crate::{Ended, ExchangeId, NewExchange, Result, StoreError, Way};

/// zstd's own default: a callback of 4 kB takes some 30 µs and a third of the room.
const LEVEL: i32 = 3;
/// The four lengths.
const HEAD: usize = 16;
/// More than was ever packed: what claims to be longer is corrupt.
const MOST: usize = 64 << 20;

/// What a text begins with that is packed as it is.
const PLAIN: u8 = 0;

/// An exchange ready to be written.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) id: ExchangeId,
    pub(crate) way: Way,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) status: Option<i64>,
    pub(crate) ended: Ended,
    pub(crate) started_at: Timestamp,
    pub(crate) duration_us: i64,
    pub(crate) error: Option<String>,
    pub(crate) request_size: i64,
    pub(crate) response_size: i64,
    pub(crate) parts: Vec<u8>,
}

/// The four parts of an exchange, unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) request_headers: Vec<u8>,
    pub(crate) request_body: Vec<u8>,
    pub(crate) response_headers: Vec<u8>,
    pub(crate) response_body: Vec<u8>,
}

/// Packs one exchange after another; what compressing needs is made once.
pub(crate) struct Packer(Compressor<'static>);

impl Packer {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self(Compressor::new(LEVEL).map_err(unpackable)?))
    }

    pub(crate) fn pack(&mut self, exchange: NewExchange) -> Result<Packed> {
        let sources: [&[u8]; 4] = [
            exchange.request_headers.as_bytes(),
            &exchange.request_body,
            exchange.response_headers.as_bytes(),
            &exchange.response_body,
        ];
        let mut parts = Vec::with_capacity(HEAD);
        for source in sources {
            let length = u32::try_from(source.len()).map_err(|_| too_long())?;
            parts.extend_from_slice(&length.to_le_bytes());
        }
        let whole = sources.concat();
        if whole.len() > MOST {
            return Err(too_long());
        }
        parts.extend_from_slice(&self.0.compress(&whole).map_err(unpackable)?);
        Ok(Packed {
            request_size: size(&exchange.request_body),
            response_size: size(&exchange.response_body),
            id: exchange.id,
            way: exchange.way,
            method: shortened(&exchange.method, LONGEST_FACT),
            url: shortened(&exchange.url, LONGEST_TEXT),
            status: exchange.status.map(i64::from),
            ended: exchange.ended,
            started_at: exchange.started_at,
            duration_us: i64::try_from(exchange.duration_us).unwrap_or(i64::MAX),
            error: exchange.error.map(|error| shortened(&error, LONGEST_TEXT)),
            parts,
        })
    }
}

/// Packs what was said on the way of one operation, on a thread where it may take its time.
pub(crate) async fn pack_all(exchanges: Vec<NewExchange>) -> Result<Vec<Packed>> {
    if exchanges.is_empty() {
        return Ok(Vec::new());
    }
    aside(move || {
        let mut packer = Packer::new()?;
        exchanges.into_iter().map(|exchange| packer.pack(exchange)).collect()
    })
    .await
}

/// Runs what keeps a processor busy where nobody waits behind it.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(StoreError::Unavailable(error.to_string())),
    }
}

pub(crate) fn unpack(packed: &[u8]) -> Result<Parts> {
    let (head, frame) = packed.split_at_checked(HEAD).ok_or_else(corrupt)?;
    let mut lengths = head
        .chunks_exact(4)
        .map(|bytes| bytes.iter().rev().fold(0_usize, |length, byte| (length << 8) | usize::from(*byte)));
    let mut next = || lengths.next().ok_or_else(corrupt);
    let ends = [next()?, next()?, next()?, next()?];
    let all = ends.iter().try_fold(0_usize, |all, length| all.checked_add(*length)).ok_or_else(corrupt)?;
    if all > MOST {
        return Err(corrupt());
    }
    let mut whole = zstd::bulk::decompress(frame, all).map_err(|_| corrupt())?;
    if whole.len() != all {
        return Err(corrupt());
    }
    let response_body = whole.split_off(ends[0] + ends[1] + ends[2]);
    let response_headers = whole.split_off(ends[0] + ends[1]);
    let request_body = whole.split_off(ends[0]);
    Ok(Parts { request_headers: whole, request_body, response_headers, response_body })
}

/// A text, packed by itself.
pub(crate) fn pack_text(text: &str) -> Result<Vec<u8>> {
    Ok([&[PLAIN], text.as_bytes()].concat())
}

/// What [`pack_text`] packed.
pub(crate) fn unpack_text(packed: &[u8]) -> Result<String> {
    match packed.split_first() {
        Some((&PLAIN, text)) => String::from_utf8(text.to_vec()).map_err(|_| corrupt()),
        _ => Err(corrupt()),
    }
}

/// The event that this exchange brought: HubRise's request, or its answer where the bridge fetched it.
pub(crate) fn event(way: Way, packed: &[u8]) -> Result<Vec<u8>> {
    let parts = unpack(packed)?;
    Ok(if way == Way::HubriseToBridge { parts.request_body } else { parts.response_body })
}

fn size(body: &[u8]) -> i64 {
    i64::try_from(body.len()).unwrap_or(i64::MAX)
}

fn too_long() -> StoreError {
    StoreError::Unavailable("an exchange is too long to be kept".to_owned())
}

fn unpackable(error: std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("an exchange cannot be compressed: {error}"))
}

fn corrupt() -> StoreError {
    StoreError::Corrupt("an exchange's bodies cannot be unpacked".to_owned())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn exchange(request: &[u8], response: &[u8]) -> NewExchange {
        NewExchange {
            id: ExchangeId::new("e"),
            way: Way::BridgeToTill,
            method: "POST".into(),
            url: "u".repeat(3000),
            status: Some(200),
            ended: Ended::Answered,
            started_at: Timestamp::UNIX_EPOCH,
            duration_us: u64::MAX,
            error: None,
            request_headers: "a: b\n".into(),
            request_body: request.to_vec(),
            response_headers: String::new(),
            response_body: response.to_vec(),
        }
    }

    #[test]
    fn unpacks_what_it_packed() {
        let mut packer = Packer::new().unwrap();
        for (request, response) in [(&b""[..], &b""[..]), (b"<Request/>", b""), (&[0, 255, 7], &[b'x'; 70_000])] {
            let packed = packer.pack(exchange(request, response)).unwrap();
            let parts = unpack(&packed.parts).unwrap();
            assert_eq!((parts.request_body.as_slice(), parts.response_body.as_slice()), (request, response));
            assert_eq!((parts.request_headers.as_slice(), parts.response_headers.len()), (&b"a: b\n"[..], 0));
            assert_eq!(usize::try_from(packed.request_size).unwrap(), request.len());
            assert_eq!((packed.url.len(), packed.duration_us), (LONGEST_TEXT, i64::MAX));
        }
    }

    #[test]
    fn what_was_cut_short_or_altered_is_corrupt() {
        let whole = Packer::new().unwrap().pack(exchange(b"request", b"answer")).unwrap().parts;
        let longer = [&[1, 0, 0, 0], &whole[4..]].concat();
        let endless = [&[255; HEAD], &whole[HEAD..]].concat();
        for packed in [&whole[..3], &whole[..HEAD], &whole[..whole.len() - 1], &longer, &endless] {
            assert!(matches!(unpack(packed), Err(StoreError::Corrupt(_))), "{packed:?}");
        }
    }
}
