//! One reader's changes, and two readers at once.

use super::*;

fn saved() -> TillSettings {
    TillSettings {
        api_token_tail: Some("23A5B".into()),
        choices: BridgeChoices::default(),
        version: 3,
        changed_by: "Nina".into(),
        changed_at: None,
    }
}

fn with(change: impl Fn(&mut BridgeChoices)) -> TillSettings {
    let mut settings = saved();
    change(&mut settings.choices);
    settings
}

fn draft(change: impl Fn(&mut BridgeChoices)) -> Draft {
    Draft::of(&with(change))
}

#[test]
fn an_untouched_form_and_mere_spaces_change_nothing() {
    assert!(!Draft::of(&saved()).is_changed(&saved()));
    let spaces = Draft { token: "  ".into(), ..draft(|choices| choices.discounts.default_ref = Some("  ".into())) };
    assert!(!spaces.is_changed(&saved()));
    assert!(draft(|choices| choices.debug = true).is_changed(&saved()));
    assert!(Draft { token: "A".into(), ..Draft::of(&saved()) }.is_changed(&saved()));
}

#[test]
fn the_first_save_needs_a_token_and_later_ones_keep_it() {
    let first = TillSettings { api_token_tail: None, version: 0, ..saved() };
    let form = Draft::of(&first);
    assert!(!form.is_sound(&first));
    assert!(form.is_sound(&saved()));
    assert_eq!(form.change(&saved()).api_token, None);
    let typed = Draft { token: " YT6eR2-CEED65AD33823A5B ".into(), ..form };
    assert!(typed.is_sound(&first));
    let change = typed.change(&first);
    assert_eq!((change.api_token.as_deref(), change.version), (Some("YT6eR2-CEED65AD33823A5B"), 0));
    assert!(!Draft { token: "two words".into(), ..typed }.is_sound(&saved()));
}

#[test]
fn a_ref_code_is_tidied_and_limited() {
    let fits = draft(|choices| choices.discounts.default_ref = Some(" 42 ".into()));
    assert_eq!(fits.change(&saved()).choices.discounts.default_ref.as_deref(), Some("42"));
    let long = draft(|choices| choices.discounts.default_ref = Some("é".repeat(LONGEST_REF + 1)));
    assert!(long.is_ref_too_long() && !long.is_sound(&saved()));
    assert!(!draft(|choices| choices.discounts.default_ref = Some("é".repeat(LONGEST_REF))).is_ref_too_long());
}

#[test]
fn two_readers_changes_are_put_together_and_the_own_one_wins_where_both_changed() {
    let mine = draft(|choices| {
        choices.debug = true;
        choices.discounts.default_ref = Some("7".into());
    });
    let theirs = with(|choices| {
        choices.deals.aggregate_prices = true;
        choices.discounts.default_ref = Some("8".into());
    });
    let both = mine.onto(&saved(), &theirs).choices;
    assert!(both.debug && both.deals.aggregate_prices);
    assert_eq!(both.discounts.default_ref.as_deref(), Some("7"));
}

#[test]
fn the_second_to_save_sees_what_the_first_has_changed() {
    let mine = draft(|choices| {
        choices.debug = true;
        choices.on_unknown = OnUnknown::Resend;
    });
    let mut theirs = with(|choices| {
        choices.on_refusal = OnRefusal::Reject;
        choices.discounts.default_ref = Some("8".into());
    });
    theirs.api_token_tail = Some("99999".into());
    let lines: Vec<String> = mine
        .differences(Locale::en, &saved(), &theirs)
        .into_iter()
        .map(|line| format!("{}: {} → {} {:?}", name(Locale::en, line.setting), line.from, line.to, line.mine))
        .collect();
    assert_eq!(
        lines,
        [
            "API token: ··23A5B → ··99999 None",
            "When the till refuses an order for good: Leave it “new” at HubRise → Reject it at HubRise, with the cause None",
            "Default ref code: none → 8 None",
        ]
    );
    let also = draft(|choices| choices.discounts.default_ref = Some("7".into()));
    let found = also.differences(Locale::en, &saved(), &theirs);
    assert_eq!(found.last().and_then(|line| line.mine.as_deref()), Some("7"));
}
