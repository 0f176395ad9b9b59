//! One operation in the list: when, which order, what it is or why it was found, from where, how much, and how it stands in
//! a word with its cause. A row of the document is made once and written anew for whatever line comes to stand in it: a
//! browser that scrolls has no time to make others.

use leptos::{prelude::*, tachys::view::Render};
use passerelle_wire::{MatchKind, Matched, OperationKind, OperationLine};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::{super::Here, list::List};
use crate::{
    browser::clock::{self, Precision},
    components::icon::{Glyph, Icon},
    i18n::{Language, Locale, td_string},
    logic::{
        operation::{self, Look, kind, look, state, why},
        query::encode,
        search::marked,
    },
    routes::Part,
};

/// How many letters of an excerpt stand before what matched.
const BEFORE: usize = 10;

/// The `aria-rowindex` of the first row: they count from one, and the heading is a row too.
pub const FIRST: usize = 2;

/// A row's id in the document.
pub fn row_id(bodies: bool, row: usize) -> String {
    let list = if bodies { "said" } else { "operation" };
    [list, &row.to_string()].join("-")
}

/// Where a row leads: to the operation, or to the request or answer that holds what was looked for.
pub fn href(here: &Here, line: &OperationLine) -> String {
    let mut path = here.path(Part::Operation(line.id.clone()));
    if let Some(exchange) = line.matched.as_ref().and_then(|matched| matched.exchange.as_deref()) {
        path.push_str("/exchanges/");
        path.push_str(&encode(exchange));
    }
    path
}

/// A row without a line, to make others like it. Every element without an element in it holds a text, but for those that
/// `Slot::like` names.
pub fn pattern() -> Element {
    let row = view! {
        <div class="line" role="row">
            <span role="gridcell" class="time">
                <a tabindex="-1">
                    <span class="date">" "</span>
                    <time>" "</time>
                </a>
            </span>
            <span role="gridcell" class="order">
                <bdi class="id">" "</bdi>
                <span class="narrow muted">" "</span>
                " "
                <bdi class="muted">" "</bdi>
            </span>
            <span role="gridcell" class="wide about">
                <span>" "</span>
                <span></span>
            </span>
            <span role="gridcell" class="wide">
                <bdi>" "</bdi>
            </span>
            <span role="gridcell" class="wide amount">
                " "
            </span>
            <span role="gridcell">
                <Icon of=Glyph::Info />
                <strong>" "</strong>
                " "
                <bdi class="why">" "</bdi>
            </span>
            <span role="gridcell" class="blank">
                <span class="hidden">" "</span>
                <span class="bones">
                    <span class="bone"></span>
                </span>
            </span>
        </div>
    };
    Element::clone(&row.build())
}

/// What is written into rows.
pub struct Writing<'a> {
    /// The till.
    pub here: &'a Here,
    /// The list.
    pub list: List,
    /// The language.
    pub language: Language,
    /// The location's time zone.
    pub zone: Option<&'a str>,
}

/// A row of the document.
pub struct Slot {
    /// The row itself.
    pub row: HtmlElement,
    /// The link in it.
    pub link: Element,
    /// The line that stands in it: which, and which edition of it, if it is here; none once it has to be written anew.
    stands: Option<(usize, Option<u32>)>,
    /// The day of its line.
    day: Option<String>,
    active: bool,
    look: Option<Look>,
    found: bool,
    cell: Element,
    icon: Element,
    extra: Element,
    texts: Vec<(Node, String)>,
}

impl Slot {
    /// A row like `pattern`; none if that is not what it was thought to be.
    pub fn like(pattern: &Element) -> Option<Self> {
        let row: HtmlElement = pattern.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        let mut leaves = Vec::new();
        gather(&row, &mut leaves);
        // The bone, and the two that hold no text of their own.
        leaves.pop();
        let icon = leaves.remove(9);
        let extra = leaves.remove(6);
        let texts = leaves.iter().filter_map(|leaf| Some((leaf.first_child()?, " ".to_owned()))).collect();
        let link = leaves.first()?.parent_element()?;
        let cell = icon.closest("[role=gridcell]").ok()??;
        let (stands, day, active, look, found) = (None, None, false, None, false);
        Some(Self { row, link, stands, day, active, look, found, cell, icon, extra, texts })
    }

    /// Lets it be written anew.
    pub fn forget(&mut self) {
        self.stands = None;
    }

    /// The day of its line.
    pub fn day(&self) -> Option<&String> {
        self.day.as_ref()
    }

    /// Makes it the row of `line`, which is the one at `index`; nothing to do where it is. `before`: the day of the line above,
    /// written at each first line of a day.
    pub fn take(
        &mut self,
        on: &Writing<'_>,
        index: usize,
        line: Option<(u32, &OperationLine)>,
        before: Option<&String>,
        active: bool,
    ) {
        let stands = (index, line.map(|(edition, _)| edition));
        let anew = self.stands != Some(stands);
        if anew || self.active != active {
            let class = ["line", if active { " active" } else { "" }, if line.is_some() { "" } else { " bare" }];
            self.row.set_class_name(&class.concat());
            set(&self.row, "aria-selected", if active { "true" } else { "false" });
            self.active = active;
        }
        if anew {
            self.stands = Some(stands);
            self.row.set_id(&row_id(on.list.bodies, index));
            set(&self.row, "aria-rowindex", &(index + FIRST).to_string());
            _ = self.row.style().set_property("top", &["calc(", &index.to_string(), " * var(--row))"].concat());
            self.write(on, line.map(|(_, line)| line));
        }
        let dated = self.day.as_ref().filter(|day| Some(*day) != before);
        let date = dated.map(|day| [day, " "].concat()).unwrap_or_default();
        self.text(0, &date);
    }

    /// Writes all that a line is, but for its day.
    fn write(&mut self, on: &Writing<'_>, line: Option<&OperationLine>) {
        let language = on.language;
        let (locale, code) = untrack(|| (language.get(), language.code()));
        let Some(line) = line else {
            self.day = None;
            return self.text(10, td_string!(locale, wait.loading));
        };
        let at = line.received_at.as_str();
        self.day = Some(clock::local(code, at, on.zone, Precision::Day));
        // Written when it is pointed at.
        _ = self.link.remove_attribute("title");
        set(&self.link, "href", &href(on.here, line));
        if let Some(time) = self.link.last_element_child() {
            set(&time, "datetime", at);
        }
        let order = line.order.as_ref();
        let asks = look(line);
        if self.look != Some(asks) {
            self.look = Some(asks);
            self.cell.set_class_name(&["state ", class(asks)].concat());
            set(&self.icon, "d", glyph(asks).path());
        }
        let done = done(locale, line);
        let found = line.matched.is_some() || !done.is_empty();
        if found || self.found {
            self.found = found;
            self.extra.set_text_content(Some(""));
            extra(&self.extra, locale, line, on.list, &done);
        }
        let text = |of: Option<&String>| of.cloned().unwrap_or_default();
        // Where there is no column for it.
        let narrow = if line.kind == OperationKind::OrderCreated { "" } else { kind(locale, line.kind) };
        let about = if line.matched.is_some() { String::new() } else { operation::about(locale, line) };
        let cause = line.cause.filter(|_| line.flag.is_none()).map_or("", |cause| why(locale, cause));
        self.text(1, &clock::local(code, at, on.zone, Precision::Time));
        self.text(2, order.map_or("–", |order| &order.order_id));
        self.text(3, narrow);
        self.text(4, &text(order.and_then(|order| order.reference.as_ref())));
        self.text(5, &about);
        self.text(6, &text(order.and_then(|order| order.channel.as_ref())));
        self.text(
            7,
            &order.and_then(|order| order.total.as_deref()).map(|total| clock::money(code, total)).unwrap_or_default(),
        );
        self.text(8, state(locale, line));
        self.text(9, cause);
    }

    /// Writes one of its texts, unless it stands there.
    fn text(&mut self, number: usize, text: &str) {
        if let Some((node, stands)) = self.texts.get_mut(number).filter(|(_, stands)| stands != text) {
            node.set_node_value(Some(text));
            text.clone_into(stands);
        }
    }
}

/// All elements within one that have none in them.
fn gather(within: &Element, leaves: &mut Vec<Element>) {
    let mut next = within.first_element_child();
    if next.is_none() {
        leaves.push(within.clone());
    }
    while let Some(element) = next {
        gather(&element, leaves);
        next = element.next_element_sibling();
    }
}

fn set(element: &Element, name: &str, value: &str) {
    _ = element.set_attribute(name, value);
}

/// What is told of a line to who points at it: its moment by each clock, and in full what its row may have no room for.
pub fn told(language: Language, line: &OperationLine, zone: Option<&str>) -> String {
    let mut told = clocks(language, &line.received_at, zone);
    let cause = line.cause.filter(|_| line.flag.is_none()).map(|cause| why(language.get_untracked(), cause));
    let excerpt = line.matched.as_ref().and_then(|matched| matched.excerpt.as_deref());
    for text in [excerpt, line.detail.as_deref().or(cause)].into_iter().flatten() {
        told.push('\n');
        told.push_str(text);
    }
    told
}

/// A moment by the store's clock, the reader's and everybody's, for who points at it.
fn clocks(language: Language, at: &str, zone: Option<&str>) -> String {
    let here = td_string!(language.get_untracked(), operations.here);
    let mut clocks = String::new();
    for (name, zone) in [(zone.unwrap_or_default(), zone), (here, None), ("UTC", Some("UTC"))] {
        if name.is_empty() {
            continue;
        }
        for part in [name, ": ", &clock::local(untrack(|| language.code()), at, zone, Precision::Whole), "\n"] {
            clocks.push_str(part);
        }
    }
    clocks.truncate(clocks.trim_end().len());
    clocks
}

/// What people did with an operation.
fn done(locale: Locale, line: &OperationLine) -> Vec<&'static str> {
    let mut done = Vec::new();
    if line.handled_at.is_some() {
        done.push(td_string!(locale, operations.handled));
    }
    if line.manual {
        done.push(td_string!(locale, operations.manual));
    } else if line.resends > 0 {
        done.push(td_string!(locale, operations.resent));
    }
    done
}

/// Writes why an operation was found, and what people did with it.
fn extra(into: &Element, locale: Locale, line: &OperationLine, list: List, done: &[&str]) {
    if let Some(Matched { kind: found, excerpt, .. }) = &line.matched {
        add(into, "mark", matched(locale, *found));
        if let (Some(excerpt), Some(bdi)) = (excerpt, add(into, "bdi", "")) {
            let wanted = list.asked.query.with_untracked(|query| query.text().to_owned());
            let (before, mark, after) = marked(excerpt, &wanted);
            // A few letters before it: what matched is to be seen in a narrow column too.
            let skipped = before.chars().count().saturating_sub(BEFORE);
            say(&bdi, &before.chars().skip(skipped).collect::<String>());
            add(&bdi, "mark", mark);
            say(&bdi, after);
        }
    }
    for word in done {
        if let Some(span) = add(into, "span", word) {
            span.set_class_name("done");
        }
    }
}

/// Puts an element with a text into another, a space away from what precedes it.
fn add(into: &Element, tag: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    say(&element, text);
    if tag != "mark" || into.tag_name() != "BDI" {
        say(into, " ");
    }
    into.append_child(&element).ok()?;
    Some(element)
}

fn say(into: &Element, text: &str) {
    _ = into.append_with_str_1(text);
}

/// What of an operation matched, in words.
fn matched(locale: Locale, kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::OrderId => td_string!(locale, operations.matched_id),
        MatchKind::Reference => td_string!(locale, operations.matched_reference),
        MatchKind::CollectionCode => td_string!(locale, operations.matched_code),
        MatchKind::Phone => td_string!(locale, operations.matched_phone),
        MatchKind::Customer => td_string!(locale, operations.matched_customer),
        MatchKind::Detail => td_string!(locale, operations.matched_detail),
        MatchKind::Request => td_string!(locale, operations.matched_request),
        MatchKind::Answer => td_string!(locale, operations.matched_answer),
    }
}

/// The class that carries the colour of what a state asks of the reader.
pub fn class(look: Look) -> &'static str {
    match look {
        Look::Fine => "ok",
        Look::Busy => "busy",
        Look::Unsure => "warn",
        Look::Broken => "fail",
        Look::Kept => "kept",
    }
}

/// Its icon.
pub fn glyph(look: Look) -> Glyph {
    match look {
        Look::Fine => Glyph::Done,
        Look::Busy => Glyph::Clock,
        Look::Unsure => Glyph::Off,
        Look::Broken => Glyph::Warn,
        Look::Kept => Glyph::Info,
    }
}
