//! HubRise-like ids: five characters, digits and lower-case letters (`3r4s3`). Those of the seeds are the same every time;
//! those given later differ from one start to the next, as a console that was kept would take an id it has met for
//! something it has done. Guessable, as HubRise's are: they identify and never authenticate.

/// Number of five-character ids: 36⁵.
const SPACE: u64 = 60_466_176;
/// Coprime to `SPACE`, so that every id is given once before any comes back.
const STRIDE: u64 = 22_695_477;
/// Where the walk starts, for ids that do not look like a count.
const START: u64 = 8_191_031;

/// Gives ids that look random and never repeat.
#[derive(Debug, Default)]
pub(crate) struct IdSource {
    given: u64,
}

impl IdSource {
    /// Goes on from somewhere else in the walk, where no id was given yet.
    pub(crate) fn leap(&mut self, by: u64) {
        self.given += by % (SPACE / 2);
    }

    /// The next id.
    pub(crate) fn next(&mut self) -> String {
        self.given += 1;
        let mut number = (START + self.given * STRIDE) % SPACE;
        let mut id = [b'0'; 5];
        for place in id.iter_mut().rev() {
            let digit = u8::try_from(number % 36).unwrap_or(0);
            *place = if digit < 10 { b'0' + digit } else { b'a' + digit - 10 };
            number /= 36;
        }
        id.iter().map(|byte| char::from(*byte)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_do_not_repeat_and_begin_alike() {
        let mut source = IdSource::default();
        let ids: Vec<_> = (0..20_000).map(|_| source.next()).collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        assert!(ids.iter().all(|id| id.len() == 5));
        assert_eq!(IdSource::default().next(), ids[0]);
        source.leap(12_345_678);
        let known: HashSet<_> = ids.iter().collect();
        assert!((0..20_000).all(|_| !known.contains(&source.next())));
    }
}
