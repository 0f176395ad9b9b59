//! `SaleTypeNum`: the service type's ref. What HubRise calls the service itself (`delivery`) is nothing to the till.

use passerelle_hubrise::order::Order;

use crate::draft::Draft;
use crate::note::NoteCode;
use crate::origins::{Came, Node, Source};
use crate::provenance::Reason;

const NODE: &str = "Transaction/SaleTypeNum";

pub(crate) fn sale_type(order: &Order, draft: &mut Draft) -> Option<String> {
    let name = order.service_type.as_deref().unwrap_or_default();
    if order.service_type.is_some() {
        draft.ignored("service_type", Reason::NotNeeded);
    }
    let reference = draft.reference("", "service_type_ref", order.service_type_ref.as_deref(), name);
    match &reference {
        Some(_) => {
            draft.origin(Node::only(NODE), Came::From(Source::of_order("service_type_ref")));
            draft.sent("service_type_ref", NODE.to_owned());
        }
        None => {
            draft.note(NoteCode::ServiceWithoutRef, "service_type_ref", name);
            if order.service_type_ref.is_some() {
                draft.skipped("service_type_ref", Reason::NoRef);
            }
        }
    }
    reference
}
