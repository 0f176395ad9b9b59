//! A case as HTML: one page that needs nothing else. Owns its form, its policy and its size; text from outside goes through
//! [`Shown`] and nowhere else.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use passerelle_store::{ExchangeWhole, Way};
use passerelle_wire::Note;
use sha2::{Digest as _, Sha256};

use super::pretty::pretty;
use super::story::{self, Tone, steps, took};
use super::text::Shown;
use super::{Case, Language};

const STYLE: &str = include_str!("case.css");
/// The most shown of one body, and of all of them, in bytes as they are shown.
const LARGEST_BODY: usize = 64 * 1024;
const LARGEST_ALL: usize = 1_536 * 1024;

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'")
});

/// What a case's page may do: look like itself. The page holds it too, for when it is opened from a disk; that it is framed
/// by none but ourselves can only be said beside it.
pub(crate) fn policy() -> String {
    format!("{}; frame-ancestors 'self'", *POLICY)
}

/// The page of a case that is masked already.
pub(super) fn page(case: &Case, language: Language) -> String {
    let operation = &case.operation;
    let order = operation.order.as_ref();
    let title = match order {
        Some(order) => {
            let known = order.reference.as_ref().map_or_else(String::new, |reference| format!(" · {reference}"));
            language.filled("title", &[("order", &format!("{}{known}", order.order_id))])
        }
        None => language.filled("title_other", &[("id", operation.id.as_str())]),
    };
    let zone = case.timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
    let clock = Clock { zone: zone.unwrap_or(TimeZone::UTC) };
    let mut body = String::with_capacity(64 * 1024);
    let (state, tone) = story::state(operation.state, operation.tries);
    let state = language.app(&["operation_state", state], &[]).unwrap_or_default();
    // Writing to a `String` cannot fail; this and the others below.
    let _written = writeln!(
        body,
        "<header><p>{}</p><h1><bdi>{}</bdi></h1><p class=\"state {}\">{}</p><p>{}</p><p>{} {}</p></header>",
        Shown(&language.filled("kind", &[("vendor", &case.vendor)])),
        Shown(&title),
        class(tone),
        Shown(&state),
        Shown(language.word("masked")),
        Shown(language.word("as_of")),
        Shown(&clock.local(operation.changed_at)),
    );
    cause(&mut body, case, language, tone);
    facts(&mut body, case, language, &clock, &state);
    story_table(&mut body, case, language, &clock);
    notes(&mut body, &case.notes, language);
    calls(&mut body, case, language, &clock);
    whole(language, &title, &body)
}

/// The page of a link that leads nowhere, in both languages.
pub(crate) fn gone(busy: bool) -> String {
    let words: [&'static str; 2] = if busy { ["busy_title", "busy_todo"] } else { ["gone_title", "gone_todo"] };
    let mut body = String::new();
    for language in [Language::En, Language::Fr] {
        let _written = write!(body, "<section lang=\"{}\"><h1>{}</h1>", language.tag(), Shown(language.word(words[0])));
        if !busy {
            let _written = write!(body, "<p>{}</p>", Shown(language.word("gone_means")));
        }
        let _written = writeln!(body, "<p>{}</p></section>", Shown(language.word(words[1])));
    }
    whole(Language::En, Language::En.word(words[0]), &body)
}

fn whole(language: Language, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex, nofollow\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        language.tag(),
        *POLICY,
        Shown(title),
    )
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Ok => "ok",
        Tone::Info => "info",
        Tone::Warn => "warn",
        Tone::Fail => "fail",
    }
}

fn cause(out: &mut String, case: &Case, language: Language, tone: Tone) {
    let operation = &case.operation;
    let name = operation.cause.as_deref().filter(|name| language.app(&["cause", name, "title"], &[]).is_some());
    let name = name.unwrap_or_else(|| story::without_cause(operation.kind, operation.state));
    card(out, case, language, name, tone, operation.detail.as_deref());
    if operation.flag.as_deref() == Some("cancelled_after_sending") {
        card(out, case, language, "cancelled", Tone::Fail, None);
    }
}

fn card(out: &mut String, case: &Case, language: Language, name: &str, tone: Tone, said: Option<&str>) {
    let till = language.of(&case.till);
    let word = |part: &str| language.app(&["cause", name, part], &[("till", till)]);
    let title = word("title").unwrap_or_default();
    let _written = write!(out, "<section class=\"card {}\"><h2>{}</h2><dl>", class(tone), Shown(&title));
    for (label, text) in [("means", word("means")), ("todo", word("todo")), ("who", word("who"))] {
        row(out, language.word(label), text.as_deref());
    }
    row(out, language.word("said"), said);
    out.push_str("</dl></section>\n");
}

/// One line of a list of facts, where there is one.
fn row(out: &mut String, label: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        let _written = write!(out, "<dt>{}</dt><dd><bdi>{}</bdi></dd>", Shown(label), Shown(text));
    }
}

fn facts(out: &mut String, case: &Case, language: Language, clock: &Clock, state: &str) {
    let operation = &case.operation;
    let named = |name: &str, id: &str| format!("{name} ({id})");
    let _written = write!(out, "<section><h2>{}</h2><dl>", Shown(language.word("facts")));
    let mut fact = |label: &'static str, text: Option<&str>| row(out, language.word(label), text);
    fact("state", Some(state));
    if let Some(order) = &operation.order {
        fact("order", Some(&order.order_id));
        fact("reference", order.reference.as_deref());
        fact("channel", order.channel.as_deref());
        fact("amount", order.total.as_deref());
        fact("ordered", order.ordered_at.map(|at| clock.local(at)).as_deref());
        let expected = order.expected_at.map(|at| clock.local(at));
        fact("expected", expected.as_deref().or(Some(language.word("asap"))));
        fact("tries", Some(&operation.tries.to_string()));
    }
    fact("till", Some(language.of(&case.till)));
    fact("location", case.location.as_ref().map(|at| named(&at.name, &at.id)).as_deref());
    fact("account", Some(&named(&case.account.name, &case.account.id)));
    fact("operation", Some(operation.id.as_str()));
    out.push_str("</dl>");
    if operation.may_be_printed {
        let _written = write!(out, "<p class=\"state warn\">{}</p>", Shown(language.word("may_be_printed")));
    }
    out.push_str("</section>\n");
}

fn story_table(out: &mut String, case: &Case, language: Language, clock: &Clock) {
    let _written = write!(
        out,
        "<section><h2>{}</h2><table><thead><tr><th scope=\"col\">{} ({})</th><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th></tr></thead><tbody>",
        Shown(language.word("story")),
        Shown(language.word("when")),
        Shown(&clock.name()),
        Shown(language.word("utc")),
        Shown(language.word("what")),
    );
    for step in steps(case, language) {
        let _written = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td><bdi>{}</bdi></td></tr>",
            Shown(&clock.exact(step.at)),
            Shown(&Clock { zone: TimeZone::UTC }.exact(step.at)),
            Shown(&step.what),
        );
    }
    out.push_str("</tbody></table></section>\n");
}

fn notes(out: &mut String, notes: &[Note], language: Language) {
    if notes.is_empty() {
        return;
    }
    let _written = write!(out, "<section><h2>{}</h2><ul>", Shown(language.word("notes")));
    for note in notes {
        let code = serde_json::to_value(note.code).ok();
        let code = code.as_ref().and_then(|code| code.as_str()).unwrap_or_default();
        let texts = [("name", note.name.as_str()), ("other", note.other.as_deref().unwrap_or_default())];
        let text = language.app(&["note", code], &texts).unwrap_or_else(|| note.name.clone());
        let _written = write!(out, "<li><bdi>{}</bdi> <code>{}</code></li>", Shown(&text), Shown(&note.path));
    }
    out.push_str("</ul></section>\n");
}

fn calls(out: &mut String, case: &Case, language: Language, clock: &Clock) {
    if case.calls.is_empty() {
        return;
    }
    let _written = write!(out, "<section><h2>{}</h2>", Shown(language.word("exchanges")));
    let room = out.len() + LARGEST_ALL;
    for call in &case.calls {
        one_call(out, case, call, language, clock, room);
    }
    if case.more > 0 {
        let more = language.filled("more", &[("count", &case.more.to_string())]);
        let _written = write!(out, "<p class=\"hint\">{}</p>", Shown(&more));
    }
    out.push_str("</section>\n");
}

fn one_call(out: &mut String, case: &Case, call: &ExchangeWhole, language: Language, clock: &Clock, room: usize) {
    let row = &call.row;
    let way = match row.way {
        Way::HubriseToBridge => language.word("way_in").to_owned(),
        Way::BridgeToHubrise => language.word("way_hubrise").to_owned(),
        Way::BridgeToTill => language.filled("way_till", &[("till", language.of(&case.till))]),
    };
    let _written = write!(
        out,
        "<article><h3>{}</h3><p class=\"hint\">{} · <code>{} {}</code> · {}</p>",
        Shown(&way),
        Shown(&clock.exact(row.started_at)),
        Shown(&row.method),
        Shown(&row.url),
        Shown(&took(row.duration_us)),
    );
    let _written = write!(out, "<h4>{}</h4>", Shown(language.word("request")));
    part(out, language, (&call.request_headers, &call.request_body), room);
    let status = row.status.map(|status| format!(" {status}")).unwrap_or_default();
    let _written = write!(out, "<h4>{}{status}</h4>", Shown(language.word("response")));
    if let Some(error) = &row.error {
        let none = language.filled("response_none", &[("error", error)]);
        let _written = write!(out, "<p>{}</p>", Shown(&none));
    }
    if row.status.is_some() {
        part(out, language, (&call.response_headers, &call.response_body), room);
    }
    out.push_str("</article>\n");
}

fn part(out: &mut String, language: Language, (headers, body): (&str, &[u8]), room: usize) {
    let body = String::from_utf8_lossy(body);
    for (label, text) in [("headers", headers), ("body", body.as_ref())] {
        let caption = language.word(label);
        if text.is_empty() {
            let _written = write!(out, "<p class=\"hint\">{}: {}</p>", Shown(caption), Shown(language.word("nothing")));
            continue;
        }
        let bytes = text.len().to_string();
        let shown = Shown(cut(&pretty(cut(text)))).to_string();
        let kept = cut(&shown);
        if out.len() + kept.len() > room {
            let left_out = language.filled("left_out", &[("bytes", &bytes)]);
            let _written = write!(out, "<p class=\"hint\">{}: {}</p>", Shown(caption), Shown(&left_out));
            continue;
        }
        let _written = write!(
            out,
            "<figure><figcaption>{}</figcaption><pre tabindex=\"0\" role=\"group\" aria-label=\"{}\">{}</pre>",
            Shown(caption),
            Shown(caption),
            // An entity that is cut in half would eat what follows.
            kept.rsplit_once('&').map_or(kept, |(before, last)| if last.contains(';') { kept } else { before }),
        );
        if kept.len() < shown.len() || text.len() > LARGEST_BODY {
            let _written =
                write!(out, "<p class=\"hint\">{}</p>", Shown(&language.filled("cut", &[("bytes", &bytes)])));
        }
        out.push_str("</figure>");
    }
}

/// The beginning of a text, as much as is shown.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(LARGEST_BODY);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A place's own time.
struct Clock {
    zone: TimeZone,
}

impl Clock {
    fn name(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    /// With the zone, for a sentence.
    fn local(&self, at: Timestamp) -> String {
        format!("{} ({})", at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S"), self.name())
    }

    /// With milliseconds, for a table: what happened within a second has an order.
    fn exact(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S%.3f").to_string()
    }
}
