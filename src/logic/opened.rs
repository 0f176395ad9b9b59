//! What comes next when HubRise's **Open** has sent the browser here.

use passerelle_wire::SignedIn;

/// The next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To HubRise, to learn who this is.
    SignIn,
    /// To HubRise, to learn whether this person may see the installation.
    Authorize,
    /// Signing in was tried, and this browser knows nobody all the same: it keeps no cookie.
    Lost,
}

/// The step for this vendor's console. `tried`: whether the address says that signing in has just been tried.
pub fn step(users: &[SignedIn], vendor: &str, tried: bool) -> Step {
    match (users.iter().any(|user| user.vendor == vendor), tried) {
        (true, _) => Step::Authorize,
        (false, false) => Step::SignIn,
        (false, true) => Step::Lost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(vendor: &str) -> SignedIn {
        SignedIn { vendor: vendor.into(), name: String::new(), email: String::new(), support: false, embedded: None }
    }

    #[test]
    fn a_person_known_here_goes_on_and_anybody_else_signs_in_once() {
        assert_eq!(step(&[user("v")], "v", false), Step::Authorize);
        assert_eq!(step(&[user("v")], "v", true), Step::Authorize);
        assert_eq!(step(&[], "v", false), Step::SignIn);
        assert_eq!(step(&[user("other")], "v", false), Step::SignIn, "a user of another vendor is nobody here");
        assert_eq!(step(&[], "v", true), Step::Lost, "never to HubRise and back for ever");
    }
}
