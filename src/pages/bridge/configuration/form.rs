//! The form's state: what stands in it, what it is based on, and saving it. What may be saved, and what becomes of two
//! readers' changes, is decided by `logic::draft`.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{BridgeChoices, ProblemCode, TillSettings};

use super::{
    super::{Here, settings::Settings},
    kept,
};
use crate::{
    api::{ApiError, till_settings},
    browser::page,
    components::announcer::{Announcer, announcer},
    i18n::{Language, language, td_string},
    logic::draft::Draft,
};

/// The form; copied into the calls under way.
#[derive(Clone, Copy)]
pub struct Form {
    connection: StoredValue<String>,
    settings: Settings,
    /// What is saved, as far as this form knows; its version goes with what is sent.
    pub base: RwSignal<TillSettings>,
    /// A new API token.
    pub token: RwSignal<String>,
    /// The ref code of discounts without one.
    pub default_ref: RwSignal<String>,
    /// All other choices.
    pub choices: RwSignal<BridgeChoices>,
    /// Whether saving was tried.
    pub tried: RwSignal<bool>,
    /// Whether saving is under way.
    pub busy: RwSignal<bool>,
    /// Why it could not be saved.
    pub problem: RwSignal<Option<ApiError>>,
    /// What somebody else has saved in the meantime.
    pub theirs: RwSignal<Option<TillSettings>>,
    /// Whether changes from before were put back.
    pub restored: RwSignal<bool>,
    /// Whether the reader has said that the changes may be lost.
    pub given_up: RwSignal<bool>,
    language: Language,
    announcer: Announcer,
}

impl Form {
    /// A form of what is saved, with the changes that were left here without a word.
    pub fn begin(here: &Here, saved: TillSettings) -> Self {
        let form = Self {
            connection: here.id,
            settings: expect_context(),
            base: RwSignal::new(saved.clone()),
            token: RwSignal::new(String::new()),
            default_ref: RwSignal::new(String::new()),
            choices: RwSignal::new(BridgeChoices::default()),
            tried: RwSignal::new(false),
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            theirs: RwSignal::new(None),
            restored: RwSignal::new(false),
            given_up: RwSignal::new(false),
            language: language(),
            announcer: announcer(),
        };
        match here.id.with_value(|id| kept::take(id)) {
            Some((draft, base)) => {
                form.show(draft.onto(&base, &saved));
                form.restored.set(true);
            }
            None => form.show(Draft::of(&saved)),
        }
        on_cleanup(move || {
            let left = form.is_changed_now() && !form.given_up.try_get_untracked().unwrap_or(true);
            if let (true, Some(base)) = (left, form.base.try_get_untracked()) {
                form.connection.with_value(|id| kept::keep(id, form.draft_now(), base));
            }
        });
        form
    }

    /// Puts a draft into the form.
    pub fn show(self, draft: Draft) {
        self.token.set(draft.token);
        self.default_ref.set(draft.choices.discounts.default_ref.clone().unwrap_or_default());
        self.choices.set(draft.choices);
    }

    /// What stands in the form; tracked.
    pub fn draft(self) -> Draft {
        let mut choices = self.choices.get();
        choices.discounts.default_ref = Some(self.default_ref.get());
        Draft { token: self.token.get(), choices }
    }

    /// The same, not tracked.
    pub fn draft_now(self) -> Draft {
        untrack(|| self.draft())
    }

    /// Whether anything differs from what is saved; tracked.
    pub fn is_changed(self) -> bool {
        let draft = self.draft();
        self.base.with(|base| draft.is_changed(base))
    }

    /// The same, not tracked; nothing is changed in a form that is gone.
    pub fn is_changed_now(self) -> bool {
        self.base.try_get_untracked().is_some() && untrack(|| self.is_changed())
    }

    /// Whether nothing was ever saved.
    pub fn is_first(self) -> Memo<bool> {
        Memo::new(move |_| self.base.with(|base| base.api_token_tail.is_none()))
    }

    /// Changes a choice.
    pub fn choose(self, change: impl FnOnce(&mut BridgeChoices)) {
        self.choices.update(change);
    }

    /// Saves, if it may be saved; says so, or why not.
    pub fn save(self) {
        self.tried.set(true);
        let (draft, base) = (self.draft_now(), self.base.get_untracked());
        let nothing = base.api_token_tail.is_some() && !draft.is_changed(&base);
        if nothing || self.busy.get_untracked() || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        if !draft.is_sound(&base) {
            page::focus(if draft.is_ref_too_long() { "default-ref" } else { "api-token" });
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let change = draft.change(&base);
        let id = self.connection.get_value();
        spawn_local(async move {
            let answer = match till_settings::put(&id, &change).await {
                Err(error) if error.code() == Some(ProblemCode::Conflict) => till_settings::get(&id).await.map(Err),
                Err(error) => Err(error),
                Ok(saved) => Ok(Ok(saved)),
            };
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Ok(saved)) => self.saved(saved),
                Ok(Err(theirs)) => {
                    self.theirs.set(Some(theirs));
                    page::focus("conflict");
                }
                Err(error) => self.problem.set(Some(error)),
            }
        });
    }

    /// What was saved is what the form is based on from now on.
    fn saved(self, saved: TillSettings) {
        self.tried.set(false);
        self.restored.set(false);
        self.show(Draft::of(&saved));
        self.base.set(saved.clone());
        self.settings.set(saved);
        self.announcer.say(td_string!(self.language.get_untracked(), configuration.saved).to_owned());
    }

    /// Goes on from what somebody else has saved, with this reader's changes or without.
    pub fn settle(self, keep: bool) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        let draft = match keep {
            true => self.draft_now().onto(&self.base.get_untracked(), &theirs),
            false => Draft::of(&theirs),
        };
        self.base.set(theirs.clone());
        self.settings.set(theirs);
        self.show(draft);
        self.theirs.set(None);
        self.tried.set(false);
        page::focus("state");
    }

    /// Back to what is saved.
    pub fn discard(self) {
        self.show(Draft::of(&self.base.get_untracked()));
        self.tried.set(false);
        self.problem.set(None);
        self.restored.set(false);
        page::focus("state");
    }
}
