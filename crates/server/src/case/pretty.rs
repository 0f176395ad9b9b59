//! JSON and XML with one thing a line. Owns the spaces between tokens and nothing else: no token is changed, and what is
//! broken stays broken.

/// Deeper than this, lines are no longer moved to the right.
const DEEPEST: usize = 40;

/// The text, indented where it is JSON or XML.
pub(super) fn pretty(text: &str) -> String {
    match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
        Some('{' | '[') => json(text.trim()),
        Some('<') => xml(text.trim()),
        _ => text.to_owned(),
    }
}

fn line(out: &mut String, depth: usize) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
}

fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' => {
                out.push('"');
                let mut escaped = false;
                for next in rest.by_ref() {
                    out.push(next);
                    match next {
                        _ if escaped => escaped = false,
                        '\\' => escaped = true,
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '{' | '[' => {
                out.push(character);
                while rest.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                if let Some(close) = rest.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(character);
            }
            ',' => {
                out.push(',');
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            blank if blank.is_ascii_whitespace() => {}
            other => out.push(other),
        }
    }
    out
}

fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut rest = text;
    // Whether the last thing written was an opening tag, with or without text behind it.
    let mut opened = false;
    while let Some(at) = rest.find('<') {
        let said = rest[..at].trim();
        if !said.is_empty() {
            if !opened {
                line(&mut out, depth);
            }
            out.push_str(said);
        }
        let (tag, after) = rest[at..].split_at(end_of_tag(&rest[at..]));
        rest = after;
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
            if !opened {
                line(&mut out, depth);
            }
            opened = false;
        } else if tag.starts_with("<![CDATA[") {
            if !opened {
                line(&mut out, depth);
            }
        } else {
            line(&mut out, depth);
            opened = !tag.ends_with("/>") && !tag.starts_with("<?") && !tag.starts_with("<!");
            depth += usize::from(opened);
        }
        out.push_str(tag);
    }
    out.push_str(rest);
    out
}

/// Where the tag that the text begins with ends; the whole text when it does not end.
fn end_of_tag(text: &str) -> usize {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    if text.starts_with("<!--") {
        until("-->")
    } else if text.starts_with("<![CDATA[") {
        until("]]>")
    } else {
        until(">")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_gets_a_line_for_each_member() {
        assert_eq!(
            pretty(r#"{"a":[1,{"b":"x: {, \" y"}],"c":{},"d":null}"#),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x: {, \\\" y\"\n    }\n  ],\n  \"c\": {},\n  \"d\": null\n}"
        );
    }

    #[test]
    fn xml_gets_a_line_for_each_element() {
        assert_eq!(
            pretty("<?xml version=\"1.0\"?><A><B>1 &lt; 2</B><C/><D><![CDATA[<x>]]></D><!-- a > b --></A>"),
            "<?xml version=\"1.0\"?>\n<A>\n  <B>1 &lt; 2</B>\n  <C/>\n  <D><![CDATA[<x>]]></D>\n  <!-- a > b -->\n</A>"
        );
        let written = "<A>\n  <B>1</B>\n</A>\n";
        assert_eq!(pretty(written), written.trim());
    }

    #[test]
    fn what_is_broken_stays_whole() {
        for broken in ["{\"a\":\"", "[[[", "<A><B", "]}", "<![CDATA[", "not markup < at all", ""] {
            let bare = |text: &str| text.replace(char::is_whitespace, "");
            assert_eq!(bare(&pretty(broken)), bare(broken), "{broken}");
        }
    }

    #[test]
    fn a_deep_text_grows_no_more_than_so_far() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(pretty(&deep).len() < 20_000 * (DEEPEST * 2 + 2));
    }
}
