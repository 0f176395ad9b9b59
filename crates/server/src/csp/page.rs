//! The little of HTML that a policy depends on: tags, their attributes, and what stands inline in scripts and styles.
//!
//! Reads one page, our own; not a parser for the web's.

/// An opening tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tag<'page> {
    /// Lower case.
    pub(super) name: String,
    /// Names in lower case, values without quotes and as written.
    pub(super) attributes: Vec<(String, &'page str)>,
    /// What stands between this tag and its closing one; for `script` and `style` alone.
    pub(super) content: Option<&'page str>,
}

impl Tag<'_> {
    /// Whether it has this attribute.
    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|(name, _)| name == attribute)
    }
}

/// All opening tags, in order.
pub(super) fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (mut tag, after) = opening(rest);
            rest = after;
            if tag.name == "script" || tag.name == "style" {
                let end = closing(rest, &tag.name);
                tag.content = Some(&rest[..end]);
                rest = &rest[end..];
            }
            found.push(tag);
        }
    }
    found
}

/// Reads a tag from its name on; returns what follows its `>`.
fn opening(source: &str) -> (Tag<'_>, &str) {
    let end = source.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(source.len());
    let mut tag = Tag { name: source[..end].to_ascii_lowercase(), ..Tag::default() };
    let mut rest = &source[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        if rest.is_empty() {
            return (tag, rest);
        }
        let end = rest
            .char_indices()
            .find(|(at, c)| *at > 0 && (c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=')))
            .map_or(rest.len(), |(at, _)| at);
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = attribute_value(after.trim_start());
        }
        tag.attributes.push((name, value));
    }
}

fn attribute_value(source: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = source.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    source.split_at(source.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(source.len()))
}

/// Where `</name` stands, in whatever case.
fn closing(source: &str, name: &str) -> usize {
    let lower = source.to_ascii_lowercase();
    lower.find(&format!("</{name}")).unwrap_or(source.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_attributes_and_inline_content() {
        let page = "<!DOCTYPE html><!-- <script>no</script> --><SCRIPT Type=module async src='/a>b'></SCRIPT>\
                    <style>a > b {}</style><p hidden/>1 < 2";
        let tags = tags(page);
        let names: Vec<_> = tags.iter().map(|tag| (tag.name.as_str(), tag.content)).collect();
        assert_eq!(names, [("script", Some("")), ("style", Some("a > b {}")), ("p", None)]);
        let expected = [("type", "module"), ("async", ""), ("src", "/a>b")].map(|(name, v)| (name.to_owned(), v));
        assert_eq!(tags[0].attributes, expected);
        assert!(tags[2].has("hidden"));
    }

    #[test]
    fn a_tag_inside_a_script_is_part_of_the_script() {
        let tags = tags("<script>let a = '<style>x</style>';</script>");
        assert_eq!(tags.len(), 1);
        assert_eq!(tags[0].content, Some("let a = '<style>x</style>';"));
    }

    #[test]
    fn a_page_that_breaks_off_ends() {
        assert_eq!(tags("<script src=").len(), 1);
        assert_eq!(tags("<script>alert(1)")[0].content, Some("alert(1)"));
        assert_eq!(tags("<!-- <p>").len(), 0);
    }
}
