//! Where a text holds what is searched for, whatever the case of its letters.

/// The most places that are found.
pub const MOST: usize = 5_000;

/// The longest text that is searched for, in bytes: longer ones are cut.
const LONGEST: usize = 200;

/// Where each begins, in bytes, none within another; and how long each is. Letters of ASCII and of Latin-1 (`É`, `é`) are the same
/// in both cases.
pub fn places(text: &str, wanted: &str) -> (Vec<u32>, u32) {
    let mut end = wanted.len().min(LONGEST);
    while !wanted.is_char_boundary(end) {
        end -= 1;
    }
    let wanted = folded(wanted.get(..end).unwrap_or_default());
    let Some((&first, rest)) = wanted.split_first() else { return (Vec::new(), 0) };
    let text = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at + wanted.len() <= text.len() && found.len() < MOST {
        let same = |offset: usize, wanted: u8| fold(at + offset, text) == wanted;
        if same(0, first) && rest.iter().enumerate().all(|(offset, wanted)| same(offset + 1, *wanted)) {
            found.push(u32::try_from(at).unwrap_or(u32::MAX));
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    (found, u32::try_from(wanted.len()).unwrap_or_default())
}

fn folded(text: &str) -> Vec<u8> {
    (0..text.len()).map(|at| fold(at, text.as_bytes())).collect()
}

/// A byte as it is compared. The second byte of `À`..`Þ` (after 0xC3) becomes that of `à`..`þ`; `×` is no letter.
fn fold(at: usize, bytes: &[u8]) -> u8 {
    let byte = bytes.get(at).copied().unwrap_or_default();
    match byte {
        b'A'..=b'Z' => byte + 32,
        0x80..=0x9e if byte != 0x97 && at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&0xc3) => {
            byte + 32
        }
        _ => byte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str, expected: &[u32]) {
        assert_eq!(places(text, wanted).0, expected, "{wanted}");
    }

    #[test]
    fn finds_whatever_the_case() {
        check("Calzone, CALZONE", "calzone", &[0, 9]);
        check("PÂTÉ pâté", "Pâté", &[0, 7]);
        check("3×4", "3÷4", &[]);
        check("aaaa", "aa", &[0, 2]);
        check("a%b_c'd", "%b_c'", &[1]);
        check("a", "ab", &[]);
        check("a", "", &[]);
    }

    #[test]
    fn what_is_searched_for_and_found_has_a_bound() {
        let (found, length) = places(&"x".repeat(1 << 20), "x");
        assert_eq!((found.len(), length), (MOST, 1));
        let (found, length) = places(&"é".repeat(5_000), &"é".repeat(5_000));
        assert_eq!((found.len(), length), (50, 200));
    }
}
