//! A profile's setup text as it crosses to the app.

use passerelle_vendors as profiles;
use passerelle_wire::{Block, BlockKind, Run, Setup};

/// The text in both languages.
pub(super) fn shown(setup: &profiles::Setup) -> Setup {
    Setup { en: setup.en.iter().map(block).collect(), fr: setup.fr.iter().map(block).collect() }
}

fn block(block: &profiles::Block) -> Block {
    Block {
        kind: match block.kind {
            profiles::BlockKind::Heading => BlockKind::Heading,
            profiles::BlockKind::Paragraph => BlockKind::Paragraph,
            profiles::BlockKind::Step => BlockKind::Step,
            profiles::BlockKind::Note => BlockKind::Note,
        },
        runs: block.runs.iter().map(|run| Run { text: run.text.clone(), bold: run.bold }).collect(),
    }
}
