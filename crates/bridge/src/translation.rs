//! What a translation brings, whether it succeeds or not.

use std::fmt;

use passerelle_hubrise::order::Currency;
use passerelle_pixelpoint::Order;

use crate::note::Note;
use crate::origins::Origins;
use crate::provenance::Fate;

/// A translated order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// What is to be sent; it has at least one item.
    pub order: Order,
    /// Where each node of the request came from, in the order they are written.
    pub origins: Origins,
    /// What became of each part of the HubRise order.
    pub fates: Vec<Fate>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// An order that cannot be sent, with all that is to be said of it nevertheless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untranslatable {
    /// Why.
    pub why: Why,
    /// What became of each part of the HubRise order, as far as the translation came.
    pub fates: Vec<Fate>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// Why an order cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing that was ordered can be sent: no item is left, or there never was one, nor a charge.
    NothingToSend,
    /// Its amounts are in several currencies; in the order of the alphabet.
    SeveralCurrencies(Vec<Currency>),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::NothingToSend => f.write_str("nothing of the order can be sent"),
            Why::SeveralCurrencies(currencies) => {
                f.write_str("the order's amounts are in")?;
                for (index, currency) in currencies.iter().enumerate() {
                    write!(f, "{} `{currency}`", if index == 0 { "" } else { "," })?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Untranslatable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.why.fmt(f)
    }
}

impl std::error::Error for Untranslatable {}
