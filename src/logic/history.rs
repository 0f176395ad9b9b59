//! What was done to a connection, in words, and by whom.

use passerelle_wire::{AuditAction, AuditLine};

use crate::i18n::{Locale, td_string};

/// What was done.
pub fn action(locale: Locale, action: AuditAction) -> &'static str {
    match action {
        AuditAction::Connected => td_string!(locale, audit.connected),
        AuditAction::Reconnected => td_string!(locale, audit.reconnected),
        AuditAction::Chosen => td_string!(locale, audit.chosen),
        AuditAction::Disconnected => td_string!(locale, audit.disconnected),
        AuditAction::DisconnectedAtHubrise => td_string!(locale, audit.disconnected_at_hubrise),
        AuditAction::Released => td_string!(locale, audit.released),
        AuditAction::Viewed => td_string!(locale, audit.viewed),
        AuditAction::Configured => td_string!(locale, audit.configured),
    }
}

/// Who did it: `Nina Rossi, nina@bella-pizza.example, support (Firefox, Linux)`, as far as it is known.
pub fn who(locale: Locale, line: &AuditLine) -> String {
    let mut parts: Vec<&str> =
        [line.name.as_deref(), line.email.as_deref()].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    // HubRise itself told of it: there was nobody here.
    if parts.is_empty() && line.action != AuditAction::DisconnectedAtHubrise {
        parts.push(td_string!(locale, audit.somebody));
    }
    if line.support {
        parts.push(td_string!(locale, audit.support));
    }
    let who = parts.join(", ");
    match (who.is_empty(), line.browser.is_empty()) {
        (_, true) => who,
        (true, false) => line.browser.clone(),
        (false, false) => format!("{who} ({})", line.browser),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, email: &str, browser: &str, support: bool) -> AuditLine {
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        AuditLine {
            at: "2026-11-21T19:31:02Z".into(),
            action: AuditAction::Connected,
            name: known(name),
            email: known(email),
            browser: browser.into(),
            support,
        }
    }

    #[test]
    fn says_who_as_far_as_it_is_known() {
        let check = |line: &AuditLine, expected: &str| assert_eq!(who(Locale::en, line), expected);
        check(&line("Nina", "nina@a.example", "Firefox, Linux", false), "Nina, nina@a.example (Firefox, Linux)");
        check(&line("", "", "Firefox, Linux", false), "nobody signed in (Firefox, Linux)");
        check(&line("", "", "", false), "nobody signed in");
        check(&line("Ada", "", "", true), "Ada, support");
        let told = AuditLine { action: AuditAction::DisconnectedAtHubrise, ..line("", "", "", false) };
        check(&told, "");
    }
}
