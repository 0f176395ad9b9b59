//! The profiles compiled into this crate: a plain list, so that adding a vendor is one line and a folder.

/// Slug (the folder's name) and the text of its `profile.toml`.
pub(crate) const PROFILES: &[(&str, &str)] = &[("pos-helper", include_str!("../profiles/pos-helper/profile.toml"))];
