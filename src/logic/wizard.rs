//! The wizard's rules: which steps there are, which are skipped, what is sent at the end.

use passerelle_wire::{Choice, ChoiceRequest, Chosen};

/// From how many choices on a search box helps.
pub const SEARCH_FROM: usize = 9;

/// How many choices are put into the document at once; more are found by typing.
pub const SHOWN: usize = 200;

/// One screen of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Which location?
    Location,
    /// Which catalog, which customer list?
    Data,
}

/// The screens for a till, in order.
pub fn steps(chosen_here: &[Chosen]) -> Vec<Step> {
    let mut steps = Vec::new();
    if chosen_here.contains(&Chosen::Location) {
        steps.push(Step::Location);
    }
    if chosen_here.contains(&Chosen::Catalog) || chosen_here.contains(&Chosen::CustomerList) {
        steps.push(Step::Data);
    }
    steps
}

/// What there is to choose from, once the last page has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Nothing: it has to be created at HubRise, or done without.
    None,
    /// One: taken without asking.
    Only(Choice),
    /// Several: the person chooses.
    Several,
}

/// What a complete list of choices comes to.
pub fn offer(items: &[Choice]) -> Offer {
    match items {
        [] => Offer::None,
        [only] => Offer::Only(only.clone()),
        _ => Offer::Several,
    }
}

/// Which of the two is to be chosen at [`Step::Data`], and what for: `None` where the till uses none.
pub type Wanted<'a> = Option<&'a Offer>;

/// Whether the second screen can be skipped: nothing on it is left to the person. Where there is none to choose the
/// person is told, so that screen is shown.
pub fn skips_data(catalog: Wanted<'_>, list: Wanted<'_>) -> bool {
    [catalog, list].into_iter().flatten().all(|offer| matches!(offer, Offer::Only(_)))
}

/// What is chosen for one of the two: the only one there is, else the person's pick.
pub fn taken<'a>(offer: Wanted<'a>, picked: Option<&'a str>) -> Option<&'a str> {
    match offer {
        Some(Offer::Only(only)) => Some(&only.id),
        Some(Offer::Several) => picked,
        Some(Offer::None) | None => None,
    }
}

/// What to send, or `None` while something is left to choose.
pub fn request(
    location: &str,
    catalog: (Wanted<'_>, Option<&str>),
    list: (Wanted<'_>, Option<&str>),
) -> Option<ChoiceRequest> {
    let complete = |(offer, picked): (Wanted<'_>, Option<&str>)| match offer {
        Some(Offer::Several) => picked.is_some(),
        _ => true,
    };
    (complete(catalog) && complete(list)).then(|| ChoiceRequest {
        location_id: location.to_owned(),
        catalog_id: taken(catalog.0, catalog.1).map(str::to_owned),
        customer_list_id: taken(list.0, list.1).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(id: &str) -> Choice {
        Choice { id: id.into(), name: id.to_uppercase(), detail: None, owner: None }
    }

    fn only(id: &str) -> Offer {
        Offer::Only(choice(id))
    }

    #[test]
    fn asks_only_what_the_till_leaves_to_the_console() {
        assert_eq!(steps(&[Chosen::Location, Chosen::Catalog, Chosen::CustomerList]), [Step::Location, Step::Data]);
        assert_eq!(steps(&[Chosen::CustomerList]), [Step::Data]);
        assert_eq!(steps(&[Chosen::Location]), [Step::Location]);
        assert_eq!(steps(&[]), []);
    }

    #[test]
    fn takes_the_only_one_without_asking() {
        assert_eq!(offer(&[]), Offer::None);
        assert_eq!(offer(&[choice("a")]), only("a"));
        assert_eq!(offer(&[choice("a"), choice("b")]), Offer::Several);
    }

    #[test]
    fn skips_the_second_screen_when_nothing_on_it_is_left_to_choose() {
        assert!(skips_data(Some(&only("c")), Some(&only("l"))));
        assert!(skips_data(Some(&only("c")), None));
        assert!(skips_data(None, None));
        assert!(!skips_data(Some(&Offer::Several), Some(&only("l"))));
        assert!(!skips_data(Some(&only("c")), Some(&Offer::None)), "the person is told that there is none");
    }

    #[test]
    fn sends_nothing_before_everything_is_chosen() {
        assert_eq!(request("x", (Some(&Offer::Several), None), (Some(&only("l")), None)), None);
        assert_eq!(
            request("x", (Some(&Offer::Several), Some("c")), (Some(&only("l")), None)),
            Some(ChoiceRequest {
                location_id: "x".into(),
                catalog_id: Some("c".into()),
                customer_list_id: Some("l".into())
            })
        );
    }

    #[test]
    fn goes_on_without_what_does_not_exist() {
        assert_eq!(
            request("x", (Some(&Offer::None), None), (None, Some("stale pick"))),
            Some(ChoiceRequest { location_id: "x".into(), catalog_id: None, customer_list_id: None })
        );
    }
}
