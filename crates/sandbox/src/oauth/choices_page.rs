//! The second step of the consent page: which catalog and which customer list, where there is more than one of them.

use axum::response::Response;

use super::{
    consent_pages::{View, place_words},
    granting::{self, Place, Refusal},
    scope::{Level, Resource},
};
use crate::{
    html::{Choice, Esc, select},
    state::{directory::Owner, grants::Grant},
};

impl View<'_> {
    /// Which catalog and which customer list, where there is more than one.
    pub(crate) fn choices(&self, refusal: Option<Refusal>) -> Response {
        let (lang, scope) = (self.lang, &self.transaction.scope);
        let directory = &self.state.directory;
        let Some(level) = scope.level() else { return self.first(refusal) };
        let place = match granting::place_of(directory, level, self.user, self.place) {
            Ok(place) => place,
            Err(refusal) => return self.first(Some(refusal)),
        };
        let missing = |resource, none: bool, refusal| (scope.has(resource) && none).then_some(refusal);
        let refusal = refusal
            .or_else(|| missing(Resource::Catalog, granting::catalogs(directory, place).is_empty(), Refusal::NoCatalog))
            .or_else(|| {
                missing(Resource::CustomerList, granting::customer_lists(directory, place).is_empty(), Refusal::NoList)
            });
        let connected = self.connected_at(place);
        let (field, label) = place_words(level, lang);
        let mut body = self.refusal_in_words(refusal);
        body += &format!(
            r#"<input type="hidden" name="step" value="choices"><input type="hidden" name="{field}" value="{}">"#,
            Esc(place.id())
        );
        let mut fixed = vec![(label, place.name().to_owned())];
        let mut drop_downs = String::new();
        let mut offer = |name: &str, label: &'static str, choices: Vec<Choice>, now: Option<&str>| match &choices[..] {
            [] => {}
            [only] => fixed.push((label, only.text.clone())),
            _ => drop_downs += &select(name, label, &choices, now, None),
        };
        let choice = |id: &str, name: &str, owner: &Owner| {
            let of_location = match owner {
                Owner::Location(id) if level == Level::Account => directory.location(id),
                _ => None,
            };
            let text = of_location.map_or_else(|| name.to_owned(), |location| format!("{name} ({})", location.name));
            Choice { value: id.to_owned(), text, group: None }
        };
        if scope.has(Resource::Catalog) {
            let catalogs = granting::catalogs(directory, place);
            let choices = catalogs.iter().map(|one| choice(&one.id, &one.name, &one.owner)).collect();
            let now = connected.and_then(|grant| grant.catalog_id.as_deref());
            offer("catalog", lang.pick("Catalogue", "Catalog"), choices, now);
        }
        if scope.has(Resource::CustomerList) {
            let lists = granting::customer_lists(directory, place);
            let choices = lists.iter().map(|one| choice(&one.id, &one.name, &one.owner)).collect();
            let now = connected.and_then(|grant| grant.customer_list_id.as_deref());
            offer("customer_list", lang.pick("Liste de clients", "Customer list"), choices, now);
        }
        let fixed: String = fixed
            .iter()
            .map(|(label, name)| format!(r#"<div class="fixed"><dt>{label}</dt><dd>{}</dd></div>"#, Esc(name)))
            .collect();
        body += &format!("<dl>{fixed}</dl>{drop_downs}");
        body += &self.rights(false);
        body += &self.actions(Some(("allow", lang.pick("Autoriser", "Allow"))));
        body += &format!(
            r#"<p class="hint"><a href="{}?place={}">{}</a></p>"#,
            self.transaction.path(),
            Esc(place.id()),
            lang.pick("Retour", "Back")
        );
        self.page(body, "choices", refusal)
    }

    fn connected_at(&self, place: Place<'_>) -> Option<&Grant> {
        let location = match place {
            Place::Location(location) => Some(location.id.as_str()),
            Place::Account(_) => None,
        };
        let (client, device) = (&self.transaction.client_id, self.transaction.device_id.as_deref());
        self.state.connected_at(client, device, place.account_id(), location).map(|connection| &connection.grant)
    }
}
