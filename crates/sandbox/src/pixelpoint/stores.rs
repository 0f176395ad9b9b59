//! The stores this PixelPoint serves, each known by its token, and how each behaves. Owns no order.

use serde::Serialize;

use super::mode::Behaviour;

/// The demo's store: the example of HubRise's documentation.
pub(crate) const DEMO_TOKEN: &str = "YT6eR2-CEED65AD33823A5B";
/// What is there from the start: token and name.
const SEEDS: [(&str, &str); 2] = [(DEMO_TOKEN, "PixelPoint 1"), ("YT6eR2-0F4A1B7C9D2E3586", "PixelPoint 2")];
/// The first product number that no store ever knows; those below it are known to all.
const UNKNOWN_FROM: u64 = 90_000;

/// One store.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Store {
    /// Shown whole: it is no secret of anybody's, and is there to be typed into the console.
    pub(crate) token: String,
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) behaviour: Behaviour,
    /// Orders it has printed.
    pub(crate) printed: u64,
}

/// All of them.
#[derive(Debug)]
pub(crate) struct Stores(Vec<Store>);

impl Default for Stores {
    fn default() -> Self {
        let mut stores = Self(Vec::new());
        for (token, name) in SEEDS {
            stores.add(token, name);
        }
        stores
    }
}

impl Stores {
    /// Adds a store, or renames the one that has this token.
    pub(crate) fn add(&mut self, token: &str, name: &str) {
        match self.find(token) {
            Some(store) => name.clone_into(&mut store.name),
            None => self.0.push(Store {
                token: token.to_owned(),
                name: name.to_owned(),
                behaviour: Behaviour::default(),
                printed: 0,
            }),
        }
    }

    /// The store of a token.
    pub(crate) fn find(&mut self, token: &str) -> Option<&mut Store> {
        self.0.iter_mut().find(|store| store.token == token)
    }

    /// All, in the order they came.
    pub(crate) fn all(&self) -> &[Store] {
        &self.0
    }

    /// All, to be changed.
    pub(crate) fn all_mut(&mut self) -> &mut [Store] {
        &mut self.0
    }
}

/// Whether a store's till knows a product, coupon or payment of this number: its numbers are numbers, and end somewhere.
pub(crate) fn knows(number: &str) -> bool {
    number.parse::<u64>().is_ok_and(|number| (1..UNKNOWN_FROM).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::knows;

    #[test]
    fn numbers_are_known_up_to_a_point_and_words_never() {
        assert!(knows("1") && knows("89999"));
        assert!(!knows("0") && !knows("90000") && !knows("PIZ-M") && !knows("") && !knows("-5"));
    }
}
