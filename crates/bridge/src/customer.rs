//! `Member`: what is known of the customer and of where to deliver. Guests have one too; who is anonymised keeps what HubRise left.

use std::sync::Arc;

use passerelle_hubrise::order::{Customer, Order};
use passerelle_pixelpoint::{Member, MemberField};

use crate::draft::{Draft, field_of};
use crate::note::NoteCode;
use crate::origins::{Came, Node, Source};
use crate::provenance::Reason;

const PART: &str = "customer";
const NODE: &str = "Member";

/// A field of the request, the order's field it comes from, and how that is read.
type Known = (MemberField, &'static str, fn(&Customer) -> &Option<String>);

/// In the order they are written.
const FIELDS: &[Known] = &[
    (MemberField::FirstName, "first_name", |customer| &customer.first_name),
    (MemberField::LastName, "last_name", |customer| &customer.last_name),
    (MemberField::Company, "company_name", |customer| &customer.company_name),
    (MemberField::Email, "email", |customer| &customer.email),
    (MemberField::Phone, "phone", |customer| &customer.phone),
    (MemberField::Address1, "address_1", |customer| &customer.address_1),
    (MemberField::Address2, "address_2", |customer| &customer.address_2),
    (MemberField::PostalCode, "postal_code", |customer| &customer.postal_code),
    (MemberField::City, "city", |customer| &customer.city),
    (MemberField::State, "state", |customer| &customer.state),
    (MemberField::Country, "country", |customer| &customer.country),
    (MemberField::DeliveryNotes, "delivery_notes", |customer| &customer.delivery_notes),
];

pub(crate) fn member(order: &Order, draft: &mut Draft) -> Option<Member> {
    let customer = order.customer.as_ref()?;
    if customer.anonymised {
        draft.note(NoteCode::CustomerAnonymised, PART, "");
    }
    let known: Arc<str> = PART.into();
    let mut fields = Vec::with_capacity(FIELDS.len());
    for (field, name, read) in FIELDS {
        let Some(raw) = read(customer) else { continue };
        let value = draft.text(PART, name, raw);
        let part = field_of(PART, name);
        if value.is_empty() {
            draft.ignored(&part, Reason::Nothing);
            continue;
        }
        let node = Node { within: NODE, index: 0, name: passerelle_pixelpoint::dialect::member_element(*field) };
        draft.origin(node, Came::From(Source::field(&known, name)));
        draft.sent(&part, node.path());
        fields.push((*field, value));
    }
    if customer.phone_access_code.is_some() {
        draft.ignored("customer.phone_access_code", Reason::NotSupported);
    }
    if fields.is_empty() {
        draft.ignored(PART, Reason::Nothing);
        return None;
    }
    draft.sent(PART, NODE.to_owned());
    Some(Member { fields })
}
