//! Where keys lead in a body that is laid out, and what they fold: as in any tree.

use leptos::prelude::*;

use super::frame::{Frame, pixels};

impl Frame {
    /// The line a key leads to, and what it folds; whether it leads anywhere.
    pub fn press(self, key: &str) -> bool {
        let now = self.active.get_untracked();
        let (folds, parent) = self.layout.with_untracked(|layout| {
            let line = now.unwrap_or_default();
            (layout.folds(line), layout.parents(line).next())
        });
        let folded = now.is_some_and(|line| self.is_folded(line));
        let to = match (key, now) {
            ("ArrowLeft", Some(line)) if folds && !folded => {
                self.toggle(line);
                Some(line)
            }
            ("ArrowLeft", Some(_)) => parent,
            ("ArrowRight", Some(line)) if folded => {
                self.toggle(line);
                Some(line)
            }
            ("Enter" | " ", Some(line)) if folds => {
                self.toggle(line);
                Some(line)
            }
            ("ArrowDown" | "ArrowRight", _) => self.beside(now, true),
            ("ArrowUp", _) => self.beside(now, false),
            ("Home", _) => Some(0),
            ("End", _) => self.rows.with_untracked(|rows| rows.list.last().map(|row| row.line as usize)),
            _ => return false,
        };
        if let Some(line) = to {
            self.activate(line);
        }
        true
    }

    /// The line shown after or before one; at first, the first that is seen.
    fn beside(self, line: Option<usize>, after: bool) -> Option<usize> {
        self.rows.with_untracked(|rows| {
            let Some(line) = line else {
                let (top, _) = self.seen();
                let first = rows.list.iter().enumerate().find(|(at, _)| pixels(*at) >= top);
                return first.map(|(_, row)| row.line as usize);
            };
            let at = if after {
                rows.list.partition_point(|row| row.line as usize <= line)
            } else {
                rows.list.partition_point(|row| (row.line as usize) < line).checked_sub(1)?
            };
            rows.list.get(at).map(|row| row.line as usize)
        })
    }
}
