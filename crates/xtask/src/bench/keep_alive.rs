//! One kept-alive HTTP/1.1 connection to the console, just enough for measuring: a request and its whole answer.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::Value;

/// An open connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

/// What matters of an answer.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// `name=value` of the cookie it sets.
    pub(crate) cookie: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; fails when the answer is no success.
    pub(crate) fn json(&self) -> anyhow::Result<Value> {
        let body = String::from_utf8_lossy(&self.body);
        ensure!((200..300).contains(&self.status), "answered {}: {body}", self.status);
        serde_json::from_str(&body).with_context(|| format!("answered no JSON: {body}"))
    }
}

impl Connection {
    pub(crate) fn open(port: u16) -> anyhow::Result<Self> {
        let stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).with_context(|| format!("cannot reach port {port}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { stream: BufReader::new(stream), host: format!("127.0.0.1:{port}") })
    }

    /// The same server by another name of this machine's.
    pub(crate) fn named(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// Posts JSON, with headers written as `name: value`.
    pub(crate) fn post(&mut self, path: &str, headers: &[String], body: &Value) -> anyhow::Result<Answer> {
        self.send("POST", path, headers, body.to_string().as_bytes())
    }

    /// Sends JSON by any method, with headers written as `name: value`.
    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &[String], body: &[u8]) -> anyhow::Result<Answer> {
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n",
            self.host,
            body.len(),
        );
        self.stream.get_mut().write_all(&[head.as_bytes(), body].concat()).context("cannot send")?;
        read(&mut self.stream)
    }

    /// Asks and reads the whole answer.
    pub(crate) fn get(&mut self, path: &str, cookie: Option<&str>) -> anyhow::Result<Answer> {
        let cookie = cookie.map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept: application/json\r\n{cookie}\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).context("cannot send")?;
        read(&mut self.stream)
    }
}

fn read(from: &mut impl BufRead) -> anyhow::Result<Answer> {
    let mut line = String::new();
    from.read_line(&mut line).context("no answer")?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).context("the answer has no status")?;
    let (mut length, mut chunked, mut cookie) = (0, false, None);
    loop {
        line.clear();
        from.read_line(&mut line)?;
        ensure!(line.ends_with('\n'), "the answer ends within its headers");
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().context("a content length is no number")?,
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "set-cookie" => cookie = value.split(';').next().map(str::to_owned),
            _ => {}
        }
    }
    if chunked {
        bail!("the answer is chunked, which this measure does not read");
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).context("the answer ends within its body")?;
    Ok(Answer { status, cookie, body })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn reads_two_answers_one_after_the_other() {
        let mut wire: &[u8] = b"HTTP/1.1 200 OK\r\nSet-Cookie: session=abc; HttpOnly\r\ncontent-length: 2\r\n\r\n{}\
            HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
        let first = read(&mut wire).unwrap();
        assert_eq!(first, Answer { status: 200, cookie: Some("session=abc".into()), body: b"{}".into() });
        assert_eq!(read(&mut wire).unwrap().status, 404);
    }

    #[test]
    fn an_answer_cut_short_is_an_error() {
        assert!(read(&mut &b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{}"[..]).is_err());
        assert!(read(&mut &b"HTTP/1.1 200 OK\r\nconte"[..]).is_err());
    }
}
