//! `ScheduleTime`: when the order is wanted, on the store's clock; left out when that is soon.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::order::{Order, Reading};

use crate::configuration::Configuration;
use crate::draft::Draft;
use crate::note::NoteCode;
use crate::origins::{Came, Node, Source};
use crate::provenance::Reason;

/// An order due within this time, to the second, is one for as soon as possible (HubRise, *Understanding logs*).
const SOON: SignedDuration = SignedDuration::from_mins(30);

const PART: &str = "expected_time";
const NODE: &str = "Transaction/ScheduleTime";

pub(crate) fn schedule_time(
    order: &Order,
    configuration: &Configuration,
    now: Timestamp,
    draft: &mut Draft,
) -> Option<DateTime> {
    let moment = match &order.expected_time {
        Reading::Missing => return None,
        Reading::Unreadable(text) => {
            draft.note(NoteCode::TimeUnreadable, PART, text);
            draft.skipped(PART, Reason::Unreadable);
            return None;
        }
        Reading::Read(moment) => moment,
    };
    if order.asap || moment.at.duration_since(now) <= SOON {
        draft.ignored(PART, Reason::DueSoon);
        return None;
    }
    draft.origin(Node::only(NODE), Came::From(Source::of_order(PART)));
    draft.sent(PART, NODE.to_owned());
    Some(match &configuration.zone {
        Some(zone) => zone.to_datetime(moment.at),
        None => moment.offset.to_datetime(moment.at),
    })
}
