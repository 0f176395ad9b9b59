//! Numbers in as few bytes as they need: seven bits a byte, the lowest first, the eighth says that more follow.

use super::corrupt;
use crate::Result;

pub(super) fn write(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// What is still to be read.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl Reader<'_> {
    pub(super) fn byte(&mut self) -> Result<u8> {
        let (byte, rest) = self.0.split_first().ok_or_else(corrupt)?;
        self.0 = rest;
        Ok(*byte)
    }

    pub(super) fn number(&mut self) -> Result<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(corrupt())
    }

    /// A length; one beyond `most` is corrupt.
    pub(super) fn length(&mut self, most: usize) -> Result<usize> {
        usize::try_from(self.number()?).ok().filter(|length| *length <= most).ok_or_else(corrupt)
    }
}
