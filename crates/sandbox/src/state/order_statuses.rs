//! Which status may follow which ("Order Status"): forward along the usual ones, into an anomaly from any that is not
//! over, and nowhere from what is over. HubRise names the order of the statuses; that it refuses the way back is
//! (inferred) from integrations that were refused it.

/// How far along an order is; `None` for an anomaly.
fn rank(status: &str) -> Option<u8> {
    match status {
        "new" => Some(0),
        "received" => Some(1),
        "accepted" => Some(2),
        "in_preparation" => Some(3),
        "awaiting_shipment" | "awaiting_collection" => Some(4),
        "in_delivery" => Some(5),
        "completed" => Some(6),
        _ => None,
    }
}

/// Whether an order may go from one status to another. Staying is no change, and always allowed.
pub(super) fn may_follow(from: &str, to: &str) -> bool {
    match (rank(from), rank(to)) {
        _ if from == to => true,
        (None | Some(6), _) => false,
        (Some(_), None) => true,
        (Some(from), Some(to)) => from <= to,
    }
}

#[cfg(test)]
mod tests {
    use super::may_follow;

    #[test]
    fn an_order_goes_forward_or_ends() {
        let allowed = [
            ("new", "received"),
            ("new", "completed"),
            ("received", "received"),
            ("awaiting_shipment", "awaiting_collection"),
            ("accepted", "cancelled"),
            ("in_delivery", "delivery_failed"),
            ("cancelled", "cancelled"),
        ];
        let refused = [
            ("received", "new"),
            ("accepted", "received"),
            ("completed", "cancelled"),
            ("cancelled", "received"),
            ("rejected", "accepted"),
        ];
        assert!(allowed.into_iter().all(|(from, to)| may_follow(from, to)));
        assert!(!refused.into_iter().any(|(from, to)| may_follow(from, to)));
    }
}
