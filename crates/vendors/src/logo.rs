//! Logos: SVG that can only be looked at.
//!
//! Owns what a logo may hold, and the monogram of a vendor that brings none. A logo is shown as an image and served
//! with a policy that forbids everything; the rules here are the first of the two walls, and tell the operator why at
//! start. Does not own where logos are kept or served.

mod check;

use crate::contrast::{OnBrand, Rgb};

/// The largest logo, in bytes. A drawing of a few letters takes one kilobyte; a page must not wait for a logo.
pub const LARGEST: usize = 32 * 1024;

/// A drawing that has passed [`Logo::read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo(String);

/// Why a drawing is no logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoFault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, in English, lower case.
    pub message: String,
}

impl Logo {
    /// Reads a file's bytes.
    ///
    /// # Errors
    /// Everything in it that a logo must not hold; the first place where it is no XML, and what came before.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<LogoFault>> {
        let whole = |message: &str| vec![LogoFault { line: 1, message: message.to_owned() }];
        if bytes.len() > LARGEST {
            return Err(whole(TOO_LARGE));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| whole("is not UTF-8: a logo is an SVG drawing"))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let faults = check::faults(text);
        if faults.is_empty() { Ok(Self(text.to_owned())) } else { Err(faults) }
    }

    /// A rounded square in the vendor's colour with the initials of its name.
    pub fn monogram(name: &str, brand: Rgb) -> Self {
        let ink = match brand.on_brand() {
            Some(OnBrand::NearBlack) => Rgb::NEAR_BLACK,
            _ => Rgb::WHITE,
        };
        // Letters and digits alone, none of which means anything to XML.
        let initials: String = name
            .split(|c: char| !c.is_alphanumeric())
            .filter_map(|word| word.chars().next())
            .take(2)
            .flat_map(char::to_uppercase)
            .collect();
        Self(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\
             <rect width=\"64\" height=\"64\" rx=\"14\" fill=\"{brand}\"/>\
             <text x=\"32\" y=\"42\" text-anchor=\"middle\" font-family=\"system-ui, sans-serif\" font-size=\"28\" \
             font-weight=\"700\" fill=\"{ink}\">{initials}</text></svg>"
        ))
    }

    /// The drawing: SVG in UTF-8.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) const TOO_LARGE: &str = "is larger than 32 KiB: simplify the drawing";
