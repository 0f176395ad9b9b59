//! A scope in plain words, in both languages, as the consent page lists it.

use super::scope::{Level, Profile, Resource, Right, Scope};
use crate::lang::Lang;

/// One line a permission: what it allows, and a remark where the user will have to choose.
pub(crate) fn in_words(scope: &Scope, lang: Lang, choice_follows: bool) -> Vec<(&'static str, Option<&'static str>)> {
    let mut lines: Vec<_> = scope
        .permissions()
        .iter()
        .map(|(resource, right)| {
            let chosen = matches!(resource, Resource::Catalog | Resource::CustomerList) && choice_follows;
            let remark = chosen.then(|| lang.pick("Vous le choisissez après Suivant.", "You choose it after Next."));
            (permission(*resource, *right, lang), remark)
        })
        .collect();
    if let Some(profile) = scope.profile() {
        let line = match profile {
            Profile::WithoutEmail => lang.pick("Voir votre nom et votre langue", "See your name and language"),
            Profile::WithEmail => {
                lang.pick("Voir votre nom, votre langue et votre e-mail", "See your name, language and e-mail address")
            }
        };
        lines.push((line, None));
    }
    lines
}

fn permission(resource: Resource, right: Right, lang: Lang) -> &'static str {
    match (resource, right) {
        (Resource::Orders, Right::Read) => lang.pick("Voir les commandes", "See the orders"),
        (Resource::Orders, Right::Write) => {
            lang.pick("Voir, créer et modifier les commandes", "See, create and change the orders")
        }
        (Resource::CustomerList, Right::Read) => {
            lang.pick("Voir les clients d'une liste", "See the customers of one list")
        }
        (Resource::CustomerList, Right::Write) => {
            lang.pick("Voir et modifier les clients d'une liste", "See and change the customers of one list")
        }
        (Resource::Catalog, Right::Read) => lang.pick("Voir un catalogue", "See one catalog"),
        (Resource::Catalog, Right::Write) => lang.pick("Voir et modifier un catalogue", "See and change one catalog"),
        (Resource::Inventory, Right::Read) => lang.pick("Voir les stocks", "See the stock levels"),
        (Resource::Inventory, Right::Write) => {
            lang.pick("Voir et modifier les stocks", "See and change the stock levels")
        }
        (Resource::AllCustomerLists, Right::Read) => {
            lang.pick("Voir les clients de toutes les listes", "See the customers of all lists")
        }
        (Resource::AllCustomerLists, Right::Write) => {
            lang.pick("Voir et modifier les clients de toutes les listes", "See and change the customers of all lists")
        }
        (Resource::AllCatalogs, Right::Read) => lang.pick("Voir tous les catalogues", "See all catalogs"),
        (Resource::AllCatalogs, Right::Write) => {
            lang.pick("Voir et modifier tous les catalogues", "See and change all catalogs")
        }
    }
}

/// The page's question: who wishes to access what.
pub(crate) fn question(client: &str, scope: &Scope, lang: Lang) -> String {
    let what = match scope.level() {
        Some(Level::Location) => lang.pick("accéder à un point de vente", "access a location"),
        Some(Level::Account) => lang.pick("accéder à un compte", "access an account"),
        None => lang.pick("accéder à votre profil", "access your profile"),
    };
    format!("{client} {} {what}", lang.pick("souhaite", "wishes to"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_in_both_languages() {
        let scope: Scope = "location[orders.write,catalog.read]".parse().unwrap_or_else(|_| panic!("a good scope"));
        assert_eq!(question("POS HELPER", &scope, Lang::Fr), "POS HELPER souhaite accéder à un point de vente");
        assert_eq!(question("POS HELPER", &scope, Lang::En), "POS HELPER wishes to access a location");
        let lines = in_words(&scope, Lang::En, true);
        assert_eq!(lines[0], ("See, create and change the orders", None));
        assert_eq!(lines[1], ("See one catalog", Some("You choose it after Next.")));
    }
}
