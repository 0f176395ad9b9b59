//! How the console looks for a vendor, beside its colour and its logo.

/// What a profile says of it; nothing of what it leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How round cards and dialogs are, in CSS pixels: 0 to 24. Smaller things are rounded in proportion.
    pub radius: Option<u8>,
    /// Font families, the preferred first. No font is loaded: those the reader's device has count.
    pub fonts: Vec<String>,
    /// Light or dark, for readers and back offices that choose neither.
    pub theme: Option<Theme>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark ink on a light ground.
    Light,
    /// Light ink on a dark ground.
    Dark,
}

/// Families that CSS names without quotes, for they stand for whatever the device has of their kind.
const GENERIC: [&str; 8] =
    ["serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"];

impl Look {
    /// The families as a CSS `font-family` lists them; none where there are none.
    pub fn font_family(&self) -> Option<String> {
        let quoted = |family: &String| {
            if GENERIC.contains(&family.as_str()) { family.clone() } else { format!("\"{family}\"") }
        };
        let families: Vec<_> = self.fonts.iter().map(quoted).collect();
        (!families.is_empty()).then(|| families.join(", "))
    }
}
