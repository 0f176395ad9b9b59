//! What of an order no other rule speaks of: the till has no use for it, cannot take it, or it cannot be understood.

use passerelle_hubrise::order::{Order, Reading};

use crate::draft::Draft;
use crate::provenance::Reason;

pub(crate) fn record(order: &Order, draft: &mut Draft) {
    if let Some(notes) = &order.customer_notes {
        draft.note_lost("customer_notes", notes);
    }
    let texts = [
        ("location_id", &order.location_id),
        ("status", &order.status),
        ("ref", &order.reference),
        ("private_ref", &order.private_ref),
        ("collection_code", &order.collection_code),
        ("connection_name", &order.connection_name),
        ("created_by", &order.created_by),
        ("seller_notes", &order.seller_notes),
    ];
    draft.ignored("id", Reason::NotNeeded);
    for (part, _) in texts.iter().filter(|(_, text)| text.is_some()) {
        draft.ignored(part, Reason::NotNeeded);
    }
    if order.created_at != Reading::Missing {
        draft.ignored("created_at", Reason::NotNeeded);
    }
    if order.total != Reading::Missing {
        draft.ignored("total", Reason::NotNeeded);
    }
    if order.asap {
        draft.ignored("asap", Reason::NotNeeded);
    }
    for part in &order.others {
        draft.ignored(part, Reason::NotNeeded);
    }
    for part in &order.odd {
        draft.ignored(part, Reason::OddShape);
    }
}
