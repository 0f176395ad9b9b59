//! What lists show of an exchange, packed into some dozens of bytes: there are many exchanges, and no list needs the
//! database to look inside.

use super::varint::{self, Reader};
use super::{BY_DICTIONARY, LONGEST_TEXT, PLAIN, Packer, Unpacker, corrupt};
use crate::rows::{ended_of, way_of};
use crate::{Ended, Result, Way};

/// Way and end of a call share a byte, by their places in these.
const WAYS: [Way; 3] = [Way::HubriseToBridge, Way::BridgeToHubrise, Way::BridgeToTill];
const ENDS: [Ended; 3] = [Ended::Answered, Ended::Unsent, Ended::Unanswered];
/// What parts the texts; of before there was a dictionary, all facts.
const BETWEEN: char = '\u{1f}';

/// What lists show of an exchange, but for its id, its time and whose it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) way: Way,
    pub(crate) ended: Ended,
    pub(crate) status: Option<u16>,
    pub(crate) duration_us: u64,
    pub(crate) request_size: u64,
    pub(crate) response_size: u64,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) error: Option<String>,
}

impl Facts {
    pub(crate) fn pack(&self, packer: &mut Packer) -> Result<Vec<u8>> {
        let place = |at: Option<usize>| at.unwrap_or_default() as u64;
        let way = place(WAYS.iter().position(|way| *way == self.way));
        let ended = place(ENDS.iter().position(|ended| *ended == self.ended));
        let mut packed = vec![BY_DICTIONARY];
        varint::write(&mut packed, way * 3 + ended);
        for number in [
            self.status.map_or(0, |status| u64::from(status) + 1),
            self.duration_us,
            self.request_size,
            self.response_size,
        ] {
            varint::write(&mut packed, number);
        }
        let mut texts = format!("{}{BETWEEN}{}", self.method.replace(BETWEEN, " "), self.url.replace(BETWEEN, " "));
        if let Some(error) = &self.error {
            texts.push(BETWEEN);
            texts.push_str(error);
        }
        // Short ones are longer compressed; then their length is said to be none.
        let compressed = packer.compress(texts.as_bytes())?;
        if compressed.len() < texts.len() {
            varint::write(&mut packed, texts.len() as u64);
            packed.extend_from_slice(&compressed);
        } else {
            varint::write(&mut packed, 0);
            packed.extend_from_slice(texts.as_bytes());
        }
        Ok(packed)
    }

    /// What was packed.
    pub(crate) fn unpack(packed: &[u8]) -> Result<Self> {
        match packed.split_first() {
            Some((&BY_DICTIONARY, rest)) => Self::unpack_numbers(Reader(rest)),
            Some((&PLAIN, rest)) => Self::unpack_words(std::str::from_utf8(rest).map_err(|_| corrupt())?),
            _ => Err(corrupt()),
        }
    }

    fn unpack_numbers(mut reader: Reader<'_>) -> Result<Self> {
        let both = usize::from(reader.byte()?);
        let status = reader.number()?.checked_sub(1);
        let [duration_us, request_size, response_size] = [reader.number()?, reader.number()?, reader.number()?];
        // Method, url, error, and what parts them.
        let length = reader.length(3 * LONGEST_TEXT)?;
        let texts = match length {
            0 => reader.0.to_vec(),
            length => Unpacker::new()?.decompress(reader.0, length)?,
        };
        let texts = String::from_utf8(texts).map_err(|_| corrupt())?;
        let mut texts = texts.splitn(3, BETWEEN).map(str::to_owned);
        Ok(Self {
            way: *WAYS.get(both / 3).ok_or_else(corrupt)?,
            ended: *ENDS.get(both % 3).ok_or_else(corrupt)?,
            status: status.map(u16::try_from).transpose().map_err(|_| corrupt())?,
            duration_us,
            request_size,
            response_size,
            method: texts.next().ok_or_else(corrupt)?,
            url: texts.next().ok_or_else(corrupt)?,
            error: texts.next(),
        })
    }

    /// As the migration wrote what was kept before: `way`, `ended`, status (or nothing), three numbers, method, url, and
    /// the error, if there is one.
    fn unpack_words(words: &str) -> Result<Self> {
        let mut words = words.splitn(9, BETWEEN);
        let mut next = || words.next().ok_or_else(corrupt);
        let number = |word: &str| word.parse::<u64>().map_err(|_| corrupt());
        Ok(Self {
            way: way_of(next()?).ok_or_else(corrupt)?,
            ended: ended_of(next()?).ok_or_else(corrupt)?,
            status: next()?.parse().ok(),
            duration_us: number(next()?)?,
            request_size: number(next()?)?,
            response_size: number(next()?)?,
            method: next()?.to_owned(),
            url: next()?.to_owned(),
            error: next().ok().map(str::to_owned),
        })
    }
}
