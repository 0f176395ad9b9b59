//! The till's API token: kept out of logs, wiped from memory, recognisable where it must be shown.

use std::fmt;

use quick_xml::escape::partial_escape;
use zeroize::Zeroizing;

/// What stands for the characters that are not shown.
pub(crate) const HIDDEN: &str = "•••";
/// Characters shown of a token's end.
const TAIL: usize = 5;
/// The longest vendor prefix: HubRise's own is `YT6eR2`, another seen in public code is `TX712z41`.
const LONGEST_PREFIX: usize = 12;
/// The shortest token proper that may show its prefix: PAR's have 14 or 16 characters.
const SHORTEST_AFTER_PREFIX: usize = 2 * TAIL;
/// Anything shorter is no secret, and masking it would make an answer unreadable.
const SHORTEST_SECRET: usize = 4;

/// The `EOIAuthenticationToken`. Its `Debug` shows none of it.
#[derive(Clone)]
pub struct ApiToken(Zeroizing<String>);

impl ApiToken {
    /// Takes the secret over; the string is wiped when the last copy of this value is dropped.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Zeroizing::new(secret.into()))
    }

    /// The secret itself, for the one place that sends or encrypts it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What may be shown and kept of it: the vendor's prefix, which many share, and the last five characters, but never
    /// more than half of the token proper (`YT6eR2-•••33A5B`).
    pub fn masked(&self) -> String {
        let (prefix, proper) = match self.0.split_once('-') {
            Some((prefix, rest))
                if prefix.chars().count() <= LONGEST_PREFIX && rest.chars().count() >= SHORTEST_AFTER_PREFIX =>
            {
                (Some(prefix), rest)
            }
            _ => (None, self.0.as_str()),
        };
        let length = proper.chars().count();
        let tail: String = proper.chars().skip(length - TAIL.min(length / 2)).collect();
        match prefix {
            Some(prefix) => format!("{prefix}-{HIDDEN}{tail}"),
            None => format!("{HIDDEN}{tail}"),
        }
    }

    /// The same text with every appearance of the token masked, as it is and as XML writes it.
    pub(crate) fn mask_text(&self, text: &str) -> String {
        if self.0.len() < SHORTEST_SECRET {
            return text.to_owned();
        }
        let masked = self.masked();
        let text = text.replace(self.0.as_str(), &masked);
        let escaped = Zeroizing::new(partial_escape(self.0.as_str()).into_owned());
        if *escaped == *self.0 { text } else { text.replace(escaped.as_str(), &masked) }
    }

    /// The same bytes with every appearance of the token masked. Bytes that are no UTF-8 stay as they are.
    pub(crate) fn mask_bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        let secret = self.0.as_bytes();
        if secret.len() < SHORTEST_SECRET {
            return bytes;
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.mask_text(&text).into_bytes(),
            Err(odd) => replaced(odd.as_bytes(), secret, self.masked().as_bytes()),
        }
    }
}

impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiToken(…)")
    }
}

/// `bytes` with `new` wherever `old`, which is not empty, stood.
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(old.len()).position(|window| window == old) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_vendors_prefix_and_the_end_and_nothing_else() {
        for (token, shown) in [
            ("YT6eR2-CEED65AD33823A5B", "YT6eR2-•••23A5B"),
            ("TX712z41-3CB274D9A556DF", "TX712z41-•••556DF"),
            ("CEED65AD33823A5B", "•••23A5B"),
            ("YT6eR2-12345", "•••12345"),
            ("averylongprefixindeed-1234567890", "•••67890"),
            ("a-b-CEED65AD33823A5B", "a-•••23A5B"),
            ("123456", "•••456"),
            ("1", "•••"),
            ("", "•••"),
        ] {
            assert_eq!(ApiToken::new(token).masked(), shown, "{token}");
        }
    }

    #[test]
    fn is_never_in_a_log() {
        assert_eq!(format!("{:?}", ApiToken::new("CEED65AD33823A5B")), "ApiToken(…)");
    }

    #[test]
    fn is_masked_wherever_an_answer_repeats_it() {
        let token = ApiToken::new("YT6eR2-CEED<5AD33&23A5B");
        let answer = "<T>YT6eR2-CEED<5AD33&23A5B</T><U>YT6eR2-CEED&lt;5AD33&amp;23A5B</U>";
        let masked = token.mask_text(answer);
        assert_eq!(masked, "<T>YT6eR2-•••23A5B</T><U>YT6eR2-•••23A5B</U>");
        assert_eq!(token.mask_bytes(answer.as_bytes().to_vec()), masked.into_bytes());
    }

    #[test]
    fn is_masked_in_bytes_that_are_no_text() {
        let token = ApiToken::new("CEED65AD33823A5B");
        let masked = token.mask_bytes(b"\xff CEED65AD33823A5B \xfe CEED65AD33823A5B".to_vec());
        assert_eq!(masked, [b"\xff ", "•••23A5B".as_bytes(), b" \xfe ", "•••23A5B".as_bytes()].concat());
    }

    #[test]
    fn a_token_of_a_letter_or_two_makes_no_answer_unreadable() {
        assert_eq!(ApiToken::new("E").mask_text("<ErrorNum>"), "<ErrorNum>");
    }
}
