//! A request that a person wrote, with the token where its mask stands. Nothing else in it is changed; what it must be to
//! be sent at all is `written`'s.

use quick_xml::escape::partial_escape;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::token::HIDDEN;

/// The element that holds the token.
const TOKEN: &str = "EOIAuthenticationToken";

/// The same request with `token`, which may be a masked one, in every `EOIAuthenticationToken` that is masked or empty. One
/// that holds something else stays as it is, and so does what follows a place where the text is no XML.
pub(crate) fn with_token(request: &str, token: &str) -> String {
    let token = partial_escape(token);
    let body = request.trim_start_matches('\u{feff}');
    let mut out = request[..request.len() - body.len()].to_owned();
    let mut copied = 0;
    let mut reader = Reader::from_str(body);
    let at = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    loop {
        let began = at(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == TOKEN => {
                let from = at(&reader);
                let name = tag.to_end().into_owned();
                let Ok(span) = reader.read_to_end(name.name()) else { break };
                let until = usize::try_from(span.end).unwrap_or(usize::MAX);
                let held = body.get(from..until).unwrap_or_default();
                if held.contains(HIDDEN) || held.trim().is_empty() {
                    out.push_str(body.get(copied..from).unwrap_or_default());
                    out.push_str(&token);
                    copied = until;
                }
            }
            Ok(Event::Empty(tag)) if tag.local_name().as_ref() == TOKEN => {
                out.push_str(body.get(copied..began).unwrap_or_default());
                let name = tag.name().as_ref().to_owned();
                out.push_str(&format!("<{name}>{token}</{name}>"));
                copied = at(&reader);
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    out.push_str(body.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ApiToken, Dialect, Order, request};

    #[test]
    fn a_masked_request_becomes_what_it_was() {
        let secret = ApiToken::new("YT6eR2-CEED<5AD33&23A5B");
        let whole = |token: &ApiToken| request::order(&Order::default(), token, true, &Dialect::default());
        let shown = whole(&ApiToken::new(secret.masked()));
        assert_eq!(with_token(&shown, secret.expose()), whole(&secret));
        assert_eq!(with_token(&shown, &secret.masked()), shown);
    }

    #[test]
    fn changes_nothing_but_the_token() {
        for (written, filled) in [
            ("\u{feff}<R>\r\n<T>•••</T><!-- <EOIAuthenticationToken>•••</EOIAuthenticationToken> -->", None),
            ("<R a='•••'><![CDATA[<EOIAuthenticationToken>•••</EOIAuthenticationToken>]]>&amp;</R>\t", None),
            ("<R><EOIAuthenticationToken>another</EOIAuthenticationToken></R>", None),
            ("<R><EOIAuthenticationToken a='b' > x•••yz </EOIAuthenticationToken ></R>", {
                Some("<R><EOIAuthenticationToken a='b' >t&lt;k</EOIAuthenticationToken ></R>")
            }),
            ("\u{feff}<R>é<n:EOIAuthenticationToken />\n</R>", {
                Some("\u{feff}<R>é<n:EOIAuthenticationToken>t&lt;k</n:EOIAuthenticationToken>\n</R>")
            }),
            ("<R><EOIAuthenticationToken></EOIAuthenticationToken></R>", {
                Some("<R><EOIAuthenticationToken>t&lt;k</EOIAuthenticationToken></R>")
            }),
            ("", None),
            ("no xml < at all •••", None),
            ("<R><EOIAuthenticationToken>•••", None),
        ] {
            assert_eq!(with_token(written, "t<k"), filled.unwrap_or(written), "{written}");
        }
    }
}
