//! What a vendor's product carries between HubRise and the till, seen as a whole: one way or both.

use passerelle_wire::{Direction, Flow};

/// The way everything goes, where everything goes the same way.
pub fn way(flows: &[Flow]) -> Direction {
    let mut ways = flows.iter().map(|flow| flow.direction);
    let first = ways.next().unwrap_or(Direction::Both);
    if ways.all(|way| way == first) { first } else { Direction::Both }
}

/// Its arrow, with HubRise on the left and the till on the right.
pub fn arrow(way: Direction) -> &'static str {
    match way {
        Direction::ToTill => "→",
        Direction::ToHubrise => "←",
        Direction::Both => "↔",
    }
}

#[cfg(test)]
mod tests {
    use passerelle_wire::Localized;

    use super::*;

    fn flow(direction: Direction) -> Flow {
        Flow { what: Localized { en: "Orders".into(), fr: "Commandes".into() }, direction }
    }

    #[test]
    fn one_way_only_where_nothing_comes_back() {
        use Direction::{Both, ToHubrise, ToTill};
        let check = |ways: &[Direction], expected| {
            assert_eq!(way(&ways.iter().map(|&way| flow(way)).collect::<Vec<_>>()), expected);
        };
        check(&[ToTill, ToTill], ToTill);
        check(&[ToHubrise], ToHubrise);
        check(&[ToTill, ToHubrise], Both);
        check(&[Both, ToTill], Both);
        check(&[], Both);
    }
}
