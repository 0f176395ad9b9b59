//! A vendor's support: how it is reached, and who belongs to it.

/// How a vendor's support is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The address a manager gives access to at HubRise.
    pub email: String,
    /// The role to give it, as HubRise's page calls it (`Manager`).
    pub role: String,
    /// Telephone, in international form.
    pub phone: Option<String>,
    /// The vendor's documentation; `https`.
    pub docs_url: Option<String>,
    /// Where those who make the till's software help with it, if that is somebody else.
    pub till_email: Option<String>,
    /// Who belongs to it; nobody when empty.
    pub users: Vec<SupportUser>,
}

impl Support {
    /// Whether the person HubRise knows by this address belongs to this support.
    pub fn includes(&self, email: &str) -> bool {
        self.users.iter().any(|user| user.is(email))
    }
}

/// Somebody of a vendor's support, or everybody of a domain. Kept in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SupportUser {
    /// The person with this address.
    Address(String),
    /// Everybody with an address at exactly this domain: not at those below it, which may be others' to give.
    Domain(String),
}

impl SupportUser {
    fn is(&self, email: &str) -> bool {
        match self {
            Self::Address(address) => address.eq_ignore_ascii_case(email),
            // The last `@`: a quoted local part may hold another one.
            Self::Domain(domain) => {
                email.rsplit_once('@').is_some_and(|(local, at)| !local.is_empty() && domain.eq_ignore_ascii_case(at))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn support(users: &[SupportUser]) -> Support {
        Support {
            email: "help@bella.example".to_owned(),
            role: "Manager".to_owned(),
            phone: None,
            docs_url: None,
            till_email: None,
            users: users.to_vec(),
        }
    }

    #[test]
    fn knows_its_people_by_address_and_by_domain() {
        let support = support(&[
            SupportUser::Address("ann@elsewhere.example".to_owned()),
            SupportUser::Domain("bella.example".to_owned()),
        ]);
        for one_of_us in ["ann@elsewhere.example", "Ann@Elsewhere.Example", "bob@bella.example", "b@BELLA.example"] {
            assert!(support.includes(one_of_us), "{one_of_us}");
        }
        for stranger in [
            "",
            "bob@elsewhere.example",
            "bob@sub.bella.example",
            "bob@notbella.example",
            "bob@bella.example.evil.example",
            "bob@bella.example@evil.example",
            "@bella.example",
            "bella.example",
        ] {
            assert!(!support.includes(stranger), "{stranger}");
        }
    }

    #[test]
    fn a_support_without_people_includes_nobody_not_even_its_own_address() {
        assert!(!support(&[]).includes("help@bella.example"));
    }
}
