//! What both databases do alike when a customer is forgotten: an exchange written anew, the words that stay. No I/O, no SQL.

use crate::packing::{Facts, Packer, aside};
use crate::text::storable;
use crate::{ExchangeId, Result, Rewritten, Term, TermKind, words};

/// An exchange as it is from now on.
#[derive(Debug)]
pub(crate) struct Erased {
    pub(crate) id: ExchangeId,
    request_size: u64,
    response_size: u64,
    pub(crate) parts: Vec<u8>,
}

impl Erased {
    /// What lists show of it, which was `facts`: the sizes of its bodies are new.
    pub(crate) fn facts(&self, facts: &[u8]) -> Result<Vec<u8>> {
        let facts = Facts::unpack(facts)?;
        Facts { request_size: self.request_size, response_size: self.response_size, ..facts }.pack(&mut Packer::new()?)
    }
}

/// Packs, on a thread where it may take its time.
pub(crate) async fn packed(rewritten: Vec<Rewritten>) -> Result<Vec<Erased>> {
    aside(move || {
        let mut packer = Packer::new()?;
        let erased = |new: Rewritten| {
            let parts = packer.pack_parts(
                storable(new.request_headers).as_bytes(),
                &new.request_body,
                storable(new.response_headers).as_bytes(),
                &new.response_body,
            )?;
            let size = |body: &[u8]| u64::try_from(body.len()).unwrap_or(u64::MAX);
            Ok(Erased {
                id: new.exchange,
                request_size: size(&new.request_body),
                response_size: size(&new.response_body),
                parts,
            })
        };
        rewritten.into_iter().map(erased).collect()
    })
    .await
}

/// The word that names a customer.
pub(crate) fn word(customer_id: &str) -> String {
    words::stored(&Term { kind: TermKind::CustomerId, text: customer_id.to_owned() })
}

/// A customer's id as words name it: what is cut there is cut here.
pub(crate) fn named(customer_id: &str) -> String {
    word(customer_id).split_off(1)
}

/// An operation's words: those that stay, and those that are forgotten.
pub(crate) fn parted(joined: Option<&str>) -> (Vec<String>, Vec<String>) {
    words::split(joined).map(str::to_owned).partition(|word| {
        use TermKind::{CollectionCode, CustomerId, OrderId, Reference};
        matches!(words::read(word), Some((OrderId | Reference | CollectionCode | CustomerId, _)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_named_as_the_words_name_them() {
        for id in ["k9", "", "a\nb", &"é".repeat(100)] {
            assert_eq!(word(&named(id)), word(id));
        }
        assert_eq!((named("K9").as_str(), word("K9").as_str()), ("K9", "uK9"));
    }

    #[test]
    fn the_orders_own_words_stay_and_the_customers_id() {
        let (kept, gone) = parted(Some("c12\nndupont\nnmarie dupont\no3r4s\np7654\nr#12\nuk9\n?odd"));
        assert_eq!(kept, ["c12", "o3r4s", "r#12", "uk9"]);
        assert_eq!(gone, ["ndupont", "nmarie dupont", "p7654", "?odd"]);
        assert_eq!(parted(None), (Vec::new(), Vec::new()));
    }
}
