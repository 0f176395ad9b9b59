//! The shape of a till's API token: advised, never forced, as nobody but the till knows whether a token is right.

/// A till's tokens are so long without their prefix.
const USUAL_LENGTH: usize = 16;

/// The longest the server takes.
pub const LONGEST: usize = 128;

/// How a token looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing was entered.
    Empty,
    /// As they usually are: a prefix, a hyphen, sixteen capitals and digits.
    Usual,
    /// Sixteen capitals and digits alone: the prefix is probably missing.
    NoPrefix,
    /// Something else; such tokens exist.
    Unusual,
    /// It cannot be a token: more than [`LONGEST`] characters, or spaces, or characters no keyboard of 1980 had.
    Impossible,
}

/// Looks at a token.
pub fn shape(token: &str) -> Shape {
    let token = token.trim();
    let own = |part: &str| {
        part.len() == USUAL_LENGTH && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    if token.is_empty() {
        return Shape::Empty;
    }
    if token.len() > LONGEST || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Shape::Impossible;
    }
    match token.split_once('-') {
        Some((prefix, rest)) if !prefix.is_empty() && own(rest) => Shape::Usual,
        None if own(token) => Shape::NoPrefix,
        _ => Shape::Unusual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_usual_shape_and_forces_none() {
        let check = |token: &str, expected| assert_eq!(shape(token), expected, "{token}");
        check("YT6eR2-CEED65AD33823A5B", Shape::Usual);
        check("  YT6eR2-CEED65AD33823A5B\n", Shape::Usual);
        check("CEED65AD33823A5B", Shape::NoPrefix);
        check("-CEED65AD33823A5B", Shape::Unusual);
        check("YT6eR2-ceed65ad33823a5b", Shape::Unusual);
        check("another-one", Shape::Unusual);
        check("another one", Shape::Impossible);
        check("   ", Shape::Empty);
        check("YT6eR2–CEED65AD33823A5B", Shape::Impossible);
        check(&"A".repeat(129), Shape::Impossible);
        check(&"A".repeat(128), Shape::Unusual);
    }
}
