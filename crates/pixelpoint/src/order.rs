//! An order as PixelPoint understands it: what goes into `Transaction` and `Member`. Owns no XML.

use jiff::civil;
use rust_decimal::Decimal;

/// An order to be placed (`RequestType` 10).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// `SaleTypeNum` (typically 1000 to 1010); none where HubRise has no `service_type_ref`.
    pub sale_type: Option<String>,
    /// `ScheduleTime`, in the store's own time; none is as soon as possible.
    pub schedule_time: Option<civil::DateTime>,
    /// `Items`; at least one.
    pub items: Vec<Item>,
    /// `Payment`, 0 to n. One closes the check, so an unpaid order has none.
    pub payments: Vec<Payment>,
    /// `CustomRecFooter`: how an unpaid order is to be paid.
    pub footer: Option<String>,
    /// `Member`; none where nothing is known of the customer.
    pub member: Option<Member>,
}

/// One `Item`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `ItemId`, unique in the transaction, from 1.
    pub id: u32,
    /// `ParentId`: its own id for a product, another item's for what is attached to that.
    pub parent: u32,
    /// `ProdNum` or `CouponNum`; none for the parent of a half and half, which has only a description.
    pub number: Option<Number>,
    /// `Description`.
    pub description: String,
    /// `CostEach`; of a discount negative. Whether the sign is written is the dialect's.
    pub cost_each: Decimal,
    /// `Quantity`; a half of half and half is 0.5.
    pub quantity: Decimal,
    /// `ComboItemId`, where deals are sent the legacy way.
    pub combo_item_id: Option<String>,
    /// Whether it is a forced answer (a topping, an ingredient, a removed ingredient).
    pub forced_answer: bool,
}

/// What an item is, by the till's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// `ProdNum`.
    Product(String),
    /// `CouponNum`.
    Coupon(String),
}

/// One `Payment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// `MethodNumber`.
    pub method: String,
    /// `Tender`: the amount without the tip.
    pub tender: Decimal,
    /// `Tip`, if there is one.
    pub tip: Option<Decimal>,
}

/// `Member`: the customer. In the order to be written; no field twice, none empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// What is known.
    pub fields: Vec<(MemberField, String)>,
}

/// A field of [`Member`]; the element's name is the dialect's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MemberField {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Company.
    Company,
    /// E-mail address.
    Email,
    /// Telephone.
    Phone,
    /// Street and number.
    Address1,
    /// Second line.
    Address2,
    /// Postal code.
    PostalCode,
    /// City.
    City,
    /// State.
    State,
    /// Country.
    Country,
    /// What the courier must know.
    DeliveryNotes,
}
