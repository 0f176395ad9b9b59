//! Answers as they are read: leniently, as neither the root's name nor the place of anything in it is known for sure.
//! Owns what is found in an answer; what it means is `diagnosis`.

mod found;
mod listing;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use found::{Answer, Said};

/// What is in an answer.
///
/// # Errors
/// In English, why it is no XML that can be read.
pub(crate) fn read(body: &[u8]) -> Result<Answer, String> {
    // An answer whose words are in another encoding keeps its structure, which is ASCII: better a word that reads badly
    // than an order nobody knows the fate of.
    let text = String::from_utf8_lossy(body);
    let root = tree::read(&text).map_err(|error| error.to_string())?;
    Ok(Answer::of(&root))
}
