//! A request a person writes in place of the one the bridge sent: what must be true of it before it is sent. The server looks again,
//! and closer.

use super::{
    body::{Broken, defines},
    layout::Layout,
    xml_lines::root,
};

/// The longest request, in bytes: what the server takes.
pub const LONGEST: usize = 1024 * 1024;

/// What keeps a request from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is what was sent before.
    Unchanged,
    /// It is longer than the server takes.
    Long,
    /// It defines a document type.
    Defines,
    /// It is no XML.
    Broken(Broken),
    /// Its outermost element is not `Request`.
    Root,
}

/// What is wrong with it; `parse` is the browser's parser.
pub fn fault(first: &str, now: &str, parse: impl Fn(&str) -> Result<(), Broken>) -> Option<Fault> {
    if now.len() > LONGEST {
        Some(Fault::Long)
    } else if defines(now) {
        Some(Fault::Defines)
    } else if let Err(broken) = parse(now) {
        Some(Fault::Broken(broken))
    } else if root(now) != Some("Request") {
        Some(Fault::Root)
    } else {
        (first == now).then_some(Fault::Unchanged)
    }
}

/// What the editor begins with: the request as it is laid out, where that has every character of it, otherwise as it was sent.
pub fn begin(body: &str, laid: Option<&Layout>) -> String {
    match laid {
        Some(laid) if super::visible::visible(body) == body => laid.text.clone(),
        _ => body.to_owned(),
    }
}

/// The numbers beside the lines of a text.
pub fn numbers(text: &str) -> String {
    let mut all = String::new();
    for number in 1..=text.split('\n').count() {
        all.push_str(&number.to_string());
        all.push('\n');
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::xml_lines;

    fn check(now: &str, expected: Option<Fault>) {
        let parse = |text: &str| match text.ends_with('>') {
            true => Ok(()),
            false => Err(Broken::default()),
        };
        assert_eq!(fault("<Request/>", now, parse), expected, "{now:.40}");
    }

    #[test]
    fn only_another_whole_request_is_sent() {
        check("<Request><a/></Request>", None);
        check("<?xml version=\"1.0\"?><!-- x --><Request a=\"1\"/>", None);
        check("<Request/>", Some(Fault::Unchanged));
        check("<Request", Some(Fault::Broken(Broken::default())));
        check("<Response/>", Some(Fault::Root));
        check("<!DOCTYPE x><Request/>", Some(Fault::Defines));
        check(&["<Request>", &"x".repeat(LONGEST), "</Request>"].concat(), Some(Fault::Long));
    }

    #[test]
    fn the_editor_never_begins_with_other_characters_than_were_sent() {
        let xml = "<a><b>1</b></a>";
        assert_eq!(begin(xml, Some(&xml_lines::lay_out(xml))), "<a>\n  <b>1</b>\n</a>\n");
        let odd = "<a><b>\u{202e}1</b></a>";
        assert_eq!(begin(odd, Some(&xml_lines::lay_out(odd))), odd);
        assert_eq!(begin("<a", None), "<a");
    }

    #[test]
    fn every_line_has_its_number() {
        assert_eq!(numbers("a\nb\n"), "1\n2\n3\n");
        assert_eq!(numbers(""), "1\n");
    }
}
