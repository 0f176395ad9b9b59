//! Finding one of many by a few letters, whatever the case and the accents.

/// Lower case, without the accents and ligatures of the languages our readers write in.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            '’' => out.push('\''),
            // Accents written as characters of their own (Unicode's combining diacritical marks).
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

/// Whether every word of the folded `wanted` occurs in the folded `text`, in any order.
pub fn matches(text: &str, wanted: &str) -> bool {
    wanted.split_whitespace().all(|word| text.contains(word))
}

/// A text before, at and after the first place where `wanted` occurs, ASCII letters in any case, as the server looks for it;
/// all of it before where it does not.
pub fn marked<'a>(text: &'a str, wanted: &str) -> (&'a str, &'a str, &'a str) {
    let (hay, needle) = (text.as_bytes(), wanted.as_bytes());
    let last = hay.len().checked_sub(needle.len()).filter(|_| !needle.is_empty());
    let at = last.and_then(|last| {
        (0..=last).find(|&at| hay.get(at..at + needle.len()).is_some_and(|here| here.eq_ignore_ascii_case(needle)))
    });
    let parts = at.and_then(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let (mark, after) = rest.split_at_checked(needle.len())?;
        Some((before, mark, after))
    });
    parts.unwrap_or((text, "", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str, expected: bool) {
        assert_eq!(matches(&fold(text), &fold(wanted)), expected, "{wanted:?} in {text:?}");
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        check("Évry-Grégy", "evry", true);
        check("Evry", "ÉVRY", true);
        check("Le Cœur d'Été", "coeur d’ete", true);
        check("Cafe\u{301}", "café", true);
        check("Paris", "lyon", false);
    }

    #[test]
    fn words_may_come_in_any_order_and_in_part() {
        check("Bella Pizza 75011 Paris 3r4s3-1", "paris bella", true);
        check("Bella Pizza 75011 Paris 3r4s3-1", "750 piz", true);
        check("Bella Pizza 75011 Paris 3r4s3-1", "bella lyon", false);
    }

    #[test]
    fn nothing_wanted_finds_everything() {
        check("anything", "", true);
        check("anything", "   ", true);
    }

    #[test]
    fn marks_what_was_found_and_nothing_else() {
        let check = |text, wanted, expected| assert_eq!(marked(text, wanted), expected, "{wanted:?}");
        check("<ProdNum>734003598</ProdNum>", "prodNUM>7", ("<", "ProdNum>7", "34003598</ProdNum>"));
        check("Été à Évry", "Évry", ("Été à ", "Évry", ""));
        check("abc", "", ("abc", "", ""));
        check("abc", "abcd", ("abc", "", ""));
        check("abc", "%", ("abc", "", ""));
    }
}
