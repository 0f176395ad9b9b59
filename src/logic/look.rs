//! A vendor's look, as the page wears it and as it is remembered.

use std::borrow::Cow;

use passerelle_wire::{Theme, Vendor};

/// Where the look of the vendor last seen is remembered; `index.html` reads it before the first paint.
pub const STORED: &str = "passerelle.look";

/// Properties of the whole page's, and the theme at the end; what is empty is as it always is.
pub type Worn = [(&'static str, Cow<'static, str>); 4];

const fn worn(
    color: Cow<'static, str>,
    radius: Cow<'static, str>,
    font: Cow<'static, str>,
    theme: &'static str,
) -> Worn {
    [("--vendor", color), ("--radius", radius), ("--font", font), ("theme", Cow::Borrowed(theme))]
}

/// The look where no vendor is concerned.
pub const OURS: Worn = worn(Cow::Borrowed(""), Cow::Borrowed(""), Cow::Borrowed(""), "");

/// The look of a vendor's.
pub fn of(vendor: &Vendor) -> Worn {
    let look = &vendor.look;
    let radius = look.radius.map(|radius| format!("{radius}px")).unwrap_or_default();
    let theme = match look.theme {
        Some(Theme::Light) => "light",
        Some(Theme::Dark) => "dark",
        None => "",
    };
    worn(vendor.brand.clone().into(), radius.into(), look.font.clone().unwrap_or_default().into(), theme)
}

/// What is remembered: the vendor, a blank, and each `name:value`, with semicolons between.
pub fn kept(slug: &str, worn: &Worn) -> String {
    let mut kept = format!("{slug} ");
    for (name, value) in worn.iter().filter(|(_, value)| !value.is_empty()) {
        kept.push_str(name);
        kept.push(':');
        kept.push_str(value);
        kept.push(';');
    }
    kept
}

#[cfg(test)]
mod tests {
    use passerelle_wire::{Connects, Ending, Layout, Localized, Look, Support};

    use super::*;

    fn vendor(look: Look) -> Vendor {
        let text = || Localized { en: String::new(), fr: String::new() };
        Vendor {
            slug: "bella".into(),
            name: "Bella".into(),
            brand: "#c2410c".into(),
            look,
            logo_url: String::new(),
            promise: text(),
            connects: Connects::SelfService,
            layout: Layout::Page,
            ending: Ending { label: text(), title: text(), confirm: text(), locks: false },
            flows: Vec::new(),
            never: Vec::new(),
            contact: None,
            prerequisites: Vec::new(),
            capabilities: Vec::new(),
            menu_path: Vec::new(),
            support: Support {
                email: String::new(),
                role: String::new(),
                phone: None,
                docs_url: None,
                till_email: None,
            },
            signup_url: String::new(),
            back_office_url: String::new(),
            tills: Vec::new(),
        }
    }

    #[test]
    fn what_a_vendor_leaves_out_is_as_it_always_is() {
        let plain = of(&vendor(Look::default()));
        assert_eq!(plain.each_ref().map(|(_, value)| &**value), ["#c2410c", "", "", ""]);
        assert_eq!(kept("bella", &plain), "bella --vendor:#c2410c;");
        assert!(OURS.iter().all(|(_, value)| value.is_empty()));
    }

    #[test]
    fn all_of_it_is_worn_and_remembered() {
        let look = Look { radius: Some(0), font: Some("\"Segoe UI\", serif".into()), theme: Some(Theme::Dark) };
        let worn = of(&vendor(look));
        assert_eq!(kept("bella", &worn), "bella --vendor:#c2410c;--radius:0px;--font:\"Segoe UI\", serif;theme:dark;");
    }
}
