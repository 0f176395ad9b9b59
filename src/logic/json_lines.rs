//! JSON laid out, a field a line. For a text a browser's parser has taken: what is broken comes out as it stands, somehow. Numbers
//! and texts stay as they are written, but for letters written as numbers (`\u00e9`), which no person reads.

use super::layout::{Kind, Layout, Span, Writer};

/// Lays it out.
pub fn lay_out(json: &str) -> Layout {
    let mut writer = Writer::default();
    // Whether each thing that is open is an object.
    let mut open: Vec<bool> = Vec::new();
    let mut rest = json.trim_start_matches('\u{feff}').trim();
    let mut key: Option<Span> = None;
    writer.line();
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            '{' | '[' => {
                let end = if first == '{' { '}' } else { ']' };
                writer.about(key.take(), None);
                if let Some(after) = after.trim_start().strip_prefix(end) {
                    writer.put(Kind::Mark, if first == '{' { "{}" } else { "[]" });
                    rest = after;
                } else {
                    writer.put(Kind::Mark, if first == '{' { "{" } else { "[" });
                    writer.open();
                    open.push(first == '{');
                    writer.line();
                    rest = after;
                }
            }
            '}' | ']' => {
                open.pop();
                writer.close();
                writer.put(Kind::Mark, if first == '}' { "}" } else { "]" });
                rest = after;
            }
            ',' => {
                writer.put(Kind::Mark, ",");
                writer.line();
                rest = after;
            }
            ':' => {
                writer.put(Kind::Mark, ": ");
                rest = after;
            }
            '"' => {
                let (text, after) = after.split_at(text_end(after));
                writer.put(Kind::Mark, "\"");
                let is_key = key.is_none() && open.last() == Some(&true) && after_quote(after).starts_with(':');
                let span = writer.put(if is_key { Kind::Name } else { Kind::Text }, &readable(text));
                writer.put(Kind::Mark, "\"");
                if is_key {
                    key = Some(span);
                } else {
                    writer.about(key.take(), Some(span));
                }
                rest = after.get(1..).unwrap_or_default();
            }
            _ => {
                let end = rest.find(|c: char| ",]}:".contains(c) || c.is_ascii_whitespace()).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                let kind =
                    if word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) { Kind::Number } else { Kind::Word };
                let span = writer.put(kind, word);
                writer.about(key.take(), Some(span));
                rest = after;
            }
        }
        rest = rest.trim_start();
    }
    writer.done()
}

/// What follows a text's closing quote.
fn after_quote(text: &str) -> &str {
    text.get(1..).unwrap_or_default().trim_start()
}

/// Where a text ends: at the first quote that is not escaped.
fn text_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// Letters written as numbers become letters; whatever else is escaped stays so.
fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let unit = |from: usize| {
            let digits = escape.get(from..from + 6)?.strip_prefix("\\u")?;
            u32::from_str_radix(digits, 16).ok()
        };
        let (letter, length) = match (unit(0), unit(6)) {
            (Some(high @ 0xd800..0xdc00), Some(low @ 0xdc00..0xe000)) => {
                (char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)), 12)
            }
            (Some(unit), _) => (char::from_u32(unit).filter(|letter| *letter > '\u{9f}'), 6),
            (None, _) => (None, 2),
        };
        let mut length = length.min(escape.len());
        while !escape.is_char_boundary(length) {
            length += 1;
        }
        match letter {
            Some(letter) => out.push(letter),
            None => out.push_str(escape.get(..length).unwrap_or_default()),
        }
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &str) {
        assert_eq!(lay_out(json).text, expected, "{json}");
    }

    #[test]
    fn a_field_is_a_line_and_what_holds_others_folds() {
        let laid = lay_out(
            r#"{"id":"9yjbqd","total":"20.50 EUR","items":[{"ref":"734","options":[]},{}],"n":-1.50,"x":null}"#,
        );
        let expected = "{\n  \"id\": \"9yjbqd\",\n  \"total\": \"20.50 EUR\",\n  \"items\": [\n    {\n      \"ref\": \"734\",\n      \
                        \"options\": []\n    },\n    {}\n  ],\n  \"n\": -1.50,\n  \"x\": null\n}\n";
        assert_eq!(laid.text, expected);
        let about = |line: usize| (laid.at(laid.lines[line].name), laid.at(laid.lines[line].value));
        assert_eq!(about(1), ("id", "9yjbqd"));
        assert_eq!(about(3), ("items", ""));
        assert_eq!(about(5), ("ref", "734"));
        assert_eq!(about(10), ("n", "-1.50"));
        assert_eq!(laid.parents(5).collect::<Vec<_>>(), [4, 3, 0]);
        assert_eq!((laid.lines[0].last, laid.lines[3].last, laid.lines[4].last), (12, 9, 7));
    }

    #[test]
    fn texts_are_read_to_their_end() {
        check(r#"["a\"b", "c\\", "{,}:"]"#, "[\n  \"a\\\"b\",\n  \"c\\\\\",\n  \"{,}:\"\n]\n");
        check(r#""alone""#, "\"alone\"\n");
        check(r#"{"a" : "b"}"#, "{\n  \"a\": \"b\"\n}\n");
        check("12", "12\n");
    }

    #[test]
    fn letters_written_as_numbers_are_letters() {
        check(
            r#"["Caf\u00e9 \ud83c\udf55 \n\u0000 \u0022 \ud83c \u20"]"#,
            "[\n  \"Café 🍕 \\n\\u0000 \\u0022 \\ud83c \\u20\"\n]\n",
        );
        check(r#"["\u202e"]"#, "[\n  \"⟨202E⟩\"\n]\n");
    }

    #[test]
    fn what_is_broken_ends_somewhere() {
        for json in
            ["", "{", "[", "}", "]]", "\"", "\"\\", "{\"a\"", "{\"a\":", "[1,", ",", ":", "\\u00", "\\é", "[\"\\é"]
        {
            assert!(!lay_out(json).lines.is_empty(), "{json}");
        }
    }
}
