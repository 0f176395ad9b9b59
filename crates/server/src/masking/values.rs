//! Personal values, and where a text repeats them: in any case, with or without accents, as whole words; phones by their
//! last digits, however they are grouped.

use super::MASK;
use crate::search::letters::plain;

/// Characters of the shortest value that is looked for: shorter ones are in everything.
const SHORTEST: usize = 3;
/// Digits of the shortest value of digits alone that is looked for: a door code is a number like any other.
const SHORTEST_NUMBER: usize = 6;
/// Digits at a phone number's end by which it is recognised.
const PHONE_END: usize = 8;
/// Values that are looked for; an order names a handful.
const MOST: usize = 64;

/// What is looked for.
#[derive(Clone, Default)]
pub(super) struct Values {
    words: Vec<Vec<char>>,
    phones: Vec<Vec<char>>,
}

/// A character as it is compared, and where in the text it is.
struct Letter {
    letter: char,
    from: usize,
    to: usize,
}

impl Values {
    /// A value is personal.
    pub(super) fn add(&mut self, value: &str) {
        let word: Vec<char> = value.trim().chars().flat_map(plain).collect();
        let digits: Vec<char> = word.iter().copied().filter(char::is_ascii_digit).collect();
        if self.words.len() >= MOST || word.len() < SHORTEST {
            return;
        }
        if digits.len() == word.len() && word.len() < SHORTEST_NUMBER {
            return;
        }
        if digits.len() >= PHONE_END && word.iter().all(|letter| letter.is_ascii_digit() || joins_digits(*letter)) {
            let end = digits.get(digits.len() - PHONE_END..).unwrap_or_default().to_vec();
            push_new(&mut self.phones, end);
        }
        push_new(&mut self.words, word);
    }

    pub(super) fn join(&mut self, others: Self) {
        others.words.into_iter().for_each(|word| push_new(&mut self.words, word));
        others.phones.into_iter().for_each(|phone| push_new(&mut self.phones, phone));
    }

    /// The text with each of them hidden; none where it repeats none.
    pub(super) fn mask(&self, text: &str) -> Option<String> {
        let mut hidden = self.phones_in(text);
        hidden.extend(self.words_in(text));
        if hidden.is_empty() {
            return None;
        }
        hidden.sort_unstable();
        let (mut masked, mut done) = (String::with_capacity(text.len()), 0);
        for (from, to) in hidden {
            if to <= done {
                continue;
            }
            masked.push_str(text.get(done..from).unwrap_or_default());
            // Two that overlap are hidden as one.
            if from >= done {
                masked.push_str(MASK);
            }
            done = to;
        }
        masked.push_str(text.get(done..).unwrap_or_default());
        Some(masked)
    }

    fn words_in(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        if self.words.is_empty() {
            return found;
        }
        let letters = letters(text);
        let is_word = |at: usize| letters.get(at).is_some_and(|letter| letter.letter.is_alphanumeric());
        let mut at = 0;
        while at < letters.len() {
            let begins = at == 0 || !(is_word(at - 1) && is_word(at));
            let longest = begins.then(|| self.longest_at(&letters[at..])).flatten();
            match longest {
                Some(length) => {
                    let (first, last) = (&letters[at], &letters[at + length - 1]);
                    found.push((first.from, last.to));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Letters of the longest value that begins here and ends with a word.
    fn longest_at(&self, letters: &[Letter]) -> Option<usize> {
        let is_here = |word: &&Vec<char>| {
            let here = letters.get(..word.len());
            let same = here.is_some_and(|here| here.iter().map(|letter| &letter.letter).eq(word.iter()));
            let goes_on = letters.get(word.len()).is_some_and(|next| next.letter.is_alphanumeric());
            same && !(goes_on && word.last().is_some_and(|last| last.is_alphanumeric()))
        };
        self.words.iter().filter(is_here).map(Vec::len).max()
    }

    fn phones_in(&self, text: &str) -> Vec<(usize, usize)> {
        if self.phones.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut run = Run::default();
        for (at, character) in text.char_indices().chain([(text.len(), 'x')]) {
            if character.is_ascii_digit() {
                run.digit(at, character);
            } else if run.digits.is_empty() || !joins_digits(character) || at - run.end > 2 {
                if self.phones.iter().any(|phone| run.digits.windows(PHONE_END).any(|digits| digits == phone)) {
                    let lead = text[..run.from].trim_end_matches(['+', '(']);
                    found.push((lead.len(), run.end));
                }
                run = Run::default();
            }
        }
        found
    }
}

/// Digits and what groups them.
#[derive(Default)]
struct Run {
    digits: Vec<char>,
    from: usize,
    end: usize,
}

impl Run {
    fn digit(&mut self, at: usize, digit: char) {
        if self.digits.is_empty() {
            self.from = at;
        }
        self.digits.push(digit);
        self.end = at + 1;
    }
}

const fn joins_digits(character: char) -> bool {
    matches!(character, ' ' | '.' | '-' | '/' | '(' | ')' | '+' | '\u{a0}')
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for (from, character) in text.char_indices() {
        let (before, to) = (letters.len(), from + character.len_utf8());
        letters.extend(plain(character).map(|letter| Letter { letter, from, to }));
        // A mark belongs to the letter before it.
        if letters.len() == before
            && let Some(last) = letters.last_mut()
        {
            last.to = to;
        }
    }
    letters
}

fn push_new(values: &mut Vec<Vec<char>>, value: Vec<char>) {
    if values.len() < MOST && !values.contains(&value) {
        values.push(value);
    }
}
