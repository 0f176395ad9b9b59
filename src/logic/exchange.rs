//! An exchange at a glance: which side is which, what its headers are, and how it ended. What its bodies hold is for `body`.

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// What was asked.
    Request,
    /// What came back.
    Answer,
}

impl Whose {
    /// Its name in the page and in the names of files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Answer => "answer",
        }
    }

    /// The name of its search box in the page.
    pub fn find_id(self) -> &'static str {
        match self {
            Self::Request => "find-request",
            Self::Answer => "find-answer",
        }
    }

    /// The name of its heading in the page.
    pub fn heading_id(self) -> &'static str {
        match self {
            Self::Request => "heading-request",
            Self::Answer => "heading-answer",
        }
    }
}

/// `name: value` lines, one by one; a line without a colon is a name alone.
pub fn headers(lines: &str) -> Vec<(String, String)> {
    let pairs = lines.lines().filter(|line| !line.trim().is_empty()).map(|line| match line.split_once(':') {
        Some((name, value)) => (name.trim().to_owned(), value.trim().to_owned()),
        None => (line.trim().to_owned(), String::new()),
    });
    pairs.collect()
}

/// The first value of a header, whatever the case of its name.
pub fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The colour of an answer's code.
pub fn outcome(status: Option<u16>) -> &'static str {
    match status {
        Some(200..=299) => "ok",
        Some(300..=399) => "info",
        None => "warn",
        Some(_) => "fail",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_line_by_line() {
        let read = headers("Content-Type: application/xml\r\n\r\nDate: Sun, 22 Nov 2026 19:30:00 GMT\nodd line\n");
        let expected =
            [("Content-Type", "application/xml"), ("Date", "Sun, 22 Nov 2026 19:30:00 GMT"), ("odd line", "")];
        assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(header(&read, "content-type"), Some("application/xml"));
        assert_eq!(header(&read, "etag"), None);
        assert!(headers("").is_empty());
    }

    #[test]
    fn no_answer_is_neither_good_nor_bad() {
        assert_eq!(
            [None, Some(204), Some(302), Some(404), Some(500)].map(outcome),
            ["warn", "ok", "info", "fail", "fail"]
        );
    }
}
