//! What a store lists when asked: its products, its report categories, its discounts. Names and shapes of the answers are
//! not public (inferred).

/// A line of a listing: number and name.
pub(super) type Listed = (u32, &'static str);

/// Some products, as a till has them.
pub(super) const PRODUCTS: [Listed; 8] = [
    (101, "Margherita"),
    (102, "Reine"),
    (103, "Quatre Fromages"),
    (201, "Salade César"),
    (301, "Tiramisu"),
    (401, "Coca-Cola 33 cl"),
    (402, "Eau minérale 50 cl"),
    (901, "Frais de livraison"),
];

/// Its report categories.
pub(super) const CATEGORIES: [Listed; 4] = [(1, "Pizzas"), (2, "Salades"), (3, "Desserts"), (4, "Boissons")];

/// Its discounts.
pub(super) const DISCOUNTS: [Listed; 3] = [(501, "Bienvenue"), (502, "10 % fidélité"), (503, "Happy hour")];
