//! What a menu check found: grouped for reading, in words, and as a table for a spreadsheet.

use passerelle_wire::{MenuCheck, MenuFault, MenuFinding, MenuPart};

use super::csv;
use crate::i18n::{Locale, td_string};

/// Findings of the same kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are.
    pub part: MenuPart,
    /// What is wrong with them.
    pub fault: MenuFault,
    /// In the catalog's order.
    pub findings: Vec<MenuFinding>,
}

/// The findings in groups: items first, what would be skipped first.
pub fn groups(findings: &[MenuFinding]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|group| (group.part, group.fault) == (finding.part, finding.fault)) {
            Some(group) => group.findings.push(finding.clone()),
            None => groups.push(Group { part: finding.part, fault: finding.fault, findings: vec![finding.clone()] }),
        }
    }
    groups.sort_by_key(|group| (group.part, order(group.fault)));
    groups
}

fn order(fault: MenuFault) -> u8 {
    match fault {
        MenuFault::NoRef => 0,
        MenuFault::NotANumber => 1,
        MenuFault::Duplicate => 2,
    }
}

/// The name of a kind of part.
pub fn part(locale: Locale, part: MenuPart) -> &'static str {
    match part {
        MenuPart::Sku => td_string!(locale, menu_check.sku),
        MenuPart::Option => td_string!(locale, menu_check.option),
        MenuPart::Deal => td_string!(locale, menu_check.deal),
        MenuPart::Discount => td_string!(locale, menu_check.discount),
        MenuPart::Charge => td_string!(locale, menu_check.charge),
    }
}

/// What is wrong.
pub fn fault(locale: Locale, fault: MenuFault) -> &'static str {
    match fault {
        MenuFault::NoRef => td_string!(locale, menu_check.no_ref),
        MenuFault::Duplicate => td_string!(locale, menu_check.duplicate),
        MenuFault::NotANumber => td_string!(locale, menu_check.not_a_number),
    }
}

/// What it would come to.
pub fn means(locale: Locale, part: MenuPart, fault: MenuFault) -> &'static str {
    match (fault, part) {
        (MenuFault::NoRef, MenuPart::Sku) => td_string!(locale, menu_check.no_ref_sku),
        (MenuFault::NoRef, MenuPart::Deal) => td_string!(locale, menu_check.no_ref_deal),
        (MenuFault::NoRef, MenuPart::Option | MenuPart::Discount | MenuPart::Charge) => {
            td_string!(locale, menu_check.no_ref_other)
        }
        (MenuFault::Duplicate, _) => td_string!(locale, menu_check.duplicate_means),
        (MenuFault::NotANumber, _) => td_string!(locale, menu_check.not_a_number_means),
    }
}

/// The findings as a spreadsheet reads them.
pub fn table(locale: Locale, check: &MenuCheck) -> String {
    let mut rows = vec![
        [
            td_string!(locale, menu_check.part),
            td_string!(locale, menu_check.name),
            td_string!(locale, menu_check.ref_code),
            td_string!(locale, menu_check.fault),
        ]
        .map(str::to_owned),
    ];
    for group in groups(&check.findings) {
        for finding in group.findings {
            rows.push([
                part(locale, finding.part).to_owned(),
                finding.name,
                finding.reference.unwrap_or_default(),
                fault(locale, finding.fault).to_owned(),
            ]);
        }
    }
    csv::write(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(part: MenuPart, name: &str, reference: Option<&str>, fault: MenuFault) -> MenuFinding {
        MenuFinding { part, name: name.into(), reference: reference.map(str::to_owned), fault }
    }

    fn found() -> Vec<MenuFinding> {
        vec![
            finding(MenuPart::Option, "Sauces: Egg", None, MenuFault::NoRef),
            finding(MenuPart::Sku, "Calzone: L", Some("A1"), MenuFault::NotANumber),
            finding(MenuPart::Sku, "=HYPERLINK(\"x\")", None, MenuFault::NoRef),
            finding(MenuPart::Sku, "Margherita", None, MenuFault::NoRef),
            finding(MenuPart::Sku, "Regina", Some("7"), MenuFault::Duplicate),
        ]
    }

    #[test]
    fn findings_are_grouped_items_first_and_what_would_be_skipped_first() {
        let heads: Vec<_> =
            groups(&found()).into_iter().map(|group| (group.part, group.fault, group.findings.len())).collect();
        assert_eq!(
            heads,
            [
                (MenuPart::Sku, MenuFault::NoRef, 2),
                (MenuPart::Sku, MenuFault::NotANumber, 1),
                (MenuPart::Sku, MenuFault::Duplicate, 1),
                (MenuPart::Option, MenuFault::NoRef, 1),
            ]
        );
    }

    #[test]
    fn the_table_runs_no_formula() {
        let check =
            MenuCheck { catalog: "Carte".into(), checked_at: String::new(), looked_at: 9, findings: found(), more: 0 };
        let table = table(Locale::en, &check);
        assert!(table.starts_with("\u{feff}\"Part\",\"Name\",\"Ref code\",\"What is wrong\"\r\n"), "{table}");
        assert!(table.contains("\"Items\",\"'=HYPERLINK(\"\"x\"\")\",\"\",\"No ref code\"\r\n"), "{table}");
        assert_eq!(table.lines().count(), 6);
    }

    #[test]
    fn every_part_and_fault_has_words_of_its_own_in_both_languages() {
        use MenuPart as P;
        for locale in [Locale::en, Locale::fr] {
            let mut words: Vec<&str> =
                [P::Sku, P::Option, P::Deal, P::Discount, P::Charge].map(|of| part(locale, of)).to_vec();
            for of in [MenuFault::NoRef, MenuFault::Duplicate, MenuFault::NotANumber] {
                words.push(fault(locale, of));
                words.push(means(locale, P::Sku, of));
            }
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count);
        }
    }
}
