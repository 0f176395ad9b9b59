//! Who hears of a stock that changed: by a call, by another's hand, or because a shortage is over.

use serde_json::{Map, Value};

use super::{
    State,
    callbacks::Happening,
    inventory::{entry_json, refs_of},
};
use crate::clock;

impl State {
    /// Tells of a stock, as far as a catalog knows it, everybody but `cause`.
    pub(crate) fn tell_of_stock(
        &mut self,
        catalog_id: &str,
        location_id: &str,
        event: &'static str,
        states: Map<String, Value>,
        cause: &str,
    ) {
        let Some(location) = self.directory.location(location_id) else { return };
        let happening = Happening {
            resource: "inventory",
            event,
            account_id: location.account_id.clone(),
            location_id: Some(location_id.to_owned()),
            catalog_id: Some(catalog_id.to_owned()),
            created_at: clock::iso_in(self.clock.now(), &location.timezone),
            states,
            ..Happening::default()
        };
        self.tell(cause, &happening);
        // There may be a shortage now whose end is sooner than any other's.
        self.deliveries.bell().notify_one();
    }

    /// Ends the shortages whose time has come, and tells of those of one catalog at one location at once ("Update
    /// Inventory": "If multiple entries expire at the same time, a single notification will be sent").
    pub(crate) fn end_shortages(&mut self) {
        for (location_id, keys) in self.inventories.expired(self.clock.now()) {
            let Some(location) = self.directory.location(&location_id) else { continue };
            let zone = location.timezone.clone();
            let catalogs = self.directory.catalogs.iter().filter(|one| self.directory.serves(&one.owner, location));
            let over = catalogs.map(|catalog| {
                let refs = refs_of(catalog);
                let known = keys.iter().filter(|key| refs.contains(key));
                (catalog.id.clone(), known.map(|key| entry_json(key, None, &zone)).collect::<Vec<_>>())
            });
            for (catalog_id, over) in over.filter(|(_, over)| !over.is_empty()).collect::<Vec<_>>() {
                let change = Map::from_iter([("state_change".to_owned(), Value::Array(over))]);
                self.tell_of_stock(&catalog_id, &location_id, "patch", change, "");
            }
        }
    }
}
