//! Signing up: what a newcomer types, the form it is typed into, and the user, account and location it becomes. Used on
//! the way to a consent and by `/signup`.

use super::session::Prefill;
use crate::{
    html::{Choice, alert, input, select},
    lang::Lang,
    params::Params,
    state::{
        State as Everything,
        directory::{Owner, User},
        places::{COUNTRIES, country_of, name_of},
    },
};

/// What a new user typed.
#[derive(Debug, Default)]
pub(crate) struct SignUp {
    email: String,
    first_name: String,
    last_name: String,
    pub(super) place: Prefill,
}

impl SignUp {
    /// A form that starts with what the application knew.
    pub(crate) fn prefilled(place: &Prefill) -> Self {
        Self { place: place.clone(), ..Self::default() }
    }

    /// Reads the form.
    pub(crate) fn read(form: &Params) -> Self {
        let field = |name: &str| name_of(form.get(name).unwrap_or_default());
        let place = Prefill {
            country: field("country"),
            account_name: field("account_name"),
            location_name: field("location_name"),
        };
        Self { email: field("email"), first_name: field("first_name"), last_name: field("last_name"), place }
    }

    /// Creates the user with one account, location, catalog and customer list; answers the user's id.
    ///
    /// # Errors
    /// What to correct, in words.
    pub(crate) fn carry_out(&self, state: &mut Everything, lang: Lang) -> Result<String, &'static str> {
        let shaped = self.email.split_once('@').is_some_and(|(left, right)| !left.is_empty() && right.contains('.'));
        if !shaped || self.email.contains(char::is_whitespace) {
            return Err(lang.pick("Cette adresse e-mail n'est pas complète.", "This e-mail address is not complete."));
        }
        if state.directory.user_by_email(&self.email).is_some() {
            return Err(lang.pick("Un utilisateur a déjà cette adresse.", "A user already has this address."));
        }
        if self.first_name.is_empty() || self.place.account_name.is_empty() || self.place.location_name.is_empty() {
            return Err(lang.pick("Remplissez tous les champs.", "Fill in every field."));
        }
        let id = state.ids.next();
        state.directory.users.push(User {
            id: id.clone(),
            email: self.email.clone(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            locales: vec![lang.pick("fr-FR", "en-GB").to_owned()],
            accounts: Vec::new(),
        });
        let country = country_of(&self.place.country);
        let account = state.open_account(&id, &self.place.account_name, country);
        state.open_location(&account, &self.place.location_name, country);
        furnish(state, &account, lang);
        Ok(id)
    }

    /// The form, to be sent to `action`.
    pub(crate) fn form(&self, lang: Lang, action: &str, problem: Option<&str>) -> String {
        let title = lang.pick("Créer un compte HubRise", "Create a HubRise account");
        let text = lang.pick(
            "Deux minutes suffisent. Un point de vente, un catalogue et une liste de clients sont créés avec le compte.",
            "Two minutes are enough. A location, a catalog and a customer list are created with the account.",
        );
        let fields = [
            input("email", lang.pick("Adresse e-mail", "E-mail address"), &self.email, "email", "email"),
            input("first_name", lang.pick("Prénom", "First name"), &self.first_name, "text", "given-name"),
            input("last_name", lang.pick("Nom", "Last name"), &self.last_name, "text", "family-name"),
            input(
                "account_name",
                lang.pick("Nom du compte", "Account name"),
                &self.place.account_name,
                "text",
                "organization",
            ),
            location_name(lang, &self.place.location_name),
            country_select(lang, &self.place.country),
        ];
        format!(
            r#"<section class="card"><h1>{title}</h1><p>{text}</p>{problem}
<form method="post" action="{action}">{fields}<div class="actions"><button class="go" type="submit">{create}</button></div></form></section>"#,
            problem = problem.map(alert).unwrap_or_default(),
            fields = fields.concat(),
            create = lang.pick("Créer le compte", "Create the account"),
        )
    }
}

pub(super) fn location_name(lang: Lang, value: &str) -> String {
    input("location_name", lang.pick("Nom du point de vente", "Location name"), value, "text", "off")
}

pub(super) fn country_select(lang: Lang, chosen: &str) -> String {
    let choices: Vec<_> = COUNTRIES
        .iter()
        .map(|country| Choice {
            value: country.code.into(),
            text: lang.pick(country.fr, country.en).into(),
            group: None,
        })
        .collect();
    select("country", lang.pick("Pays", "Country"), &choices, Some(country_of(chosen).code), None)
}

/// A first catalog and customer list for a new account.
pub(super) fn furnish(state: &mut Everything, account_id: &str, lang: Lang) {
    state.create_catalog(Owner::Account(account_id.to_owned()), lang.pick("Carte", "Menu"));
    state.create_customer_list(Owner::Account(account_id.to_owned()), lang.pick("Clients", "Customers"));
}
