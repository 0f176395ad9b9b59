//! XML laid out: an element of text alone on one line, what holds others as something that folds. For a text a browser's parser
//! has taken: what is not well-formed comes out as it stands, somehow. Entities stay as they are written, and nothing is replaced.

use super::layout::{Kind, Layout, Writer};

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'text> {
    /// `<name …>`, without the brackets.
    Start(&'text str),
    /// `<name …/>`.
    Empty(&'text str),
    /// `</name>`.
    End(&'text str),
    /// What stands between tags, and CDATA with its brackets.
    Text(&'text str),
    /// A comment, a prolog, an instruction; whole.
    Aside(&'text str),
}

/// Lays it out.
pub fn lay_out(xml: &str) -> Layout {
    let pieces = pieces(xml.trim_start_matches('\u{feff}'));
    let mut writer = Writer::default();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let rest = pieces.get(at..).unwrap_or_default();
        at += 1;
        match *piece {
            Piece::Start(tag) => {
                writer.line();
                let name = open(&mut writer, tag, ">");
                // `<name>text</name>` and `<name></name>` stay on one line.
                match rest {
                    [_, Piece::Text(text), Piece::End(end), ..] => {
                        let value = writer.put(text_kind(text), text);
                        close(&mut writer, end);
                        writer.about(Some(name), Some(value));
                        at += 2;
                    }
                    [_, Piece::End(end), ..] => {
                        close(&mut writer, end);
                        writer.about(Some(name), None);
                        at += 1;
                    }
                    _ => {
                        writer.about(Some(name), None);
                        writer.open();
                    }
                }
            }
            Piece::Empty(tag) => {
                writer.line();
                let name = open(&mut writer, tag, "/>");
                writer.about(Some(name), None);
            }
            Piece::End(name) => {
                writer.close();
                close(&mut writer, name);
            }
            Piece::Text(text) if text.trim().is_empty() => {}
            Piece::Text(text) => {
                writer.line();
                writer.put(text_kind(text), text.trim());
            }
            Piece::Aside(text) => {
                writer.line();
                writer.put(Kind::Aside, text);
            }
        }
    }
    writer.done()
}

/// The name of the outermost element.
pub fn root(xml: &str) -> Option<&str> {
    let mut rest = xml.trim_start_matches('\u{feff}');
    while !rest.is_empty() {
        let (piece, after) = piece(rest);
        if let Piece::Start(tag) | Piece::Empty(tag) = piece {
            return tag.split_ascii_whitespace().next();
        }
        rest = after;
    }
    None
}

fn text_kind(text: &str) -> Kind {
    let text = text.trim();
    let number = text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    if number { Kind::Number } else { Kind::Text }
}

/// Writes an opening tag with its attributes; where its name stands.
fn open(writer: &mut Writer, tag: &str, end: &str) -> (u32, u32) {
    writer.put(Kind::Mark, "<");
    let (name, mut rest) = tag.split_at(tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len()));
    let span = writer.put(Kind::Name, name);
    loop {
        rest = rest.trim_start();
        let Some((key, after)) = rest.split_once('=') else { break };
        writer.put(Kind::Plain, " ");
        writer.put(Kind::Attribute, key.trim());
        writer.put(Kind::Mark, "=");
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let ends = quote.and_then(|quote| after.get(1..)?.find(quote)).map_or(after.len(), |at| at + 2);
        let (value, next) = after.split_at(ends);
        writer.put(Kind::Text, value);
        rest = next;
    }
    writer.put(Kind::Mark, end);
    span
}

fn close(writer: &mut Writer, name: &str) {
    writer.put(Kind::Mark, "</");
    writer.put(Kind::Name, name);
    writer.put(Kind::Mark, ">");
}

/// Cuts a document into its pieces.
fn pieces(xml: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = xml;
    while !rest.is_empty() {
        let (piece, after) = piece(rest);
        // A text beside CDATA is one text for whoever reads it, and two pieces for whoever sees it.
        found.push(piece);
        rest = after;
    }
    // The blanks by which a document was laid out before.
    let blank = |piece: &Piece<'_>| matches!(piece, Piece::Text(text) if text.trim().is_empty());
    let within = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| found.get(at));
        matches!((before, found.get(at + 1)), (Some(Piece::Start(_)), Some(Piece::End(_))))
    };
    let kept = found.iter().enumerate().filter(|(at, piece)| !blank(piece) || within(*at)).map(|(_, piece)| *piece);
    kept.collect()
}

/// The first piece, and what follows it.
fn piece(text: &str) -> (Piece<'_>, &str) {
    let whole = |end: &str| text.find(end).map_or((text, ""), |at| text.split_at(at + end.len()));
    if text.starts_with("<!--") {
        let (aside, rest) = whole("-->");
        (Piece::Aside(aside), rest)
    } else if text.starts_with("<?") {
        let (aside, rest) = whole("?>");
        (Piece::Aside(aside), rest)
    } else if text.starts_with("<![CDATA[") {
        let (data, rest) = whole("]]>");
        (Piece::Text(data), rest)
    } else if let Some(tag) = text.strip_prefix('<') {
        let (tag, rest) = tag_end(tag).map_or((tag, ""), |at| (&tag[..at], &tag[at + 1..]));
        match (tag.strip_prefix('/'), tag.strip_suffix('/')) {
            (Some(name), _) => (Piece::End(name.trim()), rest),
            (None, Some(tag)) => (Piece::Empty(tag), rest),
            (None, None) => (Piece::Start(tag), rest),
        }
    } else {
        let (words, rest) = text.split_at(text.find('<').unwrap_or(text.len()));
        (Piece::Text(words), rest)
    }
}

/// Where a tag ends: a `>` within quotes does not end it.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quoted = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quoted) {
            (b'>', None) => return Some(at),
            (b'"' | b'\'', None) => quoted = Some(byte),
            (byte, Some(quote)) if byte == quote => quoted = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &str) {
        assert_eq!(lay_out(xml).text, expected, "{xml}");
    }

    #[test]
    fn what_holds_text_is_a_line_and_what_holds_others_folds() {
        let xml = "<?xml version=\"1.0\"?><Request><RequestType>10</RequestType><Items><Item><ProdNum>734</ProdNum>\
                   <Description>Pâté &amp; pain</Description></Item><Item/></Items><Empty></Empty></Request>";
        let laid = lay_out(xml);
        let expected = "<?xml version=\"1.0\"?>\n<Request>\n  <RequestType>10</RequestType>\n  <Items>\n    <Item>\n      \
                        <ProdNum>734</ProdNum>\n      <Description>Pâté &amp; pain</Description>\n    </Item>\n    <Item/>\n  \
                        </Items>\n  <Empty></Empty>\n</Request>\n";
        assert_eq!(laid.text, expected);
        let names: Vec<&str> = laid.lines.iter().map(|line| laid.at(line.name)).collect();
        assert_eq!(
            names,
            ["", "Request", "RequestType", "Items", "Item", "ProdNum", "Description", "", "Item", "", "Empty", ""]
        );
        assert_eq!(laid.at(laid.lines[5].value), "734");
        assert_eq!((laid.lines[1].last, laid.lines[3].last, laid.lines[4].last), (11, 9, 7));
        assert_eq!(laid.parents(5).collect::<Vec<_>>(), [4, 3, 1]);
        assert!(laid.folds(3) && !laid.folds(5));
    }

    #[test]
    fn what_was_laid_out_before_is_laid_out_the_same() {
        let first = lay_out("<a><b>1</b><c><d/></c></a>");
        assert_eq!(lay_out(&first.text).text, first.text);
    }

    #[test]
    fn oddities_stay_as_they_are_written() {
        check(
            "<a b='1>2' c=\"x\"><!-- <d> --><![CDATA[<e>]]></a>",
            "<a b='1>2' c=\"x\">\n  <!-- <d> -->\n  <![CDATA[<e>]]>\n</a>\n",
        );
        check("<a>one<b/>two</a>", "<a>\n  one\n  <b/>\n  two\n</a>\n");
        check("<a>  </a>", "<a>  </a>\n");
        check("<a>x\ny</a>", "<a>x\ny</a>\n");
        check("<n>\u{202e}evil</n>", "<n>⟨202E⟩evil</n>\n");
        check("<a\n  b = '1'/>", "<a b='1'/>\n");
    }

    #[test]
    fn what_is_broken_ends_somewhere() {
        for xml in
            ["<", "<a", "</", "<!--", "<![CDATA[", "<?", "<a b='", "<a b", "</a>", "a", "", "<a><b></a></b>", "<é =/>"]
        {
            assert!(!lay_out(xml).lines.is_empty(), "{xml}");
        }
    }
}
