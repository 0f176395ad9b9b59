//! Harbor Grill, the restaurant with a PixelPoint till: its menu bears the numbers of a till, but for some that were
//! forgotten, one that is no number and one that is borne twice. Sown after everything else, so that no other seed's id
//! moved when it came.

use serde_json::json;

use super::{KATE, harbor, menu, restaurants};
use crate::state::{
    State,
    directory::{Account, Catalog, Customer, CustomerList, Location, Owner, User},
    roles::Role,
};

const MENU: &str = include_str!("menus/harbor.json");

pub(super) fn sow(state: &mut State) {
    let created_at = restaurants::long_ago(state);
    let owner = || Owner::Account(harbor::ACCOUNT.to_owned());
    let data = menu::with_ids(MENU, &mut state.ids);
    let directory = &mut state.directory;
    directory.users.push(User {
        id: "u4kte".to_owned(),
        email: KATE.to_owned(),
        first_name: "Kate".to_owned(),
        last_name: "Miller".to_owned(),
        locales: vec!["en-US".to_owned()],
        accounts: vec![(harbor::ACCOUNT.to_owned(), Role::Admin)],
    });
    directory.accounts.push(Account {
        id: harbor::ACCOUNT.to_owned(),
        name: "Harbor Grill".to_owned(),
        currency: "USD".to_owned(),
        suspended: false,
    });
    directory.locations.push(Location {
        id: harbor::BOSTON.to_owned(),
        account_id: harbor::ACCOUNT.to_owned(),
        name: "Boston".to_owned(),
        address: "1 Atlantic Avenue".to_owned(),
        postal_code: "02110".to_owned(),
        city: "Boston".to_owned(),
        country: "US".to_owned(),
        timezone: "America/New_York".to_owned(),
        preparation_time: 20,
    });
    directory.catalogs.push(Catalog {
        id: harbor::CATALOG.to_owned(),
        name: "Menu 2026".to_owned(),
        owner: owner(),
        created_at,
        data,
    });
    directory.customer_lists.push(CustomerList {
        id: harbor::CUSTOMER_LIST.to_owned(),
        name: "Web customers".to_owned(),
        owner: owner(),
        created_at,
    });
    directory.customers.push(customer());
}

/// The one customer of the list: whom orders of the shape `known_customer` are for.
fn customer() -> Customer {
    let body = json!({
        "id": harbor::CUSTOMER,
        "customer_list_id": harbor::CUSTOMER_LIST,
        "anonymised": false,
        "private_ref": null,
        "email": "olivia.martin@guests.example",
        "first_name": "Olivia",
        "last_name": "Martin",
        "gender": null,
        "birth_date": null,
        "created_at": "2026-01-05T12:00:00-05:00",
        "company_name": null,
        "phone": "+16175550000",
        "phone_access_code": null,
        "address_1": "1 Atlantic Avenue",
        "address_2": null,
        "postal_code": "02110",
        "city": "Boston",
        "state": "MA",
        "country": "US",
        "latitude": null,
        "longitude": null,
        "delivery_notes": null,
        "sms_marketing": false,
        "email_marketing": false,
        "nb_orders": 0,
        "order_total": "0.00 USD",
        "first_order_date": null,
        "last_order_date": null,
        "loyalty_cards": [],
        "custom_fields": {},
    });
    let fields = body.as_object().cloned().unwrap_or_default();
    Customer { id: harbor::CUSTOMER.to_owned(), list_id: harbor::CUSTOMER_LIST.to_owned(), fields }
}
