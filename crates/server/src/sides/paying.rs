//! What the request says of paying.

use passerelle_wire::Section;

use super::model::{Kind, Model};

/// How it will be paid, or that it was; nothing where it says neither.
pub(super) enum Paying {
    /// So, as the request writes it.
    Will(String),
    /// It was.
    Was,
}

/// What a request says.
pub(super) fn paying(model: &Model) -> Option<Paying> {
    let mut paying = model.right.iter().filter(|line| line.section == Section::Payments);
    let footer = paying.clone().find(|line| line.kind == Kind::Field);
    match footer {
        Some(footer) => footer.told.cells.first().map(|cell| Paying::Will(cell.text.clone())),
        None => paying.any(|line| line.kind == Kind::Payment).then_some(Paying::Was),
    }
}
