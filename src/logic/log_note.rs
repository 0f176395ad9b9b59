//! Where the reader was in the list of operations, as this tab remembers it while another page is open: Back leads to the
//! same row of the same list. One text, a line a fact; no name and nothing secret is in it.

use super::operation_pages::Mark;

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The address the list was at, path and query.
    pub address: String,
    /// How far it was scrolled, in whole pixels of `window::ROW` a row.
    pub top: u32,
    /// The row the keys were on.
    pub active: Option<usize>,
    /// The newest line there was.
    pub first: Option<String>,
    /// Where its pages began.
    pub marks: Vec<Mark>,
}

impl Note {
    /// As text. Neither what pages are asked with nor ids hold spaces or line ends.
    pub fn write(&self) -> String {
        let active = self.active.map(|row| row.to_string()).unwrap_or_default();
        let first = self.first.as_deref().unwrap_or_default();
        let mut text = format!("{}\n{}\n{active}\n{first}", self.address, self.top);
        for Mark { start, ask, next, .. } in &self.marks {
            text.push_str(&format!("\n{start} {ask} {}", next.as_deref().unwrap_or_default()));
        }
        text
    }

    /// Reads what [`Note::write`] wrote for `address`; nothing where it is of another list, or not ours.
    pub fn read(text: &str, address: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        if lines.next()? != address {
            return None;
        }
        let top = lines.next()?.parse().ok()?;
        let active = match lines.next()? {
            "" => None,
            row => Some(row.parse().ok()?),
        };
        let first = Some(lines.next()?.to_owned()).filter(|first| !first.is_empty());
        let mut marks: Vec<Mark> = Vec::new();
        for line in lines {
            let (start, rest) = line.split_once(' ')?;
            let (ask, next) = rest.split_once(' ')?;
            let start = start.parse().ok()?;
            // The first page begins the list, and each of the others after the one before it.
            if marks.last().map_or(start != 0, |before| start <= before.start) {
                return None;
            }
            marks.push(Mark {
                start,
                ask: ask.to_owned(),
                next: Some(next.to_owned()).filter(|next| !next.is_empty()),
                short: false,
            });
        }
        let address = address.to_owned();
        Some(Self { address, top, active, first, marks }).filter(|note| !note.marks.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        let mark =
            |start, ask: &str, next: &str| Mark { start, ask: ask.into(), next: Some(next.into()), ..Mark::default() };
        Note {
            address: "/pixelpoint-bridge/pixelpoint/operations?q=a".into(),
            top: 4_321,
            active: Some(121),
            first: Some("k7".into()),
            marks: vec![mark(0, "", "60"), mark(60, "older=60", "120"), Mark { start: 120, ..Mark::default() }],
        }
    }

    #[test]
    fn comes_back_as_it_was() {
        for note in [note(), Note { active: None, first: None, ..note() }] {
            assert_eq!(Note::read(&note.write(), &note.address), Some(note));
        }
    }

    #[test]
    fn is_of_no_use_for_another_list() {
        assert_eq!(Note::read(&note().write(), "/pixelpoint-bridge/pixelpoint/operations"), None);
    }

    #[test]
    fn what_is_not_ours_is_forgotten() {
        let address = note().address;
        for rest in
            ["", "\nx\n\n\n0  ", "\n0\n\n\n", "\n0\n\n\n5 a b", "\n0\n\n\n0  a\n0  b", "\n0\n\n\n0", "\n1\nz\n\n0  "]
        {
            assert_eq!(Note::read(&format!("{address}{rest}"), &address), None, "{rest:?}");
        }
    }
}
