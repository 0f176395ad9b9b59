//! That what is packed is unpacked as it was, in every format there has been.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::*;
use crate::Ended;

fn exchange(request: &[u8], response: &[u8]) -> NewExchange {
    NewExchange {
        id: ExchangeId::new("e"),
        way: Way::BridgeToTill,
        method: "POST".into(),
        url: "u".repeat(3000),
        status: Some(200),
        ended: Ended::Unanswered,
        started_at: Timestamp::UNIX_EPOCH,
        duration_us: u64::MAX,
        error: Some("no answer\u{1f}within 30 s".into()),
        request_headers: "a: b\n".into(),
        request_body: request.to_vec(),
        response_headers: String::new(),
        response_body: response.to_vec(),
    }
}

fn packed(request: &[u8], response: &[u8]) -> Packed {
    Packer::new().unwrap().pack(exchange(request, response)).unwrap()
}

#[test]
fn unpacks_what_it_packed() {
    let mut unpacker = Unpacker::new().unwrap();
    for (request, response) in [(&b""[..], &b""[..]), (b"<Request/>", b""), (&[0, 255, 7], &[b'x'; 70_000])] {
        let packed = packed(request, response);
        let parts = unpacker.unpack(&packed.parts, None).unwrap();
        assert_eq!((parts.request_body.as_slice(), parts.response_body.as_slice()), (request, response));
        assert_eq!((parts.request_headers.as_slice(), parts.response_headers.len()), (&b"a: b\n"[..], 0));
        let facts = Facts::unpack(&packed.facts).unwrap();
        assert_eq!(usize::try_from(facts.request_size).unwrap(), request.len());
        assert_eq!((facts.way, facts.ended, facts.status), (Way::BridgeToTill, Ended::Unanswered, Some(200)));
        assert_eq!((facts.method.as_str(), facts.url.len(), facts.duration_us), ("POST", LONGEST_TEXT, u64::MAX));
        assert_eq!(facts.error.as_deref(), Some("no answer\u{1f}within 30 s"));
    }
}

#[test]
fn what_repeats_the_first_exchange_takes_little_and_is_unpacked_beside_it() {
    let order = format!("{{\"id\":\"5dp\",\"items\":[{}]}}", "\"Calzone 4,2\",\"Zinfandel 9q\",".repeat(3));
    let answer = order.replace("5dp", "5dq");
    let event = packed(order.as_bytes(), b"");
    let first = First::of(&event.parts).unwrap();
    let mut packer = Packer::new().unwrap();
    let told = packer.pack_after(exchange(b"{}", answer.as_bytes()), Some(&first)).unwrap();
    assert!(needs_first(&told.parts) && !needs_first(&event.parts));
    assert!(told.parts.len() < packed(b"{}", answer.as_bytes()).parts.len());
    let parts = unpack(&told.parts, Some(&event.parts)).unwrap();
    assert_eq!((parts.request_body.as_slice(), parts.response_body.as_slice()), (&b"{}"[..], answer.as_bytes()));
    // Beside anything else it is nothing.
    let other = packed(order.replace("Calzone", "Marinara").as_bytes(), b"");
    for first in [None, Some(other.parts.as_slice()), Some(told.parts.as_slice()), Some(&[][..])] {
        assert!(matches!(unpack(&told.parts, first), Err(StoreError::Corrupt(_))));
    }
    // What repeats nothing, or is very long, is packed by itself.
    for alone in [vec![b'q'; 40], [answer.as_bytes(), &[b'x'; LONGEST_ECHO]].concat()] {
        let packed = packer.pack_after(exchange(b"", &alone), Some(&first)).unwrap();
        assert!(!needs_first(&packed.parts));
        assert_eq!(unpack(&packed.parts, None).unwrap().response_body, alone);
    }
}

#[test]
fn every_way_and_end_is_kept() {
    for way in [Way::HubriseToBridge, Way::BridgeToHubrise, Way::BridgeToTill] {
        for ended in [Ended::Answered, Ended::Unsent, Ended::Unanswered] {
            let said = NewExchange { way, ended, status: None, error: None, url: "/".into(), ..exchange(b"", b"") };
            let facts = Facts::unpack(&Packer::new().unwrap().pack(said).unwrap().facts).unwrap();
            assert_eq!((facts.way, facts.ended, facts.status, facts.error), (way, ended, None, None));
        }
    }
}

#[test]
fn reads_what_was_kept_before_there_was_a_dictionary() {
    let whole = b"a: b\n<Request/>c: d\nok";
    let mut old = vec![0];
    for length in [5_u32, 10, 5, 2] {
        old.extend_from_slice(&length.to_le_bytes());
    }
    old.extend_from_slice(&zstd::bulk::compress(whole, 3).unwrap());
    let parts = unpack(&old, None).unwrap();
    assert_eq!((parts.request_headers.as_slice(), parts.request_body.as_slice()), (&b"a: b\n"[..], &b"<Request/>"[..]));
    assert_eq!((parts.response_headers.as_slice(), parts.response_body.as_slice()), (&b"c: d\n"[..], &b"ok"[..]));
    let facts =
        "\0bridge_to_till\u{1f}unanswered\u{1f}\u{1f}1234\u{1f}10\u{1f}2\u{1f}POST\u{1f}http://till/\u{1f}no answer";
    let facts = Facts::unpack(facts.as_bytes()).unwrap();
    assert_eq!((facts.way, facts.ended, facts.status), (Way::BridgeToTill, Ended::Unanswered, None));
    assert_eq!((facts.duration_us, facts.request_size, facts.response_size), (1234, 10, 2));
    assert_eq!((facts.url.as_str(), facts.error.as_deref()), ("http://till/", Some("no answer")));
    let facts = "\0hubrise_to_bridge\u{1f}answered\u{1f}200\u{1f}1\u{1f}2\u{1f}3\u{1f}POST\u{1f}/";
    let facts = Facts::unpack(facts.as_bytes()).unwrap();
    assert_eq!((facts.status, facts.error), (Some(200), None));
    assert_eq!(unpack_text(b"\0as it is").unwrap(), "as it is");
}

/// Whole frames, as they were before those of one block were kept without their headers.
#[test]
fn reads_what_was_kept_with_headers() {
    let bytes = |hex: &str| -> Vec<u8> {
        hex.as_bytes().chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
    };
    let text = "01540000250100730104636c3887cf433ee4e67087810ed39cf904fcde560100e24e4d8c1f89fb79f01501";
    let was = unpack_text(&bytes(text)).unwrap();
    assert_eq!((was.len(), pack_text(&was).unwrap().len() + 4), (84, bytes(text).len()));
    let facts = "0106c901ebca09b9068d023600003d0100d381063088811861689785d158b91f8b4618fc9eb2b05c318583866e2702fce5994d173aa11901";
    let was = Facts::unpack(&bytes(facts)).unwrap();
    let repacked = was.pack(&mut Packer::new().unwrap()).unwrap();
    assert_eq!((was.method.as_str(), was.status, repacked.len() + 4), ("POST", Some(200), bytes(facts).len()));
    assert_eq!(Facts::unpack(&repacked).unwrap(), was);
}

#[test]
fn texts_are_packed_by_themselves() {
    for text in ["", "é", &"{\"at\":1}".repeat(1000)] {
        assert_eq!(unpack_text(&pack_text(text).unwrap()).unwrap(), text);
    }
    assert!(matches!(unpack_text(&pack_bytes(&[0xff]).unwrap()), Err(StoreError::Corrupt(_))));
}

#[test]
fn what_was_cut_short_or_altered_is_corrupt() {
    let whole = packed(b"request", b"answer");
    let parts = &whole.parts;
    let longer = [&[1, parts[1] + 1], &parts[2..]].concat();
    let endless = [&[1][..], &[0xff; 9], &[1], &parts[2..]].concat();
    let unheard_of = [&[9], &parts[1..]].concat();
    for packed in [&parts[..0], &parts[..3], &parts[..parts.len() - 1], &longer, &endless, &unheard_of] {
        assert!(matches!(unpack(packed, None), Err(StoreError::Corrupt(_))), "{packed:?}");
    }
    let facts = &whole.facts;
    for packed in [&facts[..0], &facts[..4], &facts[..facts.len() - 1], &[1, 9][..], b"\0bridge\x1fanswered"] {
        assert!(matches!(Facts::unpack(packed), Err(StoreError::Corrupt(_))), "{packed:?}");
    }
}
