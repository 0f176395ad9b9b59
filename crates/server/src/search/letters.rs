//! Letters as they are compared: lower case, without accents, without what cannot be seen. Owns no notion of words.

/// Combining marks: an accent written apart from its letter.
const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// Letters with accents, by the letter they are compared as.
const ACCENTED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎȧạảấầẩẫậắằẳẵặ"),
    ("ae", "æǽ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıǐịỉ"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏőǒọỏốồổỗộơớờởỡợ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųǔụủưứừửữự"),
    ("w", "ŵẁẃẅ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżž"),
];

/// What a character is compared as: nothing for marks, controls and what takes no room, else one letter or two.
pub(crate) fn plain(character: char) -> impl Iterator<Item = char> {
    let seen = Some(character).filter(|character| !is_unseen(*character) && !MARKS.contains(character));
    seen.into_iter().flat_map(char::to_lowercase).flat_map(without_accent)
}

fn without_accent(lower: char) -> impl Iterator<Item = char> {
    let bare = if lower.is_ascii() || MARKS.contains(&lower) {
        None
    } else {
        ACCENTED.iter().find(|(_, accented)| accented.contains(lower)).map(|(bare, _)| *bare)
    };
    // Lower case of `İ` is an `i` and a mark.
    let kept = Some(lower).filter(|lower| bare.is_none() && !MARKS.contains(lower));
    bare.unwrap_or_default().chars().chain(kept)
}

/// Whether it takes no room, or only turns others around: controls (blanks are none), zero-width characters, marks of
/// direction, soft hyphens, byte order marks.
pub(crate) const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
            | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        assert_eq!(text.chars().flat_map(plain).collect::<String>(), expect);
    }

    #[test]
    fn accents_and_case_make_no_difference() {
        check("Hélène ÇAĞLAR", "helene caglar");
        check("e\u{301}Œuf Straße ÆØ", "eoeuf strasse aeo");
        check("İstanbul Đặng", "istanbul dang");
        check("寿司 Ёлка", "寿司 ёлка");
    }

    #[test]
    fn what_cannot_be_seen_is_nothing() {
        check("a\u{200b}b\u{202e}c\u{0}d\u{1b}\u{feff}", "abcd");
    }
}
