//! How a vendor is set up, as its profile tells it block by block. Every run is text: nothing in it becomes markup.

use leptos::prelude::*;
use passerelle_wire::{Block, BlockKind, Run, Setup};

use crate::{
    components::{disclosure::Disclosure, dynamic::dynamic},
    i18n::{Locale, language, tr},
    logic::blocks::{Piece, pieces},
};

/// The text, folded; nothing when there is none in the language of the page.
#[component]
pub fn SetupText(
    /// The text.
    setup: Setup,
) -> impl IntoView {
    let language = language();
    dynamic(move || {
        let blocks = match language.get() {
            Locale::en => &setup.en,
            Locale::fr => &setup.fr,
        };
        if blocks.is_empty() {
            return ().into_any();
        }
        let shown = pieces(blocks).into_iter().map(piece).collect_view();
        view! {
            <section class="card setup">
                <Disclosure title=tr!(language, overview.setup)>{shown}</Disclosure>
            </section>
        }
        .into_any()
    })
}

/// A block, or neighbouring steps as one list.
fn piece(piece: Piece<'_>) -> AnyView {
    match piece {
        Piece::Steps(steps) => {
            let steps = steps.into_iter().map(|step| view! { <li>{runs(step)}</li> }).collect_view();
            view! { <ol>{steps}</ol> }.into_any()
        }
        Piece::Block(block) => match block.kind {
            BlockKind::Heading => view! { <h3>{runs(block)}</h3> }.into_any(),
            BlockKind::Note => view! { <p class="note">{runs(block)}</p> }.into_any(),
            BlockKind::Paragraph | BlockKind::Step => view! { <p>{runs(block)}</p> }.into_any(),
        },
    }
}

/// The text of a block, its labels bold.
fn runs(block: &Block) -> Vec<AnyView> {
    let run = |Run { text, bold }: Run| {
        if bold { view! { <strong>{text}</strong> }.into_any() } else { text.into_any() }
    };
    block.runs.iter().cloned().map(run).collect()
}
