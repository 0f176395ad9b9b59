//! A cause as the store keeps it: its name on the wire.

use passerelle_wire::Cause;

/// The name of a cause.
pub(crate) fn stored(cause: Cause) -> String {
    serde_json::to_value(cause).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The cause of a name; none when no cause has it (any more).
pub(crate) fn from_stored(name: &str) -> Option<Cause> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_survives_the_store() {
        for cause in [Cause::WrongToken, Cause::NothingToSend, Cause::HubriseRefused] {
            assert_eq!(from_stored(&stored(cause)), Some(cause));
        }
        assert_eq!(stored(Cause::TillUnreachable), "till_unreachable");
        assert_eq!(from_stored("no such cause"), None);
    }
}
