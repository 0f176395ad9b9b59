//! What can be wrong with a back office's token, by the word in the address: `?fault=expired`. What each does to a token is
//! in `token`, what it does to the call is in `calls` and in the page's script.

/// Something a back office does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its end is past.
    Expired,
    /// It begins in an hour.
    Future,
    /// It lives longer than is allowed.
    Lifetime,
    /// For another console.
    Audience,
    /// It says to be from another vendor, with the secret of this one.
    Vendor,
    /// For the other restaurant.
    MerchantOther,
    /// Not signed at all: `alg` is `none`.
    Unsigned,
    /// Signed well, by an algorithm that was not agreed on.
    Algorithm,
    /// Its signature is of something else.
    Signature,
    /// The same token at every call.
    Reused,
    /// 100 kB long.
    Long,
    /// The call is never answered.
    Silent,
    /// The call fails.
    Reject,
    /// The page answers each question of the console's more than once.
    Twice,
}

impl Fault {
    /// All, by their words.
    pub(super) const ALL: [(&'static str, Self); 14] = [
        ("expired", Self::Expired),
        ("future", Self::Future),
        ("lifetime", Self::Lifetime),
        ("audience", Self::Audience),
        ("vendor", Self::Vendor),
        ("merchant-other", Self::MerchantOther),
        ("none", Self::Unsigned),
        ("alg", Self::Algorithm),
        ("signature", Self::Signature),
        ("reused", Self::Reused),
        ("long", Self::Long),
        ("silent", Self::Silent),
        ("reject", Self::Reject),
        ("twice", Self::Twice),
    ];

    /// Its word in an address.
    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, fault)| *fault == self).map_or("", |(word, _)| word)
    }
}
