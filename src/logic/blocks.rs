//! A profile's text as it is laid out: neighbouring steps become one list.

use passerelle_wire::{Block, BlockKind};

/// What stands together.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'text> {
    /// Steps that follow each other.
    Steps(Vec<&'text Block>),
    /// Anything else.
    Block(&'text Block),
}

/// The pieces of a text, in its order.
pub fn pieces(blocks: &[Block]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for block in blocks {
        match (block.kind, pieces.last_mut()) {
            (BlockKind::Step, Some(Piece::Steps(steps))) => steps.push(block),
            (BlockKind::Step, _) => pieces.push(Piece::Steps(vec![block])),
            _ => pieces.push(Piece::Block(block)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use passerelle_wire::Run;

    use super::*;

    #[test]
    fn steps_that_follow_each_other_are_one_list() {
        use BlockKind::{Heading, Note, Paragraph, Step};
        let blocks: Vec<Block> = [Heading, Step, Step, Note, Step, Paragraph]
            .into_iter()
            .map(|kind| Block { kind, runs: vec![Run { text: "x".into(), bold: false }] })
            .collect();
        let shape: Vec<usize> = pieces(&blocks)
            .iter()
            .map(|piece| match piece {
                Piece::Steps(steps) => steps.len(),
                Piece::Block(_) => 0,
            })
            .collect();
        assert_eq!(shape, [0, 2, 0, 1, 0]);
        assert!(pieces(&[]).is_empty());
    }
}
