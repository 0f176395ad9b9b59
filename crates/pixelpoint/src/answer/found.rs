//! What is looked for in an answer, by name, wherever it stands.

use super::listing::listed;
use super::tree::Node;
use crate::Listed;
use crate::dialect::ORDER_NUMBERS;

/// `Transaction/Status`: the check is closed; `Payment/Status`: the payment is processed.
const DONE: &str = "3";

/// What an answer holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// What its `ErrorNum` says.
    pub(crate) said: Said,
    /// `SubErrorNum`, HTTP-like.
    pub(crate) sub_error: Option<String>,
    /// `Exception`: a fault inside PixelPoint.
    pub(crate) exception: Option<String>,
    /// `EOIMessage`, in English.
    pub(crate) message: Option<String>,
    /// Whether `Transaction/Status` says closed.
    pub(crate) check_closed: Option<bool>,
    /// Whether every `Payment/Status` says processed.
    pub(crate) payment_processed: Option<bool>,
    /// The till's number of the order.
    pub(crate) order_number: Option<String>,
    /// What reads like the lines of a list.
    pub(crate) listing: Vec<Listed>,
}

/// What an answer's `ErrorNum` says. There may be several, in an answer that tells of parts: they must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It is 0.
    Yes,
    /// It is another number.
    No,
    /// There is none.
    Nothing,
    /// One says yes and one no, or one is no number.
    Both,
}

impl Answer {
    pub(super) fn of(root: &Node) -> Self {
        let all = root.all();
        let named = |name: &'static str| all.iter().filter(move |(_, node)| node.is(name)).map(|(_, node)| *node);
        let first = |name: &'static str| named(name).find_map(Node::said).map(str::to_owned);
        let status_in = |place: &'static str| {
            let mut done = None;
            for (parent, node) in &all {
                if node.is("Status") && parent.is_some_and(|parent| parent.is(place)) {
                    done = Some(done.unwrap_or(true) && node.said() == Some(DONE));
                }
            }
            done
        };
        Self {
            said: said(named("ErrorNum")),
            sub_error: first("SubErrorNum"),
            exception: words(named("Exception")),
            message: words(named("EOIMessage")),
            check_closed: status_in("Transaction"),
            payment_processed: status_in("Payment"),
            order_number: ORDER_NUMBERS.iter().find_map(|name| first(name)),
            listing: listed(&all),
        }
    }
}

fn said<'a>(numbers: impl Iterator<Item = &'a Node>) -> Said {
    let mut said = Said::Nothing;
    for number in numbers {
        let this = match number.said() {
            None => continue,
            Some(text) => match text.parse::<i64>() {
                Ok(0) => Said::Yes,
                Ok(_) => Said::No,
                Err(_) => return Said::Both,
            },
        };
        if said != Said::Nothing && said != this {
            return Said::Both;
        }
        said = this;
    }
    said
}

/// The first element's words: its own, or those of the elements in it (an `Exception` may hold `Message` and `Source`).
fn words<'a>(mut nodes: impl Iterator<Item = &'a Node>) -> Option<String> {
    nodes.find_map(|node| {
        let words: Vec<&str> = node.all().into_iter().filter_map(|(_, node)| node.said()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    })
}
