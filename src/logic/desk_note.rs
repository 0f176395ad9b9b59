//! Where the reader was on the support desk, as this tab remembers it while another page is open: Back leads to the same
//! row of the same list. One short text, a line a fact; no name and nothing secret is in it.

use super::desk_pages::{Mark, Pages};

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The address the list was at, path and query.
    pub address: String,
    /// How far it was scrolled, in whole CSS pixels.
    pub top: u32,
    /// The row the keys were on.
    pub active: Option<usize>,
    /// How many rows there were.
    pub total: usize,
    /// Where the pages after the first began.
    pub later: Vec<Mark>,
}

impl Note {
    /// The list as far as it can be known from the note.
    pub fn pages(self) -> Pages {
        Pages::known(self.total, self.later)
    }

    /// As text.
    pub fn write(&self) -> String {
        let active = self.active.map(|row| row.to_string()).unwrap_or_default();
        let mut text = format!("{}\n{}\n{active}\n{}", self.address, self.top, self.total);
        for Mark { start, cursor } in &self.later {
            text.push_str(&format!("\n{start} {}", cursor.as_deref().unwrap_or_default()));
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
        // A list of none tells nothing of where the reader was.
        let total = lines.next()?.parse().ok().filter(|total| *total > 0)?;
        let mut later = Vec::new();
        let mut before = 0;
        for line in lines {
            let (start, cursor) = line.split_once(' ')?;
            let start = start.parse().ok().filter(|start| *start > before && *start < total)?;
            before = start;
            later.push(Mark { start, cursor: Some(cursor.to_owned()).filter(|cursor| !cursor.is_empty()) });
        }
        // Every page but the first is found by a cursor.
        later.iter().all(|mark| mark.cursor.is_some()).then_some(Self {
            address: address.to_owned(),
            top,
            active,
            total,
            later,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        let mark = |start, cursor: &str| Mark { start, cursor: Some(cursor.into()) };
        Note {
            address: "/pos-helper/desk?q=a".into(),
            top: 4_321,
            active: Some(121),
            total: 130,
            later: vec![mark(60, "eyJh"), mark(120, "a b")],
        }
    }

    #[test]
    fn comes_back_as_it_was() {
        for note in [note(), Note { active: None, later: Vec::new(), ..note() }] {
            assert_eq!(Note::read(&note.write(), &note.address), Some(note));
        }
    }

    #[test]
    fn is_of_no_use_for_another_list() {
        assert_eq!(Note::read(&note().write(), "/pos-helper/desk"), None);
    }

    #[test]
    fn what_is_not_ours_is_forgotten() {
        let address = note().address;
        for text in [
            String::new(),
            address.clone(),
            format!("{address}\nx\n\n1"),
            format!("{address}\n0\n\n0"),
            format!("{address}\n1\n\n100\n60"),
            format!("{address}\n1\n\n100\n60 "),
            format!("{address}\n1\n\n100\n60 a\n60 b"),
            format!("{address}\n1\n\n100\n160 a"),
        ] {
            assert_eq!(Note::read(&text, &address), None, "{text:?}");
        }
    }
}
