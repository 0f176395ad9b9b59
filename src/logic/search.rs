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
}
