//! What the support desk is asked for, as it stands in the address: a text to search and a state. So that a link, a
//! reload and Back lead to the same list. Owns no list: that is `desk_pages`.

use passerelle_wire::HealthState;

use super::query::{encode, value};

/// Every state one can filter by, with its name in the address: the name it has on the wire.
pub const STATES: [(HealthState, &str); 8] = [
    (HealthState::Ok, "ok"),
    (HealthState::Blocked, "blocked"),
    (HealthState::Revoked, "revoked"),
    (HealthState::Unpaid, "unpaid"),
    (HealthState::Refused, "refused"),
    (HealthState::RateLimited, "rate_limited"),
    (HealthState::HubriseDown, "hubrise_down"),
    (HealthState::Unknown, "unknown"),
];

/// How many characters are searched for at most.
pub const LONGEST: usize = 100;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The text, without space around it; may be empty.
    pub text: String,
    /// The state; all of them when absent.
    pub state: Option<HealthState>,
}

impl Search {
    /// Reads an address's query, with or without its `?`. What nobody could have chosen counts as not chosen.
    pub fn read(query: &str) -> Self {
        let text = value(query, "q").unwrap_or_default();
        Self { text: tidy(&text), state: value(query, "state").and_then(|name| state(&name)) }
    }

    /// The same with another text, as typed.
    pub fn with_text(&self, typed: &str) -> Self {
        Self { text: tidy(typed), state: self.state }
    }

    /// The same with another state, by its name in the address; any other word asks for all.
    pub fn with_state(&self, name: &str) -> Self {
        Self { text: self.text.clone(), state: state(name) }
    }

    /// Whether everything is asked for.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The state's name in the address; empty when all are asked for.
    pub fn state_name(&self) -> &'static str {
        self.state.map_or("", name)
    }

    /// The query to write into the address and to send, without `?`, and with `cursor` where the list goes on.
    pub fn query(&self, cursor: Option<&str>) -> String {
        let parts = [("q", self.text.as_str()), ("state", self.state_name()), ("cursor", cursor.unwrap_or_default())];
        let mut query = String::new();
        for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(name);
            query.push('=');
            query.push_str(&encode(value));
        }
        query
    }
}

/// Without space around it, and no longer than is searched for.
fn tidy(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// The state of a name.
fn state(name: &str) -> Option<HealthState> {
    STATES.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
}

/// The name of a state.
pub fn name(state: HealthState) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;

    fn search(text: &str, state: Option<HealthState>) -> Search {
        Search { text: text.into(), state }
    }

    #[test]
    fn what_is_asked_for_survives_the_address() {
        for asked in [
            search("", None),
            search("bella pizza", None),
            search("l’été & co = 100 %", Some(HealthState::Blocked)),
            search("", Some(HealthState::HubriseDown)),
        ] {
            assert_eq!(Search::read(&asked.query(None)), asked);
            assert_eq!(Search::read(&format!("?{}", asked.query(None))), asked);
        }
    }

    #[test]
    fn an_address_that_asks_for_nothing_stays_bare() {
        assert_eq!(Search::default().query(None), "");
        assert!(Search::read("?q=&state=&other=1").is_all());
        assert!(!search("x", None).is_all());
    }

    #[test]
    fn what_nobody_could_have_chosen_counts_as_not_chosen() {
        assert_eq!(Search::read("q=%20%20&state=sleeping"), Search::default());
        assert_eq!(Search::read(&format!("q={}", "x".repeat(500))).text.len(), LONGEST);
        assert_eq!(search("", None).with_state("anything").state, None);
    }

    #[test]
    fn a_text_is_asked_for_without_the_space_around_it() {
        let typed = search("", Some(HealthState::Ok)).with_text("  bella ");
        assert_eq!(typed, search("bella", Some(HealthState::Ok)));
        assert_eq!(typed.with_state("").query(None), "q=bella");
    }

    #[test]
    fn the_cursor_goes_with_the_same_question() {
        assert_eq!(search("a b", Some(HealthState::Ok)).query(Some("x+/=")), "q=a%20b&state=ok&cursor=x%2B%2F%3D");
        assert_eq!(Search::default().query(Some("c")), "cursor=c");
    }

    #[test]
    fn states_have_the_names_they_have_on_the_wire() {
        for (state, name) in STATES {
            assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{name}\""));
            assert_eq!(super::name(state), name);
        }
    }
}
