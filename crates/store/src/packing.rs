//! What is kept of an exchange, packed: what lists show of it into one small piece, headers and bodies into another. Owns
//! both formats; knows no database.
//!
//! Each piece begins with the number of its format. Texts compress with a dictionary ([`dictionary`]) that knows what
//! HubRise and tills say every time, so that what remains is what one order has of its own.

mod dictionary;
mod echo;
mod facts;
mod varint;

use std::cell::Cell;

use jiff::Timestamp;

pub(crate) use self::dictionary::{Packer, Unpacker};
pub(crate) use self::facts::Facts;
use self::varint::Reader;
use crate::text::{LONGEST_FACT, LONGEST_TEXT, shortened};
use crate::{ExchangeId, NewExchange, Result, StoreError, Way};

/// Of before there was a dictionary: four lengths (32 bits each, the lowest byte first: request's headers and body, answer's
/// headers and body), then a zstd frame of the four parts. Of a text: the text as it is.
const PLAIN: u8 = 0;
/// Three lengths (see [`varint`]): of all but the last part, which takes the rest. Then the four parts, compressed. Of a
/// text: the text, compressed.
const BY_DICTIONARY: u8 = 1;
/// The lengths of [`BY_DICTIONARY`]; a sum of what the first exchange of the operation says ([`sum`]); a length, and so many
/// bytes, compressed, that tell the four parts by what they repeat of it ([`echo`]).
const BY_FIRST: u8 = 2;
/// Of longer texts, repetitions are not looked for.
const LONGEST_ECHO: usize = 256 << 10;
/// The four lengths of [`PLAIN`].
const PLAIN_HEAD: usize = 16;
/// More than was ever packed: what claims to be longer is corrupt.
const MOST: usize = 64 << 20;

/// An exchange ready to be written.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) id: ExchangeId,
    pub(crate) started_at: Timestamp,
    /// What lists show of it: [`Facts`].
    pub(crate) facts: Vec<u8>,
    /// Headers and bodies.
    pub(crate) parts: Vec<u8>,
}

/// The four parts of an exchange, unpacked.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) request_headers: Vec<u8>,
    pub(crate) request_body: Vec<u8>,
    pub(crate) response_headers: Vec<u8>,
    pub(crate) response_body: Vec<u8>,
}

impl Packer {
    pub(crate) fn pack(&mut self, exchange: NewExchange) -> Result<Packed> {
        self.pack_after(exchange, None)
    }

    /// Packs what repeats much of the first exchange of its operation.
    pub(crate) fn pack_after(&mut self, exchange: NewExchange, first: Option<&First>) -> Result<Packed> {
        let sources = [
            exchange.request_headers.as_bytes(),
            &exchange.request_body,
            exchange.response_headers.as_bytes(),
            &exchange.response_body,
        ];
        let parts = self.pack_sources(sources, first)?;
        let facts = Facts {
            way: exchange.way,
            ended: exchange.ended,
            status: exchange.status,
            duration_us: exchange.duration_us,
            request_size: size(&exchange.request_body),
            response_size: size(&exchange.response_body),
            method: shortened(&exchange.method, LONGEST_FACT),
            url: shortened(&exchange.url, LONGEST_TEXT),
            error: exchange.error.map(|error| shortened(&error, LONGEST_TEXT)),
        };
        let facts = facts.pack(self)?;
        Ok(Packed { id: exchange.id, started_at: exchange.started_at, facts, parts })
    }

    /// Packs the four parts of an exchange.
    pub(crate) fn pack_parts(
        &mut self,
        request_headers: &[u8],
        request_body: &[u8],
        response_headers: &[u8],
        response_body: &[u8],
    ) -> Result<Vec<u8>> {
        self.pack_sources([request_headers, request_body, response_headers, response_body], None)
    }

    fn pack_sources(&mut self, sources: [&[u8]; 4], first: Option<&First>) -> Result<Vec<u8>> {
        let whole = sources.concat();
        if whole.len() > MOST {
            return Err(StoreError::Unavailable("an exchange is too long to be kept".to_owned()));
        }
        let told = first
            .filter(|first| first.0.len().max(whole.len()) <= LONGEST_ECHO)
            .map(|first| (echo::told(&whole, &first.0), sum(&first.0)))
            // What repeats little is told as well without.
            .filter(|(told, _)| told.len() < whole.len() / 4 * 3);
        let mut packed = vec![if told.is_some() { BY_FIRST } else { BY_DICTIONARY }];
        varint::write(&mut packed, whole.len() as u64);
        for source in sources.iter().take(3) {
            varint::write(&mut packed, source.len() as u64);
        }
        if let Some((told, sum)) = told {
            packed.extend_from_slice(&sum.to_le_bytes());
            varint::write(&mut packed, told.len() as u64);
            packed.extend_from_slice(&self.compress(&told)?);
        } else {
            packed.extend_from_slice(&self.compress(&whole)?);
        }
        Ok(packed)
    }
}

/// All that the first exchange of an operation says.
#[derive(Debug)]
pub(crate) struct First(Vec<u8>);

impl First {
    /// Of how that exchange is packed.
    pub(crate) fn of(packed: &[u8]) -> Result<Self> {
        Ok(Self(Unpacker::new()?.whole(packed, None)?.0))
    }
}

/// Whether what is packed can be unpacked only beside the first exchange of its operation.
pub(crate) fn needs_first(packed: &[u8]) -> bool {
    packed.first() == Some(&BY_FIRST)
}

/// The same, so that it can be unpacked by itself; `first` is how the first exchange of its operation is packed.
pub(crate) fn alone(packed: &[u8], first: &[u8]) -> Result<Vec<u8>> {
    let parts = unpack(packed, Some(first))?;
    with_packer(|packer| {
        packer.pack_parts(&parts.request_headers, &parts.request_body, &parts.response_headers, &parts.response_body)
    })
}

/// FNV-1a: what was told by another text than this one must not pass for what was said.
fn sum(text: &[u8]) -> u32 {
    text.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Packs what was said on the way of one operation, on a thread where it may take its time.
pub(crate) async fn pack_all(exchanges: Vec<NewExchange>) -> Result<Vec<Packed>> {
    if exchanges.is_empty() {
        return Ok(Vec::new());
    }
    let pack = |packer: &mut Packer| exchanges.into_iter().map(|exchange| packer.pack(exchange)).collect();
    aside(move || with_packer(pack)).await
}

thread_local! {
    /// What compressing needs is half a megabyte: made once for each thread.
    static PACKER: Cell<Option<Packer>> = const { Cell::new(None) };
}

/// Lends this thread's packer. One that failed is not used again.
pub(crate) fn with_packer<T>(work: impl FnOnce(&mut Packer) -> Result<T>) -> Result<T> {
    let mut packer = PACKER.take().map_or_else(Packer::new, Ok)?;
    let done = work(&mut packer)?;
    PACKER.set(Some(packer));
    Ok(done)
}

/// Runs what keeps a processor busy where nobody waits behind it.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(StoreError::Unavailable(error.to_string())),
    }
}

/// Unpacks the four parts of one exchange; `first` is how the first of its operation is packed, where that is needed.
pub(crate) fn unpack(packed: &[u8], first: Option<&[u8]>) -> Result<Parts> {
    Unpacker::new()?.unpack(packed, first)
}

impl Unpacker {
    /// The same of one after the other.
    pub(crate) fn unpack(&mut self, packed: &[u8], first: Option<&[u8]>) -> Result<Parts> {
        let (mut whole, ends) = self.whole(packed, first)?;
        let [first, second, third] = ends;
        if first + second + third > whole.len() {
            return Err(corrupt());
        }
        let response_body = whole.split_off(first + second + third);
        let response_headers = whole.split_off(first + second);
        let request_body = whole.split_off(first);
        Ok(Parts { request_headers: whole, request_body, response_headers, response_body })
    }

    /// The four parts in one, and where the first three end.
    fn whole(&mut self, packed: &[u8], first: Option<&[u8]>) -> Result<(Vec<u8>, [usize; 3])> {
        let (format, rest) = packed.split_first().ok_or_else(corrupt)?;
        if *format == PLAIN {
            return unpack_plain(rest);
        }
        let mut reader = Reader(rest);
        let all = reader.length(MOST)?;
        let ends = [reader.length(MOST)?, reader.length(MOST)?, reader.length(MOST)?];
        let whole = match *format {
            BY_DICTIONARY => self.decompress(reader.0, all)?,
            BY_FIRST => {
                // The first of all is never told by another.
                let (first, _) = self.whole(first.filter(|first| !needs_first(first)).ok_or_else(corrupt)?, None)?;
                let sum = u32::from_le_bytes([reader.byte()?, reader.byte()?, reader.byte()?, reader.byte()?]);
                let length = reader.length(MOST)?;
                let whole = echo::heard(&self.decompress(reader.0, length)?, &first)?;
                if sum != self::sum(&first) || whole.len() != all {
                    return Err(corrupt());
                }
                whole
            }
            _ => return Err(corrupt()),
        };
        Ok((whole, ends))
    }
}

fn unpack_plain(packed: &[u8]) -> Result<(Vec<u8>, [usize; 3])> {
    let (head, frame) = packed.split_at_checked(PLAIN_HEAD).ok_or_else(corrupt)?;
    let mut lengths = head
        .chunks_exact(4)
        .map(|bytes| bytes.iter().rev().fold(0_usize, |length, byte| (length << 8) | usize::from(*byte)));
    let mut next = || lengths.next().ok_or_else(corrupt);
    let ends = [next()?, next()?, next()?];
    let last = next()?;
    let all = ends.iter().try_fold(last, |all, length| all.checked_add(*length)).ok_or_else(corrupt)?;
    if all > MOST {
        return Err(corrupt());
    }
    let whole = zstd::bulk::decompress(frame, all).map_err(|_| corrupt())?;
    if whole.len() == all { Ok((whole, ends)) } else { Err(corrupt()) }
}

/// A text, packed by itself.
pub(crate) fn pack_text(text: &str) -> Result<Vec<u8>> {
    pack_bytes(text.as_bytes())
}

/// What [`pack_text`] packed.
pub(crate) fn unpack_text(packed: &[u8]) -> Result<String> {
    String::from_utf8(unpack_bytes(packed)?).map_err(|_| corrupt())
}

/// Bytes that are mostly text, packed by themselves.
pub(crate) fn pack_bytes(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = vec![BY_DICTIONARY];
    varint::write(&mut packed, bytes.len() as u64);
    packed.extend_from_slice(&with_packer(|packer| packer.compress(bytes))?);
    Ok(packed)
}

/// What [`pack_bytes`] packed.
pub(crate) fn unpack_bytes(packed: &[u8]) -> Result<Vec<u8>> {
    match packed.split_first() {
        Some((&PLAIN, bytes)) => Ok(bytes.to_vec()),
        Some((&BY_DICTIONARY, rest)) => {
            let mut reader = Reader(rest);
            let length = reader.length(MOST)?;
            Unpacker::new()?.decompress(reader.0, length)
        }
        _ => Err(corrupt()),
    }
}

/// The event that the exchange brought: HubRise's request, or its answer where the bridge fetched it.
pub(crate) fn event(facts: &[u8], packed: &[u8]) -> Result<Vec<u8>> {
    let parts = unpack(packed, None)?;
    let way = Facts::unpack(facts)?.way;
    Ok(if way == Way::HubriseToBridge { parts.request_body } else { parts.response_body })
}

fn size(body: &[u8]) -> u64 {
    u64::try_from(body.len()).unwrap_or(u64::MAX)
}

fn unpackable(error: std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("an exchange cannot be compressed: {error}"))
}

fn corrupt() -> StoreError {
    StoreError::Corrupt("an exchange cannot be unpacked".to_owned())
}

#[cfg(test)]
#[path = "packing/tests.rs"]
mod tests;
