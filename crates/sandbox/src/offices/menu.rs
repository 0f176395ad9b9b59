//! The menus of the back offices, in the three ways they are laid out. All are links, so all work without a script.

use super::{
    vendor::{Entry, Layout, say},
    visit::Visit,
};
use crate::html::Esc;

impl Layout {
    /// Its name in the style sheets.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::DropDown => "drops",
            Self::Tabs => "tabbed",
            Self::Side => "sided",
        }
    }
}

/// The menu, with the way to the page marked; on the first page the way is empty.
pub(super) fn menu(visit: &Visit, trail: &[&Entry]) -> String {
    let (lang, vendor) = (visit.lang, visit.vendor);
    let base = format!("/{}", vendor.slug);
    let home = link(visit, &base, say(lang, vendor.home), trail.is_empty().then_some("page"));
    let entries: String = vendor.menu.iter().map(|entry| first(visit, &base, entry, trail)).collect();
    let name = lang.pick("Menu principal", "Main menu");
    let inner = match (vendor.layout, trail.first()) {
        (Layout::DropDown, _) | (_, None) => String::new(),
        (_, Some(entry)) if entry.inner.is_empty() => String::new(),
        (Layout::Tabs, Some(entry)) => {
            let links = items(visit, &format!("{base}/{}", entry.slug), entry.inner, trail);
            format!(r#"<nav class="tabs" aria-label="{}"><ul>{links}</ul></nav>"#, Esc(say(lang, entry.words)))
        }
        (Layout::Side, Some(entry)) => sections(visit, &format!("{base}/{}", entry.slug), entry, trail),
    };
    format!(r#"<nav class="menu" aria-label="{name}"><ul><li>{home}</li>{entries}</ul></nav>{inner}"#)
}

fn first(visit: &Visit, base: &str, entry: &Entry, trail: &[&Entry]) -> String {
    let words = say(visit.lang, entry.words);
    let path = format!("{base}/{}", entry.slug);
    let inside = trail.first().is_some_and(|one| one.slug == entry.slug);
    if visit.vendor.layout == Layout::DropDown && !entry.inner.is_empty() {
        let class = if inside { r#" class="here""# } else { "" };
        let links = items(visit, &path, entry.inner, trail);
        return format!(
            r#"<li><details{class} name="office"><summary>{}</summary><ul class="drop">{links}</ul></details></li>"#,
            Esc(words)
        );
    }
    let mark = match (inside, trail.len()) {
        (false, _) => None,
        (true, 1) => Some("page"),
        (true, _) => Some("true"),
    };
    format!("<li>{}</li>", link(visit, &path, words, mark))
}

fn sections(visit: &Visit, base: &str, entry: &Entry, trail: &[&Entry]) -> String {
    let lang = visit.lang;
    let each: String = entry
        .inner
        .iter()
        .map(|section| {
            let links = items(visit, &format!("{base}/{}", section.slug), section.inner, trail);
            let (id, words) = (section.slug, Esc(say(lang, section.words)));
            format!(r#"<p class="section" id="s-{id}">{words}</p><ul aria-labelledby="s-{id}">{links}</ul>"#)
        })
        .collect();
    format!(r#"<nav class="sections" aria-label="{}">{each}</nav>"#, Esc(say(lang, entry.words)))
}

/// Links to the pages of one part of the menu.
fn items(visit: &Visit, base: &str, entries: &[Entry], trail: &[&Entry]) -> String {
    let here = |entry: &Entry| trail.last().is_some_and(|last| std::ptr::eq(*last, entry));
    entries
        .iter()
        .map(|entry| {
            let path = format!("{base}/{}", entry.slug);
            format!("<li>{}</li>", link(visit, &path, say(visit.lang, entry.words), here(entry).then_some("page")))
        })
        .collect()
}

fn link(visit: &Visit, path: &str, words: &str, mark: Option<&str>) -> String {
    let mark = mark.map(|mark| format!(r#" aria-current="{mark}""#)).unwrap_or_default();
    // A till picked on one page says nothing on another.
    let address = Visit { till: None, ..visit.clone() }.to(path);
    format!(r#"<a href="{}"{mark}>{}</a>"#, Esc(&address), Esc(words))
}
