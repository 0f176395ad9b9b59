//! Runs of OAuth as plain data: what is asked for, what is known of one afterwards, and where it belongs.

use passerelle_wire::{AttemptBegin, AttemptSummary, Purpose};

use super::query;
use crate::routes::Site;

/// A run with nothing but a vendor and a purpose.
pub fn blank(vendor: &str, purpose: Purpose) -> AttemptBegin {
    AttemptBegin {
        vendor: vendor.to_owned(),
        purpose,
        till: None,
        key: None,
        connection: None,
        app_instance_id: None,
        request: None,
        return_to: None,
        popup: None,
    }
}

/// What a run was about, as the server tells it.
pub fn again(summary: &AttemptSummary) -> AttemptBegin {
    let till = Some(summary.till.clone()).filter(|till| !till.is_empty());
    AttemptBegin { till, ..blank(&summary.vendor, summary.purpose) }
}

/// Whether a run can be begun again with what is known of it.
pub fn is_repeatable(what: &AttemptBegin) -> bool {
    match what.purpose {
        Purpose::Connect => what.till.is_some(),
        Purpose::SignIn => true,
        Purpose::Authorize => what.connection.is_some() || what.app_instance_id.is_some(),
    }
}

/// The page a run was begun for: its till's, or its vendor's.
pub fn site_of(what: &AttemptBegin) -> Site {
    let vendor = what.vendor.clone();
    let back = what.return_to.as_deref().and_then(query::own_path).map(query::path_of).map(Site::parse);
    match (what.till.clone(), back) {
        (Some(till), _) => Site::Till { vendor, till },
        (None, Some(till @ Site::Till { .. })) => till,
        (None, _) => Site::Vendor { vendor },
    }
}

#[cfg(test)]
mod tests {
    use passerelle_wire::AttemptState;

    use super::*;

    fn connect() -> AttemptBegin {
        AttemptBegin { till: Some("t".into()), ..blank("v", Purpose::Connect) }
    }

    #[test]
    fn what_the_server_tells_is_enough_to_connect_again_and_to_sign_in_again() {
        let summary = |till: &str, purpose| AttemptSummary {
            id: "a".into(),
            vendor: "v".into(),
            till: till.into(),
            purpose,
            state: AttemptState::Failed,
            problem: None,
            confirm: None,
            opened: false,
        };
        assert_eq!(again(&summary("t", Purpose::Connect)), connect());
        assert!(is_repeatable(&again(&summary("t", Purpose::Connect))));
        assert!(is_repeatable(&again(&summary("", Purpose::SignIn))));
        assert!(!is_repeatable(&again(&summary("", Purpose::Authorize))), "of whose connection nothing is known");
        assert!(!is_repeatable(&blank("v", Purpose::Connect)));
    }

    #[test]
    fn a_run_belongs_to_its_till_or_to_the_page_it_came_from_or_to_its_vendor() {
        let check = |what: AttemptBegin, path: &str| assert_eq!(site_of(&what).path(), path);
        check(connect(), "/v/t");
        check(blank("v", Purpose::SignIn), "/v");
        let from = |path: &str| AttemptBegin { return_to: Some(path.into()), ..blank("v", Purpose::Authorize) };
        check(from("/v/t?tab=1"), "/v/t");
        check(from("/v/hubrise/open?app_instance_id=1"), "/v");
        check(from("//evil.example/t"), "/v");
    }
}
