//! A text of JSON, read from its beginning to its end. Owns the grammar; knows no type.

use std::borrow::Cow;

use super::Unreadable;

/// Where in a text the reading has come to.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
}

// None is inlined: each is called from everywhere, and would be in the program as often.
impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Whether nothing is left but blanks.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The next character that is no blank, left where it is. What matters in JSON beside texts is one byte long.
    #[inline(never)]
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte() {
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes this character, after blanks.
    #[inline(never)]
    pub(super) fn take(&mut self, wanted: u8) -> Result<(), Unreadable> {
        if self.take_if(wanted) { Ok(()) } else { Err(Unreadable) }
    }

    /// Takes this character if it is the next, after blanks.
    #[inline(never)]
    pub(super) fn take_if(&mut self, wanted: u8) -> bool {
        let there = self.peek() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    /// Whether another entry of a list or an object follows; takes what stands between two, or at the end.
    #[inline(never)]
    pub(super) fn goes_on(&mut self, first: bool, end: u8) -> Result<bool, Unreadable> {
        if first {
            return Ok(!self.take_if(end));
        }
        if self.take_if(b',') {
            return Ok(true);
        }
        self.take(end).map(|()| false)
    }

    /// Takes a word such as `null`, if it is the next.
    #[inline(never)]
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.peek();
        let there = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if there {
            self.at += word.len();
        }
        there
    }

    /// A number, as it is written.
    #[inline(never)]
    pub(super) fn number(&mut self) -> Result<&'t str, Unreadable> {
        self.peek();
        let from = self.at;
        while matches!(self.byte(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let number = self.text.get(from..self.at).ok_or(Unreadable)?;
        // What Rust reads beside: a sign in front, zeros in front.
        let digits = number.strip_prefix('-').unwrap_or(number).as_bytes();
        match digits {
            [b'0', b'0'..=b'9', ..] => Err(Unreadable),
            [b'0'..=b'9', ..] => Ok(number),
            _ => Err(Unreadable),
        }
    }

    /// A text, without its quotes.
    #[inline(never)]
    pub(super) fn text(&mut self) -> Result<Cow<'t, str>, Unreadable> {
        self.take(b'"')?;
        let mut written = String::new();
        let mut from = self.at;
        loop {
            match self.byte().ok_or(Unreadable)? {
                b'"' => {
                    let piece = self.text.get(from..self.at).ok_or(Unreadable)?;
                    self.at += 1;
                    return Ok(if written.is_empty() { Cow::Borrowed(piece) } else { Cow::Owned(written + piece) });
                }
                b'\\' => {
                    written.push_str(self.text.get(from..self.at).ok_or(Unreadable)?);
                    self.at += 1;
                    written.push(self.escaped()?);
                    from = self.at;
                }
                0..=0x1f => return Err(Unreadable),
                _ => self.at += 1,
            }
        }
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Result<char, Unreadable> {
        let byte = self.byte().ok_or(Unreadable)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    if self.text.as_bytes().get(self.at..self.at + 2) != Some(b"\\u") {
                        return Err(Unreadable);
                    }
                    self.at += 2;
                    let second = self.unit()?;
                    if !(0xdc00..0xe000).contains(&second) {
                        return Err(Unreadable);
                    }
                    0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                } else {
                    first
                };
                char::from_u32(code).ok_or(Unreadable)?
            }
            _ => return Err(Unreadable),
        })
    }

    /// Four digits of base 16.
    fn unit(&mut self) -> Result<u32, Unreadable> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Unreadable)?;
            self.at += 1;
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    /// Passes over a value, whatever it is: a newer server says more than this app knows.
    #[inline(never)]
    pub(super) fn skip(&mut self) -> Result<(), Unreadable> {
        // What is open: for each level, whether it is an object.
        let mut open: Vec<bool> = Vec::new();
        let mut first = false;
        loop {
            match self.peek().ok_or(Unreadable)? {
                b'"' => {
                    self.text()?;
                }
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    open.push(bracket == b'{');
                    first = true;
                }
                _ if self.word("null") || self.word("true") || self.word("false") => {}
                _ => {
                    self.number()?;
                }
            }
            loop {
                let Some(&object) = open.last() else { return Ok(()) };
                if self.goes_on(first, if object { b'}' } else { b']' })? {
                    if object {
                        self.text()?;
                        self.take(b':')?;
                    }
                    first = false;
                    break;
                }
                open.pop();
                first = false;
            }
        }
    }
}
