//! A till's configuration while it is being changed: what differs from what is saved, what may be saved, and what becomes of
//! it when somebody else has saved in the meantime.

use passerelle_wire::{BridgeChoices, OnRefusal, OnUnknown, TillSettings, TillSettingsChange};

use super::token::{Shape, shape};
use crate::i18n::{Locale, td_string};

/// The longest ref code of a discount the server takes.
pub const LONGEST_REF: usize = 32;

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// A new API token; empty keeps the present one.
    pub token: String,
    /// The choices.
    pub choices: BridgeChoices,
}

/// One of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The API token.
    Token,
    /// Debug mode.
    Debug,
    /// What becomes of an order that is refused.
    OnRefusal,
    /// What becomes of an order of unknown outcome.
    OnUnknown,
    /// Prices of deals on their coupon.
    Aggregate,
    /// Deals without a coupon.
    Combo,
    /// The ref of discounts without one.
    DefaultRef,
    /// Looking refs of discounts up.
    Fetch,
}

/// The settings but the token, in the order of the page.
const CHOICES: [Setting; 7] = [
    Setting::Debug,
    Setting::OnRefusal,
    Setting::OnUnknown,
    Setting::Aggregate,
    Setting::Combo,
    Setting::DefaultRef,
    Setting::Fetch,
];

/// A setting somebody else has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub setting: Setting,
    /// What it was when this reader began.
    pub from: String,
    /// What it is.
    pub to: String,
    /// What this reader made of it, where that is something else.
    pub mine: Option<String>,
}

impl Draft {
    /// What is saved, unchanged.
    pub fn of(saved: &TillSettings) -> Self {
        Self { token: String::new(), choices: saved.choices.clone() }
    }

    /// The choices as they are saved: a ref code without the spaces around it, and none where nothing is left.
    pub fn tidy(&self) -> BridgeChoices {
        let mut choices = self.choices.clone();
        choices.discounts.default_ref =
            choices.discounts.default_ref.map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
        choices
    }

    /// Whether anything differs from what is saved.
    pub fn is_changed(&self, saved: &TillSettings) -> bool {
        !self.token.trim().is_empty() || self.tidy() != saved.choices
    }

    /// Whether it may be sent; the token may be left out only where there is one.
    pub fn is_sound(&self, saved: &TillSettings) -> bool {
        let token = match shape(&self.token) {
            Shape::Empty => saved.api_token_tail.is_some(),
            Shape::Impossible => false,
            Shape::Usual | Shape::NoPrefix | Shape::Unusual => true,
        };
        token && !self.is_ref_too_long()
    }

    /// Whether the default ref code is longer than can be saved.
    pub fn is_ref_too_long(&self) -> bool {
        self.tidy().discounts.default_ref.is_some_and(|code| code.chars().count() > LONGEST_REF)
    }

    /// What to send, made on `saved`.
    pub fn change(&self, saved: &TillSettings) -> TillSettingsChange {
        let token = self.token.trim().to_owned();
        TillSettingsChange {
            api_token: Some(token).filter(|token| !token.is_empty()),
            choices: self.tidy(),
            version: saved.version,
        }
    }

    /// This reader's changes put on what somebody else has saved; `base` is what this reader began with.
    pub fn onto(&self, base: &TillSettings, theirs: &TillSettings) -> Self {
        let mine = self.tidy();
        let mut choices = theirs.choices.clone();
        for setting in CHOICES {
            if value(Locale::en, setting, &mine) != value(Locale::en, setting, &base.choices) {
                take(setting, &mut choices, &mine);
            }
        }
        Self { token: self.token.clone(), choices }
    }

    /// What somebody else has changed since `base`.
    pub fn differences(&self, locale: Locale, base: &TillSettings, theirs: &TillSettings) -> Vec<Difference> {
        let mine = self.tidy();
        let mut found = Vec::new();
        if base.api_token_tail != theirs.api_token_tail {
            let tail = |settings: &TillSettings| match &settings.api_token_tail {
                Some(tail) => format!("··{tail}"),
                None => td_string!(locale, configuration.none).to_owned(),
            };
            let own = (!self.token.trim().is_empty()).then(|| td_string!(locale, configuration.changed).to_owned());
            found.push(Difference { setting: Setting::Token, from: tail(base), to: tail(theirs), mine: own });
        }
        for setting in CHOICES {
            let of = |choices: &BridgeChoices| value(locale, setting, choices);
            let (from, to, own) = (of(&base.choices), of(&theirs.choices), of(&mine));
            if from != to {
                let mine = Some(own).filter(|own| *own != from && *own != to);
                found.push(Difference { setting, from, to, mine });
            }
        }
        found
    }
}

/// A setting's name.
pub fn name(locale: Locale, setting: Setting) -> &'static str {
    match setting {
        Setting::Token => td_string!(locale, configuration.token),
        Setting::Debug => td_string!(locale, configuration.debug),
        Setting::OnRefusal => td_string!(locale, configuration.on_refusal),
        Setting::OnUnknown => td_string!(locale, configuration.on_unknown),
        Setting::Aggregate => td_string!(locale, configuration.aggregate),
        Setting::Combo => td_string!(locale, configuration.combo),
        Setting::DefaultRef => td_string!(locale, configuration.default_ref),
        Setting::Fetch => td_string!(locale, configuration.fetch),
    }
}

/// A setting's value in words.
fn value(locale: Locale, setting: Setting, choices: &BridgeChoices) -> String {
    let switch =
        |on: bool| if on { td_string!(locale, configuration.on) } else { td_string!(locale, configuration.off) };
    match setting {
        Setting::Token => "",
        Setting::Debug => switch(choices.debug),
        Setting::OnRefusal => match choices.on_refusal {
            OnRefusal::StayNew => td_string!(locale, configuration.stay_new),
            OnRefusal::Reject => td_string!(locale, configuration.reject),
        },
        Setting::OnUnknown => match choices.on_unknown {
            OnUnknown::Hold => td_string!(locale, configuration.hold),
            OnUnknown::Resend => td_string!(locale, configuration.resend),
        },
        Setting::Aggregate => switch(choices.deals.aggregate_prices),
        Setting::Combo => switch(choices.deals.refs_as_combo_ids),
        Setting::DefaultRef => match &choices.discounts.default_ref {
            Some(code) => code,
            None => td_string!(locale, configuration.none),
        },
        Setting::Fetch => switch(choices.discounts.fetch_refs),
    }
    .to_owned()
}

/// Takes one choice from another set of them.
fn take(setting: Setting, into: &mut BridgeChoices, from: &BridgeChoices) {
    match setting {
        Setting::Token => {}
        Setting::Debug => into.debug = from.debug,
        Setting::OnRefusal => into.on_refusal = from.on_refusal,
        Setting::OnUnknown => into.on_unknown = from.on_unknown,
        Setting::Aggregate => into.deals.aggregate_prices = from.deals.aggregate_prices,
        Setting::Combo => into.deals.refs_as_combo_ids = from.deals.refs_as_combo_ids,
        Setting::DefaultRef => into.discounts.default_ref.clone_from(&from.discounts.default_ref),
        Setting::Fetch => into.discounts.fetch_refs = from.discounts.fetch_refs,
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
