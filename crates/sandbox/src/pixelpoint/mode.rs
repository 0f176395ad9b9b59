//! How a store's till behaves: well, or in one of the ways that are known to go wrong, for a while or until told
//! otherwise. Owns no store.

use serde::{Deserialize, Serialize};

/// A way to behave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// Prints what is right.
    #[default]
    Accept,
    /// The token is refused, whatever it is.
    WrongToken,
    /// The shop's till is disconnected.
    StoreOffline,
    /// The first product of any order is unknown.
    UnknownProduct,
    /// A fault inside PixelPoint.
    Exception,
    /// Prints at once, and answers after `delay_ms`.
    Slow,
    /// Prints, then closes the connection without an answer.
    AcceptThenDrop,
    /// Closes the connection without having printed.
    Drop,
    /// Answers with a web page.
    Nonsense,
    /// Refuses an order whose payments are not the sum of its items.
    TotalMismatch,
}

impl Mode {
    /// Every mode, in the order the control page shows them.
    pub(crate) const ALL: [Self; 10] = [
        Self::Accept,
        Self::WrongToken,
        Self::StoreOffline,
        Self::UnknownProduct,
        Self::Exception,
        Self::Slow,
        Self::AcceptThenDrop,
        Self::Drop,
        Self::Nonsense,
        Self::TotalMismatch,
    ];
}

/// Longest a slow answer can be told to wait, in milliseconds.
pub(crate) const MAX_DELAY_MS: u64 = 300_000;

/// A mode in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Behaviour {
    pub(crate) mode: Mode,
    /// Milliseconds a slow answer waits.
    pub(crate) delay_ms: u64,
    /// How many more requests meet it before all is well again; `None` until told otherwise.
    pub(crate) times: Option<u32>,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self { mode: Mode::Accept, delay_ms: 3_000, times: None }
    }
}

impl Behaviour {
    /// What the next request meets; counted.
    pub(crate) fn take(&mut self) -> Self {
        let met = *self;
        if let Some(times) = &mut self.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                *self = Self { mode: Mode::Accept, times: None, ..met };
            }
        }
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_mode_wears_off() {
        let mut behaviour = Behaviour { mode: Mode::Nonsense, times: Some(2), ..Behaviour::default() };
        let met: Vec<_> = (0..3).map(|_| behaviour.take().mode).collect();
        assert_eq!(met, [Mode::Nonsense, Mode::Nonsense, Mode::Accept]);
    }
}
