//! Colours, and whether text on them can be read.
//!
//! Owns WCAG 2.1's arithmetic (<https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio>) for one use: a brand colour must
//! carry text. Does not own the palette, which the app derives from the brand.

use std::fmt;
use std::str::FromStr;

/// The least contrast of text with what is behind it (WCAG 2.1, 1.4.3, level AA).
pub const LEAST_FOR_TEXT: f64 = 4.5;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red, 0–255.
    pub red: u8,
    /// Green, 0–255.
    pub green: u8,
    /// Blue, 0–255.
    pub blue: u8,
}

/// The text colour to put on a brand colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnBrand {
    /// [`Rgb::WHITE`].
    White,
    /// [`Rgb::NEAR_BLACK`].
    NearBlack,
}

/// Why a text is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written `#rrggbb`")]
pub struct ColourError;

impl Rgb {
    /// Light text.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// Dark text: softer than black, as the app's ink is.
    pub const NEAR_BLACK: Self = Self { red: 16, green: 20, blue: 24 };

    /// The text colour that is easier to read on this one; none when neither reaches [`LEAST_FOR_TEXT`].
    pub fn on_brand(self) -> Option<OnBrand> {
        let (white, black) = (contrast(self, Self::WHITE), contrast(self, Self::NEAR_BLACK));
        match (white >= LEAST_FOR_TEXT, black >= LEAST_FOR_TEXT) {
            (false, false) => None,
            _ if white >= black => Some(OnBrand::White),
            _ => Some(OnBrand::NearBlack),
        }
    }

    /// Relative luminance, 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

/// The contrast ratio of two colours, 1 (the same) to 21 (black and white).
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl FromStr for Rgb {
    type Err = ColourError;

    fn from_str(text: &str) -> Result<Self, ColourError> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(ColourError)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(ColourError);
        }
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| ColourError);
        Ok(Self { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
    }
}

impl fmt::Display for Rgb {
    /// `#rrggbb`, lower case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn rgb(text: &str) -> Rgb {
        text.parse().unwrap()
    }

    #[test]
    fn agrees_with_wcags_reference_values() {
        for (one, other, expected) in [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#ff0000", "#ffffff", 4.0),
            ("#0000ff", "#ffffff", 8.59),
            ("#123456", "#123456", 1.0),
        ] {
            let ratio = contrast(rgb(one), rgb(other));
            assert!((ratio - expected).abs() < 0.005, "{one} on {other}: {ratio}");
        }
    }

    #[test]
    fn chooses_the_text_colour_that_reads_better() {
        assert_eq!(rgb("#0b4f3c").on_brand(), Some(OnBrand::White));
        assert_eq!(rgb("#ffd400").on_brand(), Some(OnBrand::NearBlack));
    }

    #[test]
    fn some_mid_tones_carry_neither() {
        // Near-black is not black: between the two there is a narrow band of greys that neither reaches.
        assert_eq!(rgb("#777777").on_brand(), None);
    }

    #[test]
    fn reads_and_writes_colours() {
        assert_eq!(rgb("#C2410c").to_string(), "#c2410c");
        for bad in ["", "#", "c2410c", "#c2410", "#c2410cc", "#c2410g", "#+12345", "#éa10c", "red"] {
            assert_eq!(bad.parse::<Rgb>(), Err(ColourError), "{bad}");
        }
    }
}
