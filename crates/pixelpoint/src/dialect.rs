//! Everything that is not known of PixelPoint's interface: each unknown is one named setting or one table, here.
//!
//! `docs/pixelpoint-assumptions.md` lists them and says how to follow PAR's guide once someone has it. Owns no writing
//! and no reading: `request` and `answer` ask this.

use std::fmt;
use std::str::FromStr;

use crate::order::MemberField;

/// How this PixelPoint is spoken to. The default is what the public documents make likeliest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// Where `Transaction` and `Member` stand.
    pub member_place: MemberPlace,
    /// How `ScheduleTime` is written.
    pub schedule_time: ScheduleTime,
    /// How an item is marked as a forced answer.
    pub forced_answer: ForcedAnswer,
    /// Which sign a discount's `CostEach` has.
    pub discount_sign: DiscountSign,
    /// How several payments are written.
    pub payments: Payments,
    /// The `RequestType` that lists discounts; unknown, so nothing is asked until it is set.
    pub discounts_request_type: Option<u16>,
}

/// A name that is none of a setting's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is none of {allowed}")]
pub struct UnknownName {
    found: String,
    allowed: String,
}

/// A setting with a closed list of names, by which an operator writes it.
macro_rules! named {
    ($(#[$doc:meta])* $setting:ident { $($(#[$about:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $setting {
            $($(#[$about])* $variant,)+
        }

        impl $setting {
            /// Every name an operator may write, the default first.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl FromStr for $setting {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, UnknownName> {
                match name {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(UnknownName { found: name.to_owned(), allowed: quoted(Self::NAMES) }),
                }
            }
        }

        impl fmt::Display for $setting {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named! {
    /// Where `Transaction` and `Member` stand: HubRise's log page shows them inside `EOITransfer`, beside the token;
    /// public code that calls the EOI puts `Transaction` beside `EOITransfer`.
    MemberPlace {
        /// Inside `EOITransfer`.
        #[default]
        Inside = "inside",
        /// Beside it.
        Beside = "beside",
    }
}

named! {
    /// How `ScheduleTime` is written, always in the store's own time.
    ScheduleTime {
        /// ISO 8601 without an offset: `2026-11-22T19:30:00`.
        #[default]
        Local = "local",
        /// The same with a space, as SQL writes it: `2026-11-22 19:30:00`.
        Spaced = "spaced",
        /// As Windows writes it in the United States: `11/22/2026 7:30:00 PM`.
        American = "american",
    }
}

named! {
    /// How an item is marked as a forced answer.
    ForcedAnswer {
        /// An element [`FORCED_ANSWER`] = 1 in it.
        #[default]
        Flag = "flag",
        /// Not at all: that it points at another item says enough.
        Plain = "plain",
    }
}

named! {
    /// Which sign a discount's `CostEach` has.
    DiscountSign {
        /// It is taken off: `-2.00`.
        #[default]
        Negative = "negative",
        /// That it is a coupon says so: `2.00`.
        Positive = "positive",
    }
}

named! {
    /// How several payments are written.
    Payments {
        /// One `Payment` after the other, in `Transaction`.
        #[default]
        Repeated = "repeated",
        /// In an element `Payments`, as `Items` holds each `Item`.
        Wrapped = "wrapped",
    }
}

/// The element that marks a forced answer, where [`ForcedAnswer::Flag`] is set.
pub const FORCED_ANSWER: &str = "ForcedAnswer";

/// The element's name of each field of `Member`. Named in public: `FirstName`, `LastName`, `Email`.
pub const fn member_element(field: MemberField) -> &'static str {
    match field {
        MemberField::FirstName => "FirstName",
        MemberField::LastName => "LastName",
        MemberField::Company => "Company",
        MemberField::Email => "Email",
        MemberField::Phone => "Phone",
        MemberField::Address1 => "Address1",
        MemberField::Address2 => "Address2",
        MemberField::PostalCode => "PostalCode",
        MemberField::City => "City",
        MemberField::State => "State",
        MemberField::Country => "Country",
        MemberField::DeliveryNotes => "DeliveryNotes",
    }
}

/// Under which names an answer gives the order's number, the likeliest first.
pub(crate) const ORDER_NUMBERS: &[&str] =
    &["TransactionNum", "TransactNum", "TransactionNumber", "OrderNum", "OrderNumber", "CheckNum"];

/// Under which names a line of a listing gives its code, the likeliest first.
pub(crate) const LISTED_NUMBERS: &[&str] = &[
    "ProdNum",
    "CouponNum",
    "DiscountNum",
    "PromoNum",
    "ReportCategoryNum",
    "ReportCatNum",
    "CategoryNum",
    "ReportNum",
    "Number",
    "Num",
];

/// Under which names a line of a listing gives its name, the likeliest first.
pub(crate) const LISTED_NAMES: &[&str] = &["Description", "Descript", "Name"];

/// With which ends of a name a listing may give a name (`ProdName`, `CouponName`), when none of the above is there.
pub(crate) const LISTED_NAME_ENDS: &[&str] = &["Name", "Description", "Descript"];

/// What a refusal that names an unknown code is about. Both tables are compared in lower case.
pub(crate) const PRODUCT_WORDS: &[&str] = &["product", "prodnum", "item", "coupon", "plu"];

/// How a refusal says that something is unknown.
pub(crate) const UNKNOWN_WORDS: &[&str] = &[
    "unknown",
    "not found",
    "cannot be found",
    "could not be found",
    "does not exist",
    "doesn't exist",
    "do not exist",
    "not exist",
    "no such",
    "invalid",
    "not valid",
    "not recognized",
    "not recognised",
];

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn every_setting_reads_the_names_it_writes() {
        for name in MemberPlace::NAMES {
            assert_eq!(name.parse::<MemberPlace>().unwrap().name(), *name);
        }
        for name in ScheduleTime::NAMES {
            assert_eq!(name.parse::<ScheduleTime>().unwrap().name(), *name);
        }
        for name in ForcedAnswer::NAMES {
            assert_eq!(name.parse::<ForcedAnswer>().unwrap().name(), *name);
        }
        for name in DiscountSign::NAMES {
            assert_eq!(name.parse::<DiscountSign>().unwrap().name(), *name);
        }
        for name in Payments::NAMES {
            assert_eq!(name.parse::<Payments>().unwrap().name(), *name);
        }
    }

    #[test]
    fn the_default_is_the_first_name() {
        let dialect = Dialect::default();
        assert_eq!(dialect.member_place.name(), MemberPlace::NAMES[0]);
        assert_eq!(dialect.schedule_time.name(), ScheduleTime::NAMES[0]);
        assert_eq!(dialect.forced_answer.name(), ForcedAnswer::NAMES[0]);
        assert_eq!(dialect.discount_sign.name(), DiscountSign::NAMES[0]);
        assert_eq!(dialect.payments.name(), Payments::NAMES[0]);
        assert_eq!(dialect.discounts_request_type, None);
    }

    #[test]
    fn says_which_names_there_are() {
        let error = "outside".parse::<MemberPlace>().unwrap_err();
        assert_eq!(error.to_string(), "`outside` is none of `inside`, `beside`");
    }
}
