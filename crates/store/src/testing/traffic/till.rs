//! One till and its menu: what stays the same from one of its orders to the next.

use super::dice::Dice;

/// Something on the menu.
#[derive(Clone, Debug)]
pub(super) struct Product {
    pub(super) name: String,
    pub(super) sku: Option<String>,
    pub(super) number: u64,
    pub(super) cents: u64,
}

/// A till, its restaurant, and the people who order there.
#[derive(Clone, Debug)]
pub(super) struct Till {
    pub(super) location: String,
    pub(super) account: String,
    pub(super) app: String,
    pub(super) host: String,
    pub(super) path: String,
    pub(super) token: String,
    pub(super) zone: &'static str,
    pub(super) city: String,
    pub(super) postal_code: u64,
    pub(super) products: Vec<Product>,
    pub(super) options: Vec<Product>,
    pub(super) lists: Vec<String>,
    pub(super) channels: Vec<&'static str>,
    pub(super) sale_type: u64,
    pub(super) tender: u64,
}

const CHANNELS: &[&str] = &["Uber Eats", "Deliveroo", "Just Eat", "Web", "Kiosk", "Smood", "Rapido", "Téléphone"];

impl Till {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let account = dice.id(5);
        let product = |dice: &mut Dice, base: u64| Product {
            name: match dice.below(3) {
                0 => dice.word(),
                1 => format!("{} {}", dice.word(), dice.word().to_lowercase()),
                _ => format!("{} aux {}", dice.word(), dice.word().to_lowercase()),
            },
            sku: dice.percent(40).then(|| dice.word()),
            number: base + dice.below(900),
            cents: 50 * (4 + dice.below(40)),
        };
        let base = 1000 * (1 + dice.below(9));
        let mut channels: Vec<_> = (0..=2 + dice.below(2)).map(|_| dice.pick(CHANNELS)).collect();
        channels.sort_unstable();
        channels.dedup();
        Self {
            location: format!("{account}-{}", dice.below(4)),
            app: dice.id(7),
            host: format!("{}.{}.example:{}", dice.word().to_lowercase(), dice.id(6), 8000 + dice.below(1000)),
            path: dice.pick(&["/eoi", "/", "/PixelPoint/EOI", "/api/eoi.ashx"]).to_owned(),
            token: format!("{}{}-{}", dice.word(), dice.below(10), dice.hex(16).to_uppercase()),
            zone: dice.pick(&["Europe/Paris", "Europe/Zurich", "Europe/Brussels"]),
            city: dice.word(),
            postal_code: 10_000 + dice.below(85_000),
            products: (0..60).map(|_| product(&mut dice, base)).collect(),
            options: (0..30).map(|_| product(&mut dice, base + 5000)).collect(),
            lists: (0..5).map(|_| dice.word()).collect(),
            sale_type: 1000 + dice.below(9),
            tender: 5 + dice.below(40),
            channels,
            account,
        }
    }
}

/// Cents as money is written.
pub(super) fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
