//! How the stock of a till stands, in one sentence's worth, and how far a synchronisation has come.

use passerelle_wire::{StockHead, StockSync, StockSyncState, StockWay};

use crate::components::progress::Stage;

/// The sentence: what weighs most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Sending is off: nothing leaves.
    Off,
    /// The till has no key, and has said nothing.
    NoKey,
    /// The till has said nothing yet.
    Silent,
    /// No catalog was chosen, so nothing can be sent.
    NoCatalog,
    /// The latest try failed; another follows.
    Retrying,
    /// HubRise takes no more calls for now.
    Limited,
    /// Changes are on their way.
    Going,
    /// So many products differ at HubRise.
    Differs(usize),
    /// What HubRise holds has yet to be asked.
    Unsure,
    /// HubRise holds what the till says.
    Well,
}

/// How it stands, with so many products that differ.
pub fn standing(head: &StockHead, differing: usize) -> Standing {
    match (head.sending, head.received_at.is_some(), head.way) {
        (false, ..) => Standing::Off,
        (_, false, _) if head.keys == 0 => Standing::NoKey,
        (_, false, _) => Standing::Silent,
        _ if head.catalog.is_none() => Standing::NoCatalog,
        (.., StockWay::Retrying) => Standing::Retrying,
        (.., StockWay::Limited) => Standing::Limited,
        (.., StockWay::Gathering | StockWay::Sending) => Standing::Going,
        _ if differing > 0 => Standing::Differs(differing),
        _ if head.known_at.is_none() => Standing::Unsure,
        _ => Standing::Well,
    }
}

/// Whether a synchronisation is under way.
pub fn is_going(sync: &StockSync) -> bool {
    !matches!(sync.state, StockSyncState::Done | StockSyncState::Failed)
}

/// Its three steps: reading, sending, comparing.
pub fn steps(state: StockSyncState) -> [Stage; 3] {
    use Stage::{Busy, Done, Next};
    match state {
        StockSyncState::Waiting => [Next, Next, Next],
        StockSyncState::Reading => [Busy, Next, Next],
        StockSyncState::Sending => [Done, Busy, Next],
        StockSyncState::Comparing => [Done, Done, Busy],
        StockSyncState::Done | StockSyncState::Failed => [Done, Done, Done],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::stock::arranged::tests::head;

    #[test]
    fn what_weighs_most_is_said() {
        let check = |head: StockHead, differing, expected| assert_eq!(standing(&head, differing), expected);
        check(head(), 0, Standing::Well);
        check(head(), 2, Standing::Differs(2));
        check(StockHead { way: StockWay::Sending, ..head() }, 2, Standing::Going);
        check(StockHead { way: StockWay::Retrying, ..head() }, 2, Standing::Retrying);
        check(StockHead { way: StockWay::Limited, ..head() }, 0, Standing::Limited);
        check(StockHead { catalog: None, ..head() }, 0, Standing::NoCatalog);
        check(StockHead { known_at: None, ..head() }, 0, Standing::Unsure);
        check(StockHead { received_at: None, ..head() }, 0, Standing::Silent);
        check(StockHead { received_at: None, keys: 0, ..head() }, 0, Standing::NoKey);
        check(StockHead { sending: false, received_at: None, keys: 0, ..head() }, 9, Standing::Off);
    }

    #[test]
    fn one_step_after_the_other() {
        use Stage::{Busy, Done, Next};
        assert_eq!(steps(StockSyncState::Waiting), [Next, Next, Next]);
        assert_eq!(steps(StockSyncState::Sending), [Done, Busy, Next]);
        assert_eq!(steps(StockSyncState::Done), [Done, Done, Done]);
    }
}
