//! The lines of a list. How PixelPoint writes one is not public: whatever element holds a code and a name is a line.

use super::tree::Node;
use crate::Listed;
use crate::dialect::{LISTED_NAME_ENDS, LISTED_NAMES, LISTED_NUMBERS};

/// What reads like a line, in the document's order.
pub(super) fn listed(all: &[(Option<&Node>, &Node)]) -> Vec<Listed> {
    all.iter().filter_map(|(_, node)| line(node)).collect()
}

fn line(node: &Node) -> Option<Listed> {
    let leaf = |name: &&str| node.children.iter().find(|child| child.is(name)).and_then(Node::said);
    let number = LISTED_NUMBERS.iter().find_map(leaf)?;
    let ends_like_a_name = |child: &&Node| LISTED_NAME_ENDS.iter().any(|end| child.name.ends_with(end));
    let name = LISTED_NAMES
        .iter()
        .find_map(leaf)
        .or_else(|| node.children.iter().filter(ends_like_a_name).find_map(Node::said))?;
    Some(Listed { number: number.to_owned(), name: name.to_owned() })
}
