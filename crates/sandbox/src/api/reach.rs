//! What a connection reaches. Outside its account a thing does not exist (404); inside, but beyond its level or scope,
//! it is forbidden (403). HubRise documents 403 for a missing scope; the 404 is inferred.

use super::{caller::Caller, problem::Problem};
use crate::{
    oauth::scope::{Level, Resource, Right},
    state::directory::{Account, Catalog, CustomerList, Directory, Location, Owner},
};

const WRONG_LEVEL: &str = "The access level of the connection does not allow this request";
const WRONG_SCOPE: &str = "The scope of the connection does not allow this request";
const NOT_CHOSEN: &str = "The connection has no access to this resource";

impl Caller {
    /// Refuses unless the scope has one of these resources with this right.
    pub(crate) fn needs_any(&self, resources: &[Resource], right: Right) -> Result<(), Problem> {
        let allowed = resources.iter().any(|resource| self.grant.scope.allows(*resource, right));
        if allowed { Ok(()) } else { Err(Problem::Forbidden(WRONG_SCOPE)) }
    }

    /// The account of an account level connection: its own, or the one named in the path.
    pub(crate) fn account<'a>(&self, directory: &'a Directory) -> Result<&'a Account, Problem> {
        if self.grant.scope.level() != Some(Level::Account) {
            return Err(Problem::Forbidden(WRONG_LEVEL));
        }
        let own = self.grant.account_id.as_deref().unwrap_or_default();
        if self.id("account").is_some_and(|named| named != own) {
            return Err(Problem::NotFound);
        }
        directory.account(own).ok_or(Problem::NotFound)
    }

    /// The location of a call: the one named in the path, or a location level connection's own.
    pub(crate) fn location<'a>(&self, directory: &'a Directory) -> Result<&'a Location, Problem> {
        let own = self.grant.location_id.as_deref();
        let named = match (self.id("location"), own, self.grant.scope.level()) {
            (_, _, None) => return Err(Problem::Forbidden(WRONG_SCOPE)),
            (Some(named), _, _) => named,
            (None, Some(own), _) => own,
            (None, None, _) => return Err(Problem::Forbidden(WRONG_LEVEL)),
        };
        let location = directory.location(named).ok_or(Problem::NotFound)?;
        if Some(&location.account_id) != self.grant.account_id.as_ref() {
            return Err(Problem::NotFound);
        }
        if own.is_some_and(|own| own != location.id) {
            return Err(Problem::Forbidden(NOT_CHOSEN));
        }
        Ok(location)
    }

    /// Whether something with this owner lies within the connection's level.
    fn within(&self, directory: &Directory, owner: &Owner) -> Result<(), Problem> {
        if directory.account_of_owner(owner) != self.grant.account_id.as_deref() {
            return Err(Problem::NotFound);
        }
        let location = self.grant.location_id.as_deref().and_then(|id| directory.location(id));
        if location.is_some_and(|location| !directory.serves(owner, location)) {
            return Err(Problem::Forbidden(NOT_CHOSEN));
        }
        Ok(())
    }

    /// Whether a catalog can be read: all of them, or the one chosen.
    pub(crate) fn reads_catalog(&self, catalog: &Catalog) -> bool {
        self.grant.scope.has(Resource::AllCatalogs) || self.grant.catalog_id.as_ref() == Some(&catalog.id)
    }

    /// The catalog named in the path, to be read.
    pub(crate) fn catalog<'a>(&self, directory: &'a Directory) -> Result<&'a Catalog, Problem> {
        self.needs_any(&[Resource::Catalog, Resource::AllCatalogs], Right::Read)?;
        let catalog = self.any_catalog(directory)?;
        if self.reads_catalog(catalog) { Ok(catalog) } else { Err(Problem::Forbidden(NOT_CHOSEN)) }
    }

    /// The catalog named in the path, whatever the scope says about reading it.
    fn any_catalog<'a>(&self, directory: &'a Directory) -> Result<&'a Catalog, Problem> {
        let catalog = self.id("catalog").and_then(|id| directory.catalog(id)).ok_or(Problem::NotFound)?;
        self.within(directory, &catalog.owner)?;
        Ok(catalog)
    }

    /// The catalog and the location of an inventory call. An `inventory` scope opens every catalog of the location;
    /// for historical reasons a `catalog` scope opens the inventory of what it can read.
    pub(crate) fn inventory<'a>(
        &self,
        directory: &'a Directory,
        right: Right,
    ) -> Result<(&'a Catalog, &'a Location), Problem> {
        self.needs_any(&[Resource::Inventory, Resource::Catalog, Resource::AllCatalogs], right)?;
        let location = self.location(directory)?;
        let catalog = self.any_catalog(directory)?;
        if !directory.serves(&catalog.owner, location) {
            return Err(Problem::NotFound);
        }
        let opened = self.grant.scope.allows(Resource::Inventory, right) || self.reads_catalog(catalog);
        if opened { Ok((catalog, location)) } else { Err(Problem::Forbidden(NOT_CHOSEN)) }
    }

    /// Whether a customer list can be read: all of them, or the one chosen.
    pub(crate) fn reads_list(&self, list: &CustomerList) -> bool {
        self.grant.scope.has(Resource::AllCustomerLists) || self.grant.customer_list_id.as_ref() == Some(&list.id)
    }

    /// The customer list named in the path, to be read.
    pub(crate) fn customer_list<'a>(&self, directory: &'a Directory) -> Result<&'a CustomerList, Problem> {
        self.needs_any(&[Resource::CustomerList, Resource::AllCustomerLists], Right::Read)?;
        let list = self.id("list").and_then(|id| directory.customer_list(id)).ok_or(Problem::NotFound)?;
        self.within(directory, &list.owner)?;
        if self.reads_list(list) { Ok(list) } else { Err(Problem::Forbidden(NOT_CHOSEN)) }
    }
}
