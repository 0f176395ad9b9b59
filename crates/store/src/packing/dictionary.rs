//! Compressing with the dictionary that is compiled in. Owns the two zstd contexts; what is compressed is the caller's.
//!
//! The dictionary belongs to the format's number for ever: a better one needs another number. It is made by
//! `cargo run --release -p passerelle-store --features conformance --example dictionary`.

use std::sync::LazyLock;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::CParameter;

use super::{corrupt, unpackable};
use crate::Result;

/// Beyond 5 it takes twice the time for a twentieth of the room.
const LEVEL: i32 = 5;
/// What every zstd frame begins with; it is not kept.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Where all is one compressed block, stands for the two bytes and three that would come before it: they say no more than how
/// long it is. No frame begins so, as the bit is reserved (RFC 8878, 3.1.1.1.1).
const BARE: u8 = 0b1000;
/// The header such a block is given again: no length, no checksum, and a window of 128 KiB, which no block exceeds.
const HEADER: [u8; 2] = [0, 7 << 3];

static BYTES: &[u8] = include_bytes!("dictionary-1.bin");
static ENCODER: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(BYTES, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(BYTES));

/// Compresses one thing after another; what compressing needs is made once.
pub(crate) struct Packer(Compressor<'static>);

impl Packer {
    pub(crate) fn new() -> Result<Self> {
        let mut compressor = Compressor::with_prepared_dictionary(&ENCODER).map_err(unpackable)?;
        // Length and dictionary are known without being told.
        for said in [CParameter::ContentSizeFlag(false), CParameter::DictIdFlag(false), CParameter::ChecksumFlag(false)]
        {
            compressor.set_parameter(said).map_err(unpackable)?;
        }
        Ok(Self(compressor))
    }

    pub(super) fn compress(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        let frame = self.0.compress(bytes).map_err(unpackable)?;
        let frame = frame.strip_prefix(&MAGIC).ok_or_else(corrupt)?;
        Ok(match frame {
            [0, _window, a, b, c, block @ ..] if block_header(block) == [*a, *b, *c] => [&[BARE], block].concat(),
            _ => frame.to_vec(),
        })
    }
}

/// The header of a block that is compressed, and the last of its frame (RFC 8878, 3.1.1.2).
fn block_header(block: &[u8]) -> [u8; 3] {
    let [a, b, c, ..] = (block.len() << 3 | 0b101).to_le_bytes();
    [a, b, c]
}

/// Decompresses one thing after another.
pub(crate) struct Unpacker {
    decompressor: Decompressor<'static>,
    frame: Vec<u8>,
}

impl Unpacker {
    pub(crate) fn new() -> Result<Self> {
        let decompressor = Decompressor::with_prepared_dictionary(&DECODER).map_err(unpackable)?;
        Ok(Self { decompressor, frame: MAGIC.to_vec() })
    }

    /// What was compressed, of this length and no other.
    pub(super) fn decompress(&mut self, compressed: &[u8], length: usize) -> Result<Vec<u8>> {
        self.frame.truncate(MAGIC.len());
        if let Some((&BARE, block)) = compressed.split_first() {
            self.frame.extend_from_slice(&HEADER);
            self.frame.extend_from_slice(&block_header(block));
            self.frame.extend_from_slice(block);
        } else {
            self.frame.extend_from_slice(compressed);
        }
        let whole = self.decompressor.decompress(&self.frame, length).map_err(|_| corrupt())?;
        if whole.len() == length { Ok(whole) } else { Err(corrupt()) }
    }
}
