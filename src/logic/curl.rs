//! An exchange's request as a command for a shell, to be made again by hand. What was masked becomes `$TOKEN`, which whoever runs it
//! sets first: no secret is ever in the text.

/// What stands in the place of a secret.
const MASK: &str = "•••";

/// The longest body that is written into the command, in bytes: shells take no longer ones.
const LONGEST: usize = 100_000;

/// Headers curl writes by itself, or that would be wrong in another connection.
const OWN: [&str; 7] =
    ["host", "content-length", "connection", "accept-encoding", "transfer-encoding", "expect", "keep-alive"];

/// The command. `file`: what the body is called where it has been downloaded, as it must be where it is too long to be written out
/// or holds what no shell can.
pub fn curl(method: &str, url: &str, headers: &[(String, String)], body: &str, file: &str) -> String {
    let mut command = String::from("curl -X ");
    command.push_str(&quoted(method));
    command.push(' ');
    command.push_str(&quoted(url));
    for (name, value) in headers {
        if !OWN.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            command.push_str(" \\\n  -H ");
            command.push_str(&quoted(&[name, ": ", value].concat()));
        }
    }
    if !body.is_empty() {
        command.push_str(" \\\n  --data-binary ");
        if body.len() > LONGEST || body.contains('\0') {
            command.push_str(&quoted(&["@", file].concat()));
        } else {
            command.push_str(&quoted(body));
        }
    }
    command
}

/// A text no shell reads anything into, but for `$TOKEN` in the place of what was masked.
fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    let mut rest = text;
    while let Some(at) = rest.find(MASK) {
        // With the mask goes what is still shown of the secret on either side.
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '•';
        let (before, from) = rest.split_at(at);
        let before = before.trim_end_matches(is_part);
        push(&mut out, before);
        out.push_str("'\"$TOKEN\"'");
        rest = from.trim_start_matches(is_part);
    }
    push(&mut out, rest);
    out.push('\'');
    out
}

fn push(out: &mut String, text: &str) {
    out.push_str(&text.replace('\'', "'\\''"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_becomes_a_command_without_its_secrets() {
        let headers = [
            ("Content-Type".to_owned(), "application/xml".to_owned()),
            ("host".to_owned(), "www.pixelpointhq.com".to_owned()),
            ("X-Access-Token".to_owned(), "•••".to_owned()),
        ];
        let body = "<Request><EOIAuthenticationToken>YT6eR2-•••23A5B</EOIAuthenticationToken><D>Chef's</D></Request>";
        let expected = "curl -X 'POST' 'http://www.pixelpointhq.com/api/v1/eoi' \\\n  -H 'Content-Type: application/xml' \\\n  \
                        -H 'X-Access-Token: '\"$TOKEN\"'' \\\n  --data-binary '<Request><EOIAuthenticationToken>'\"$TOKEN\"'\
                        </EOIAuthenticationToken><D>Chef'\\''s</D></Request>'";
        assert_eq!(curl("POST", "http://www.pixelpointhq.com/api/v1/eoi", &headers, body, "request.xml"), expected);
    }

    #[test]
    fn nothing_in_it_is_read_by_the_shell() {
        let command = curl("GET", "http://x/?a=$(id)&b=`id`", &[], "", "request.txt");
        assert_eq!(command, "curl -X 'GET' 'http://x/?a=$(id)&b=`id`'");
        assert_eq!(quoted("';id;'"), "''\\'';id;'\\'''");
    }

    #[test]
    fn what_a_shell_cannot_take_comes_from_the_file() {
        let long = "x".repeat(LONGEST + 1);
        for body in [long.as_str(), "a\0b"] {
            assert!(curl("POST", "http://x", &[], body, "k7-request.xml").ends_with("--data-binary '@k7-request.xml'"));
        }
    }
}
