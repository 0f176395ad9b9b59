//! A text told by what it repeats of another. HubRise answers with the whole order each time it is told of it, and the event
//! that brought the order is kept already: what remains of such an answer is what has changed.
//!
//! The form: how many repetitions there are; of each, how much that is new comes before it, where it begins in the other text
//! (from where the one before it ended, its sign in the lowest bit) and how long it is; then all that is new, one piece after
//! the other. Numbers are [`varint`]s.

use std::collections::HashMap;

use super::varint::{self, Reader};
use super::{MOST, corrupt};
use crate::Result;

/// Repetitions are looked for by so many bytes.
const WINDOW: usize = 12;
/// A shorter one is not worth being told as one.
const SHORTEST: usize = 20;

/// `text`, by what it repeats of `of`.
pub(super) fn told(text: &[u8], of: &[u8]) -> Vec<u8> {
    let mut places: HashMap<&[u8], usize> = HashMap::with_capacity(of.len());
    for (at, window) in of.windows(WINDOW).enumerate() {
        places.entry(window).or_insert(at);
    }
    let (mut head, mut new) = (Vec::new(), Vec::new());
    // Where what is new began, where the last repetition ended, and how many there were.
    let (mut begun, mut ended, mut count) = (0, 0, 0);
    let mut at = 0;
    while let Some(window) = text.get(at..at + WINDOW) {
        // Most of all, a text goes on where it was left.
        let ahead = ended + (at - begun);
        let on = [ended, ahead].into_iter().find(|place| of.get(*place..).is_some_and(|rest| rest.starts_with(window)));
        let Some(from) = on.or_else(|| places.get(window).copied()) else {
            at += 1;
            continue;
        };
        let length = text[at..].iter().zip(&of[from..]).take_while(|(one, other)| one == other).count();
        if length < SHORTEST {
            at += 1;
            continue;
        }
        varint::write(&mut head, (at - begun) as u64);
        varint::write(&mut head, if from >= ended { (from - ended) << 1 } else { ((ended - from) << 1) | 1 } as u64);
        varint::write(&mut head, length as u64);
        new.extend_from_slice(&text[begun..at]);
        at += length;
        (begun, ended, count) = (at, from + length, count + 1);
    }
    new.extend_from_slice(&text[begun..]);
    let mut told = Vec::with_capacity(head.len() + new.len() + 2);
    varint::write(&mut told, count);
    told.extend_from_slice(&head);
    told.extend_from_slice(&new);
    told
}

/// The text that was [`told`] by this one.
pub(super) fn heard(told: &[u8], of: &[u8]) -> Result<Vec<u8>> {
    let mut reader = Reader(told);
    let count = reader.length(MOST)?;
    let mut pieces = Vec::new();
    let (mut ended, mut all) = (0_usize, 0_usize);
    for _ in 0..count {
        let (new, way, length) = (reader.length(MOST)?, reader.number()?, reader.length(MOST)?);
        let far = usize::try_from(way >> 1).map_err(|_| corrupt())?;
        let from = if way & 1 == 0 { ended.checked_add(far) } else { ended.checked_sub(far) }.ok_or_else(corrupt)?;
        ended = from.checked_add(length).filter(|end| *end <= of.len()).ok_or_else(corrupt)?;
        all = all.checked_add(new + length).filter(|all| *all <= MOST).ok_or_else(corrupt)?;
        pieces.push((new, &of[from..ended]));
    }
    let mut text = Vec::with_capacity(all + reader.0.len());
    let mut rest = reader.0;
    for (new, repeated) in pieces {
        let (new, after) = rest.split_at_checked(new).ok_or_else(corrupt)?;
        text.extend_from_slice(new);
        text.extend_from_slice(repeated);
        rest = after;
    }
    text.extend_from_slice(rest);
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use proptest::prelude::*;

    use super::*;

    const EVENT: &str = r#"{"id":"e","new_state":{"id":"5dp","status":"new","items":[{"product_name":"Calzone"},{"product_name":"Margherita"}],"customer":{"first_name":"Marie"}}}"#;

    #[test]
    fn what_is_repeated_takes_little() {
        let answer = r#"{"id":"5dp","status":"accepted","items":[{"product_name":"Calzone"},{"product_name":"Margherita"}],"customer":{"first_name":"Marie"}}"#;
        let told = told(answer.as_bytes(), EVENT.as_bytes());
        assert!(told.len() < 50, "{}", told.len());
        assert_eq!(heard(&told, EVENT.as_bytes()).unwrap(), answer.as_bytes());
    }

    #[test]
    fn what_was_altered_is_corrupt_or_another_text_and_never_more_than_there_is() {
        let told = told(EVENT.as_bytes(), EVENT.as_bytes());
        for at in 0..told.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut altered = told.clone();
                altered[at] = byte;
                if let Ok(text) = heard(&altered, EVENT.as_bytes()) {
                    assert!(text.len() <= 2 * EVENT.len() + altered.len());
                }
            }
        }
        assert!(heard(&told, b"").is_err());
        assert!(heard(&[0xff; 12], b"").is_err());
        assert!(heard(&[1, 0, 0, 0xff, 0xff, 0xff, 0x7f], b"").is_err());
    }

    proptest! {
        #[test]
        fn is_heard_as_it_was_told(text in "[ab]{0,90}[a-z]{0,60}[ab]{0,90}", of in "[ab]{0,200}[a-z]{0,60}") {
            let told = told(text.as_bytes(), of.as_bytes());
            prop_assert_eq!(heard(&told, of.as_bytes()).unwrap(), text.as_bytes());
        }

        #[test]
        fn never_panics(told in proptest::collection::vec(any::<u8>(), 0..60), of in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _heard = heard(&told, &of);
        }
    }
}
